"""What regions, levels and values are called in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN
from typing import Final

from dashboard.compare import Median, Panel
from dashboard.mark import Mark, Spread
from dashboard.spans import RESULT
from dashboard.wording import Words, load_words
from dashboard.wording.codebook import Codebook
from dashboard.wording.moment import write_time
from dashboard.wording.quantity import round_to, unit_name, write_quantity

# More regions than this are counted, not named.
MOST_NAMED: Final = 40
# Significant digits of what lies between figures.
SPREAD_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Point:
    """
    A statistic that a reader can point at: its row, its value and words as written, its document's title.

    ``period`` is its time with the words that the text has for it.
    """

    id: str
    text: str
    period: str
    raw: str
    source: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a chart's words are taken from: language, codebook, the reports' titles, and each region's colour."""

    words: Words
    codebook: Codebook
    titles: Mapping[str, str]
    colours: Mapping[str, str]
    version: str


def make_point(mark: Mark, context: Context) -> Point:
    """A single statistic, whatever it is a pair with."""
    source = context.titles.get(mark.document, mark.document)
    return Point(mark.id, write_end(mark, context.words), explain_time(mark, context.words), mark.raw, source)


def name_region(region: str, context: Context) -> str:
    """A region in words."""
    return context.codebook.region_label(region, context.words.lang) or context.words("region.unknown")


def name_regions(regions: Iterable[str], context: Context) -> str:
    """A list of regions in words."""
    return context.words.join([name_region(region, context) for region in regions])


def list_regions(regions: Sequence[str], context: Context) -> str:
    """A list of regions in words, of very many their number."""
    if len(regions) > MOST_NAMED:
        return context.words("overview.region_count", count=len(regions))
    return name_regions(regions, context)


def name_place(mark: Mark, context: Context) -> str:
    """The region of a mark, the number of them where it is of many."""
    if mark.spread and not mark.region:
        return context.words("chart.where_count", count=mark.spread.regions)
    return name_region(mark.region, context)


def name_mark(mark: Mark, panel: Panel, context: Context) -> str:
    """The region of a mark, with its level where the panel's regions are of several, or as a reference."""
    region = name_place(mark, context)
    if mark.is_reference:
        return context.words("chart.region_reference", region=region)
    if mark.level and len(levels_of(panel)) > 1:
        return context.words("chart.region_level", region=region, level=context.words.term("level", mark.level))
    return region


def levels_of(panel: Panel) -> set[str]:
    """The levels of the regions in a panel."""
    return {mark.level for mark in panel.marks if mark.level and not mark.is_reference}


def name_units(panel: Panel, context: Context) -> str:
    """The units of a panel's marks, "" where they have none."""
    units = dict.fromkeys(unit_name(mark.unit, context.words.lang) for mark in panel.marks if mark.unit)
    return context.words("list.or").join(units)


def name_measure(panel: Panel, context: Context) -> str:
    """The indicator or theme of a panel, with its status where it holds no results, and with its span of time."""
    words, codebook = context.words, context.codebook
    if panel.indicator is None:
        name = words("chart.no_indicator", theme=codebook.theme_label(panel.theme, words.lang))
    else:
        name = panel.indicator.labels[words.lang]
    what = [name_status(panel.status, words), name_span(panel.span, words)]
    return words("aim.named", name=name, what=words.join([*filter(None, what)])) if any(what) else name


def name_status(status: str, words: Words) -> str:
    """The word for an aim or a norm; "" for a result, which needs none."""
    return "" if status == RESULT else words.term("aim", status)


def name_span(span: str, words: Words) -> str:
    """The words for a span of time, "" for a year or less."""
    kind, _, years = span.partition("-")
    if not kind:
        return ""
    return words(f"span.{kind}_1") if years == "1" else words(f"span.{kind}", years=years)


def name_period(mark: Mark, context: Context) -> str:
    """The time of a mark, of both ends where they differ; "" where nothing is known of it."""
    start, end = name_time(mark, context.words), name_time(mark.end or mark, context.words)
    if start == end or not (start and end):
        return start or end
    return context.words("chart.period_change", start=start, end=end)


def label_period(mark: Mark, context: Context) -> str:
    """The time as it stands beside a mark: it says where the sentence itself states none."""
    period = name_period(mark, context)
    return context.words("moment.inherited", time=period) if period and is_inherited(mark) else period


def is_inherited(mark: Mark) -> bool:
    """Whether the time of any of its ends comes from the heading, the opener or the title."""
    return any(end.is_inherited for end in (mark, mark.end) if end)


def name_time(mark: Mark, words: Words) -> str:
    """When a single statistic is of, in days, months or years where they are known, else as written."""
    return write_time(mark.first, mark.last, words) or mark.period or ""


def explain_time(mark: Mark, words: Words) -> str:
    """The time of a single statistic, with the words of the text where they differ, and where it comes from."""
    time = name_time(mark, words)
    # In an English sentence 2025年 says no more than 2025.
    if mark.period and mark.period not in (time, name_time(mark, load_words("zh"))):
        time = words("moment.written", time=time, period=mark.period)
    return words("moment.inherited", time=time) if time and mark.is_inherited else time


def write_mark(mark: Mark, words: Words) -> str:
    """The value as a reader writes it: ≥1,300个, ↓20%, 82% → 87%."""
    text = write_end(mark, words)
    return f"{text} → {write_end(mark.end, words)}" if mark.end else text


def write_end(mark: Mark, words: Words) -> str:
    """The value of a single statistic, whatever it is a pair with."""
    unit = "" if mark.population else mark.unit
    if mark.spread:
        return write_spread(mark, mark.spread, words)
    text = write_quantity(mark.value, mark.high, unit, mark.qualifier, words.lang, mark.digits)
    if mark.kind == "change" and mark.direction and mark.value >= 0:
        text = ("↑" if mark.direction == "up" else "↓") + text
    return text


def write_spread(mark: Mark, spread: Spread, words: Words) -> str:
    """The value in the middle of many, and how many there are."""
    median = float(round_to(spread.median, SPREAD_DIGITS, ROUND_HALF_EVEN))
    text = write_quantity(median, None, mark.unit, "exact", words.lang, 0)
    return words("chart.spread", median=text, count=spread.count)


def write_median(panel: Panel, median: Median, words: Words) -> str:
    """The label of the line at the median; a fall is written with a minus, as it lies left of zero."""
    unit = "" if panel.is_per_head else panel.marks[0].unit
    qualifier = "exact" if median.is_exact else "approx"
    value = write_quantity(median.value, None, unit, qualifier, words.lang, panel.digits)
    return words("chart.median", value=value, count=median.count)
