"""
The days that a time expression covers.

An expression is read coarse to fine: a year, then the half, quarter, month or season in it, then a part of the month or
a day. What is missing is taken from the period named before (the anchor), else from the reference date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Final

from extract.language.numerals import fold
from extract.periods.calendar import is_current, read_atom
from extract.periods.days import ONE_DAY, Days, Setting, UnknownError
from extract.periods.words import date_rules, match_atoms, word_rows

# First and last day; X以前 has no first.
OpenDays = tuple[date | None, date]

# Kinds that begin an expression and never continue one.
_STARTS: Final = frozenset(
    ("years", "year", "short_years", "short_year", "iso", "decade", "century", "past", "future", "now", "relative_year")
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What ``rules/dates.toml`` says of the words around the atoms of a time."""

    edge: re.Pattern[str]
    joiner: re.Pattern[str]
    to_now: re.Pattern[str]
    quotes: str
    within: frozenset[str]
    whole: str
    before: frozenset[str]
    since: frozenset[str]
    since_event: str


@cache
def _reading() -> _Reading:
    rules = date_rules()["reading"]
    return _Reading(
        edge=re.compile(f"(?P<last>{rules['last_day']})|(?P<first>{rules['first_day']})"),
        joiner=re.compile(f"[ ]?{date_rules()['join']}[ ]?"),
        to_now=re.compile(rules["to_now"]),
        quotes=rules["quotes"],
        within=frozenset(rules["within"]),
        whole=rules["whole"],
        before=frozenset(rules["before"]),
        since=frozenset(rules["since"]),
        since_event=rules["since_event"],
    )


@lru_cache(maxsize=4096)
def resolve_period(
    raw: str, reference: date | None, anchor: Days | None = None, closing: date | None = None
) -> OpenDays | None:
    """
    The first and last day of a time expression, both included, or None where the words don't say.

    今年 ends on the reference date, 年底 is 31 December, X以前 has no first day. X以来, N年来 end on the closing day.
    A month, quarter or half without a year lies in the anchor's year, else it is the latest that is over on the
    closing day. Never raises.

    Args:
        raw:
            The expression as ``find_periods`` gives it.
        reference:
            The day on which the document speaks, or None: then only what names its year is resolved.
        anchor:
            First and last day of the period named before, for 当年, 全年, 同期 and expressions without a year.
        closing:
            The day up to which the document accounts, by default the reference date; in an aim the end of the year.

    >>> resolve_period("2022年1-6月", None)
    (datetime.date(2022, 1, 1), datetime.date(2022, 6, 30))
    >>> resolve_period("去年以来", date(2022, 9, 30))
    (datetime.date(2021, 1, 1), datetime.date(2022, 9, 30))
    """
    try:
        days = _resolve(fold(raw), Setting(reference, anchor, closing or reference))
    except (ValueError, OverflowError):
        return None
    return days if days[0] is None or days[0] <= days[1] else None


def _resolve(folded: str, setting: Setting) -> OpenDays:
    event = _dated_event(folded)
    if event is not None:
        return event, setting.last()
    left, end, is_open = _read_run(folded, 0, setting)
    joiner = _reading().joiner.match(folded, end)
    if joiner and _reading().to_now.match(folded, end) is None:
        right, end, is_open = _read_run(folded, joiner.end(), replace(setting, anchor=left))
        return left[0], _apply_tail(folded[end:], right, is_open, setting)[1]
    return _apply_tail(folded[end:], left, is_open, setting)


def _read_run(folded: str, start: int, setting: Setting) -> tuple[Days, int, bool]:
    """Atoms that touch from here on: their days, where they end, and whether they name the current year or month."""
    days: Days | None = None
    end, last = start, None
    for atom in match_atoms(folded[start:]):
        gap = folded[end : start + atom.start]
        if gap.strip(" ") or (last is not None and atom.kind in _STARTS):
            break
        days = read_atom(atom, days, setting)
        end, last = start + atom.end, atom
    if days is None or last is None:
        raise UnknownError
    edge = _reading().edge.match(folded, end)
    if edge is None:
        return days, end, is_current(last)
    if last.kind in ("decade", "century"):
        raise UnknownError
    day = days[0] if edge["first"] else days[1]
    return (day, day), edge.end(), False


def _apply_tail(tail: str, days: Days, is_open: bool, setting: Setting) -> OpenDays:
    words = _reading()
    tail = tail.strip(f"{words.quotes} ")
    if tail in words.within:
        return (
            (days[0], min(days[1], max(setting.today(), setting.last()))) if is_open and tail != words.whole else days
        )
    if tail in words.before:
        # 年底前 includes the day that it names, 2015年以前 does not include the year.
        return None, days[1] if days[0] == days[1] else days[0] - ONE_DAY
    if tail in words.since or tail.endswith(words.since_event):
        return days[0], setting.last() if days[0] <= setting.last() else setting.today()
    raise UnknownError


def _dated_event(folded: str) -> date | None:
    phrase = folded.removesuffix(_reading().since_event)
    if phrase == folded:
        return None
    row = word_rows().get(("event", phrase))
    return row["date"] if row else None
