"""
The days of an atom that counts from other days: 去年, 本月, 年底, 五年来, 同期.

Counted is from the reference date, from the day up to which the document accounts, or from the period named before.
"""

from __future__ import annotations

from extract.periods.days import (
    ONE_DAY,
    SPRING,
    Days,
    Setting,
    UnknownError,
    add_months,
    calendar_rules,
    month_days,
    months_long,
    year_days,
)
from extract.periods.words import Atom, word_rows


def read_edge(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """年底 and 年初 of the year read or named before, else the latest that is over; 月底 likewise."""
    month = int(word_rows()[atom.kind, atom.surface]["months"][0])
    if month == 6:
        raise UnknownError
    if month == 0:
        days = within or setting.anchor or (setting.today(), setting.today())
        days = month_days(days[1].year, days[1].month, days[1].month)
    else:
        year = within[1].year if within else setting.known_year() or _latest_year(month, setting)
        days = month_days(year, month, month)
    day = days[0] if atom.surface.endswith(calendar_rules()["start_of"]) else days[1]
    return day, day


def _latest_year(month: int, setting: Setting) -> int:
    """The latest year whose first day (month 1) or last day (month 12) has come."""
    closing = setting.last()
    return closing.year if month == 1 or (closing.month, closing.day) == (12, 31) else closing.year - 1


def read_whole_year(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """全年: the year read or named before, else the running one or the latest that is over."""
    if within is not None:
        return within
    if not word_rows()[atom.kind, atom.surface]["anchored"]:
        return year_days(setting.today().year, setting.today().year)
    year = setting.anchor[1].year if setting.anchor else _latest_year(12, setting)
    return year_days(year, year)


def read_same_time(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """去年同期: the days of the period named before, in the year read."""
    if within is None or within[0].year != within[1].year:
        raise UnknownError
    first, last = setting.before()
    shift = 12 * (within[0].year - last.year)
    return add_months(first, shift), add_months(last, shift)


def read_relative(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """Whole years, quarters, months, weeks or days, counted from the reference date or from the end of the anchor."""
    offset = int(word_rows()[atom.kind, atom.surface]["offset"])
    origin_name, _, unit = atom.kind.partition("_")
    origin = setting.today() if origin_name == "relative" else setting.before()[1]
    if unit == "day":
        day = origin + offset * ONE_DAY
        return day, day
    if unit == "week":
        monday = origin + (7 * offset - origin.weekday()) * ONE_DAY
        return monday, monday + 6 * ONE_DAY
    if unit == "year":
        return year_days(origin.year + offset, origin.year + offset)
    length = 3 if unit == "quarter" else 1
    start = add_months(origin.replace(month=(origin.month - 1) // length * length + 1, day=1), offset * length)
    return month_days(start.year, start.month, start.month + length - 1)


def read_past(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """N年来, 近N年: up to the day up to which the document accounts. 两年时间 and 五年间 don't say up to when."""
    if atom.surface.endswith(calendar_rules()["until_when"]):
        raise UnknownError
    return add_months(setting.last(), -months_long(atom.surface)) + ONE_DAY, setting.last()


def read_future(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """今后五年 of a report that is read out early in the year begin with it."""
    today, length = setting.today(), months_long(atom.surface)
    if today.month <= SPRING and length % 12 == 0:
        return year_days(today.year, today.year + length // 12 - 1)
    return today, add_months(today, length)


def read_anaphora(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """这五年 is the five years named before, else the last five."""
    if within is not None:
        return within
    length = months_long(atom.surface)
    if setting.anchor is not None and _month_count(setting.anchor) == length:
        return setting.anchor
    return add_months(setting.last(), -length) + ONE_DAY, setting.last()


def _month_count(days: Days) -> int:
    return 12 * (days[1].year - days[0].year) + days[1].month - days[0].month + 1


def read_now(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """目前, 现在: the reference date."""
    return setting.today(), setting.today()
