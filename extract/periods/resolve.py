"""
The days that a time expression covers.

An expression is read coarse to fine: a year, then the half, quarter, month or season in it, then a part of the month or
a day. What is missing is taken from the period named before (the anchor), else from the reference date.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from extract.language.numerals import fold
from extract.periods.calendar import ONE_DAY, Days, Frame, UnknownError, is_current, read_atom
from extract.periods.words import JOIN, match_atoms, word_rows

_EDGE: Final = re.compile("年?(?P<last>底|末|终)|期末|(?P<first>初)(?!期)")
_JOINER: Final = re.compile(f"[ ]?{JOIN}[ ]?")
_TO_NOW: Final = re.compile("至今(?!年|天|日)|到现在$")
# Kinds that begin an expression and never continue one.
_STARTS: Final = frozenset(("years", "year", "iso", "decade", "century", "past", "future", "now", "relative_year"))


@lru_cache(maxsize=4096)
def resolve_period(raw: str, reference: date | None, anchor: Days | None = None) -> Days | None:
    """
    The first and last day of a time expression, both included, or None where the words don't say.

    今年 and X以来 end on the reference date, N年来 begins N years before it, 年底 is 31 December. A month, quarter or
    half without a year lies in the anchor's year, else it is the latest that began by the reference date. A deadline
    (2025年底前) runs from the reference date to it. Never raises.

    Args:
        raw:
            The expression as ``find_periods`` gives it.
        reference:
            The day on which the document speaks, or None: then only what names its year is resolved.
        anchor:
            First and last day of the period named before, for 当年, 全年, 同期 and expressions without a year.

    >>> resolve_period("2022年1-6月", None)
    (datetime.date(2022, 1, 1), datetime.date(2022, 6, 30))
    >>> resolve_period("去年以来", date(2022, 9, 30))
    (datetime.date(2021, 1, 1), datetime.date(2022, 9, 30))
    """
    try:
        days = _resolve(fold(raw), Frame(reference, anchor))
    except (ValueError, OverflowError):
        return None
    return days if days[0] <= days[1] else None


def _resolve(folded: str, frame: Frame) -> Days:
    event = _dated_event(folded)
    if event is not None:
        return event, frame.today()
    left, end, is_open = _read_run(folded, 0, frame)
    joiner = _JOINER.match(folded, end)
    if joiner and _TO_NOW.match(folded, end) is None:
        right, end, is_open = _read_run(folded, joiner.end(), Frame(frame.reference, left))
        return left[0], _apply_tail(folded[end:], right, is_open, frame)[1]
    return _apply_tail(folded[end:], left, is_open, frame)


def _read_run(folded: str, start: int, frame: Frame) -> tuple[Days, int, bool]:
    """Atoms that touch from here on: their days, where they end, and whether they name the current year or month."""
    days: Days | None = None
    end, last = start, None
    for atom in match_atoms(folded[start:]):
        gap = folded[end : start + atom.start]
        if gap.strip(" ") or (last is not None and atom.kind in _STARTS):
            break
        days = read_atom(atom, days, frame)
        end, last = start + atom.end, atom
    if days is None or last is None:
        raise UnknownError
    edge = _EDGE.match(folded, end)
    if edge is None:
        return days, end, is_current(last)
    if last.kind in ("decade", "century"):
        raise UnknownError
    day = days[0] if edge["first"] else days[1]
    return (day, day), edge.end(), False


def _apply_tail(tail: str, days: Days, is_open: bool, frame: Frame) -> Days:
    tail = tail.strip('”"’」 ')
    if tail in ("", "间", "之间", "内", "期间", "期间内", "时期", "时期内", "为止", "止"):
        return (days[0], min(days[1], frame.today())) if is_open and tail != "内" else days
    if tail in ("以前", "之前", "前"):
        is_deadline = days[0] == days[1]
        return frame.today(), days[1] if is_deadline else days[0] - ONE_DAY
    if tail in ("来", "至今", "到现在", "起") or tail.endswith("以来"):
        return days[0], frame.today()
    raise UnknownError


def _dated_event(folded: str) -> date | None:
    phrase = folded.removesuffix("以来")
    if phrase == folded:
        return None
    row = word_rows().get(("event", phrase))
    return row["date"] if row else None
