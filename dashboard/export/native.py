"""A chart → the categories and series of a chart that Office draws itself, and that its reader may go on editing."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.captions import Bar, Chart
from dashboard.export.contents import clean
from dashboard.tabular import neutralise


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A category: a mark, or a region that did not report.

    ``value`` is where the mark ends and ``low`` where a pair or a range begins, None where there is none; the texts
    are the values as readers write them. ``is_hatched`` says that the value is not exact.
    """

    category: str
    low: float | None = None
    value: float | None = None
    low_text: str = ""
    text: str = ""
    colour: str = ""
    is_hatched: bool = False


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
        return Entry(safe(name), bar.start, bar.stop, first, last, bar.colour, is_hatched)
    low = bar.start if bar.form in ("interval", "span") else None
    return Entry(safe(name), low, bar.stop, "", clean(bar.text), bar.colour, is_hatched)


def safe(text: str) -> str:
    """A text that no XML refuses and no spreadsheet runs."""
    return str(neutralise(clean(text)))


def has_lows(entries: list[Entry]) -> bool:
    """Whether any mark is a pair or a range, so that a second series is due."""
    return any(entry.low is not None for entry in entries)
