"""Comparisons → PowerPoint, a slide each, with charts that PowerPoint and WPS draw and edit themselves."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_AXIS_CROSSES, XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.captions import Chart
from dashboard.charts import LIGHT
from dashboard.export.contents import Announce, Comparison, Contents, clean
from dashboard.export.native import TICKS, TINT, Entry, Room, fit_gap, has_lows, limits_of, list_entries, say_drawing
from dashboard.export.native_lines import spot_entries
from dashboard.export.office import set_font, to_property
from dashboard.export.slide_lines import add_lines, draw_square
from dashboard.layout import BOLD
from dashboard.typesetting import wrap
from dashboard.wording import Words

# Points: a 16:9 slide and what stands on it. A text shrinks until it has room.
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 36.0
TITLE_TOP, TITLE_HEIGHT, TITLE_SIZE, TITLE_GAP = 16.0, 68.0, 28.0, 5.0
SUBTITLE_HEIGHT, SUBTITLE_SIZE = 38.0, 14.0
FOOT_MOST, FOOT_SIZE = 130.0, 11.0
LEAST_SIZE: Final = 6.0
LEADING: Final = 1.25
# The bold letters of a face that a program takes for a missing one (DejaVu Sans).
WIDER: Final = 1.2
# Letters of the chart: as large as its rows leave room for.
CHART_SIZE, CHART_LEAST = 14.0, 6.0
# A row's height in letters: two labels where marks have two ends; dots stand side by side and need more.
ROW, PAIR_ROW, DOT_ROW = 1.3, 2.4, 2.2
DOT_SIZE: Final = 10
TITLE_ONLY: Final = 5
WHITE: Final = RGBColor(255, 255, 255)


def to_pptx(contents: Contents, announce: Announce) -> bytes:
    """The presentation; one slide that says so where nothing is comparable."""
    words = contents.context.words
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.core_properties.title = to_property(contents.title)
    deck.core_properties.subject = to_property(contents.sentence)
    deck.core_properties.author = words("app.title")
    deck.core_properties.created = deck.core_properties.modified = datetime.fromisoformat(contents.made)
    for comparison in contents.comparisons:
        announce(comparison.chart.title)
        add_comparison(deck, comparison, contents)
    if not contents.comparisons:
        add_slide(deck, words("export.nothing"), contents.sentence, words)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def add_comparison(deck: Any, comparison: Comparison, contents: Contents) -> None:
    """The slide of a comparison: title, unit, chart, notes and source; the sentences are the speaker's notes."""
    chart, words = comparison.chart, contents.context.words
    subtitle = " · ".join(part for part in (chart.badge, chart.subtitle) if part)
    slide = add_slide(deck, chart.title, subtitle, words)
    is_line = chart.form == "line"
    draw, entries = (add_lines, spot_entries(chart)) if is_line else (add_chart, list_entries(chart))
    lines = [*say_drawing(entries, words), *chart.notes, contents.sentence, chart.source]
    if chart.missing:
        lines.insert(0, chart.missing)
    if chart.reference:
        lines.insert(0, chart.reference.text)
    size, height = fit_text([*lines, comparison.address], FOOT_SIZE, FOOT_MOST)
    top = HEIGHT - MARGIN / 2 - height
    foot = slide.shapes.add_textbox(Pt(MARGIN), Pt(top), Pt(WIDTH - 2 * MARGIN), Pt(height))
    write_lines(foot.text_frame, lines, size, LIGHT.muted, words)
    if comparison.address:
        link = foot.text_frame.add_paragraph().add_run()
        link.text = comparison.address
        link.hyperlink.address = comparison.address
        set_font(link.font, size, None, words)
    above = TITLE_TOP + TITLE_HEIGHT + SUBTITLE_HEIGHT
    frame = draw(slide, chart, (MARGIN, above, WIDTH - 2 * MARGIN, top - 6 - above), words)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(chart.alt))
    slide.notes_slide.notes_text_frame.text = "\n".join(quote_all(comparison, contents))


