"""
One reported statistic as a mark: what of a row of the tidy table is compared.

A from→to pair is one mark with two ends.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.spans import REFERENCE_LEVELS, RESULT, status_of


@dataclass(frozen=True, slots=True)
class Population:
    """The residents of a region: the denominator, its date and where it comes from, by language."""

    region: str
    level: str
    residents: float
    as_of: str
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spread:
    """
    Many statistics as one mark: how many, of how many regions, and the value that half of them stay below.

    The mark itself reaches from the lower to the upper quartile; its row is the one in the middle.
    """

    count: int
    regions: int
    median: float


@dataclass(frozen=True, slots=True)
class Mark:
    """
    One reported statistic, or a from→to pair of them (``end`` is then the later one), or a ``spread`` of many.

    ``value`` and ``high`` are in ``unit``, or per 10,000 residents to so many significant ``digits`` where
    ``population`` is set. ``first`` and ``last`` are the days of ``period``, None where they are not known.
    ``reported`` is the date of its document, ISO and as precise as it is known, where the text states no period.
    ``others`` are statistics of other documents that say the same. ``is_inherited`` says that the time comes from the
    heading, the opener or the title and not from the sentence itself.
    """

    id: str
    document: str
    region: str
    level: str | None
    subject: str
    value: float
    high: float | None
    unit: str
    qualifier: str
    kind: str
    direction: str | None
    period: str | None
    raw: str
    theme: str
    first: date | None = None
    last: date | None = None
    end: Mark | None = None
    population: Population | None = None
    review: str = "unreviewed"
    digits: int = 0
    reported: str = ""
    others: tuple[Mark, ...] = ()
    spread: Spread | None = None
    status: str = RESULT
    is_inherited: bool = False

    @property
    def day(self) -> date | None:
        """Its place in time: the last day of its period, else that of its report, None where neither is known."""
        return self.last or find_last_day(self.reported)

    @property
    def is_reference(self) -> bool:
        """Whether it is of a country or of a group of places, which regions are compared with and not among."""
        return self.level in REFERENCE_LEVELS

    def reach(self) -> float:
        """What the mark is ranked by: the later one of a pair, the upper end of a range, the middle of many."""
        last = self.end or self
        if self.spread:
            return self.spread.median
        value = last.value if last.high is None else last.high
        return -value if self.is_fall() else value

    def is_fall(self) -> bool:
        """Whether the value is the size of a fall (↓20%); a written minus (增长-0.3%) says so by itself."""
        return self.kind == "change" and self.direction == "down" and self.value > 0


# What of a row a mark is made of.
MARK_COLUMNS: Final = (
    *("id", "document", "start", "region", "level", "subject", "value", "value_high", "unit", "qualifier", "kind"),
    *("review", "direction", "role", "period", "period_start", "period_end", "raw", "theme", "indicator"),
    *("status", "period_basis", "aggregation"),
)


def read_mark(row: Mapping[Hashable, Any]) -> Mark:
    """One row of the tidy table as a mark; what is null there may be None or NaN."""

    def text(column: str) -> str | None:
        return cell if isinstance(cell := row[column], str) else None

    high = row["value_high"]

    return Mark(
        id=str(row["id"]),
        document=str(row["document"]),
        region=text("region") or "",
        level=text("level"),
        subject=text("subject") or "",
        value=float(row["value"]),
        high=None if high is None or high != high else float(high),
        unit=text("unit") or "",
        qualifier=str(row["qualifier"]),
        kind=str(row["kind"]),
        direction=text("direction"),
        period=text("period"),
        raw=str(row["raw"]),
        theme=str(row["theme"]),
        first=find_day(text("period_start")),
        last=find_day(text("period_end")),
        review=str(row.get("review") or "unreviewed"),
        status=status_of(row.get("status")),
        is_inherited=row.get("period_basis") == "inherited",
    )


def find_day(text: str | None) -> date | None:
    """An ISO day, None where the text is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def find_last_day(text: str) -> date | None:
    """
    The last day of an ISO date as precise as it is known, None where the text is none.

    >>> find_last_day("2022-09"), find_last_day("")
    (datetime.date(2022, 9, 30), None)
    """
    year, month, day = (*text.split("-"), "", "")[:3]
    if day:
        return find_day(text)
    try:
        first = date(int(year), int(month or 12), 1)
    except ValueError:
        return None
    return first.replace(day=monthrange(first.year, first.month)[1])


def pair_up(rows: Iterable[Mapping[Hashable, Any]]) -> list[Mark]:
    """The marks of rows in text order; a "from" row and the "to" row that next follows it are one mark."""
    marks: list[Mark] = []
    opened: int | None = None
    for row in sorted(rows, key=lambda row: (row["document"], row["start"])):
        mark = read_mark(row)
        if row["role"] == "to" and opened is not None and is_same_series(marks[opened], mark):
            marks[opened] = replace(marks[opened], end=mark)
            opened = None
            continue
        marks.append(mark)
        opened = len(marks) - 1 if row["role"] == "from" else opened
    return marks


def is_same_series(first: Mark, last: Mark) -> bool:
    """Whether two ends belong to one movement: same document, region and unit."""
    return (first.document, first.region, first.unit) == (last.document, last.region, last.unit)


def to_records(rows: pd.DataFrame) -> Iterable[Mapping[Hashable, Any]]:
    """Each row as the cells that a mark is made of."""
    for cells in zip(*(rows[name].tolist() for name in MARK_COLUMNS), strict=True):
        yield dict(zip(MARK_COLUMNS, cells, strict=True))


def read_marks(rows: pd.DataFrame) -> list[Mark]:
    """Each row as a mark of its own, in the table's order."""
    return [read_mark(row) for row in to_records(rows)]
