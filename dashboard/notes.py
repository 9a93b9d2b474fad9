"""The notes under a chart, made from the marks that it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from dashboard.compare import Panel
from dashboard.mark import Mark
from dashboard.naming import (
    Context,
    is_inherited,
    levels_of,
    list_regions,
    name_period,
    name_region,
    name_regions,
    write_end,
)
from dashboard.options import Options
from dashboard.series import Series, Timed, day_form, fit_form, line_refusal, time_panel, write_day
from dashboard.wording.quantity import SIGNS, write_number
from extract.table.record import LEVELS

# Of the periods of a series: the longest is so many times as long as the shortest, where that is worth a word.
UNLIKE: Final = 1.5
# How a qualifier is drawn: the whole bar hatched (the dot hollow), an open end beyond the value, or one short of it.
ENDINGS: Final = MappingProxyType(
    {"exact": "plain", "approx": "hatched", "nearly": "short", "over": "open", "at_least": "open", "at_most": "short"}
)


def notes_of(panel: Panel, options: Options, context: Context) -> list[str]:
    """What a reader must know to compare: order, levels, periods, qualifiers, denominators, the codebook's caveat."""
    fitted = fit_form(panel, options)
    place_notes = line_notes if fitted.form == "line" else row_notes
    return [
        *status_notes(panel, fitted.form, context),
        *place_notes(panel, context),
        *([context.words(f"note.line_{line_refusal(panel)}")] if fitted != options else []),
        *drawing_notes(panel, fitted, context),
        *per_head_notes(panel, context),
        *review_notes(panel, context),
        *other_notes(panel, context),
    ]


def table_notes(panel: Panel, context: Context) -> list[str]:
    """What a reader of the table must know: the same, but for what is said of drawing."""
    return [
        *status_notes(panel, "table", context),
        *row_notes(panel, context),
        *sign_notes(panel, "table", context),
        *per_head_notes(panel, context),
        *other_notes(panel, context),
    ]


def status_notes(panel: Panel, form: str, context: Context) -> Iterator[str]:
    """That the figures are no results, how a form draws them, and that they are of more than a year."""
    words, status = context.words, panel.status
    if not panel.is_result:
        if panel.lacks_results:
            yield words(f"aim.only_{status}")
        yield words(f"aim.{form}_{status}")
        yield words(f"aim.unranked_{status}")
    if panel.span:
        yield words(f"aim.{panel.span.partition('-')[0]}")


def row_notes(panel: Panel, context: Context) -> Iterator[str]:
    """What rows do not say of what they are, of order, levels and periods."""
    yield from many_notes(panel, context)
    yield from order_notes(panel, context)
    yield from level_notes(panel, context)
    yield from period_notes(panel, context)


def many_notes(panel: Panel, context: Context) -> Iterator[str]:
    """Which statistics were taken of several in time, which are the same, and what a spread is."""
    words = context.words
    if panel.readings != "all":
        yield words(f"note.readings_{panel.readings}")
    if panel.earlier:
        yield words("note.earlier", count=panel.earlier)
    if panel.readings != "all" and panel.undated:
        yield words("note.undated", count=panel.undated)
    if pooled := sum(bool(mark.others) for mark in panel.marks):
        yield words("note.pooled", count=pooled)
    if panel.summary:
        by = "province" if panel.indicator else "subject"
        yield words(f"note.spread_{by}", count=panel.summary.count, regions=panel.summary.regions)
        if panel.summary.left_out:
            yield words("note.spread_left_out", count=panel.summary.left_out)


def order_notes(panel: Panel, context: Context) -> Iterator[str]:
    """What the order says, where it is not the usual one, by value."""
    words = context.words
    if panel.indicator is None:
        yield words("note.no_indicator")
    elif panel.indicator.grade == "C":
        yield words("note.grade_C")
    if panel.order == "population":
        yield words("note.order_population")
    elif panel.order == "fixed" and panel.is_ranked:
        yield words("note.order_fixed")


def level_notes(panel: Panel, context: Context) -> Iterator[str]:
    """That regions of several levels meet."""
    words, present = context.words, levels_of(panel)
    levels = words.join([words.term("level", level) for level in LEVELS if level in present])
    if panel.groups:
        yield words("note.groups")
    elif len(present) > 1:
        yield words("note.per_head_levels" if panel.is_per_head else "note.levels", levels=levels)


def period_notes(panel: Panel, context: Context) -> Iterator[str]:
    """
    Which values are of which time, where they differ, and which times the sentences do not state.

    A text that gives no time may mean any.
    """
    words = context.words
    regions: dict[str, dict[str, None]] = {}
    for mark in panel.marks:
        regions.setdefault(name_period(mark, context), {})[mark.region] = None
    if len(regions) > 1:
        items = [
            words("note.period_item", regions=name_regions(names, context), period=period or words("note.period_none"))
            for period, names in sorted(regions.items(), key=lambda item: not item[0])
        ]
        yield words("note.periods", items=words("list.semicolon").join(items))
    if inherited := dict.fromkeys(mark.region for mark in panel.marks if is_inherited(mark)):
        yield words("aim.inherited", regions=list_regions(list(inherited), context))


