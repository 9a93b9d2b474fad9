"""Measure words and units: the printed form after a number → the unit as written and what it measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.language.rulebook import read_rows
from extract.table.errors import RuleError

COLUMNS = ("unit", "type", "not_before", "example")
TYPES = frozenset(
    (
        *("count", "money", "length", "area", "volume", "weight", "energy", "measure", "time", "age", "score"),
        *("percent", "multiple", "rate", "rank", "noun"),
    )
)
# A multiplier that is part of the unit's name: 5千克 is five kilograms, not 5,000 克.
PREFIXES = "千兆百"
# A unit per another, whatever the two (克/千克, 件/月): what is divided decides what it measures.
_SLASH = re.compile("[/／]")
_PER = re.compile(
    "(?:[/／]每?|每(?=立方|平方|升|小时|秒|公顷|亩|千克|公斤))[A-Za-z\u4e00-\u9fff³²·]{1,4}(?=[^A-Za-z\u4e00-\u9fff]|$|以|左|的|内|上|下|增|提|降)"
)
# And per a second thing: 元/人·月.
_AND_PER = re.compile("[·/](?:[年月日天次人户]|小时)(?![\u4e00-\u9fff])")
_DIVISIBLE = {
    **dict.fromkeys(("weight", "volume", "length", "area", "energy", "measure"), "measure"),
    **dict.fromkeys(("count", "rate"), "rate"),
    "money": "money",
}
# How the table writes these, and what it calls a unit that is read by a form of its own.
_WRITTEN = {"个百分点": "百分点", "个点": "百分点", "个基点": "基点"}
_TYPES = {"百分点": "percent", "基点": "percent", "番": "multiple"}


class Unit(NamedTuple):
    """A unit found in a text: its end offset, its name as the table writes it, and its type."""

    end: int
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The table of units, compiled: the pattern of a first character matches the longest unit that begins with it."""

    patterns: Mapping[str, re.Pattern[str]]
    types: Mapping[str, str]
    prefixed: tuple[str, ...]


@cache
def unit_table() -> UnitTable:
    """Load ``rules/units.csv``."""
    rows = read_rows("units.csv", COLUMNS)
    types = {row["unit"]: row["type"] for row in rows}
    if len(types) != len(rows) or not TYPES.issuperset(types.values()):
        raise RuleError("rules/units.csv: a unit stands twice or has an unknown type")
    branches: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: -len(row["unit"])):
        branches.setdefault(row["unit"][0], []).append(
            re.escape(row["unit"])
            + (f"(?![{re.escape(row['not_before'])}])" if row["not_before"] else "")
            + ("(?![A-Za-z])" if row["unit"][-1].isascii() and row["unit"][-1].isalpha() else "")
        )
    prefixed = tuple(unit for unit in types if unit[0] in PREFIXES)
    return UnitTable({first: re.compile("|".join(its)) for first, its in branches.items()}, types, prefixed)


def match_unit(folded: str, position: int) -> Unit | None:
    """
    The longest unit that begins at this position of the folded text, one blank before it allowed.

    >>> match_unit("300户居民", 3)
    Unit(end=4, name='户', type='count')
    >>> match_unit("5个百分点", 1)
    Unit(end=5, name='百分点', type='percent')
    >>> match_unit("28万人口", 3)
    Unit(end=5, name='', type='noun')
    """
    table = unit_table()
    if folded[position : position + 1] == " ":
        position += 1
    pattern = table.patterns.get(folded[position : position + 1])
    match = pattern.match(folded, position) if pattern is not None else None
    if match is None:
        return None
    kind = table.types[match[0]]
    if kind in _DIVISIBLE and (per := _PER.match(folded, match.end())):
        return Unit(per.end(), folded[position : per.end()], _DIVISIBLE[kind])
    if "/" in match[0] and (more := _AND_PER.match(folded, match.end())):
        return Unit(more.end(), folded[position : more.end()], kind)
    name = "" if kind == "noun" else _WRITTEN.get(match[0], match[0])
    return Unit(match.end(), name, kind)


def unit_type(name: str) -> str:
    """The type of a unit by its name in the table; "" (no measure word) and unknown names count as "count", and
    of a unit per another the divided one decides."""
    types = unit_table().types
    known = _TYPES.get(name) or types.get(name)
    return known or _DIVISIBLE.get(types.get(_SLASH.split(name)[0], ""), "count")


def prefixed_unit(folded: str, position: int) -> Unit | None:
    """The unit that begins with a multiplier sign at this position (千克, 千瓦时, 兆赫兹), or None."""
    if not folded.startswith(unit_table().prefixed, position):
        return None
    unit = match_unit(folded, position)
    return unit if unit is not None and unit.name[:1] in PREFIXES else None
