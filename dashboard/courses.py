"""The notes under a line chart that lines do not say by themselves: what they join, lack and doubt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from dashboard.naming import Context, name_region, name_regions, write_end
from dashboard.series import Series, Timed, day_form, write_day

# Of the periods of a series: the longest is so many times as long as the shortest, where that is worth a word.
UNLIKE: Final = 1.5


def course_notes(timed: Timed, context: Context) -> Iterator[str]:
    """Where the spots stand in time, what the lines join, and every statistic that they lack or doubt."""
    words = context.words
    yield words("note.line_days")
    if items := name_days(timed, context):
        yield words("note.line_periods", items=items)
    if reported := [mark for series in timed.series for mark in series.marks() if mark.reported]:
        regions = dict.fromkeys(mark.region for mark in reported)
        yield words("note.line_reported", count=len(reported), regions=name_regions(regions, context))
    yield words("note.line_joined")
    yield from contradiction_notes(timed, context)
    yield from doubt_notes(timed, context)
    if any(mark.high is not None for series in timed.series for mark in series.marks()):
        yield words("note.line_range")
    for key, marks in (("inseparable", timed.inseparable), ("left_out", timed.undated)):
        if marks:
            regions = dict.fromkeys(mark.region for mark in marks)
            yield words(f"note.line_{key}", count=len(marks), regions=name_regions(regions, context))


def contradiction_notes(timed: Timed, context: Context) -> Iterator[str]:
    """The days for which a series has several values, by whether one document gives them or several do."""
    words, form = context.words, day_form(timed.days())
    found: dict[str, list[str]] = {"documents": [], "document": []}
    for moment in (moment for series in timed.series for moment in series.moments() if len(moment) > 1):
        item = words(
            "note.line_item",
            region=name_region(moment[0].mark.region, context),
            day=write_day(moment[0].day, form),
            values=words.join([write_end(reading.mark, words) for reading in moment]),
        )
        is_one = len(frozenset[str]().union(*(reading.documents for reading in moment))) == 1
        found["document" if is_one else "documents"].append(item)
    for kind, items in found.items():
        if items:
            yield words(f"note.line_several_{kind}", items=words("list.semicolon").join(items))


def doubt_notes(timed: Timed, context: Context) -> Iterator[str]:
    """Which series have several names in the documents, or periods of unlike length."""
    words = context.words
    called = [(series.mark.region, subjects_of(series)) for series in timed.series]
    if items := [
        words("note.period_item", regions=name_region(region, context), period=words.join(subjects))
        for region, subjects in called
        if len(subjects) > 1
    ]:
        yield words("note.line_subjects", items=words("list.semicolon").join(items))
    unlike = dict.fromkeys(series.mark.region for series in timed.series if has_unlike_periods(series))
    if unlike:
        yield words("note.line_lengths", regions=name_regions(unlike, context))


def subjects_of(series: Series) -> list[str]:
    """What a series is called in the documents, each once."""
    return list(dict.fromkeys(mark.subject for mark in series.marks() if mark.subject))


def has_unlike_periods(series: Series) -> bool:
    """Whether some periods of a series are much longer than others."""
    lengths = [mark.last - mark.first + timedelta(days=1) for mark in series.marks() if mark.first and mark.last]
    return bool(lengths) and max(lengths) > UNLIKE * min(lengths)


def name_days(timed: Timed, context: Context) -> str:
    """The days of the spots, each with its period as the documents write it, where that is not the year itself."""
    words = context.words
    periods: dict[date, dict[str, None]] = {}
    for mark in (mark for series in timed.series for mark in series.marks()):
        if mark.last:
            periods.setdefault(mark.last, {})[mark.period or words("note.period_none")] = None
    form = day_form(timed.days())
    items = [
        words("note.period_item", regions=write_day(day, form), period=words.join(list(names)))
        for day, names in sorted(periods.items())
        if {name.removesuffix("年") for name in names} != {write_day(day, form)}
    ]
    return words("list.semicolon").join(items)