def add_slide(deck: Any, title: str, subtitle: str, words: Words) -> Any:
    """A slide with its title and a line below it."""
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    room = Pt(MARGIN), Pt(TITLE_TOP), Pt(WIDTH - 2 * MARGIN), Pt(TITLE_HEIGHT)
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = room
    size, _ = fit_text([title], TITLE_SIZE, TITLE_HEIGHT - TITLE_GAP, WIDER)
    write_lines(shape.text_frame, [title], size, LIGHT.text, words)
    # Of a title that takes still more room, the first line goes up and not the last one into the subtitle.
    shape.text_frame.vertical_anchor, shape.text_frame.margin_bottom = MSO_ANCHOR.BOTTOM, Pt(TITLE_GAP)
    shape.text_frame.paragraphs[0].runs[0].font.bold = True
    below = slide.shapes.add_textbox(room[0], Pt(TITLE_TOP + TITLE_HEIGHT), room[2], Pt(SUBTITLE_HEIGHT))
    size, _ = fit_text([subtitle], SUBTITLE_SIZE, SUBTITLE_HEIGHT)
    write_lines(below.text_frame, [subtitle], size, LIGHT.muted, words)
    return slide


def fit_text(lines: Sequence[str], largest: float, most: float, wider: float = 1.0) -> tuple[float, float]:
    """
    The largest letters with which paragraphs have room in so much height, and the height that they take.

    Args:
        wider:
            How many times as wide as in the app's own face the letters may come out.
    """
    width = (WIDTH - 2 * MARGIN) / BOLD / wider
    size = largest
    while True:
        count = sum(len(wrap(clean(line), size, width)) for line in lines)
        height = count * size * LEADING
        if height <= most or size <= LEAST_SIZE:
            return size, height
        size -= 0.5


