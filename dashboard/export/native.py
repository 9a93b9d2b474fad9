"""A chart → the categories and series of a chart that Office draws itself, and that its reader may go on editing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from dashboard.captions import Bar, Chart
from dashboard.export.contents import clean
from dashboard.tabular import neutralise
from dashboard.typesetting import clip
from dashboard.wording import Words

# The page's axis has room for the longest value behind the longest bar on a telephone; a slide or a sheet needs less.
REACH: Final = 0.7
# Bars fill most of their row, but are no higher than so much (points or pixels); the gap is in % of the bar.
LEAST_GAP, MOST_GAP, BAR_HEIGHT = 45, 500, 40.0
# How much lighter the start of a pair or a range is than its end; hatching is for values that are not exact.
TINT: Final = 0.6
# How the ticks of values are written.
TICKS: Final = "[>=1000]#,##0;General"
# A category in em: a longer one leaves the chart no room.
LONGEST_NAME: Final = 36.0


# Left edge, top, width and height of what a chart may fill, in points.
Room = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A category: a mark, or a region that did not report.

    ``value`` is where the mark ends and ``low`` where a pair or a range begins, None where there is none; the texts
    are the values as readers write them. ``is_hatched`` says that the value is not exact, ``is_hollow`` that it is an
    aim or a norm.
    """

    category: str
    low: float | None = None
    value: float | None = None
    low_text: str = ""
    text: str = ""
    colour: str = ""
    is_hatched: bool = False
    is_hollow: bool = False


def list_entries(chart: Chart) -> list[Entry]:
    """The categories in the chart's order; who did not report comes last and has no value."""
    absent = [Entry(safe(f"{region} {chart.absent_text}")) for region in chart.absent]
    return [make_entry(bar) for bar in chart.bars] + absent


def make_entry(bar: Bar) -> Entry:
    """A mark's category."""
    name = " ".join(part for part in (bar.region, bar.subject, bar.period) if part)
    if bar.form == "text":
        return Entry(safe(f"{name} {bar.text}"), colour=bar.colour)
    is_hatched = bar.ending != "plain"
    if bar.form == "dumbbell":
        first, last = (clean(point.text) for point in bar.points)
        return Entry(safe(name), bar.start, bar.stop, first, last, bar.colour, is_hatched, bar.is_hollow)
    low = bar.start if bar.form in ("interval", "span") else None
    return Entry(safe(name), low, bar.stop, "", clean(bar.text), bar.colour, is_hatched, bar.is_hollow)


def safe(text: str) -> str:
    """A category that no XML refuses, no spreadsheet runs, and that leaves the chart room."""
    return clip(str(neutralise(clean(text))), 1, LONGEST_NAME)


def has_lows(entries: list[Entry]) -> bool:
    """Whether any mark is a pair or a range, so that a second series is due."""
    return any(entry.low is not None for entry in entries)


def limits_of(chart: Chart) -> tuple[float, float]:
    """
    The ends of the axis, those of the page: with zero, and the same for charts that share it.

    Left to itself, Office begins at 94 where the values are 95 to 97; a logarithmic axis begins and ends at decades.
    """
    low, high = chart.limits()
    if chart.is_log:
        return 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high))
    return low * REACH, high * REACH


def fit_gap(height: float) -> int:
    """The space between bars, in % of a bar, for rows of a height."""
    return round(min(MOST_GAP, max(LEAST_GAP, (height / BAR_HEIGHT - 1) * 100)))


def say_drawing(entries: list[Entry], words: Words) -> list[str]:
    """How to read what Office draws otherwise than the page."""
    lines = [words("native.inexact")] if any(entry.is_hatched for entry in entries) else []
    return [*lines, words("native.ends")] if has_lows(entries) else lines
