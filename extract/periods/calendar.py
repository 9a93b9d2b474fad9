"""
The days of one atom: 2021年, 5月, 上旬, 去年, 三季度.

A reader gets the atom, the days read so far of the expression (None at its start) and the frame: what stands outside
of the expression, the reference date and the period named before. It returns the days, both ends included.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from extract.language.numerals import read_numeral
from extract.periods.words import CHINESE, Atom, time_rules, word_rows

Days = tuple[date, date]

_NUMBER: Final = re.compile(f"[0-9]+|[{CHINESE}两十廿卅百]+")
ONE_DAY: Final = timedelta(days=1)


class UnknownError(ValueError):
    """The words don't say which days."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression may lean on."""

    reference: date | None
    anchor: Days | None

    def today(self) -> date:
        if self.reference is None:
            raise UnknownError
        return self.reference

    def before(self) -> Days:
        if self.anchor is None:
            raise UnknownError
        return self.anchor

    def known_year(self) -> int | None:
        """The year of the anchor, where it lies in one."""
        if self.anchor is None or self.anchor[0].year != self.anchor[1].year:
            return None
        return self.anchor[0].year


def read_atom(atom: Atom, within: Days | None, frame: Frame) -> Days:
    """
    The days of an atom.

    Raises:
        ValueError:
            There are none (2月30日), or the words don't say which.
    """
    return _READERS[atom.kind](atom, within, frame)


def is_current(atom: Atom) -> bool:
    """Whether it names the running year, quarter, month, week or day (今年, 本月)."""
    return atom.kind.startswith("relative") and int(word_rows()[atom.kind, atom.surface]["offset"]) == 0


def _numbers(surface: str) -> list[int]:
    return [int(read_numeral(number)) for number in _NUMBER.findall(surface)]


def _month_days(year: int, first: int, last: int) -> Days:
    """Whole months, the last of them in the next year where the stretch runs over its end (12 to 2)."""
    end_year = year + (last < first)
    return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])


def _year_days(first: int, last: int) -> Days:
    return date(first, 1, 1), date(last, 12, 31)


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _year_for(month: int, within: Days | None, frame: Frame) -> int:
    """The year in which a month without one lies."""
    if within is not None:
        return within[0].year
    known = frame.known_year()
    if known is not None:
        return known
    today = frame.today()
    return today.year if date(today.year, month, 1) <= today else today.year - 1


def _full_year(number: int) -> int:
    """05 → 2005, 98 → 1998, 2005 → 2005."""
    if number >= 100:
        return number
    return number + (2000 if number < 50 else 1900)


def _read_year(atom: Atom, within: Days | None, frame: Frame) -> Days:
    year = _full_year(_numbers(atom.surface)[0])
    return _year_days(year, year)


def _read_years(atom: Atom, within: Days | None, frame: Frame) -> Days:
    first, last = _numbers(atom.surface)
    last = last if last >= 100 else first // 100 * 100 + last
    if atom.surface.endswith("学年"):
        return date(first, 9, 1), date(last, 8, 31)
    return _year_days(first, last)


def _read_iso(atom: Atom, within: Days | None, frame: Frame) -> Days:
    day = date(*_numbers(atom.surface))
    return day, day


def _read_decade(atom: Atom, within: Days | None, frame: Frame) -> Days:
    century, _, decade = atom.surface.removesuffix("年代").rpartition("世纪")
    numbers = _numbers(decade)
    if len(decade) == 4:
        return _year_days(numbers[0], numbers[0] + 9)
    if len(numbers) != 1 or numbers[0] % 10 or numbers[0] >= 100:
        raise UnknownError
    if century in ("", "上", "上个"):
        first = 1900
    elif century == "本":
        first = 2000
    else:
        first = _numbers(century)[0] * 100 - 100
    return _year_days(first + numbers[0], first + numbers[0] + 9)


def _read_century(atom: Atom, within: Days | None, frame: Frame) -> Days:
    name = atom.surface.removesuffix("世纪")
    number = {"上": 20, "上个": 20, "本": 21, "新": 21}.get(name) or _numbers(name)[0]
    return _year_days(number * 100 - 99, number * 100)


def _read_plan(atom: Atom, within: Days | None, frame: Frame) -> Days:
    """“十四五” is the fourteenth five-year plan: the characters before the last 五, as one numeral."""
    name = atom.surface.strip("“”\"'‘’「」第")
    number = int(read_numeral(name.partition("个")[0] if "个" in name else name[:-1]))
    plan = time_rules()["plan"]
    for early in plan["early"]:
        if early["number"] == number:
            return _year_days(*early["years"])
    first = plan["third"] + 5 * (number - 3)
    return _year_days(first, first + 4)


def _read_first_years(atom: Atom, within: Days | None, frame: Frame) -> Days:
    if within is None:
        raise UnknownError
    return _year_days(within[0].year, within[0].year + _numbers(atom.surface)[0] - 1)


def _read_month(atom: Atom, within: Days | None, frame: Frame) -> Days:
    if atom.surface[0] in "正腊":
        raise UnknownError
    numbers = _numbers(atom.surface.replace("元", "1"))
    return _month_days(_year_for(numbers[0], within, frame), numbers[0], numbers[-1])


def _read_first_months(atom: Atom, within: Days | None, frame: Frame) -> Days:
    count = _numbers(atom.surface)[0]
    return _month_days(_year_for(1, within, frame), 1, count)


