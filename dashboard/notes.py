"""The notes under a chart, made from the marks that it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from dashboard.arrange import is_off_scale
from dashboard.compare import Panel
from dashboard.courses import course_notes
from dashboard.mark import Mark
from dashboard.naming import (
    Context,
    is_inherited,
    levels_of,
    list_regions,
    name_period,
    name_regions,
)
from dashboard.options import Options
from dashboard.series import fit_form, line_refusal, time_panel
from dashboard.wording.quantity import SIGNS, write_number
from extract.table.record import LEVELS

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
    if panel.parts_levels:
        yield words("note.groups")
    elif len(present) > 1:
        yield words("note.per_head_levels" if panel.is_per_head else "note.levels", levels=levels)
    yield from reference_notes(panel, context)


def reference_notes(panel: Panel, context: Context) -> Iterator[str]:
    """What stands beside the regions and is none of them."""
    if panel.references():
        yield context.words("note.reference", regions=list_regions(panel.references(), context))
    if any(is_off_scale(mark, panel) for mark in panel.marks):
        yield context.words("note.reference_total")


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
    words = context.words
    yield from many_notes(panel, context)
    if panel.indicator is None:
        yield words("note.no_indicator")
    elif panel.indicator.grade == "C":
        yield words("note.line_grade_C")
    if panel.parts_levels:
        yield words("note.line_groups")
        yield from reference_notes(panel, context)
    else:
        yield from level_notes(panel, context)
    yield from course_notes(time_panel(panel), context)


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
