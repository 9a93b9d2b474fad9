"""
A number and its own unit → a part: what a mention is made of, before signs, qualifiers and lists.

A part may be put together of two: a value and the next smaller units (五元六角), or the ends of a range (300至500户).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from extract.language.numerals import large_multiplier, read_numeral, signs
from extract.language.rulebook import read_toml
from extract.quantities.exclusions import Spans
from extract.quantities.numbers import Number, find_numbers
from extract.quantities.units import Unit, match_unit, prefixed_unit
from extract.table.errors import NumeralError

_CODE_BEFORE: Final = re.compile(r"[A-Za-z_]$|\d[.:：∶/]$")
_TOUCHES_CODE: Final = re.compile(r"[A-Za-zμ_](?![%‰])|[.:：∶/]\d")


@dataclass(frozen=True, slots=True)
class _Rules:
    """What ``rules/quantities.toml`` says of units, compounds and ranges, compiled."""

    ordinal: str
    given_back: frozenset[str]
    smaller: Mapping[str, Mapping[str, Decimal]]
    separator: re.Pattern[str]
    range_words: tuple[str, ...]


@cache
def _rules() -> _Rules:
    table = read_toml("quantities.toml")
    return _Rules(
        ordinal=table["ordinal"]["before"],
        given_back=frozenset(table["unit"]["given_back"]),
        smaller={
            unit: {smaller: Decimal(part) for smaller, part in parts.items()}
            for unit, parts in table["compound"]["smaller"].items()
        },
        separator=re.compile(table["range"]["separator"]),
        range_words=tuple(table["range"]["words"]),
    )


@cache
def origin() -> re.Pattern[str]:
    """What stands before the first end of a movement (从82%上升到87%)."""
    return re.compile(read_toml("statistics.toml")["pair"]["origin"])


class Part(NamedTuple):
    """A number with its own unit, before range and qualifiers."""

    start: int
    end: int
    number: Number
    unit: Unit | None

    @property
    def unit_name(self) -> str:
        return self.number.unit or (self.unit.name if self.unit else "")


def find_parts(folded: str, blocked: Spans) -> list[Part]:
    """The numbers of a folded text with their units, in order and without overlap; none in what is blocked."""
    parts: list[Part] = []
    for number in find_numbers(folded):
        part = _read_part(folded, number, blocked)
        if part is not None and parts and (compound := _join_compound(parts[-1], part)):
            parts[-1] = compound
        elif part is not None and (not parts or part.start >= parts[-1].end):
            parts.append(part)
    return parts


def _read_part(folded: str, number: Number, blocked: Spans) -> Part | None:
    if folded[number.start - 1 : number.start] == _rules().ordinal or blocked.cover(number.start, number.end):
        return None
    before, after = folded[max(0, number.start - 2) : number.start], folded[number.end : number.end + 2]
    if _CODE_BEFORE.search(before):
        return None
    if number.unit or number.rule in ("mixed_fraction", "ratio"):
        return Part(number.start, number.end, number, None)
    number, unit = _bind_unit(folded, number)
    if unit is None and (_TOUCHES_CODE.match(after) or number.rule == "half_of_a_unit"):
        return None
    end = unit.end if unit and unit.type != "noun" else number.end
    return Part(number.start, end, number, unit)


def _bind_unit(folded: str, number: Number) -> tuple[Number, Unit | None]:
    """The unit after a number; a multiplier that belongs to the unit's name (千克, 兆瓦) is given back to it."""
    last = folded[number.end - 1]
    is_longer = number.end - number.start > 1 and number.rule == "numeral"
    if is_longer and last in _rules().given_back and (unit := prefixed_unit(folded, number.end - 1)):
        return _shorten(folded, number, unit)
    return number, match_unit(folded, number.end)


def _shorten(folded: str, number: Number, unit: Unit | None) -> tuple[Number, Unit | None]:
    try:
        value = read_numeral(folded[number.start : number.end - 1])
    except NumeralError:
        return number, unit
    return number._replace(end=number.end - 1, value=value, value_high=None, rule="numeral"), unit


def _join_compound(first: Part, second: Part) -> Part | None:
    """二亩五分, 五十六元八角四分: a value and so many of the next smaller units are one, in the larger unit."""
    scale = _rules().smaller.get(first.unit_name, {}).get(second.unit_name)
    if scale is None or second.start != first.end or not 0 < second.number.value < 10 or second.number.value_high:
        return None
    value = first.number.value + second.number.value * scale
    return Part(first.start, second.end, first.number._replace(value=value, rule="compound"), first.unit)


def join_range(folded: str, first: Part, second: Part) -> Part | None:
    """Two numbers joined by 至, 到 or a dash as one range, or None: 300至500户, 5万—50万元, 一千到两千万元."""
    separator = _rules().separator.match(folded, first.end)
    if separator is None or separator.end() != second.start or first.number.value_high is not None:
        return None
    if folded[separator.start() : separator.end()].strip() in _rules().range_words and origin().search(
        folded, max(0, first.start - 32), first.start
    ):
        return None
    is_part = first.number.rule == "fraction" and not second.unit_name
    if first.unit_name and first.unit_name != second.unit_name and not is_part:
        return None
    low, high = first.number.value, second.number.value_high or second.number.value
    shared = large_multiplier(folded[second.number.start : second.number.end])
    own = folded[first.number.start : first.number.end]
    if not first.unit_name and shared > 1 and large_multiplier(own) == 1 and low < high / shared:
        low *= shared
    if second.number.rule == "tenth" and not first.unit_name:
        low *= 10
    if len(own) == 1 and own in signs().digits and _shares_small(folded, second):
        low *= signs().small[folded[second.number.end - 1]]
    if low >= high:
        return None
    number = first.number._replace(
        value=low, value_high=high, rule="range", unit=first.number.unit or second.number.unit
    )
    return Part(first.start, second.end, number, second.unit)


def _shares_small(folded: str, part: Part) -> bool:
    """两~3百: the first digit shares the second's 百."""
    surface = folded[part.number.start : part.number.end]
    return len(surface) > 1 and surface[0].isdigit() and surface[-1] in signs().small
