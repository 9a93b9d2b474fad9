"""
A panel of comparable statistics → what a reader sees of it, in one language: a ``Chart`` that the page and every
export draw alike, with its title, marks, notes and source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from dashboard.arrange import is_off_scale, rank_marks
from dashboard.colours import REFERENCE, colour_of, is_muted
from dashboard.compare import Panel, unit_family
from dashboard.lines import make_lines, say_line
from dashboard.mark import Mark
from dashboard.naming import (
    Context,
    Point,
    label_period,
    list_regions,
    make_point,
    name_mark,
    name_measure,
    name_period,
    name_region,
    name_regions,
    name_units,
    write_mark,
    write_median,
)
from dashboard.notes import ENDINGS, fits_log, log_refusal, notes_of
from dashboard.options import Options
from dashboard.scene import Bar, Chart, Reference
from dashboard.series import fit_form
from dashboard.wording import Words, load_words

__all__ = ["ENDINGS", "Bar", "Chart", "Context", "Point", "make_chart", "share_limits", "write_mark"]

# Characters of a document's title beside a mark, where it tells the mark from others of its region.
LONGEST_TITLE: Final = 16
# A title names at most so many regions, a chart has a row for at most so many absent ones, an alt text so many values.
MOST_IN_TITLE, MOST_ABSENT, MOST_IN_ALT = 3, 8, 12
# More documents than this are counted, not named.
MOST_SOURCES: Final = 12


def make_chart(panel: Panel, context: Context, options: Options | None = None) -> Chart:
    """The words and marks of a panel; of the options those that say how it is drawn (form, scale, highlight)."""
    asked = options or Options()
    options, words = fit_form(panel, asked), context.words
    is_line = options.form == "line"
    is_log = options.scale == "log" and not log_refusal(panel, options)
    # Who has no row is named in a line.
    is_named = is_line or len(panel.missing) > MOST_ABSENT
    missing = list_regions(panel.missing, context)
    groups = panel.groups or ("",) * len(panel.marks)
    bars = tuple(
        make_bar(mark, group, panel, options, context) for mark, group in zip(panel.marks, groups, strict=True)
    )
    chart = Chart(
        title=title_of(panel, context),
        badge=words("grade.badge_C") if panel.indicator and panel.indicator.grade == "C" else "",
        subtitle=subtitle_of(panel, context),
        bars=bars,
        missing=words("chart.missing", regions=missing) if missing and is_named else "",
        notes=tuple(notes_of(panel, asked, context)),
        source=source_of(panel, context),
        alt="",
        lang=words.lang,
        form=options.form,
        series=make_lines(panel, options, is_log, context) if is_line else (),
        is_log=is_log,
        measure=(*measure_of(panel, is_log), options.form),
        absent=() if is_named else tuple(name_region(region, context) for region in panel.missing),
        absent_text=words("chart.absent"),
        reference=None if is_line else reference_of(panel, is_log, context),
    )
    return replace(chart, alt=alt_of(chart, panel, context))


def make_bar(mark: Mark, group: str, panel: Panel, options: Options, context: Context) -> Bar:
    """One mark as it is drawn; a fall is drawn to the left of zero."""
    words, sign = context.words, -1 if mark.is_fall() else 1
    form, start, stop = ("bar", 0.0, mark.value) if options.form == "bar" else ("dot", mark.value, mark.value)
    if mark.end:
        form, start, stop = "dumbbell", mark.value, mark.end.value
    elif mark.high is not None:
        form, start, stop = "span" if form == "dot" else "interval", mark.value, mark.high
    if is_off_scale(mark, panel) or (options.scale == "log" and not log_refusal(panel, options) and not fits_log(mark)):
        form = "text"
    ends = [end for end in (mark, mark.end) if end]
    return Bar(
        points=tuple(make_point(end, context) for end in ends),
        region=name_mark(mark, panel, context),
        subject=mark.subject,
        period=say_period(mark, panel, context),
        start=sign * start,
        stop=sign * stop,
        form=form,
        ending=ENDINGS.get(mark.qualifier, "plain") if panel.is_result and not mark.end else "plain",
        text=write_mark(mark, words),
        colour=REFERENCE if mark.is_reference else colour_of(mark.region, context.colours, options.highlight),
        group=words.term("level", f"group_{group}") if group else "",
        is_muted=not mark.is_reference and is_muted(mark.region, options.highlight),
        is_hollow=not panel.is_result,
        is_reference=mark.is_reference,
    )


def say_period(mark: Mark, panel: Panel, context: Context) -> str:
    """The period of a mark, and its document where the region's marks stand in several."""
    words, period = context.words, label_period(mark, context)
    if mark.spread:
        return ""
    documents = {other.document for other in panel.marks if other.region == mark.region}
    if len(documents) < 2:
        return period
    title = context.titles.get(mark.document, mark.document)
    title = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
    document = words("citation.title", title=title)
    return words("chart.period_in", period=period, document=document) if period else document