def drawing_notes(panel: Panel, options: Options, context: Context) -> Iterator[str]:
    """The signs and shapes of qualifiers; why there is no logarithmic scale or no median."""
    words = context.words
    # Of an aim the sign alone tells the qualifier: its bar is hollow in any case.
    yield from sign_notes(panel, options.form if panel.is_result else "table", context)
    if options.scale == "log":
        if refusal := log_refusal(panel, options):
            yield words(f"note.log_{refusal}")
        elif not all(fits_log(mark) for mark in panel.marks):
            yield words("note.line_log" if options.form == "line" else "note.log_text")
    refusal = "line" if options.form == "line" and options.reference == "median" else panel.median_refusal
    if refusal:
        yield words(f"note.median_{refusal}")


def sign_notes(panel: Panel, form: str, context: Context) -> Iterator[str]:
    """What the signs of qualifiers mean, and how a form draws them."""
    signs: dict[str, set[str]] = {}
    for end in panel.ends():
        if sign := SIGNS.get(end.qualifier):
            signs.setdefault(ENDINGS[end.qualifier], set()).add(sign)
    for ending in sorted(signs):
        yield context.words(f"note.{form}_{ending}", sign=" ".join(sorted(signs[ending])))


def per_head_notes(panel: Panel, context: Context) -> Iterator[str]:
    """Denominators and rounding, or why figures per head are refused; grade C has said so already."""
    words = context.words
    if panel.is_per_head:
        yield words("note.denominator", items=denominators_of(panel.marks, context))
        yield words("note.rounded", digits=panel.digits)
    if panel.without_population:
        yield words("note.without_population", regions=name_regions(panel.without_population, context))
    if panel.refusal and panel.refusal != "grade":
        yield words(f"note.refusal_{panel.refusal}")


def review_notes(panel: Panel, context: Context) -> Iterator[str]:
    """How many of the statistics a person has looked at, and what was put right; nothing where nobody has."""
    words = context.words
    states = Counter(end.review for end in panel.ends())
    looked_at = states.total() - states["unreviewed"]
    if looked_at:
        changes = [
            words(f"note.review_{state}", count=states[state]) for state in ("corrected", "added") if states[state]
        ]
        said = words("note.review", count=looked_at, total=states.total())
        yield said + (words("note.review_of_these", changes=words.join(changes)) if changes else "")


def other_notes(panel: Panel, context: Context) -> Iterator[str]:
    """Who reported the indicator elsewhere; the codebook's caveat, without which grade C has no reason."""
    words = context.words
    if panel.elsewhere:
        key = "note.elsewhere" if panel.is_result else "aim.elsewhere"
        yield words(key, regions=list_regions(panel.elsewhere, context))
    if panel.aimed:
        yield words("aim.aimed", regions=list_regions(panel.aimed, context))
    if panel.filtered:
        yield words("note.filtered", regions=list_regions(panel.filtered, context))
    if panel.indicator and (len(panel.regions()) > 1 or panel.indicator.grade == "C"):
        caveat = panel.indicator.notes.get(words.lang)
        if caveat:
            yield words("note.caveat", text=caveat)


def line_notes(panel: Panel, context: Context) -> Iterator[str]:
    """What lines do not say: how far they compare, what they join, and every statistic that they lack or doubt."""
    words, timed, present = context.words, time_panel(panel), levels_of(panel)
    yield from many_notes(panel, context)
    if panel.indicator is None:
        yield words("note.no_indicator")
    elif panel.indicator.grade == "C":
        yield words("note.line_grade_C")
    if panel.groups:
        yield words("note.line_groups")
    elif len(present) > 1:
        yield from level_notes(panel, context)
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


def fits_log(mark: Mark) -> bool:
    """Whether all of a mark is above zero, where a logarithmic scale has places."""
    return not mark.is_fall() and min(mark.value, (mark.end or mark).value) > 0


def log_refusal(panel: Panel, options: Options) -> str | None:
    """Why a panel can't be on the logarithmic scale that was asked for, None where it can."""
    if options.form == "bar":
        return "bar"
    return None if any(fits_log(mark) for mark in panel.marks) else "none"


def denominators_of(marks: Iterable[Mark], context: Context) -> str:
    """The residents of each region per head, their date and source; what several regions share is said once."""
    words = context.words
    by_source: dict[tuple[str, str], dict[str, float]] = {}
    for mark in marks:
        if mark.population:
            key = (mark.population.as_of, mark.population.sources[words.lang])
            by_source.setdefault(key, {})[mark.region] = mark.population.residents
    items = []
    for (as_of, source), residents in by_source.items():
        figures = [
            f"{name_regions((region,), context)} {write_number(count, words.lang)}"
            for region, count in residents.items()
        ]
        items.append(words("note.denominator_item", figures=words.join(figures), as_of=as_of, source=source))
    return words("list.semicolon").join(items)
