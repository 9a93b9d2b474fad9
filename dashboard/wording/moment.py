"""Times as readers write them: 2022年8月 / August 2022, 2022年1月1日至9月30日 / 1 January – 30 September 2022."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.wording import Words


def write_time(first: date | None, last: date | None, words: Words) -> str:
    """
    A time from its first to its last day, as short as it can be said; "" where neither is known.

    >>> from dashboard.wording import load_words
    >>> write_time(date(2022, 8, 1), date(2022, 8, 31), load_words("zh"))
    '2022年8月'
    >>> write_time(date(2021, 1, 1), date(2025, 12, 31), load_words("en"))
    '2021–2025'
    """
    if first is None or last is None:
        known = first or last
        if known is None:
            return ""
        return words("moment.to" if first is None else "moment.from", day=write_day(known, words))
    form = find_form(first, last)
    start, end = (words(f"moment.{form}", **fields_of(day, words)) for day in (first, last))
    if start == end:
        return end
    if form == "year":
        return words("moment.years", first=first.year, last=last.year)
    if first.year == last.year:
        names = [words(f"moment.short_{form}", **fields_of(day, words)) for day in (first, last)]
        return words(f"moment.within_{form}", year=last.year, first=names[0], last=names[1])
    return words("moment.range", first=start, last=end)


def find_form(first: date, last: date) -> str:
    """How much of both days must be written: whole years, whole months, else the days."""
    after = last + timedelta(days=1) if last < date.max else last
    if first.day != 1 or after.day != 1:
        return "day"
    return "year" if first.month == after.month == 1 else "month"


def write_day(day: date, words: Words) -> str:
    """A single day."""
    return words("moment.day", **fields_of(day, words))


def fields_of(day: date, words: Words) -> dict[str, object]:
    """What the wording of a day may name."""
    return {"year": day.year, "month": words(f"moment.month_{day.month}"), "day": day.day}
