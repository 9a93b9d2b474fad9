"""
The records that pass between the stages, and the columns of the tidy table.

Offsets are 0-based characters of the document's text, end exclusive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

ColumnType = Literal["str", "int", "float", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of the tidy table.

    ``values`` is its closed vocabulary, () where any text may stand; ``version`` the version of the table that brought
    it. Tables of an earlier version still open: the cells of the column are then null.
    """

    name: str
    type: ColumnType
    nullable: bool = False
    values: tuple[str, ...] = ()
    version: int = 1


LEVELS: Final = (
    "country",
    "province",
    "municipality",
    "city",
    "county",
    "subdistrict",
    "township",
    "village",
    "group",
)
QUALIFIERS: Final = ("exact", "approx", "nearly", "over", "at_least", "at_most")
KINDS: Final = ("count", "money", "measure", "share", "rate", "change")
DIRECTIONS: Final = ("up", "down")
ROLES: Final = ("from", "to")
STATUSES: Final = ("actual", "target", "norm")
PERIOD_BASES: Final = ("stated", "inherited")
AGGREGATIONS: Final = ("cumulative", "mean")

COLUMNS: Final = (
    Column("id", "str"),
    Column("document", "str"),
    Column("report", "int"),
    Column("region", "str", nullable=True),
    Column("province", "str", nullable=True),
    Column("level", "str", nullable=True, values=LEVELS),
    Column("theme", "str"),
    Column("indicator", "str", nullable=True),
    Column("subject", "str", nullable=True),
    Column("value", "float"),
    Column("value_high", "float", nullable=True),
    Column("unit", "str"),
    Column("qualifier", "str", values=QUALIFIERS),
    Column("kind", "str", values=KINDS),
    Column("direction", "str", nullable=True, values=DIRECTIONS),
    Column("role", "str", nullable=True, values=ROLES),
    Column("period", "str", nullable=True),
    Column("period_start", "date", nullable=True),
    Column("period_end", "date", nullable=True),
    Column("raw", "str"),
    Column("start", "int"),
    Column("end", "int"),
    Column("sentence", "str"),
    Column("rule", "str"),
    Column("flags", "str"),
    Column("reporter", "str", nullable=True, version=2),
    Column("section", "str", nullable=True, version=2),
    Column("status", "str", nullable=True, values=STATUSES, version=2),
    Column("period_basis", "str", nullable=True, values=PERIOD_BASES, version=2),
    Column("relative_to", "str", nullable=True, version=2),
    Column("aggregation", "str", nullable=True, values=AGGREGATIONS, version=2),
    Column("action", "str", nullable=True, version=2),
    Column("of_row", "str", nullable=True, version=2),
)
COLUMN_NAMES: Final = tuple(column.name for column in COLUMNS)

# What a person said of a row; these follow COLUMNS wherever reviewed rows are shown or exported.
REVIEW_STATES: Final = ("unreviewed", "accepted", "corrected", "added", "rejected")
REVIEW_COLUMNS: Final = (
    Column("review", "str", values=REVIEW_STATES),
    Column("reviewer", "str", nullable=True),
    Column("reviewed_at", "str", nullable=True),
    Column("original", "str", nullable=True),
    Column("reason", "str", nullable=True),
)
REVIEWED_COLUMNS: Final = (*COLUMNS, *REVIEW_COLUMNS)
REVIEWED_NAMES: Final = tuple(column.name for column in REVIEWED_COLUMNS)
UNREVIEWED: Final = MappingProxyType({column.name: None for column in REVIEW_COLUMNS} | {"review": "unreviewed"})


class Mention(NamedTuple):
    """
    One quantity as the text prints it, statistic or not.

    ``value`` has its multiplier applied (8.5万 is 85000) and is in ``unit``, which is "" where the text gives
    none; parts of a whole are in % (近四成 is 40 %), per mille in ‰.
    ``rule`` names the grammar rule that read it.
    """

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None
    unit: str
    qualifier: str
    rule: str
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where the stretch ``text[start:end]`` stands in the original document.

    ``page``, ``paragraph`` (on its page, else in the document), ``table`` and ``row`` count from 1, None where the
    format has none.
    """

    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    is_heading: bool = False


def marked_headings(places: Iterable[Place]) -> list[tuple[int, int]]:
    """
    The spans of the lines that a document's format marks as headings, in order.

    >>> marked_headings([Place(0, 4, is_heading=True), Place(5, 9)])
    [(0, 4)]
    """
    return [(place.start, place.end) for place in places if place.is_heading]


@dataclass(frozen=True, slots=True)
class Report:
    """
    One section of a document in which one region reports.

    ``number`` is 1-based; ``region`` is the short form (北京, 仙林), with ``province`` and ``level`` where known.
    The reports of a document cover it without gap or overlap.
    """

    number: int
    start: int
    end: int
    region: str | None
    province: str | None
    level: str | None


class Statistic(NamedTuple):
    """One row of the tidy table; the fields are COLUMNS, in order, and mean what data/README.md says."""

    id: str
    document: str
    report: int
    region: str | None
    province: str | None
    level: str | None
    theme: str
    indicator: str | None
    subject: str | None
    value: Decimal
    value_high: Decimal | None
    unit: str
    qualifier: str
    kind: str
    direction: str | None
    role: str | None
    period: str | None
    period_start: date | None
    period_end: date | None
    raw: str
    start: int
    end: int
    sentence: str
    rule: str
    flags: str
    reporter: str | None = None
    section: str | None = None
    status: str | None = None
    period_basis: str | None = None
    relative_to: str | None = None
    aggregation: str | None = None
    action: str | None = None
    of_row: str | None = None


def text_hash(text: str) -> str:
    """The SHA-256 of a text in UTF-8 (a lone surrogate is hashed as such), as hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def row_id(digest: str, mention: Mention) -> str:
    """The stable id of a mention in the text with this hash: 16 hex digits."""
    key = f"{digest}:{mention.start}:{mention.end}:{mention.value.normalize():f}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
