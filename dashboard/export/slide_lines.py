"""Lines that PowerPoint and WPS draw and edit themselves: an axis of days, a series for each stretch that is joined."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.captions import Chart
from dashboard.charts import LIGHT
from dashboard.export.native import TICKS, Room
from dashboard.export.native_lines import (
    DOT_SIZE,
    FIRST_YEAR,
    PLOT_HEIGHT,
    PLOT_WIDTH,
    Track,
    days_of,
    format_of,
    list_tracks,
    spread_labels,
)
from dashboard.export.office import set_font
from dashboard.lines import DASHES
from dashboard.wording import Words

# Letters, the height of a label in them, and from which share of the chart's height on it is moved.
SIZE, LABEL, LEAST_SHIFT = 12.0, 2.2, 0.002
LINE_STYLES: Final = dict(
    zip(DASHES, (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT), strict=True)
)
# Where the plot stands in the chart; what is right of it is the labels'.
LAYOUT: Final = (
    f"<c:layout {nsdecls('c')}><c:manualLayout>"
    '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    f'<c:x val="0.08"/><c:y val="0.04"/><c:w val="{PLOT_WIDTH}"/><c:h val="{PLOT_HEIGHT}"/>'
    "</c:manualLayout></c:layout>"
)


def add_lines(slide: Any, chart: Chart, room: Room, words: Words) -> Any:
    """The chart in a room of the slide; a day without a report has an empty cell."""
    tracks = list_tracks(chart)
    days = days_of(tracks)
    data = CategoryChartData()
    data.categories = days if days[0].year >= FIRST_YEAR else [day.isoformat() for day in days]
    lows = [track for track in tracks if any(entry.low is not None for entry in track.entries.values())]
    for track in lows:
        lower = {day: entry.low for day, entry in track.entries.items()}
        data.add_series(f"{track.name} {words('native.low')}", [lower.get(day) for day in days])
    for track in tracks:
        values = {day: entry.value for day, entry in track.entries.items()}
        data.add_series(track.name, [values.get(day) for day in days])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *map(Pt, room), data)
    drawn = frame.chart
    set_font(drawn.font, SIZE, LIGHT.text, words)
    drawn.has_legend = drawn.has_title = False
    set_axes(drawn, chart, days)
    series = list(drawn.plots[0].series)
    for one, track in zip(series, lows, strict=False):
        style_lows(one, track)
    shifts = spread_labels(chart, tracks, LABEL * SIZE / (room[3] * PLOT_HEIGHT))
    for one, track, shift in zip(series[len(lows) :], tracks, shifts, strict=True):
        style(one, track, days)
        if track.label:
            write_label(one.points[days.index(track.last)].data_label, track.label, shift * PLOT_HEIGHT, words)
    return frame


def set_axes(drawn: Any, chart: Chart, days: list[date]) -> None:
    """Time across, in its own measure; values upright on the page's axis; nothing joins what is not in one series."""
    across, values = drawn.category_axis, drawn.value_axis
    values.minimum_scale, values.maximum_scale = chart.limits()
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = TICKS, False
    grid = RGBColor.from_string(LIGHT.line.removeprefix("#"))
    values.major_gridlines.format.line.color.rgb = across.format.line.color.rgb = grid
    values.format.line.fill.background()
    across.has_major_gridlines = False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = format_of(days), False
    if across._element.tag == qn("c:dateAx") and format_of(days) == "yyyy":
        for name, value in (("majorUnit", "1"), ("majorTimeUnit", "years")):
            across._element.append(across._element.makeelement(qn(f"c:{name}"), {"val": value}))
    if chart.is_log:
        values.crosses, values.major_unit = XL_AXIS_CROSSES.MINIMUM, 10
        scaling = values._element.find(qn("c:scaling"))
        scaling.insert(0, scaling.makeelement(qn("c:logBase"), {"val": "10"}))
    space = drawn._chartSpace
    plot_area = space.find(qn("c:chart")).find(qn("c:plotArea"))
    for old in plot_area.findall(qn("c:layout")):
        plot_area.remove(old)
    plot_area.insert(0, parse_xml(LAYOUT))
    # An empty cell is a day without a report, which the line passes.
    space.find(qn("c:chart")).find(qn("c:dispBlanksAs")).set("val", "span")


def style(series: Any, track: Track, days: list[date]) -> None:
    """Colour and dashes; a diamond where a value is not exact, a hollow square where it is no result."""
    colour = RGBColor.from_string(track.colour.removeprefix("#"))
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
    series.format.line.dash_style = LINE_STYLES[track.dash]
    draw_marker(series.marker, XL_MARKER_STYLE.CIRCLE, colour)
    for day, entry in track.entries.items():
        if entry.is_hatched:
            draw_marker(series.points[days.index(day)].marker, XL_MARKER_STYLE.DIAMOND, colour)
        elif entry.is_hollow:
            draw_square(series.points[days.index(day)].marker, colour, DOT_SIZE)


def write_label(label: Any, text: str, shift: float, words: Words) -> None:
    """A label right of its point, moved down by a share of the chart's height."""
    run = label.text_frame.paragraphs[0].add_run()
    run.text = text
    set_font(run.font, SIZE, LIGHT.text, words)
    label.position = XL_LABEL_POSITION.RIGHT
    if abs(shift) > LEAST_SHIFT:
        layout = parse_xml(
            f"<c:layout {nsdecls('c')}><c:manualLayout>"
            f'<c:x val="0.02"/><c:y val="{shift:.4f}"/></c:manualLayout></c:layout>'
        )
        label._dLbl.find(qn("c:idx")).addnext(layout)


def style_lows(series: Any, track: Track) -> None:
    """The lower ends of ranges: dashes that nothing joins."""
    series.smooth = False
    series.format.line.fill.background()
    draw_marker(series.marker, XL_MARKER_STYLE.DASH, RGBColor.from_string(track.colour.removeprefix("#")))


def draw_square(marker: Any, colour: RGBColor, size: int) -> None:
    """A hollow square."""
    marker.style, marker.size = XL_MARKER_STYLE.SQUARE, size
    marker.format.fill.background()
    marker.format.line.color.rgb = colour


def draw_marker(marker: Any, kind: Any, colour: RGBColor) -> None:
    """A marker in one colour."""
    marker.style, marker.size = kind, DOT_SIZE
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = marker.format.line.color.rgb = colour
