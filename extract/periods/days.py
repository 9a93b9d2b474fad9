"""What the days of a time are made of: arithmetic of months and years, numbers in words, the setting of a time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from extract.language.numerals import read_numeral
from extract.language.rulebook import expand
from extract.periods.words import date_rules

Days = tuple[date, date]

ONE_DAY: Final = timedelta(days=1)
# Reports of a year are read out until this month of the next, or from that month of the year itself.
SPRING: Final = 4
AUTUMN: Final = 11


class UnknownError(ValueError):
    """The words don't say which days."""


@dataclass(frozen=True, slots=True)
class Setting:
    """
    What an expression may lean on.

    ``closing`` is the day by which a time without a year must be over: in an account the day up to which it accounts,
    in an aim the end of the year.
    """

    reference: date | None
    anchor: Days | None
    closing: date | None

    def today(self) -> date:
        """The reference date; UnknownError where there is none."""
        if self.reference is None:
            raise UnknownError
        return self.reference

    def last(self) -> date:
        """The closing day; UnknownError where there is none."""
        if self.closing is None:
            raise UnknownError
        return self.closing

    def before(self) -> Days:
        """The days of the anchor; UnknownError where there is none."""
        if self.anchor is None:
            raise UnknownError
        return self.anchor

    def known_year(self) -> int | None:
        """The year of the anchor, where it lies in one."""
        if self.anchor is None or self.anchor[0].year != self.anchor[1].year:
            return None
        return self.anchor[0].year


def month_days(year: int, first: int, last: int) -> Days:
    """Whole months, the last of them in the next year where the stretch runs over its end (12 to 2)."""
    end_year = year + (last < first)
    return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])


def year_days(first: int, last: int) -> Days:
    """Whole years, both included."""
    return date(first, 1, 1), date(last, 12, 31)


def add_months(day: date, months: int) -> date:
    """The same day some months later or, where *months* is negative, earlier; of a shorter month the last."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_numbers(surface: str) -> list[int]:
    """The numbers in the words of a time, in order."""
    return [int(read_numeral(number)) for number in _number().findall(surface)]


@cache
def _number() -> re.Pattern[str]:
    return re.compile(expand(calendar_rules()["number"], date_rules()["fragment"]))


def calendar_rules() -> Mapping[str, Any]:
    """``rules/dates.toml`` on the parts of the words of a time."""
    rules: Mapping[str, Any] = date_rules()["calendar"]
    return rules


def months_long(surface: str) -> int:
    """
    How many months a length of time is: 五年 → 60.

    Raises:
        UnknownError:
            It is vague (几年), or no length.
    """
    rules = calendar_rules()
    if re.search(rules["vague"], surface):
        raise UnknownError
    if rules["half_year"] in surface:
        return 6
    numbers = read_numbers(surface)
    if len(numbers) != 1:
        raise UnknownError
    return numbers[0] * (1 if rules["month"] in surface else 12)
