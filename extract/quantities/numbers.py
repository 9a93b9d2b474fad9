"""
Folded text → number tokens: the number itself, before units and outer qualifiers are looked at.

The forms, tried in this order at each place: fractions (百分之十点九, 三分之二, 3/4), ratios (2.5:1), tenths (四成五),
halves (一半, 半数), rough words (数十, 几百, 成千上万), plain numerals (8.5万, 三千零五, 1300多, 十几, 七八十).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

from extract.language.layout import find_opened
from extract.language.numerals import plain, read_numeral, read_pair
from extract.language.rulebook import expand, read_toml
from extract.table.errors import NumeralError

_LONGEST = 60
_LARGEST = Decimal(10) ** 24


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms of ``rules/numbers.toml`` as one pattern, which names the form, and what one begins with."""

    opening: re.Pattern[str]
    number: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How ``rules/numbers.toml`` reads the parts of a form."""

    rough_numerator: str
    thousandths: Sequence[str]
    half: str
    no_tenths: tuple[str, ...]
    over_half: tuple[str, ...]
    before_few: str
    few: str
    vague: frozenset[str]
    bare: re.Pattern[str]
    rough: Mapping[str, int]
    least: Mapping[int, str]


@cache
def grammar() -> Grammar:
    """Load the forms of ``rules/numbers.toml``."""
    rules = read_toml("numbers.toml")
    fragments = read_toml("numerals.toml")["fragment"] | rules["fragment"]
    forms = "|".join(f"(?P<{form['name']}>{form['pattern']})" for form in rules["form"])
    return Grammar(re.compile(rules["opening"]["pattern"]), re.compile(expand(forms, fragments)))


@cache
def _reading() -> _Reading:
    rules: dict[str, Any] = read_toml("numbers.toml")["reading"]
    return _Reading(
        **rules
        | {
            "no_tenths": tuple(rules["no_tenths"]),
            "over_half": tuple(rules["over_half"]),
            "vague": frozenset(rules["vague"]),
            "bare": re.compile(rules["bare"]),
            "least": str.maketrans(rules["least"]),
        }
    )


class Number(NamedTuple):
    """
    A number token: value or range, and what its own form says of it.

    ``unit`` is "%" or "‰" where the form itself is a part of a whole; ``is_over`` where 多 余 几 来 stand inside;
    ``is_bare`` where a multiplier stands alone (百, 万), which is a number only beside a qualifier.
    """

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None
    rule: str
    unit: str = ""
    is_over: bool = False
    is_vague: bool = False
    is_bare: bool = False


def find_numbers(folded: str) -> Iterator[Number]:
    """Number tokens of a folded text (``numerals.fold``) in order, without overlap."""
    for match in find_opened(grammar().opening, grammar().number, folded):
        if match.end() - match.start() > _LONGEST:
            continue
        try:
            number = _READERS[str(match.lastgroup)](match)
        except (NumeralError, DivisionByZero, InvalidOperation):
            continue
        if abs(number.value) <= _LARGEST:
            yield number


def _read_simple(match: re.Match[str]) -> Number:
    return _number(match, read_numeral(match[0]), "numeral")


def _read_fraction(match: re.Match[str]) -> Number:
    surface = match["denominator"]
    denominator = read_numeral(surface)
    rough = match["numerator"][0] in _reading().rough_numerator
    surface_above = match["numerator"].replace("、", "")
    pair = None if rough else read_pair(surface_above)
    numerator = Decimal(10) if rough else pair[0] if pair else read_numeral(surface_above)
    if match["whole"]:
        value = read_numeral(match["whole"]) + numerator / denominator
        return _number(match, plain(value), "mixed_fraction")
    unit, scale = ("‰", 1000) if surface in _reading().thousandths else ("%", 100)
    high = plain(pair[1] * scale / denominator) if pair else None
    is_over = rough or bool(match["fraction_over"])
    value = plain(numerator * scale / denominator)
    return _number(match, value, "fraction", unit, high=high, is_over=is_over, is_vague=rough)


def _read_slash(match: re.Match[str]) -> Number:
    numerator, denominator = (read_numeral(side) for side in match["slash"].split("/"))
    return _number(match, plain(numerator * 100 / denominator), "fraction", "%")


def _read_ratio(match: re.Match[str]) -> Number:
    return _number(match, read_numeral(re.split("[ :：∶]", match[0])[0]), "ratio")


def _read_tenth(match: re.Match[str]) -> Number:
    words, tail = _reading(), match["tenth_tail"]
    extra = Decimal(0) if not tail else Decimal(5) if tail == words.half else read_numeral(tail)
    over = bool(match["tenth_over"])
    if match["tenths"] == words.half:
        return _number(match, Decimal(5), "tenth", "%", is_over=over)
    pair = read_pair(match["tenths"])
    if pair is not None:
        return _number(match, pair[0] * 10, "tenth", "%", high=pair[1] * 10)
    if match["tenths"].endswith(words.no_tenths):
        raise NumeralError(match["tenths"])
    return _number(match, plain(read_numeral(match["tenths"]) * 10 + extra), "tenth", "%", is_over=over)


def _read_half(match: re.Match[str]) -> Number:
    return _number(match, Decimal(50), "half", "%", is_over=match[0].startswith(_reading().over_half))


def _read_part(match: re.Match[str]) -> Number:
    return _number(match, Decimal("0.5"), "half_of_a_unit")


def _read_rough(match: re.Match[str]) -> Number:
    if match["rough_count"]:
        value = read_numeral(match["rough_count"])
    elif match["rough_number"]:
        value = read_numeral(match["rough_number"].translate(_reading().least))
    else:
        value = Decimal(_reading().rough[match[0]])
    return _number(match, value, "rough", is_over=True, is_vague=True)


def _read_plain(match: re.Match[str]) -> Number:
    words, inner = _reading(), match["inner"] or ""
    surface = match["plain"][: len(match["plain"]) - len(inner)].replace("、", "")
    pair = read_pair(surface) if not inner else None
    if pair is not None:
        return _number(match, pair[0], "digit_pair", high=pair[1])
    multipliers = inner.replace(" ", "")[1:]
    core = surface.rstrip(words.before_few) if inner.strip().startswith(words.few) else surface
    value = read_numeral(core + multipliers)
    is_bare = bool(words.bare.fullmatch(surface))
    is_vague = not words.vague.isdisjoint(inner) or is_bare
    return _number(match, value, "numeral", is_over=bool(inner), is_vague=is_vague, is_bare=is_bare)


def _number(
    match: re.Match[str],
    value: Decimal,
    rule: str,
    unit: str = "",
    *,
    high: Decimal | None = None,
    is_over: bool = False,
    is_vague: bool = False,
    is_bare: bool = False,
) -> Number:
    return Number(match.start(), match.end(), value, high, rule, unit, is_over, is_vague, is_bare)


_READERS = {
    "simple": _read_simple,
    "fraction": _read_fraction,
    "slash": _read_slash,
    "ratio": _read_ratio,
    "tenth": _read_tenth,
    "half": _read_half,
    "part": _read_part,
    "rough": _read_rough,
    "plain": _read_plain,
}
