"""
A panel's statistics as series in time: which of them are readings of the same thing, and which ones a line may join.

Nothing is added, nothing is picked: what a text says of no known day is handed back, and so is what contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from dashboard.compare import Panel
from dashboard.mark import Mark
from dashboard.options import Options


@dataclass(frozen=True, slots=True)
class Reading:
    """One value at its day, of its period or else of its report; ``marks`` are the statistics that report it alike."""

    day: date
    marks: tuple[Mark, ...]

    @property
    def mark(self) -> Mark:
        """The first of them, whose value all share."""
        return self.marks[0]

    @property
    def documents(self) -> frozenset[str]:
        """Who reports it."""
        return frozenset(mark.document for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Series:
    """
    The readings of one thing in one region, in the order of time, those of one day by value.

    ``subject`` tells it from other series of its region, "" where the region has no other. Each reading is in exactly
    one of ``chains``, within which a line joins them.
    """

    subject: str
    readings: tuple[Reading, ...]
    chains: tuple[tuple[Reading, ...], ...]

    @property
    def mark(self) -> Mark:
        """Its first statistic, of whose region all are."""
        return self.readings[0].mark

    def marks(self) -> Iterator[Mark]:
        """All statistics behind it."""
        return (mark for reading in self.readings for mark in reading.marks)

    def moments(self) -> list[tuple[Reading, ...]]:
        """The readings day by day; several at one day contradict each other."""
        return split_days(self.readings)


@dataclass(frozen=True, slots=True)
class Timed:
    """A panel in time: its series, the statistics of no known day, and the pairs whose two days are the same."""

    series: tuple[Series, ...]
    undated: tuple[Mark, ...]
    inseparable: tuple[Mark, ...]

    def days(self) -> frozenset[date]:
        """Every day with a reading."""
        return frozenset(reading.day for series in self.series for reading in series.readings)


def date_reports(panel: Panel, dates: Mapping[str, str]) -> Panel:
    """
    The panel, its statistics without a stated period dated by their documents (name → ISO date).

    The earlier end of a pair is older than its report, nobody knows by how much: it gets no date.
    """
    return replace(panel, marks=tuple(date_report(mark, dates.get(mark.document, "")) for mark in panel.marks))


def date_report(mark: Mark, reported: str) -> Mark:
    """A mark with the date of its report where the text states no period."""
    if mark.end:
        return replace(mark, end=date_report(mark.end, reported))
    return mark if mark.period or mark.last else replace(mark, reported=reported)


def time_panel(panel: Panel) -> Timed:
    """
    Every statistic of a panel in exactly one series, or among those of no known day.

    A series is a region's. Under an indicator all that the region reports is one thing, unless one document, or one
    day, has several subjects of it; without an indicator each subject is a thing of its own. The earlier end of a pair
    whose two days are the same has no place in time and is left out.
    """
    ends = [end for mark in panel.marks for end in separate(mark)]
    places: dict[tuple[str, ...], list[Mark]] = {}
    for end in ends:
        if end.day:
            places.setdefault(place_of(end), []).append(end)
    return Timed(
        series=tuple(
            make_series(subject, marks)
            for found in places.values()
            for subject, marks in split_subjects(found, is_same=panel.indicator is not None)
        ),
        undated=tuple(end for end in ends if end.day is None),
        inseparable=tuple(mark for mark in panel.marks if is_inseparable(mark)),
    )


def separate(mark: Mark) -> tuple[Mark, ...]:
    """A mark's statistics that have a day of their own; both ends of a pair count the same thing."""
    if not mark.end:
        return (mark,)
    last = replace(mark.end, subject=mark.subject)
    return (last,) if is_inseparable(mark) else (replace(mark, end=None), last)


def is_inseparable(mark: Mark) -> bool:
    """Whether both ends of a pair are of the same day."""
    return mark.end is not None and mark.last is not None and mark.last == mark.end.last


