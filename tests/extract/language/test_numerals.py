"""Printed numerals → exact numbers; cases in ``cases/numerals.toml``."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.numerals import fold, large_multiplier, read_numeral, read_pair
from extract.table.errors import NumeralError

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "numerals.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("surface", "value"), CASES["read"].items())
def test_numeral_is_read_exactly(surface: str, value: str) -> None:
    assert str(read_numeral(surface)) == value


@pytest.mark.parametrize(("surface", "reason"), CASES["refused"].items())
def test_what_is_not_one_numeral_is_refused(surface: str, reason: str) -> None:
    with pytest.raises(NumeralError, match="not one numeral"):
        read_numeral(surface)


@pytest.mark.parametrize(("surface", "ends"), CASES["pairs"].items())
def test_neighbouring_digits_are_a_range(surface: str, ends: list[str]) -> None:
    assert read_pair(surface) == (Decimal(ends[0]), Decimal(ends[1]))


@pytest.mark.parametrize(("surface", "reason"), CASES["no_pairs"].items())
def test_other_digits_are_no_range(surface: str, reason: str) -> None:
    assert read_pair(surface) is None


@pytest.mark.parametrize(
    ("surface", "factor"), [("三百", 1), ("两千万", 10**4), ("3.3亿", 10**8), ("1.27万亿", 10**12)]
)
def test_large_multiplier_that_closes_a_numeral(surface: str, factor: int) -> None:
    assert large_multiplier(surface) == factor


@given(st.integers(min_value=0, max_value=10**15))
def test_reading_is_blind_to_width_and_separators(number: int) -> None:
    half, separated = str(number), f"{number:,}"
    full = half.translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    assert [read_numeral(surface) for surface in (half, separated, full)] == [Decimal(number)] * 3


@given(st.decimals(min_value=0, max_value=10**9, places=4), st.sampled_from([("", 1), ("万", 10**4), ("万亿", 10**12)]))
def test_multiplier_is_applied_exactly(number: Decimal, multiplier: tuple[str, int]) -> None:
    sign, factor = multiplier

    assert read_numeral(f"{number:f}{sign}") == number * factor


@given(st.text() | st.text(alphabet="零一二两三十百千万亿点0123456789.,"))
def test_any_string_is_read_or_refused(surface: str) -> None:
    try:
        value = read_numeral(surface)
    except NumeralError:
        return
    assert value >= 0


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
