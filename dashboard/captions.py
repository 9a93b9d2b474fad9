"""
A panel of comparable statistics → what a reader sees of it, in one language: a ``Chart`` that the page and every
export draw alike, with its title, bars, notes and source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dashboard.compare import Mark, Panel
from dashboard.wording import Words
from dashboard.wording.codebook import Codebook
from dashboard.wording.quantity import SIGNS, unit_name, write_number, write_quantity
from extract.record import LEVELS

# How a qualifier is drawn: the whole bar hatched, an open end beyond the value, or a hatched end short of it.
ENDINGS: Final = MappingProxyType(
    {"exact": "plain", "approx": "hatched", "nearly": "short", "over": "open", "at_least": "open", "at_most": "short"}
)
# The hatched end of a bar, as a share of the axis.
STUB: Final = 0.025
# The axis is so much longer than the longest bar: room for the value behind it.
HEADROOM: Final = 1.55
# Eight hues apart in lightness too (after Okabe and Ito); every bar carries its label as well.
PALETTE: Final = ("#3b76af", "#d08a2e", "#2e8b74", "#b5533c", "#5fa8d3", "#a8659b", "#8c8a2a", "#7a7f87")


@dataclass(frozen=True, slots=True)
class Bar:
    """
    One mark: ``start`` to ``stop`` on the axis, both signed.

    ``form`` is bar, interval or dumbbell; ``ending`` says how the qualifier is drawn.
    """

    id: str
    region: str
    subject: str
    start: float
    stop: float
    form: str
    ending: str
    text: str
    raw: str
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All of a picture's words and bars, in one language; ``notes`` stand under it in order."""

    title: str
    badge: str
    subtitle: str
    bars: tuple[Bar, ...]
    missing: str
    notes: tuple[str, ...]
    source: str
    alt: str

    def limits(self) -> tuple[float, float]:
        """The ends of the axis; zero is always on it."""
        values = [end for bar in self.bars for end in (bar.start, bar.stop)]
        low, high = min(0.0, *values), max(0.0, *values)
        return (low * HEADROOM, high * HEADROOM) if low < 0 or high > 0 else (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Context:
    """What a chart's words are taken from: language, codebook, the reports' titles, and each region's colour."""

    words: Words
    codebook: Codebook
    titles: Mapping[str, str]
    colours: Mapping[str, str]
    version: str


def pick_colours(regions: list[str]) -> dict[str, str]:
    """One colour for each region of the data, by its place among them, so that it is the same in every chart."""
    return {region: PALETTE[place % len(PALETTE)] for place, region in enumerate(regions)}


def make_chart(panel: Panel, context: Context) -> Chart:
    """The words and bars of a panel."""
    words = context.words
    bars = tuple(make_bar(mark, panel, context) for mark in panel.marks)
    title = title_of(panel, context)
    return Chart(
        title=title,
        badge=words(f"grade.badge_{panel.indicator.grade}") if panel.indicator and panel.indicator.grade == "C" else "",
        subtitle=subtitle_of(panel, context),
        bars=bars,
        missing=words("chart.missing", regions=name_regions(panel.missing, context)) if panel.missing else "",
        notes=tuple(notes_of(panel, context)),
        source=source_of(panel, context),
        alt=alt_of(title, bars, words),
    )


def make_bar(mark: Mark, panel: Panel, context: Context) -> Bar:
    """One mark as it is drawn; a fall is drawn to the left of zero."""
    sign = -1 if mark.is_fall() else 1
    if mark.end:
        form, start, stop, ending = "dumbbell", mark.value, mark.end.value, "plain"
    elif mark.high is not None:
        form, start, stop, ending = "interval", mark.value, mark.high, ENDINGS.get(mark.qualifier, "plain")
    else:
        form, start, stop, ending = "bar", 0.0, mark.value, ENDINGS.get(mark.qualifier, "plain")
    return Bar(
        id=mark.id,
        region=name_mark(mark, panel, context),
        subject=mark.subject,
        start=sign * start,
        stop=sign * stop,
        form=form,
        ending=ending,
        text=write_mark(mark, context.words),
        raw=mark.raw,
        colour=context.colours.get(mark.region, PALETTE[-1]),
    )


def write_mark(mark: Mark, words: Words) -> str:
    """The value as a reader writes it: ≥1,300个, ↓20%, 82% → 87%."""
    unit = "" if mark.population else mark.unit
    text = write_quantity(mark.value, mark.high, unit, mark.qualifier, words.lang)
    if mark.kind == "change" and mark.direction and mark.value >= 0:
        text = ("↑" if mark.direction == "up" else "↓") + text
    return f"{text} → {write_mark(mark.end, words)}" if mark.end else text


def name_mark(mark: Mark, panel: Panel, context: Context) -> str:
    """The region of a mark, with its level where the panel's regions are of several."""
    region = context.codebook.region_label(mark.region, context.words.lang) or context.words("region.unknown")
    if mark.level and len(levels_of(panel)) > 1:
        return context.words("chart.region_level", region=region, level=context.words.term("level", mark.level))
    return region


def levels_of(panel: Panel) -> set[str]:
    """The levels of the regions in a panel."""
    return {mark.level for mark in panel.marks if mark.level}


def name_regions(regions: tuple[str, ...], context: Context) -> str:
    """A list of regions in words."""
    labels = [context.codebook.region_label(region, context.words.lang) for region in regions]
    return context.words.join([label or context.words("region.unknown") for label in labels])


def title_of(panel: Panel, context: Context) -> str:
    """The indicator's name, or the theme's with what is said of statistics without an indicator."""
    words, codebook = context.words, context.codebook
    if panel.indicator is None:
        return words("chart.no_indicator", theme=codebook.theme_label(panel.theme, words.lang))
    return panel.indicator.labels[words.lang]


def subtitle_of(panel: Panel, context: Context) -> str:
    """Kind and unit, then the definition in one sentence where the codebook has it in this language."""
    words = context.words
    units = list(dict.fromkeys(unit_name(mark.unit, words.lang) for mark in panel.marks if mark.unit))
    kind = words.term("kind", panel.kind)
    parts = [words("chart.kind_unit", kind=kind, unit=words("list.or").join(units)) if units else kind]
    if panel.is_per_head:
        parts = [words("chart.per_head_unit", unit=words("list.or").join(units))]
    if panel.indicator and (definition := panel.indicator.definitions.get(words.lang)):
        parts.append(definition)
    return words("list.sentence").join(parts)


def notes_of(panel: Panel, context: Context) -> list[str]:
    """What a reader must know to compare: order, qualifiers, levels, denominators, the codebook's caveat."""
    words = context.words
    notes = []
    if panel.indicator is None:
        notes.append(words("note.no_indicator"))
    elif panel.indicator.grade == "C":
        notes.append(words("note.grade_C"))
    if len(levels_of(panel)) > 1:
        levels = words.join([words.term("level", level) for level in LEVELS if level in levels_of(panel)])
        notes.append(words("note.per_head_levels" if panel.is_per_head else "note.levels", levels=levels))
    ends = [end for mark in panel.marks for end in (mark, mark.end) if end]
    signs = {SIGNS[end.qualifier]: end.qualifier for end in ends if SIGNS.get(end.qualifier)}
    notes += [words(f"note.qualifier_{ENDINGS[qualifier]}", sign=sign) for sign, qualifier in sorted(signs.items())]
    if panel.is_per_head:
        notes.append(words("note.denominator", items=denominators_of(panel, context)))
    if panel.without_population:
        notes.append(words("note.without_population", regions=name_regions(panel.without_population, context)))
    if panel.refusal:
        notes.append(words(f"note.refusal_{panel.refusal}"))
    if panel.elsewhere:
        notes.append(words("note.elsewhere", regions=name_regions(panel.elsewhere, context)))
    if panel.indicator and len(panel.regions()) > 1 and (caveat := panel.indicator.notes.get(words.lang)):
        notes.append(words("note.caveat", text=caveat))
    return notes


def denominators_of(panel: Panel, context: Context) -> str:
    """Each region's residents, their date and source; what several regions share is said once."""
    words = context.words
    by_source: dict[tuple[str, str], dict[str, float]] = {}
    for mark in panel.marks:
        if mark.population:
            key = (mark.population.as_of, mark.population.source)
            by_source.setdefault(key, {})[mark.region] = mark.population.residents
    items = []
    for (as_of, source), residents in by_source.items():
        figures = words.join(
            [
                f"{name_regions((region,), context)} {write_number(count, words.lang)}"
                for region, count in residents.items()
            ]
        )
        items.append(words("note.denominator_item", figures=figures, as_of=as_of, source=source))
    return words("list.semicolon").join(items)


def source_of(panel: Panel, context: Context) -> str:
    """The documents that the marks come from, and the version of the data."""
    documents = dict.fromkeys(mark.document for mark in panel.marks)
    titles = [context.titles.get(document, document) for document in documents]
    return context.words("chart.source", titles=context.words.join(titles), version=context.version)


def alt_of(title: str, bars: tuple[Bar, ...], words: Words) -> str:
    """Type, subject and every value, for a reader who hears the chart."""
    values = [f"{bar.region} {bar.subject} {bar.text}" for bar in bars]
    return words("chart.alt", title=title, count=len(bars), values=words("list.semicolon").join(values))


def segments(bar: Bar, limits: tuple[float, float]) -> tuple[tuple[float, float, bool], ...]:
    """The pieces (from, to, hatched) that a bar or interval is drawn of."""
    stub = (limits[1] - limits[0]) * STUB * (1 if bar.stop >= bar.start else -1)
    if bar.ending == "hatched":
        return ((bar.start, bar.stop, True),)
    if bar.ending == "open":
        return ((bar.start, bar.stop, False), (bar.stop, bar.stop + stub, True))
    if bar.ending == "short":
        inner = bar.stop - stub if abs(bar.stop - bar.start) > abs(stub) else bar.start
        return ((bar.start, inner, False), (inner, bar.stop, True))
    return ((bar.start, bar.stop, False),)
