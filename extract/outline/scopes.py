"""What the words of a title, a heading or an opener say of the part that they begin: its time, and done or aimed at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from extract.language.rulebook import expand, read_toml
from extract.periods.days import AUTUMN, SPRING, Days
from extract.periods.find import TimeExpression, find_periods
from extract.periods.resolve import resolve_period

Topic = Literal["review", "plan", "work", "rule", "background", "time", "years"]
Status = Literal["actual", "target", "norm"]

# A longer heading without a time tells a story: 圆满完成服务保障任务.
_LONGEST_TOPIC: Final = 14
# Times that name their year.
_NAMED: Final = ("calendar", "relative", "plan")


@dataclass(frozen=True, slots=True)
class Clock:
    """
    The day on which a document speaks, and the day up to which it accounts; None where they are not known.

    A report read early in the year accounts up to the end of the year before, one of November or December for its year.
    """

    reference: date | None
    closing: date | None

    def ahead(self) -> Clock:
        """The same for an aim, which speaks of the whole running year."""
        return self if self.reference is None else Clock(self.reference, date(self.reference.year, 12, 31))


@dataclass(frozen=True, slots=True)
class Scope:
    """What a part speaks of; None where its words don't say."""

    status: Status | None
    days: Days | None


def read_clock(reference: date | None, is_yearly: bool) -> Clock:
    """
    The clock of a document.

    Args:
        is_yearly:
            Whether the document accounts for the year before its reference date.
    """
    if reference is None:
        return Clock(None, None)
    if is_yearly and reference.month <= SPRING:
        return Clock(reference, date(reference.year - 1, 12, 31))
    return Clock(reference, date(reference.year, 12, 31) if reference.month >= AUTUMN else reference)


def names_last_year(words: str, reference: date | None) -> bool:
    """Whether a title or heading names the year before the reference date, or a time that ends with it."""
    if reference is None or reference.month > SPRING:
        return False
    clock = Clock(reference, date(reference.year - 1, 12, 31))
    return any(_ends_last_year(days, clock) for days in _times(words, clock))


def is_last_year(first: TimeExpression, reference: date | None) -> bool:
    """Whether a time that opens a sentence is the year before the reference date (2023年，全省法院…; 过去一年，…)."""
    if reference is None or reference.month > SPRING:
        return False
    is_year = first.kind in _NAMED and not first.raw.endswith(_rules()["line"]["up_to_now"])
    if not is_year and not re.match(_rules()["yearly"]["pattern"], first.raw):
        return False
    clock = Clock(reference, date(reference.year - 1, 12, 31))
    days = _days(first.raw, clock)
    return days is not None and _ends_last_year(days, clock)


def reviews_running_year(words: str) -> bool:
    """Whether a title or heading calls the year that it reviews 今年: the document speaks from the end of that year."""
    line = _rules()["line"]
    return re.match(f"{line['numbering']}(?:{line['running_year']})", words) is not None and (
        _first_topic(words) == "review"
    )


def looks_back(sentence: str) -> bool:
    """Whether a sentence opens with years up to now (五年来), which only the report of a year goes on to speak of."""
    return any(topic == "years" and pattern.match(sentence) for topic, pattern in _openers())


def read_scope(words: str, clock: Clock) -> Scope | None:
    """
    What the words of a title or heading say, None where they say nothing.

    >>> clock = Clock(date(2026, 1, 27), date(2025, 12, 31))
    >>> read_scope("“十四五”时期工作回顾", clock).days
    (datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))
    >>> read_scope("三、2026年重点工作", clock).status
    'target'
    """
    if re.match(_rules()["annex"], words):
        return Scope("actual", None)
    times, topic = _times(words, clock), _first_topic(words)
    if not times and (topic in (None, "work", "background") or len(words) > _LONGEST_TOPIC):
        return None
    return _scope(topic, times, clock)


