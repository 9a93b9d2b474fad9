"""The notes under a chart, made from the marks that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from dashboard.compare import Mark, Panel
from dashboard.naming import Context, levels_of, name_period, name_regions
from dashboard.options import Options
from dashboard.wording.quantity import SIGNS, write_number
from extract.record import LEVELS

# How a qualifier is drawn: the whole bar hatched (the dot hollow), an open end beyond the value, or one short of it.
ENDINGS: Final = MappingProxyType(
    {"exact": "plain", "approx": "hatched", "nearly": "short", "over": "open", "at_least": "open", "at_most": "short"}
)


def notes_of(panel: Panel, options: Options, context: Context) -> list[str]:
    """What a reader must know to compare: order, levels, periods, qualifiers, denominators, the codebook's caveat."""
    return [
        *order_notes(panel, context),
        *level_notes(panel, context),
        *period_notes(panel, context),
        *drawing_notes(panel, options, context),
        *per_head_notes(panel, context),
        *other_notes(panel, context),
    ]


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
    """Which values are of which period, where they differ; a text that gives none may mean any."""
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


def drawing_notes(panel: Panel, options: Options, context: Context) -> Iterator[str]:
    """The signs and shapes of qualifiers; why there is no logarithmic scale or no median."""
    words = context.words
    signs: dict[str, set[str]] = {}
    for end in panel.ends():
        if sign := SIGNS.get(end.qualifier):
            signs.setdefault(ENDINGS[end.qualifier], set()).add(sign)
    for ending in sorted(signs):
        yield words(f"note.{options.form}_{ending}", sign=" ".join(sorted(signs[ending])))
    if options.scale == "log":
        if refusal := log_refusal(panel, options):
            yield words(f"note.log_{refusal}")
        elif not all(fits_log(mark) for mark in panel.marks):
            yield words("note.log_text")
    if panel.median_refusal:
        yield words(f"note.median_{panel.median_refusal}")


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


def other_notes(panel: Panel, context: Context) -> Iterator[str]:
    """Who reported the indicator elsewhere; the codebook's caveat, without which grade C has no reason."""
    words = context.words
    if panel.elsewhere:
        yield words("note.elsewhere", regions=name_regions(panel.elsewhere, context))
    if panel.filtered:
        yield words("note.filtered", regions=name_regions(panel.filtered, context))
    if panel.indicator and (len(panel.regions()) > 1 or panel.indicator.grade == "C"):
        caveat = panel.indicator.notes.get(words.lang)
        if caveat:
            yield words("note.caveat", text=caveat)


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
            key = (mark.population.as_of, mark.population.source)
            by_source.setdefault(key, {})[mark.region] = mark.population.residents
    items = []
    for (as_of, source), residents in by_source.items():
        figures = [
            f"{name_regions((region,), context)} {write_number(count, words.lang)}"
            for region, count in residents.items()
        ]
        items.append(words("note.denominator_item", figures=words.join(figures), as_of=as_of, source=source))
    return words("list.semicolon").join(items)
