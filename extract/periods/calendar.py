"""
The days of one atom: 2021年, 5月, 上旬, 去年, 三季度.

A reader gets the atom, the days read so far of the expression (None at its start) and the setting: what stands outside
of the expression, the reference date and the period named before. It returns the days, both ends included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from extract.language.numerals import read_numeral
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
    read_numbers,
    year_days,
)
from extract.periods.words import Atom, time_rules, word_rows

# A year of two digits is one of the last ten; an older one below fifty may be a number of years.
_RECENT: Final = 10
_LENGTHS: Final = 50


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


def _year_for(first: int, last: int, within: Days | None, setting: Setting) -> int:
    """The year in which months without one lie: the latest in which they are over, or a single month has begun."""
    if within is not None:
        return within[0].year
    known = setting.known_year()
    if known is not None:
        return known
    closing = setting.last()
    month = month_days(closing.year, first, last)
    return closing.year if month[0 if first == last else 1] <= closing else closing.year - 1


def _full_year(number: int) -> int:
    """05 → 2005, 98 → 1998, 2005 → 2005."""
    if number >= 100:
        return number
    return number + (2000 if number < 50 else 1900)


def _read_year(atom: Atom, within: Days | None, setting: Setting) -> Days:
    year = _full_year(read_numbers(atom.surface)[0])
    return year_days(year, year)


def _read_years(atom: Atom, within: Days | None, setting: Setting) -> Days:
    first, last = read_numbers(atom.surface)
    last = last if last >= 100 else first // 100 * 100 + last
    if atom.surface.endswith(calendar_rules()["school_year"]):
        return date(first, 9, 1), date(last, 8, 31)
    return year_days(first, last)


def _read_short_years(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """23年, 21-23年: years near the reference date, else of the last century. 10年 may be a length and is not read."""
    numbers = read_numbers(atom.surface)
    latest = setting.today().year + 1
    years = [latest // 100 * 100 + number for number in numbers]
    years = [year if year <= latest else year - 100 for year in years]
    if any(number < _LENGTHS and year < latest - _RECENT for number, year in zip(numbers, years, strict=True)):
        raise UnknownError
    return year_days(years[0], years[-1])


def _read_iso(atom: Atom, within: Days | None, setting: Setting) -> Days:
    day = date(*read_numbers(atom.surface))
    return day, day


def _read_decade(atom: Atom, within: Days | None, setting: Setting) -> Days:
    rules = calendar_rules()
    century, _, decade = atom.surface.removesuffix(rules["decade"]).rpartition(rules["century"])
    numbers = read_numbers(decade)
    if len(decade) == 4:
        return year_days(numbers[0], numbers[0] + 9)
    if len(numbers) != 1 or numbers[0] % 10 or numbers[0] >= 100:
        raise UnknownError
    if century in rules["last_century"]:
        first = 1900
    elif century in rules["this_century"]:
        first = 2000
    else:
        first = read_numbers(century)[0] * 100 - 100
    return year_days(first + numbers[0], first + numbers[0] + 9)


def _read_century(atom: Atom, within: Days | None, setting: Setting) -> Days:
    rules = calendar_rules()
    name = atom.surface.removesuffix(rules["century"])
    number = 20 if name in rules["last_century"] else 21 if name in rules["this_century"] else read_numbers(name)[0]
    return year_days(number * 100 - 99, number * 100)


def _read_plan(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """“十四五” is the fourteenth five-year plan: the characters before the last 五, as one numeral."""
    count = calendar_rules()["plan_count"]
    name = atom.surface.strip(calendar_rules()["plan_marks"])
    number = int(read_numeral(name.partition(count)[0] if count in name else name[:-1]))
    plan = time_rules()["plan"]
    for early in plan["early"]:
        if early["number"] == number:
            return year_days(*early["years"])
    first = plan["third"] + 5 * (number - 3)
    return year_days(first, first + 4)


def _read_first_years(atom: Atom, within: Days | None, setting: Setting) -> Days:
    if within is None:
        raise UnknownError
    return year_days(within[0].year, within[0].year + read_numbers(atom.surface)[0] - 1)


def _read_month(atom: Atom, within: Days | None, setting: Setting) -> Days:
    if atom.surface[0] in calendar_rules()["lunar_months"]:
        raise UnknownError
    numbers = read_numbers(atom.surface.replace(calendar_rules()["first_month"], "1"))
    return month_days(_year_for(numbers[0], numbers[-1], within, setting), numbers[0], numbers[-1])


def _read_first_months(atom: Atom, within: Days | None, setting: Setting) -> Days:
    count = read_numbers(atom.surface)[0]
    return month_days(_year_for(1, count, within, setting), 1, count)


def _read_quarters(atom: Atom, within: Days | None, setting: Setting) -> Days:
    numbers = read_numbers(atom.surface.replace(calendar_rules()["quarter"], ""))
    first, last = 3 * numbers[0] - 2, 3 * numbers[-1]
    return month_days(_year_for(first, last, within, setting), first, last)


def _read_word_months(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """A part of the year or a season; inside a month (十月秋收) the month stays."""
    first, last = word_rows()[atom.kind, atom.surface]["months"]
    if within is not None and (within[0].year, within[0].month) == (within[1].year, within[1].month):
        return within
    return month_days(_year_for(first, last, within, setting), first, last)


def _read_tenday(atom: Atom, within: Days | None, setting: Setting) -> Days:
    if within is None:
        raise UnknownError
    tendays = calendar_rules()["tendays"]
    name = atom.surface.removesuffix(calendar_rules()["tenday"])
    last = min(tendays[name[-1]][1], within[1].day)
    return within[0].replace(day=tendays[name[0]][0]), within[1].replace(day=last)


def _read_days(atom: Atom, within: Days | None, setting: Setting) -> Days:
    month = within if within is not None else setting.before()
    numbers = read_numbers(atom.surface)
    if within is None and month[0].replace(day=1) != month[1].replace(day=1):
        raise UnknownError
    return month[0].replace(day=numbers[0]), month[0].replace(day=numbers[-1])


def _read_clock(atom: Atom, within: Days | None, setting: Setting) -> Days:
    if within is None:
        raise UnknownError
    return within


def _read_edge(atom: Atom, within: Days | None, setting: Setting) -> Days:
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


def _read_whole_year(atom: Atom, within: Days | None, setting: Setting) -> Days:
    if within is not None:
        return within
    if not word_rows()[atom.kind, atom.surface]["anchored"]:
        return year_days(setting.today().year, setting.today().year)
    year = setting.anchor[1].year if setting.anchor else _latest_year(12, setting)
    return year_days(year, year)


def _read_same_time(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """去年同期: the days of the period named before, in the year read."""
    if within is None or within[0].year != within[1].year:
        raise UnknownError
    first, last = setting.before()
    shift = 12 * (within[0].year - last.year)
    return add_months(first, shift), add_months(last, shift)


def _read_relative(atom: Atom, within: Days | None, setting: Setting) -> Days:
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


def _read_past(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """N年来, 近N年: up to the day up to which the document accounts. 两年时间 and 五年间 don't say up to when."""
    if atom.surface.endswith(calendar_rules()["until_when"]):
        raise UnknownError
    return add_months(setting.last(), -months_long(atom.surface)) + ONE_DAY, setting.last()