def write_lines(frame: Any, lines: Sequence[str], size: float, colour: str, words: Words) -> None:
    """Paragraphs into a text frame without margins."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for number, line in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        # The layout's own title is centred.
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = clean(line)
        set_font(run.font, size, colour, words)


def add_chart(slide: Any, chart: Chart, room: Room, words: Words) -> Any:
    """The chart in a room of the slide."""
    entries = list_entries(chart)
    data = CategoryChartData()
    data.categories = [entry.category for entry in entries]
    if has_lows(entries):
        data.add_series(words("native.low"), [entry.low for entry in entries])
    data.add_series(words("native.value"), [entry.value for entry in entries])
    kind = XL_CHART_TYPE.LINE_MARKERS if chart.form == "dot" else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *map(Pt, room), data)
    drawn = frame.chart
    height = room[3] / max(1, len(entries))
    row = DOT_ROW if chart.form == "dot" else PAIR_ROW if has_lows(entries) else ROW
    size = max(CHART_LEAST, min(CHART_SIZE, height / row))
    set_font(drawn.font, size, LIGHT.text, words)
    drawn.has_legend = drawn.has_title = False
    set_axes(drawn, chart)
    plot = drawn.plots[0]
    *lows, values = plot.series
    if chart.form != "dot":
        plot.gap_width, plot.overlap = fit_gap(height), -5
    for series in lows:
        style(series, entries, [entry.low_text for entry in entries], chart.form, size, words, is_start=True)
    style(values, entries, [entry.text for entry in entries], chart.form, size, words, is_start=False)
    return frame


def set_axes(drawn: Any, chart: Chart) -> None:
    """First mark on top, no lines but the axis; the values stand on the marks, so that bars need no scale."""
    categories, values = drawn.category_axis, drawn.value_axis
    values.has_major_gridlines = chart.form == "dot"
    values.visible = chart.form == "dot"
    values.minimum_scale, values.maximum_scale = limits_of(chart)
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = TICKS, False
    categories.has_major_gridlines = False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    # Every name, however many there are.
    axis = categories._element
    axis.insert_element_before(axis.makeelement(qn("c:tickLblSkip"), {"val": "1"}), "c:tickMarkSkip", "c:noMultiLvlLbl")
    categories.format.line.color.rgb = RGBColor.from_string(LIGHT.line.removeprefix("#"))
    if chart.form == "dot":
        values.major_gridlines.format.line.color.rgb = RGBColor.from_string(LIGHT.line.removeprefix("#"))
    else:
        categories.reverse_order = True
    if chart.is_log:
        values.crosses, values.major_unit = XL_AXIS_CROSSES.MINIMUM, 10
        scaling = values._element.find(qn("c:scaling"))
        scaling.insert(0, scaling.makeelement(qn("c:logBase"), {"val": "10"}))


def style(
    series: Any, entries: list[Entry], labels: list[str], form: str, size: float, words: Words, *, is_start: bool
) -> None:
    """Colours and labels point by point; hatching says that a value is not exact, as on the page."""
    series.smooth = False
    if form == "dot":
        series.format.line.fill.background()
    for place, (entry, label) in enumerate(zip(entries, labels, strict=True)):
        if (entry.low if is_start else entry.value) is None:
            continue
        point = series.points[place]
        paint(point, entry, form, is_start=is_start)
        if label:
            write_label(point.data_label, label, form, size, words)


def paint(point: Any, entry: Entry, form: str, *, is_start: bool) -> None:
    """One mark: hollow where it is no result, else full or hatched; lighter where a pair or a range begins."""
    colour = RGBColor.from_string(entry.colour.removeprefix("#"))
    if entry.is_hollow:
        if form == "dot":
            draw_square(point.marker, colour, DOT_SIZE)
        else:
            draw_outline(point, colour)
        return
    draw = draw_dot if form == "dot" else draw_bar
    draw(point, colour, not entry.is_hatched)
    if is_start and not entry.is_hatched:
        fill = point.marker.format.fill if form == "dot" else point.format.fill
        fill.fore_color.brightness = TINT


def draw_outline(point: Any, colour: RGBColor) -> None:
    """A hollow bar; programs leave no side of it open, so its outline is dashed."""
    point.format.fill.background()
    line = point.format.line
    line.color.rgb, line.width, line.dash_style = colour, Pt(1.5), MSO_LINE.DASH


def draw_bar(point: Any, colour: RGBColor, is_exact: bool) -> None:
    """A bar, hatched where it is not exact."""
    fill = point.format.fill
    if is_exact:
        fill.solid()
        fill.fore_color.rgb = colour
        return
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = colour, WHITE


def draw_dot(point: Any, colour: RGBColor, is_exact: bool) -> None:
    """A dot, a diamond where it is not exact: programs draw no hatching in one."""
    marker = point.marker
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE if is_exact else XL_MARKER_STYLE.DIAMOND, DOT_SIZE
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = marker.format.line.color.rgb = colour


def write_label(label: Any, text: str, form: str, size: float, words: Words) -> None:
    """The value as readers write it, beside its mark."""
    frame = label.text_frame
    run = frame.paragraphs[0].add_run()
    run.text = text
    set_font(run.font, size, LIGHT.text, words)
    label.position = XL_LABEL_POSITION.ABOVE if form == "dot" else XL_LABEL_POSITION.OUTSIDE_END


def quote_all(comparison: Comparison, contents: Contents) -> list[str]:
    """Each statistic with its sentence and its document, in the chart's order."""
    words = contents.context.words
    quotes: list[str] = []
    for bar in comparison.chart.bars:
        for point in bar.points:
            row = contents.row(point.id)
            title = contents.context.titles.get(str(row["document"]), str(row["document"]))
            value = f"{bar.region} {bar.subject} {point.text}"
            said = {"value": value, "sentence": row["sentence"], "title": title}
            quotes.append(words("native.quote", number=len(quotes) + 1, **said))
    return [clean(quote) for quote in quotes]
