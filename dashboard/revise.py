"""What a person says of a row → a review to keep: which columns change, what they were, who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import uuid4

from dashboard.ingest import find_days, find_place_of, read_value
from dashboard.store import Facts
from extract.table.record import COLUMN_NAMES
from extract.table.reviews import BY_PERSON, CORRECTABLE, Cell, Review, differs

Row = Mapping[str, Any]
# What a person fills in; the rest of CORRECTABLE follows from it.
ASKED: Final = (
    *("value", "value_high", "unit", "qualifier", "kind", "direction"),
    *("subject", "indicator", "theme", "status", "aggregation", "relative_to", "action", "of_row"),
    *("region", "reporter", "period", "period_basis", "period_start", "period_end"),
)

# What a flag misses: the column that, filled in, takes it away.
FILLED_BY: Final = {
    "no_unit": "unit",
    "no_subject": "subject",
    "region_unknown": "region",
    "period_unresolved": "period_start",
    "reference_date_unknown": "period_start",
}


class EntryError(Exception):
    """Something that was filled in and can't be read; ``column`` says where, and ``error.<code>`` what is wanted."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(f"{column}: {text}")
        self.column = column
        self.text = text


def judge(row: Row, verdict: str, reviewer: str, reason: str = "") -> Review:
    """A verdict that changes nothing in the row."""
    return make_review(row, verdict, reviewer, reason, {}, {})


def correct(row: Row, asked: Mapping[str, str], facts: Facts, reviewer: str, reason: str = "") -> Review:
    """
    The review that brings a row to what a person filled in; it accepts the row where nothing is different.

    Raises:
        EntryError:
            A number or a day can't be read.
    """
    wanted = read_entries(row, asked, facts)
    new = {name: cell for name, cell in wanted.items() if differs(row[name], cell)}
    old = {name: to_cell(row[name]) for name in new}
    return make_review(row, "corrected" if new else "accepted", reviewer, reason, old, new)


def add(row: Row, asked: Mapping[str, str], facts: Facts, reviewer: str, reason: str = "") -> Review:
    """
    The review that adds a row which the extractor did not give, as a person filled it in.

    Raises:
        EntryError:
            A number or a day can't be read, or there is no value.
    """
    wanted = dict(row) | read_entries(row, asked, facts) | {"rule": BY_PERSON, "flags": ""}
    new = {name: to_cell(wanted[name]) for name in COLUMN_NAMES}
    return make_review(row, "added", reviewer, reason, {}, new)


def make_review(
    row: Row, verdict: str, reviewer: str, reason: str, old: Mapping[str, Cell], new: Mapping[str, Cell]
) -> Review:
    """A review of this moment."""
    return Review(
        id=uuid4().hex,
        row=str(row["id"]),
        start=int(row["start"]),
        end=int(row["end"]),
        raw=str(row["raw"]),
        verdict=verdict,
        reviewer=reviewer,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        reason=reason,
        old=old,
        new=new,
    )


def read_entries(row: Row, asked: Mapping[str, str], facts: Facts) -> dict[str, Cell]:
    """
    What was filled in, by column, with what follows from it: a new region brings its province and level, a new reporter
    its short form, a new period its days unless other days were filled in.
    """
    cells: dict[str, Cell] = {name: asked[name].strip() or None for name in ASKED}
    value = read_number("value", asked["value"])
    high = read_number("value_high", asked["value_high"]) if cells["value_high"] else None
    if high is not None and high < value:
        raise EntryError("value_high", asked["value_high"])
    cells |= {"value": value, "value_high": high, "unit": cells["unit"] or ""}
    for name in ("period_start", "period_end"):
        check_day(name, asked[name].strip())
    cells |= {"province": to_cell(row["province"]), "level": to_cell(row["level"])}
    if differs(row["region"], cells["region"]):
        region, province, level = find_place_of(str(cells["region"] or ""), replace(facts, level=""))
        cells |= {"region": region or None, "province": province or None, "level": level or None}
    if differs(row["reporter"], cells["reporter"]):
        reporter, *_ = find_place_of(str(cells["reporter"] or ""), facts)
        cells["reporter"] = reporter or None
    has_new_days = any(differs(row[name], cells[name]) for name in ("period_start", "period_end"))
    if differs(row["period"], cells["period"]) and not has_new_days:
        days = find_days(str(cells["period"] or ""), facts.reference_date)
        cells |= dict(zip(("period_start", "period_end"), days, strict=True))
    if cells["period_start"] and cells["period_end"] and str(cells["period_end"]) < str(cells["period_start"]):
        raise EntryError("period_end", str(cells["period_end"]))
    cells["flags"] = settle_flags(str(row["flags"] or ""), cells)
    return {name: cells[name] for name in CORRECTABLE}


def settle_flags(flags: str, cells: Mapping[str, Cell]) -> str:
    """The flags that still hold once a person has filled in what was lacking."""
    return ";".join(flag for flag in flags.split(";") if flag and not cells.get(FILLED_BY.get(flag, "")))


def read_number(column: str, text: str) -> float:
    """A number as people write it: 8.5万, 85,000."""
    value = read_value(text)
    if value is None:
        raise EntryError(column, text)
    return value


def check_day(column: str, text: str) -> None:
    """Refuse what is no ISO day in full: 2026-01-31."""
    try:
        if not text or date.fromisoformat(text).isoformat() == text:
            return
    except ValueError:
        pass
    raise EntryError(column, text)


def to_cell(cell: Any) -> Cell:
    """A cell as JSON has it."""
    if cell is None or cell != cell:
        return None
    return cell if isinstance(cell, str | int | float) else str(cell)


def to_entries(row: Row) -> dict[str, str]:
    """A row as the texts that a person finds in the form."""
    return {name: write_entry(row[name]) for name in ASKED}


def write_entry(cell: Any) -> str:
    """One cell to be edited: a number without needless zeros."""
    cell = to_cell(cell)
    if cell is None:
        return ""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def list_others(row: Row, rows: Iterable[Row]) -> dict[str, str]:
    """
    The rows of the same document to which a row may belong, by id, each as its subject and number.

    A row that a person rejected is left out. Of rows that read alike the later ones have a number, in text order.
    """
    others: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one in rows:
        if one["id"] != row["id"] and one["review"] != "rejected":
            name = " ".join(str(one[column]) for column in ("subject", "raw") if one[column])
            counts[name] += 1
            others[str(one["id"])] = f"{name} ({counts[name]})" if counts[name] > 1 else name
    return others


def sort_queue(rows: Sequence[Row]) -> list[Row]:
    """The rows in the order in which they are looked at: what nobody has looked at, flagged first, then the rest."""
    return sorted(rows, key=lambda row: (row["review"] != "unreviewed", not row["flags"], row["start"]))


def next_after(queue: Sequence[Row], current: str) -> str:
    """The row to look at once the current one is judged: the next that nobody has looked at, "" where none is left."""
    ids = [str(row["id"]) for row in queue if row["review"] == "unreviewed" or str(row["id"]) == current]
    if current not in ids:
        return ids[0] if ids else ""
    place = ids.index(current)
    rest = ids[place + 1 :] + ids[:place]
    return rest[0] if rest else ""