def _read_future(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """今后五年 of a report that is read out early in the year begin with it."""
    today, length = setting.today(), months_long(atom.surface)
    if today.month <= SPRING and length % 12 == 0:
        return year_days(today.year, today.year + length // 12 - 1)
    return today, add_months(today, length)


def _read_anaphora(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """这五年 is the five years named before, else the last five."""
    if within is not None:
        return within
    length = months_long(atom.surface)
    if setting.anchor is not None and _month_count(setting.anchor) == length:
        return setting.anchor
    return add_months(setting.last(), -length) + ONE_DAY, setting.last()


def _month_count(days: Days) -> int:
    return 12 * (days[1].year - days[0].year) + days[1].month - days[0].month + 1


def _read_now(atom: Atom, within: Days | None, setting: Setting) -> Days:
    return setting.today(), setting.today()


def _unknown(atom: Atom, within: Days | None, setting: Setting) -> Days:
    raise UnknownError


_Reader = Callable[[Atom, Days | None, Setting], Days]
_RELATIVE: Final = (
    *("relative_year", "relative_quarter", "relative_month", "relative_week", "relative_day"),
    *("anchored_year", "anchored_month", "anchored_day"),
)
_READERS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "year": _read_year,
        "years": _read_years,
        "short_year": _read_short_years,
        "short_years": _read_short_years,
        "iso": _read_iso,
        "decade": _read_decade,
        "century": _read_century,
        "plan": _read_plan,
        "long_plan": _read_plan,
        "first_years": _read_first_years,
        "month": _read_month,
        "months": _read_first_months,
        "quarters": _read_quarters,
        "part": _read_word_months,
        "season": _read_word_months,
        "tenday": _read_tenday,
        "days": _read_days,
        "clock": _read_clock,
        "edge": _read_edge,
        "whole_year": _read_whole_year,
        "same_time": _read_same_time,
        "past": _read_past,
        "future": _read_future,
        "anaphora": _read_anaphora,
        "now": _read_now,
        **dict.fromkeys(_RELATIVE, _read_relative),
        **dict.fromkeys(("festival", "era", "stretch", "bare_years", "week"), _unknown),
    }
)