def read_opener(sentence: str, clock: Clock) -> Scope | None:
    """What the first words of a sentence say of the part that they begin, None where they begin none."""
    for topic, pattern in _openers() if _any_opener().match(sentence) else ():
        match = pattern.match(sentence)
        if match is None:
            continue
        times = _times(match[0], clock)
        if times or topic != "time":
            return _scope(topic, times, clock)
    return None


def coming_year(clock: Clock) -> Days | None:
    """The year of a plan that names none: early in the year that year, late in it the next."""
    if clock.reference is None or SPRING < clock.reference.month < AUTUMN:
        return None
    year = clock.reference.year + (clock.reference.month >= AUTUMN)
    return date(year, 1, 1), date(year, 12, 31)


def _scope(topic: Topic | None, times: list[Days], clock: Clock) -> Scope:
    status = _status(topic, times, clock)
    return Scope(status, _closed(times[0], status, clock) if times else None)


def _status(topic: Topic | None, times: list[Days], clock: Clock) -> Status | None:
    """Words of review and plan decide; without them, and for mere work, the time does."""
    if topic in ("review", "background", "years"):
        return "actual"
    if topic == "rule":
        return "norm"
    if topic == "plan":
        return "target"
    if not times or clock.reference is None:
        return None
    if all(days[1] <= clock.reference for days in times):
        return "actual"
    is_early = clock.reference.month <= SPRING
    return "target" if is_early or any(days[0] > clock.reference for days in times) else None


def _closed(days: Days, status: Status | None, clock: Clock) -> Days:
    """今年 in a plan is the whole year, though the running year is counted to the reference date."""
    is_running = status == "target" and clock.reference is not None and days[1] == clock.reference
    return (days[0], date(days[1].year, 12, 31)) if is_running else days


def _ends_last_year(days: Days, clock: Clock) -> bool:
    return days[1] == clock.closing and (days[0].month, days[0].day) == (1, 1)


def _times(words: str, clock: Clock) -> list[Days]:
    """The times that words name, in order; a five-year plan is one also where it is a name (“十五五”主要目标)."""
    plans = {(match.start(), match[0]) for match in _plan().finditer(words)}
    found = sorted({(one.start, one.raw) for one in find_periods(words)} | plans)
    return [days for _, raw in found if (days := _days(raw, clock))]


def _days(raw: str, clock: Clock) -> Days | None:
    """今年 at the head of a part that is read out early in the year is the whole year, which is yet to come."""
    line = _rules()["line"]
    if raw.endswith(line["from_then"]):
        return None
    is_early = clock.reference is not None and clock.reference.month <= SPRING
    is_running = re.match(line["running_year"], raw) is not None and not raw.endswith(line["up_to_now"])
    chosen = clock.ahead() if is_early and is_running else clock
    days = resolve_period(raw, chosen.reference, None, chosen.closing)
    # A single day is that of a meeting or a signature.
    return None if days is None or days[0] is None or days[0] == days[1] else (days[0], days[1])


def _first_topic(words: str) -> Topic | None:
    """Of 2025年工作回顾和2026年工作安排 the review: its openers say where the plan begins."""
    found = [(match.end(), match.start(), topic) for topic, pattern in _topics() for match in pattern.finditer(words)]
    return min(found, key=lambda one: one[:2])[2] if found else None


@cache
def _rules() -> Mapping[str, Any]:
    return read_toml("outline.toml")


@cache
def _topics() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    """A topic closes a heading, or one of the parts that it joins: 初见成效的改革 has none."""
    closing = _rules()["closing"]
    return tuple((row["topic"], re.compile(f"(?:{row['words']}){closing}")) for row in _rules()["topic"])


@cache
def _openers() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    fragments = _rules()["fragment"]
    return tuple((row["topic"], re.compile(expand(row["pattern"], fragments))) for row in _rules()["opener"])


@cache
def _any_opener() -> re.Pattern[str]:
    """One look for all openers: few sentences have any."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _openers()))


@cache
def _plan() -> re.Pattern[str]:
    return re.compile(expand(_rules()["yearly"]["plan"], _rules()["fragment"]))
