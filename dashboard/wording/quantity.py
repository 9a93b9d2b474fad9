"""Numbers as readers write them: 8.5万 / 85,000, ≥1,300, <40, ≈50, and never more digits than the source gave."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

SIGNS: Final = MappingProxyType(
    {"exact": "", "approx": "≈", "nearly": "<", "over": "≥", "at_least": "≥", "at_most": "≤"}
)
SCALES: Final = MappingProxyType(
    {
        "zh": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
        "en": ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")),
    }
)
# A scaled number keeps at most so many decimals; one that needs more is written out.
SCALED_DECIMALS: Final = MappingProxyType({"zh": 2, "en": 3})
TIGHT_UNITS: Final = frozenset({"%", "‰", "×"})


def to_decimal(value: float) -> Decimal:
    """The decimal that a float's shortest form prints, trailing zeros dropped."""
    return Decimal(repr(float(value))).normalize()


def write_number(value: float | Decimal, lang: str, digits: int = 0) -> str:
    """
    A number without unit; of a derived one the zeros too that are among its significant ``digits``.

    >>> write_number(85000.0, "zh"), write_number(85000.0, "en")
    ('8.5万', '85,000')
    >>> write_number(12345.0, "zh"), write_number(1155000.0, "en"), write_number(5.2, "en")
    ('12,345', '1.155 million', '5.2')
    >>> write_number(7.0, "en", 2), write_number(10000.0, "zh", 2), write_number(1200.0, "en", 2)
    ('7.0', '1.0万', '1,200')
    """
    number = value if isinstance(value, Decimal) else to_decimal(value)
    for factor, word in SCALES[lang]:
        scaled = (number / factor).normalize()
        if abs(scaled) >= 1 and -int(scaled.as_tuple().exponent) <= SCALED_DECIMALS[lang]:
            return f"{pad(scaled, digits):,f}{word}"
    return f"{pad(number, digits):,f}"


def pad(number: Decimal, digits: int) -> Decimal:
    """A number with at least so many significant digits; nothing is cut, and a zero has none."""
    if not number:
        return number
    return number.quantize(Decimal(1).scaleb(min(int(number.as_tuple().exponent), number.adjusted() - digits + 1, 0)))


def write_quantity(value: float, high: float | None, unit: str, qualifier: str, lang: str, digits: int = 0) -> str:
    """
    A quantity with its unit in short form, the sign of its qualifier before it.

    >>> write_quantity(1300.0, None, "个", "over", "zh"), write_quantity(300.0, 500.0, "户", "exact", "en")
    ('≥1,300个', '300–500')
    """
    number = write_number(value, lang, digits)
    if high is not None:
        number = f"{number}–{write_number(high, lang, digits)}"
    return f"{SIGNS.get(qualifier, '')}{number}{unit_suffix(unit, lang)}"


def unit_suffix(unit: str, lang: str) -> str:
    """What follows a number: the unit as written in Chinese, a short sign or nothing in English."""
    if lang == "zh":
        return f"个{unit}" if unit == "百分点" else unit
    short = english_units().get(unit, (unit, unit))[1]
    return short if not short or short in TIGHT_UNITS else f" {short}"


def unit_name(unit: str, lang: str) -> str:
    """A unit by itself, for a subtitle; in English the Chinese word stands beside a measure word's translation."""
    if lang == "zh" or unit not in english_units():
        return unit
    name, short = english_units()[unit]
    return name if short else f"{name} ({unit})"


def count_digits(value: float) -> int:
    """
    Significant digits that a figure claims; the zeros that end a whole number claim nothing.

    >>> count_digits(85000.0), count_digits(285.0), count_digits(0.5)
    (2, 3, 1)
    """
    return len(to_decimal(value).as_tuple().digits)


def round_to(value: float, digits: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """
    A derived figure cut to so many significant digits, never in exponent form.

    >>> str(round_to(13.1645, 2)), str(round_to(1234.5, 2)), str(round_to(0.0, 2))
    ('13', '1200', '0')
    """
    number = Decimal(repr(float(value)))
    if not number:
        return Decimal(0)
    step = Decimal(1).scaleb(number.adjusted() - digits + 1)
    return Decimal(f"{(number / step).quantize(Decimal(1), rounding) * step:f}")


@cache
def english_units() -> Mapping[str, tuple[str, str]]:
    """Unit → its English name and its short form ("" where English writes none)."""
    lines = (files("dashboard.wording") / "units.csv").read_text(encoding="utf-8").splitlines()
    return {row["unit"]: (row["en"], row["en_short"]) for row in csv.DictReader(lines)}