def place_of(mark: Mark) -> tuple[str, ...]:
    """Who reports; nobody knows whether the unknown regions of two documents are the same."""
    return (mark.region, mark.level or "", "" if mark.region else mark.document)


def split_subjects(marks: Sequence[Mark], *, is_same: bool) -> list[tuple[str, list[Mark]]]:
    """One region's statistics by what a series is called beside its region, "" for a single one under an indicator."""
    if is_same and not has_several(marks):
        return [("", list(marks))]
    subjects: dict[str, list[Mark]] = {}
    for mark in marks:
        subjects.setdefault(mark.subject, []).append(mark)
    return list(subjects.items())


def has_several(marks: Iterable[Mark]) -> bool:
    """Whether one document, or one day, has several subjects, so that a difference of words is one of things."""
    found: dict[object, set[str]] = {}
    for mark in marks:
        for key in (mark.document, mark.day):
            found.setdefault(key, set()).add(mark.subject)
    return any(len(subjects) > 1 for subjects in found.values())


def make_series(subject: str, marks: Iterable[Mark]) -> Series:
    """Marks of one thing as readings in time; equal values of one day are one reading."""
    alike: dict[tuple[object, ...], list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.day or date.min, mark.reach())):
        alike.setdefault((mark.day, mark.value, mark.high, mark.qualifier, mark.is_fall()), []).append(mark)
    readings = tuple(Reading(group[0].day or date.min, tuple(group)) for group in alike.values())
    return Series(subject, readings, chain(readings))


def split_days(readings: Iterable[Reading]) -> list[tuple[Reading, ...]]:
    """Readings in time order, day by day."""
    return [tuple(group) for _, group in groupby(readings, key=lambda reading: reading.day)]


def chain(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], ...]:
    """
    The readings that a line joins.

    Where a day has one reading, it follows that of the day before. Where days have several, which contradict each
    other, only those follow each other that the same document reports.
    """
    moments = split_days(readings)
    chains = [[reading] for reading in moments[0]]
    for before, after in pairwise(moments):
        for reading in after:
            previous = find_previous(reading, before, after)
            joined = next((one for one in chains if one[-1] is previous), None)
            if joined is None:
                chains.append([reading])
            else:
                joined.append(reading)
    return tuple(map(tuple, chains))


def find_previous(reading: Reading, before: Sequence[Reading], after: Sequence[Reading]) -> Reading | None:
    """The reading of the day before that this one follows."""
    if len(before) == len(after) == 1:
        return before[0]
    for previous in before:
        for document in previous.documents & reading.documents:
            if all(sum(document in one.documents for one in moment) == 1 for moment in (before, after)):
                return previous
    return None


def line_refusal(panel: Panel) -> str | None:
    """Why a panel has no line, None where it has one."""
    if panel.summary:
        return "spread"
    timed = time_panel(panel)
    if not timed.series:
        return "undated"
    return None if any(len(series.moments()) > 1 for series in timed.series) else "single"


def fit_form(panel: Panel, options: Options) -> Options:
    """The options with a form that the panel allows: bars where there is no line."""
    return replace(options, form="bar") if options.form == "line" and line_refusal(panel) else options


def day_form(days: Iterable[date]) -> str:
    """
    How much of each day must be written: year where all of them end one, month where all of them end one, else day.

    >>> day_form([date(2020, 12, 31), date(2021, 12, 31)]), day_form([date(2020, 12, 31), date(2021, 8, 31)])
    ('year', 'month')
    """
    following = [day + timedelta(days=1) if day < date.max else day for day in days]
    if any(day.day != 1 for day in following):
        return "day"
    return "year" if all(day.month == 1 for day in following) else "month"


def write_day(day: date, form: str) -> str:
    """
    A day as far as a form asks for it, as ISO writes it.

    >>> write_day(date(2021, 8, 31), "month")
    '2021-08'
    """
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[form]]
