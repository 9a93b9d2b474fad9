"""
What people said of rows → rows with their review state: accepted, corrected, rejected, added.

A review outlives the rows that it was made on: after a new extraction it is attached again by span and quote, and one
that fits no row any more is reported.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from extract.table.record import COLUMN_NAMES, UNREVIEWED

Cell = str | float | int | None
Row = dict[str, Any]
VERDICTS: Final = ("accepted", "corrected", "added", "rejected")
# The rule of a row that no rule made.
BY_PERSON: Final = "person"
# The columns that a person may put right; region brings province and level, period its days.
CORRECTABLE: Final = (
    *("region", "province", "level", "theme", "indicator", "subject", "value", "value_high", "unit", "qualifier"),
    *("kind", "direction", "period", "period_start", "period_end", "flags"),
    *("reporter", "status", "period_basis", "relative_to", "aggregation", "action", "of_row"),
)


@dataclass(frozen=True, slots=True)
class Review:
    """
    One judgement of one row.

    Args:
        id:
            The same in every copy of a workspace.
        row, start, end, raw:
            The row as it was: its id, its span in the document's text, and its quote.
        verdict:
            One of VERDICTS.
        old, new:
            Of a correction the changed columns before and after; ``new`` of an addition is the whole row. Cells as
            JSON has them: days are ISO texts.
        reviewer, at, reason:
            Who, when (ISO 8601, UTC), and why.
    """

    id: str
    row: str
    start: int
    end: int
    raw: str
    verdict: str
    reviewer: str
    at: str
    reason: str = ""
    old: Mapping[str, Cell] = field(default_factory=dict)
    new: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """
    Rows with their review columns, rejected ones included, in text order.

    ``stale`` reviews fit no row any more; ``overtaken`` corrections were made on a value that the extractor now reads
    otherwise, and still hold.
    """

    rows: tuple[Row, ...]
    stale: tuple[Review, ...] = ()
    overtaken: tuple[Review, ...] = ()


def apply_reviews(rows: Iterable[Mapping[Hashable, Any]], reviews: Sequence[Review]) -> Reviewed:
    """
    Put what was said of a document's rows into them.

    Args:
        rows:
            All rows of one document, with the columns of COLUMNS; they are not changed.
        reviews:
            In the order in which they were made; a later one of the same row goes before an earlier one.
    """
    known = [blank_review({str(name): cell for name, cell in row.items()}) for row in rows]
    stale: list[Review] = []
    overtaken: list[Review] = []
    for review in reviews:
        row = find_row(review, known)
        if row is None and review.verdict == "added":
            row = blank_review(dict.fromkeys(COLUMN_NAMES) | dict(review.new))
            known.append(row)
        if row is None:
            stale.append(review)
            continue
        if any(name in row and differs(row[name], cell) for name, cell in review.old.items()):
            overtaken.append(review)
        judge(row, review)
    return Reviewed(tuple(sorted(known, key=lambda row: (row["start"], row["end"]))), tuple(stale), tuple(overtaken))


def blank_review(row: Row) -> Row:
    """A row that nobody has looked at."""
    return row | UNREVIEWED


def find_row(review: Review, rows: Sequence[Row]) -> Row | None:
    """
    The row that a review was made of: by id, else by span and quote, else the only one that overlaps it and shares
    its quote (近2000名 for 2000名); None where there is none, or more than one.
    """
    same = [row for row in rows if row["id"] == review.row] or [
        row for row in rows if (row["start"], row["end"], row["raw"]) == (review.start, review.end, review.raw)
    ]
    if same:
        return same[0]
    near = [
        row
        for row in rows
        if row["start"] < review.end
        and review.start < row["end"]
        and (review.raw in str(row["raw"]) or str(row["raw"]) in review.raw)
    ]
    return near[0] if len(near) == 1 else None


def judge(row: Row, review: Review) -> None:
    """Write one verdict into a row; what was corrected or added stays so when the row is accepted after it."""
    if review.new:
        first = json.loads(row["original"] or "{}")
        changed = {name: cell for name, cell in review.new.items() if name in CORRECTABLE}
        before = {name: row[name] for name in changed} | first
        row |= changed
        # What was put back to what the rules had read is no correction any more.
        still = {name: cell for name, cell in before.items() if differs(row[name], cell)}
        if row["rule"] != BY_PERSON:
            row["original"] = json.dumps(still, ensure_ascii=False, default=str) if still else None
    row |= {
        "review": state_of(row, review.verdict),
        "reviewer": review.reviewer,
        "reviewed_at": review.at,
        "reason": review.reason or row["reason"],
    }


def state_of(row: Row, verdict: str) -> str:
    """What a row is after a verdict."""
    if verdict == "rejected":
        return verdict
    if row["rule"] == BY_PERSON:
        return "added"
    return "corrected" if row["original"] else "accepted"


def differs(one: Any, other: Any) -> bool:
    """Whether two cells are not the same; whatever stands for nothing is alike."""
    return _plain(one) != _plain(other)


def _plain(cell: Any) -> Cell:
    """A cell as JSON has it: not a number is nothing, a day its ISO text."""
    if cell is None or cell != cell:
        return None
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)
