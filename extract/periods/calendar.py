"""
The days of one atom: 2021年, 5月, 上旬, 去年, 三季度.

A reader gets the atom, the days read so far of the expression (None at its start) and the setting: what stands outside
of the expression, the reference date and the period named before. It returns the days, both ends included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from extract.periods import named, relative
from extract.periods.days import Days, Setting, UnknownError
from extract.periods.words import Atom, word_rows


def read_atom(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """
    The days of an atom.

    Raises:
        ValueError:
            There are none (2月30日), or the words don't say which.
    """
    return _READERS[atom.kind](atom, within, setting)


def is_current(atom: Atom) -> bool:
    """Whether it names the running year, quarter, month, week or day (今年, 本月)."""
    return atom.kind.startswith("relative") and int(word_rows()[atom.kind, atom.surface]["offset"]) == 0


def _read_clock(atom: Atom, within: Days | None, setting: Setting) -> Days:
    if within is None:
        raise UnknownError
    return within


def _unknown(atom: Atom, within: Days | None, setting: Setting) -> Days:
    raise UnknownError


_Reader = Callable[[Atom, Days | None, Setting], Days]
_RELATIVE: Final = (
    *("relative_year", "relative_quarter", "relative_month", "relative_week", "relative_day"),
    *("anchored_year", "anchored_month", "anchored_day"),
)
_READERS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "year": named.read_year,
        "years": named.read_years,
        "short_year": named.read_short_years,
        "short_years": named.read_short_years,
        "iso": named.read_iso,
        "decade": named.read_decade,
        "century": named.read_century,
        "plan": named.read_plan,
        "long_plan": named.read_plan,
        "first_years": named.read_first_years,
        "month": named.read_month,
        "months": named.read_first_months,
        "quarters": named.read_quarters,
        "part": named.read_word_months,
        "season": named.read_word_months,
        "tenday": named.read_tenday,
        "days": named.read_days,
        "clock": _read_clock,
        "edge": relative.read_edge,
        "whole_year": relative.read_whole_year,
        "same_time": relative.read_same_time,
        "past": relative.read_past,
        "future": relative.read_future,
        "anaphora": relative.read_anaphora,
        "now": relative.read_now,
        **dict.fromkeys(_RELATIVE, relative.read_relative),
        **dict.fromkeys(("festival", "era", "stretch", "bare_years", "week"), _unknown),
    }
)
