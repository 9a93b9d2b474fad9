"""
The days of an atom that names them: 2021年, 九十年代, “十四五”, 5月, 三季度, 上旬, 18日.

What it leaves out, such as the year of a month, is taken from the days read so far of the expression, else from the
setting.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from extract.language.numerals import read_numeral
from extract.periods.days import Days, Setting, UnknownError, calendar_rules, month_days, read_numbers, year_days
from extract.periods.words import Atom, time_rules, word_rows

# A year of two digits is one of the last ten; an older one below fifty may be a number of years.
_RECENT: Final = 10
_LENGTHS: Final = 50


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


def read_year(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """2021年, 98年: a calendar year."""
    year = _full_year(read_numbers(atom.surface)[0])
    return year_days(year, year)


def read_years(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """2016至2017年: whole years; a 学年 begins in September."""
    first, last = read_numbers(atom.surface)
    last = last if last >= 100 else first // 100 * 100 + last
    if atom.surface.endswith(calendar_rules()["school_year"]):
        return date(first, 9, 1), date(last, 8, 31)
    return year_days(first, last)


def read_short_years(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """23年, 21-23年: years near the reference date, else of the last century. 10年 may be a length and is not read."""
    numbers = read_numbers(atom.surface)
    latest = setting.today().year + 1
    years = [latest // 100 * 100 + number for number in numbers]
    years = [year if year <= latest else year - 100 for year in years]
    if any(number < _LENGTHS and year < latest - _RECENT for number, year in zip(numbers, years, strict=True)):
        raise UnknownError
    return year_days(years[0], years[-1])


def read_iso(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """2021-05-10: a day."""
    day = date(*read_numbers(atom.surface))
    return day, day


def read_decade(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """九十年代, 2010年代: ten years, of the century that is named."""
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


def read_century(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """20世纪: a hundred years, from 01 to 00."""
    rules = calendar_rules()
    name = atom.surface.removesuffix(rules["century"])
    number = 20 if name in rules["last_century"] else 21 if name in rules["this_century"] else read_numbers(name)[0]
    return year_days(number * 100 - 99, number * 100)


def read_plan(atom: Atom, within: Days | None, setting: Setting) -> Days:
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


def read_first_years(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """前三年: the first years of the plan read before."""
    if within is None:
        raise UnknownError
    return year_days(within[0].year, within[0].year + read_numbers(atom.surface)[0] - 1)


def read_month(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """5月, 1-6月: months; those of the lunar calendar are not read."""
    if atom.surface[0] in calendar_rules()["lunar_months"]:
        raise UnknownError
    numbers = read_numbers(atom.surface.replace(calendar_rules()["first_month"], "1"))
    return month_days(_year_for(numbers[0], numbers[-1], within, setting), numbers[0], numbers[-1])


def read_first_months(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """前11个月: from January on."""
    count = read_numbers(atom.surface)[0]
    return month_days(_year_for(1, count, within, setting), 1, count)


def read_quarters(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """三季度, 一、二季度."""
    numbers = read_numbers(atom.surface.replace(calendar_rules()["quarter"], ""))
    first, last = 3 * numbers[0] - 2, 3 * numbers[-1]
    return month_days(_year_for(first, last, within, setting), first, last)


def read_word_months(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """A part of the year or a season; inside a month (十月秋收) the month stays."""
    first, last = word_rows()[atom.kind, atom.surface]["months"]
    if within is not None and (within[0].year, within[0].month) == (within[1].year, within[1].month):
        return within
    return month_days(_year_for(first, last, within, setting), first, last)


def read_tenday(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """上旬: ten days of the month read before, up to its end."""
    if within is None:
        raise UnknownError
    tendays = calendar_rules()["tendays"]
    name = atom.surface.removesuffix(calendar_rules()["tenday"])
    last = min(tendays[name[-1]][1], within[1].day)
    return within[0].replace(day=tendays[name[0]][0]), within[1].replace(day=last)


def read_days(atom: Atom, within: Days | None, setting: Setting) -> Days:
    """18日: days of the month read or named before."""
    month = within if within is not None else setting.before()
    numbers = read_numbers(atom.surface)
    if within is None and month[0].replace(day=1) != month[1].replace(day=1):
        raise UnknownError
    return month[0].replace(day=numbers[0]), month[0].replace(day=numbers[-1])
