"""Lines that Excel and WPS draw from the cells of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_formula

from dashboard.captions import Chart
from dashboard.charts import LIGHT
from dashboard.export.contents import clean
from dashboard.export.native import TICKS
from dashboard.export.native_lines import DOT_SIZE, PLOT_HEIGHT, PLOT_WIDTH, Track, days_of, format_of, spread_labels
from dashboard.export.sheet_chart import FONT, PIXELS_OF_ROW, make_point
from dashboard.lines import DASHES

WIDTH, HEIGHT = 720, 400
# The height of a label as a share of the plot's, and from which share on one would be moved.
LABEL, LEAST_SHIFT = 0.05, 0.02
# The day from which Excel counts, and how many ticks of time have room.
EPOCH: Final = date(1899, 12, 30)
MOST_TICKS: Final = 8
YEAR: Final = 365.25
# What the library calls the dashes of lines.
DASH_TYPES: Final = dict(zip(DASHES, ("solid", "dash", "round_dot", "dash_dot"), strict=True))
# The columns of days and of the first values.
DAYS, FIRST_VALUES = 1, 3


def make_lines(book: Workbook, sheet: str, chart: Chart, tracks: list[Track], top: int) -> tuple[Any, int]:
    """
    The chart of the cells from row ``top`` on: names, days, texts, lower ends if there are any, values.

    Returns:
        The chart, and how many rows it is high.
    """
    drawn = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    has_ranges = any(entry.low is not None for track in tracks for entry in track.entries.values())
    first = top
    for track in tracks:
        if has_ranges:
            drawn.add_series(make_lows(sheet, track, first))
        labels = label_end(track) if has_room(chart, tracks) else {}
        drawn.add_series(make_series(sheet, track, first, FIRST_VALUES + has_ranges) | labels)
        first += len(track.entries)
    drawn.set_size({"width": WIDTH, "height": HEIGHT})
    drawn.set_title({"name": clean(chart.title)[:255], "name_font": FONT | {"size": 11}, "overlay": False})
    if has_room(chart, tracks):
        drawn.set_legend({"none": True})
    else:
        drawn.set_legend({"position": "right", "font": FONT, "delete_series": list(nameless(tracks, has_ranges))})
    drawn.set_plotarea({"layout": {"x": 0.09, "y": 0.13, "width": PLOT_WIDTH, "height": PLOT_HEIGHT - 0.05}})
    lines = {"visible": True, "line": {"color": LIGHT.line, "width": 0.5}}
    low, high = chart.limits()
    values = {"num_font": FONT, "min": low, "max": high, "num_format": TICKS, "major_gridlines": lines}
    drawn.set_y_axis(values | ({"log_base": 10, "crossing": low} if chart.is_log else {}))
    drawn.set_x_axis(time_axis(days_of(tracks)) | {"num_font": FONT, "label_position": "low"})
    return drawn, -(-HEIGHT // PIXELS_OF_ROW) + 1


def time_axis(days: list[date]) -> dict[str, Any]:
    """An axis that begins with the first day, with ticks every so many years, or shares of what lies between."""
    first, last = ((day - EPOCH).days for day in (days[0], days[-1]))
    form = format_of(days)
    step = (last - first) / MOST_TICKS
    if form == "yyyy":
        step = YEAR * -(-(last - first) // round(YEAR * MOST_TICKS))
    return {"min": first, "max": last + 1, "major_unit": max(1.0, step), "num_format": form}


def make_series(sheet: str, track: Track, first: int, column: int) -> dict[str, Any]:
    """A stretch of a line."""
    entries = track.entries.values()
    is_hollow = any(entry.is_hollow for entry in entries)
    return place_series(sheet, track, first, column) | {
        "line": {"color": track.colour, "width": 2.25, "dash_type": DASH_TYPES[track.dash]},
        "marker": {
            "type": "square" if is_hollow else "circle",
            "size": DOT_SIZE,
            "fill": {"none": True} if is_hollow else {"color": track.colour},
            "border": {"color": track.colour},
        },
        "points": [make_point(entry, False) if entry.is_hatched else None for entry in entries],
    }


def label_end(track: Track) -> dict[str, Any]:
    """The label at the end of a stretch, where it has one."""
    if not track.label:
        return {}
    # As texts and not as cells: WPS and LibreOffice show no label that is taken from a cell.
    labels = [{"delete": True}] * (len(track.entries) - 1) + [{"value": track.label, "font": FONT}]
    return {"data_labels": {"value": True, "custom": labels, "position": "right"}}


def has_room(chart: Chart, tracks: list[Track]) -> bool:
    """Whether no label lies over another: Excel's are not moved, a legend stands for them."""
    return not any(abs(shift) > LEAST_SHIFT for shift in spread_labels(chart, tracks, LABEL))


def nameless(tracks: list[Track], has_ranges: bool) -> Iterator[int]:
    """The numbers of the series that a legend leaves out: lower ends, and stretches that do not end their line."""
    each = 1 + has_ranges
    for number, track in enumerate(tracks):
        yield from range(number * each, number * each + has_ranges)
        if not track.label:
            yield number * each + has_ranges


def make_lows(sheet: str, track: Track, first: int) -> dict[str, Any]:
    """The lower ends of a stretch's ranges, as dashes that nothing joins."""
    return place_series(sheet, track, first, FIRST_VALUES) | {
        "line": {"none": True},
        "marker": {"type": "long_dash", "size": DOT_SIZE, "border": {"color": track.colour}},
    }


def place_series(sheet: str, track: Track, first: int, column: int) -> dict[str, Any]:
    """Where the days and values of a stretch stand."""
    last = first + len(track.entries) - 1
    return {
        "name": track.name,
        "categories": f"={xl_range_formula(sheet, first, DAYS, last, DAYS)}",
        "values": f"={xl_range_formula(sheet, first, column, last, column)}",
    }
