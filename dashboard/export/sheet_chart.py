"""A chart that Excel and WPS draw from the cells of a comparison."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_formula, xl_rowcol_to_cell

from dashboard.captions import Chart
from dashboard.charts import LIGHT
from dashboard.export.contents import clean
from dashboard.export.native import TICKS, TINT, Entry, fit_gap, has_lows, limits_of
from dashboard.export.office import EAST_ASIAN

# Points of a row; pixels of a chart, and of each mark in it.
ROW_HEIGHT: Final = 15
WIDTH, LEAST_HEIGHT, PER_MARK, AROUND, DOTS_HEIGHT = 720, 240, 26, 70, 380
PIXELS_OF_ROW: Final = 20
# The column of the lower ends, or of the values where there are none.
FIRST_SERIES: Final = 2
FONT: Final = {"name": EAST_ASIAN, "size": 9}


def make_chart(book: Workbook, sheet: str, chart: Chart, entries: list[Entry], top: int) -> tuple[Any, int]:
    """
    The chart of the cells from row ``top`` on: categories, texts, lower ends if there are any, values.

    Returns:
        The chart, and how many rows it is high.
    """
    is_dot, count = chart.form == "dot", 1 + has_lows(entries)
    drawn = book.add_chart({"type": "line" if is_dot else "bar"})
    height = DOTS_HEIGHT if is_dot else max(LEAST_HEIGHT, AROUND + PER_MARK * count * len(entries))
    gap = fit_gap((height - AROUND) / len(entries))
    for column in range(FIRST_SERIES, FIRST_SERIES + count):
        drawn.add_series(
            make_series(sheet, entries, top, column, column < FIRST_SERIES + count - 1, is_dot) | {"gap": gap}
        )
    drawn.set_size({"width": WIDTH, "height": height})
    drawn.set_title({"name": clean(chart.title)[:255], "name_font": FONT | {"size": 11}, "overlay": False})
    drawn.set_legend({"none": True})
    lines = {"visible": True, "line": {"color": LIGHT.line, "width": 0.5}}
    low, high = limits_of(chart)
    values = {"num_font": FONT, "visible": is_dot, "min": low, "max": high, "num_format": TICKS}
    values["major_gridlines"] = lines if is_dot else {"visible": False}
    if chart.is_log:
        values |= {"log_base": 10, "crossing": low}
    # An interval of one: every name, however many there are.
    categories = {"num_font": FONT, "label_position": "low", "line": {"color": LIGHT.line}, "interval_unit": 1}
    # Of a bar chart the library calls the axis that stands upright y.
    drawn.set_x_axis(categories if is_dot else values)
    drawn.set_y_axis(values if is_dot else categories | {"reverse": True})
    return drawn, -(-height // PIXELS_OF_ROW) + 1


def make_series(sheet: str, entries: list[Entry], top: int, column: int, is_low: bool, is_dot: bool) -> dict[str, Any]:
    """A series of one column of the cells, coloured and labelled point by point."""
    last = top + len(entries) - 1
    # As texts and not as cells: WPS and LibreOffice show no label that is taken from a cell.
    texts = [entry.low_text if is_low else entry.text for entry in entries]
    labels = [{"value": text, "font": FONT} if text else {"delete": True} for text in texts]
    place = "above" if is_dot else "outside_end"
    series: dict[str, Any] = {
        "name": f"='{sheet}'!{xl_rowcol_to_cell(top - 1, column, row_abs=True, col_abs=True)}",
        "categories": f"={xl_range_formula(sheet, top, 0, last, 0)}",
        "values": f"={xl_range_formula(sheet, top, column, last, column)}",
        "data_labels": {"value": True, "custom": labels, "font": FONT, "position": place},
        "points": [make_point(entry, is_low) for entry in entries],
    }
    if is_dot:
        is_hollow = any(entry.is_hollow for entry in entries)
        kind = "diamond" if is_low else "square" if is_hollow else "circle"
        series |= {"line": {"none": True}, "marker": {"type": kind, "size": 8}}
    return series


def make_point(entry: Entry, is_low: bool) -> dict[str, Any] | None:
    """
    The colour of a mark; hatching says that a value is not exact, a lighter tone that a pair or a range begins, a
    dashed outline that it is no result.
    """
    if not entry.colour:
        return None
    if entry.is_hollow:
        return {"fill": {"none": True}, "border": {"color": entry.colour, "width": 1.5, "dash_type": "dash"}}
    if entry.is_hatched:
        return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": entry.colour, "bg_color": "#ffffff"}}
    return {"fill": {"color": entry.colour, "transparency": TINT * 100 * is_low}, "border": {"none": True}}
