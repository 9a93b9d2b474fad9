"""Measure words and units: the printed form after a number → the unit as written and what it measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.language.rulebook import read_rows, read_toml
from extract.table.errors import RuleError

COLUMNS = ("unit", "type", "not_before", "example")
TYPES = frozenset(
    (
        *("count", "money", "length", "area", "volume", "weight", "energy", "measure", "time", "age", "score"),
        *("percent", "multiple", "rate", "rank", "noun"),
    )
)
_SLASH = re.compile("[/／]")
# What a unit per another measures, by what is divided.
_DIVISIBLE = {
    **dict.fromkeys(("weight", "volume", "length", "area", "energy", "measure"), "measure"),
    **dict.fromkeys(("count", "rate"), "rate"),
    "money": "money",
}


class Unit(NamedTuple):
    """A unit found in a text: its end offset, its name as the table writes it, and its type."""

    end: int
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class UnitTable:
    """
    The table of units, compiled: the pattern of a first character matches the longest unit that begins with it.

    ``per`` and ``and_per`` match what a unit is divided by, ``written`` has the names that the table shortens, and
    ``named`` the types of names that no row has.
    """

    patterns: Mapping[str, re.Pattern[str]]
    types: Mapping[str, str]
    prefixes: str
    prefixed: tuple[str, ...]
    per: re.Pattern[str]
    and_per: re.Pattern[str]
    written: Mapping[str, str]
    named: Mapping[str, str]


@cache
def unit_table() -> UnitTable:
    """Load ``rules/units.csv`` and what ``rules/quantities.toml`` says of units."""
    rows, rules = read_rows("units.csv", COLUMNS), read_toml("quantities.toml")["unit"]
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
    return UnitTable(
        patterns={first: re.compile("|".join(its)) for first, its in branches.items()},
        types=types,
        prefixes=rules["prefixes"],
        prefixed=tuple(unit for unit in types if unit[0] in rules["prefixes"]),
        per=re.compile(rules["per"]),
        and_per=re.compile(rules["and_per"]),
        written=rules["written"],
        named=rules["types"],
    )


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
    if kind in _DIVISIBLE and (per := table.per.match(folded, match.end())):
        return Unit(per.end(), folded[position : per.end()], _DIVISIBLE[kind])
    if "/" in match[0] and (more := table.and_per.match(folded, match.end())):
        return Unit(more.end(), folded[position : more.end()], kind)
    name = "" if kind == "noun" else table.written.get(match[0], match[0])
    return Unit(match.end(), name, kind)


def unit_type(name: str) -> str:
    """The type of a unit by its name in the table; "" (no measure word) and unknown names count as "count", and
    of a unit per another the divided one decides."""
    types = unit_table().types
    known = unit_table().named.get(name) or types.get(name)
    return known or _DIVISIBLE.get(types.get(_SLASH.split(name)[0], ""), "count")


def prefixed_unit(folded: str, position: int) -> Unit | None:
    """The unit that begins with a multiplier sign at this position (千克, 千瓦时, 兆赫兹), or None."""
    table = unit_table()
    if not folded.startswith(table.prefixed, position):
        return None
    unit = match_unit(folded, position)
    return unit if unit is not None and unit.name[:1] in table.prefixes else None