def _read_quarters(atom: Atom, within: Days | None, frame: Frame) -> Days:
    numbers = _numbers(atom.surface.replace("季度", ""))
    first, last = 3 * numbers[0] - 2, 3 * numbers[-1]
    return _month_days(_year_for(first, within, frame), first, last)


def _read_word_months(atom: Atom, within: Days | None, frame: Frame) -> Days:
    """A part of the year or a season; inside a month (十月秋收) the month stays."""
    first, last = word_rows()[atom.kind, atom.surface]["months"]
    if within is not None and (within[0].year, within[0].month) == (within[1].year, within[1].month):
        return within
    return _month_days(_year_for(first, within, frame), first, last)


def _read_tenday(atom: Atom, within: Days | None, frame: Frame) -> Days:
    if within is None:
        raise UnknownError
    starts = {"上": 1, "中": 11, "下": 21}
    ends = {"上": 10, "中": 20, "下": within[1].day}
    name = atom.surface.removesuffix("旬")
    return within[0].replace(day=starts[name[0]]), within[1].replace(day=ends[name[-1]])


def _read_days(atom: Atom, within: Days | None, frame: Frame) -> Days:
    month = within if within is not None else frame.before()
    numbers = _numbers(atom.surface)
    if within is None and month[0].replace(day=1) != month[1].replace(day=1):
        raise UnknownError
    return month[0].replace(day=numbers[0]), month[0].replace(day=numbers[-1])


def _read_clock(atom: Atom, within: Days | None, frame: Frame) -> Days:
    if within is None:
        raise UnknownError
    return within


def _read_edge(atom: Atom, within: Days | None, frame: Frame) -> Days:
    """年底 and 年初 of the year read or named before, else of the reference date's; 月底 likewise."""
    month = int(word_rows()[atom.kind, atom.surface]["months"][0])
    if month == 6:
        raise UnknownError
    if month == 0:
        days = within or frame.anchor or (frame.today(), frame.today())
        days = _month_days(days[1].year, days[1].month, days[1].month)
    else:
        year = within[1].year if within else frame.known_year() or frame.today().year
        days = _month_days(year, month, month)
    day = days[0] if atom.surface.endswith("初") else days[1]
    return day, day


def _read_whole_year(atom: Atom, within: Days | None, frame: Frame) -> Days:
    if within is not None:
        return within
    is_anchored = word_rows()[atom.kind, atom.surface]["anchored"]
    year = frame.before()[1].year if is_anchored else frame.today().year
    return _year_days(year, year)


def _read_same_time(atom: Atom, within: Days | None, frame: Frame) -> Days:
    """去年同期: the days of the period named before, in the year read."""
    if within is None or within[0].year != within[1].year:
        raise UnknownError
    first, last = frame.before()
    shift = 12 * (within[0].year - last.year)
    return _add_months(first, shift), _add_months(last, shift)


def _read_relative(atom: Atom, within: Days | None, frame: Frame) -> Days:
    """Whole years, quarters, months, weeks or days, counted from the reference date or from the end of the anchor."""
    offset = int(word_rows()[atom.kind, atom.surface]["offset"])
    origin_name, _, unit = atom.kind.partition("_")
    origin = frame.today() if origin_name == "relative" else frame.before()[1]
    if unit == "day":
        day = origin + offset * ONE_DAY
        return day, day
    if unit == "week":
        monday = origin + (7 * offset - origin.weekday()) * ONE_DAY
        return monday, monday + 6 * ONE_DAY
    if unit == "year":
        return _year_days(origin.year + offset, origin.year + offset)
    length = 3 if unit == "quarter" else 1
    start = _add_months(origin.replace(month=(origin.month - 1) // length * length + 1, day=1), offset * length)
    return _month_days(start.year, start.month, start.month + length - 1)


_VAGUE: Final = re.compile("[几数多余]|年半|个半")


def _months_long(surface: str) -> int:
    if _VAGUE.search(surface):
        raise UnknownError
    if "半年" in surface:
        return 6
    numbers = _numbers(surface)
    if len(numbers) != 1:
        raise UnknownError
    return numbers[0] * (1 if "月" in surface else 12)


def _read_past(atom: Atom, within: Days | None, frame: Frame) -> Days:
    """N年来, 近N年: up to the reference date. 两年时间 and 五年间 don't say up to when."""
    if atom.surface.endswith("间"):
        raise UnknownError
    return _add_months(frame.today(), -_months_long(atom.surface)), frame.today()


def _read_future(atom: Atom, within: Days | None, frame: Frame) -> Days:
    return frame.today(), _add_months(frame.today(), _months_long(atom.surface))


def _read_anaphora(atom: Atom, within: Days | None, frame: Frame) -> Days:
    return within if within is not None else frame.before()


def _read_now(atom: Atom, within: Days | None, frame: Frame) -> Days:
    return frame.today(), frame.today()


def _unknown(atom: Atom, within: Days | None, frame: Frame) -> Days:
    raise UnknownError


_Reader = Callable[[Atom, Days | None, Frame], Days]
_RELATIVE: Final = (
    *("relative_year", "relative_quarter", "relative_month", "relative_week", "relative_day"),
    *("anchored_year", "anchored_month", "anchored_day"),
)
_READERS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "year": _read_year,
        "years": _read_years,
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