def reference_of(panel: Panel, is_log: bool, context: Context) -> Reference | None:
    """The line at the median, else at the only figure for reference, where the axis has a place for it."""
    words, line = context.words, None
    marks = [mark for mark in panel.marks if mark.is_reference]
    if panel.median:
        line = Reference(panel.median.value, write_median(panel, panel.median, words))
    elif len(marks) == 1 and panel.regions() and not is_off_scale(marks[0], panel) and not marks[0].spread:
        text = words("chart.reference", region=name_region(marks[0].region, context), value=write_mark(marks[0], words))
        line = Reference(marks[0].reach(), text)
    return None if line is None or (is_log and line.value <= 0) else line


def measure_of(panel: Panel, is_log: bool) -> tuple[str, ...]:
    """What the axis of a panel measures; those that measure the same may share one."""
    first = panel.marks[0]
    return (
        panel.kind,
        "" if panel.is_per_head else unit_family(first.unit, panel.indicator),
        "per_head" if panel.is_per_head else "absolute",
        "log" if is_log else "linear",
    )


def title_of(panel: Panel, context: Context) -> str:
    """What, where and when: the indicator or theme, its regions, and the period where all marks have the same."""
    words, name = context.words, name_measure(panel, context)
    is_short = panel.breadth <= MOST_IN_TITLE and not panel.summary
    where = (
        name_regions(panel.regions() or panel.references(), context)
        if is_short
        else words("chart.where_count", count=panel.breadth)
    )
    periods = {(name_period(mark, context), (mark.end or mark).last) for mark in panel.marks}
    if len(periods) == 1 and (period := periods.pop()[0]):
        return words("chart.title_dated", name=name, where=where, period=period)
    return words("chart.title", name=name, where=where)


def subtitle_of(panel: Panel, context: Context) -> str:
    """The definition in one sentence where the codebook has it in this language; kind and unit."""
    words, unit = context.words, name_units(panel, context)
    kind = words.term("kind", panel.kind)
    if panel.is_per_head:
        kind_unit = words("chart.per_head_unit", unit=unit)
    else:
        kind_unit = words("chart.kind_unit", kind=kind, unit=unit) if unit else kind
    definition = panel.indicator.definitions.get(words.lang) if panel.indicator else None
    return words("chart.subtitle", definition=definition, unit=kind_unit) if definition else kind_unit


def source_of(panel: Panel, context: Context) -> str:
    """The documents that the marks come from, and the version of the data."""
    documents = dict.fromkeys(end.document for end in panel.ends())
    count = panel.summary.documents if panel.summary else len(documents)
    if count > MOST_SOURCES:
        return context.words("chart.source_count", count=count, version=context.version)
    titles = [context.titles.get(document, document) for document in documents]
    return context.words("chart.source", titles=context.words.join(titles), version=context.version)


def alt_of(chart: Chart, panel: Panel, context: Context) -> str:
    """Form, subject and main finding, for a reader who hears the chart; all values only where they are few."""
    words = context.words
    form = words(f"chart.alt_{'log_' if chart.is_log else ''}{chart.form}")
    count, regions = len(chart.bars), len(panel.regions())
    text = words("chart.alt", form=form, title=chart.title, count=count, regions=regions)
    values = [say_line(line, words) for line in chart.series]
    if chart.form != "line":
        text += extremes_of(chart, panel, words)
        values = [f"{bar.region} {bar.subject} {bar.text}" for bar in chart.bars]
    if len(values) <= MOST_IN_ALT:
        text += words("chart.alt_values", values=words("list.semicolon").join(values))
    if panel.missing:
        text += words("chart.alt_missing", regions=name_regions(panel.missing, context))
    return text


def extremes_of(chart: Chart, panel: Panel, words: Words) -> str:
    """The highest and the lowest mark of each group that is ranked."""
    ranked: dict[str, list[tuple[int, Bar]]] = {}
    for bar, rank in zip(chart.bars, rank_marks(panel), strict=True):
        if rank is not None:
            ranked.setdefault(bar.group, []).append((rank, bar))
    text = ""
    for group, marks in ranked.items():
        (top, first), (bottom, last) = (pick(marks, key=lambda mark: mark[0]) for pick in (min, max))
        if top == bottom:
            continue
        ends = {"highest": f"{first.region} {first.text}", "lowest": f"{last.region} {last.text}"}
        text += words("chart.alt_extremes_in", group=group, **ends) if group else words("chart.alt_extremes", **ends)
    return text


def share_limits(charts: Iterable[Chart]) -> list[Chart]:
    """The charts, those that measure the same (kind, unit, per head or not, scale) on one axis; each says so."""
    charts = list(charts)
    alike: dict[tuple[str, ...], list[Chart]] = {}
    for chart in charts:
        alike.setdefault(chart.measure, []).append(chart)
    shared = []
    for chart in charts:
        peers = alike[chart.measure]
        axis = chart.fit(value for peer in peers for value in peer.values())
        words = load_words(chart.lang)
        note = words("note.axis_shared") if len(peers) > 1 else words("note.axis_own")
        shared.append(replace(chart, shared=axis, notes=(*chart.notes, note)))
    return shared
