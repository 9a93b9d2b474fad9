"""
A chart → SVG, without any browser: the same bars, hatching and words as on the page, with title, notes and source.

The font's few glyphs travel in the file, so that Chinese is right on a machine without any Chinese font.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dashboard.axis import Axis
from dashboard.captions import Bar, Chart
from dashboard.charts import LIGHT
from dashboard.export.canvas import Canvas, hatching, hatching_id
from dashboard.export.contents import clean
from dashboard.export.font import FAMILIES, FAMILY, embed
from dashboard.export.line_picture import draw_lines
from dashboard.export.presets import Preset
from dashboard.layout import BOLD, GAP, Row, Sizes, fit_sizes, fit_ticks, lay_out
from dashboard.lines import HOLLOW
from dashboard.timeline import ROWS
from dashboard.typesetting import measure

# Sizes in em of the letters of the rows.
MARGIN, TITLE, SUBTITLE, NOTE = 2.2, 1.6, 0.95, 0.82
LINE, BAR, SPACE, DOT, THIN, OUTLINE = 1.5, 1.25, 0.75, 0.42, 0.25, 0.14
# Points.
THIN_LINE: Final = 0.6
# From a line's middle down to the foot of its letters.
BASELINE: Final = 0.36
# Letters shrink in steps of so many points until all has room; bars grow to at most so many times their usual height.
STEP: Final = 0.5
MOST_GROWTH: Final = 2.2
BADGE_FILL: Final = "#fbe9d0"
BADGE_TEXT: Final = "#8a4b00"


@dataclass(frozen=True, slots=True)
class Draft:
    """A picture in three parts, from the top down; the foot stands at the bottom of what room there is."""

    head: Canvas
    body: Canvas
    foot: Canvas

    @property
    def height(self) -> float:
        """What the parts need together."""
        return self.head.top + self.body.top + self.foot.top


def to_svg(chart: Chart, preset: Preset, sentence: str = "") -> bytes:
    """
    The picture of one chart as an SVG file of its own: UTF-8, light ground, sizes in points, the font's glyphs in it.

    Args:
        sentence:
            The filters in words; the foot says them.
    """
    draft = fit(chart, preset, sentence)
    letters = "".join(sorted(set[str]().union(*(part.letters for part in (draft.head, draft.body, draft.foot)))))
    face = f"<style>@font-face{{font-family:'{FAMILY}';src:url({embed(letters)})}}</style>"
    return write_svg(draft, chart, preset, face)


def to_plain_svg(chart: Chart, preset: Preset, sentence: str = "") -> bytes:
    """The same picture for programs that have the app's font: most of the time of the other goes into its glyphs."""
    return write_svg(fit(chart, preset, sentence), chart, preset)


def write_svg(draft: Draft, chart: Chart, preset: Preset, face: str = "") -> bytes:
    """The parts of a picture in one file, with a font face of its own where one is given."""
    height = max(preset.height, draft.height)
    size = f"{preset.width:.1f} {height:.1f}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{preset.width:.1f}pt" height="{height:.1f}pt"'
            f' viewBox="0 0 {size}" role="img" font-family={quoteattr(", ".join(FAMILIES))}>',
            f"<title>{escape(clean(chart.title))}</title>",
            f"<desc>{escape(clean(chart.alt))}</desc>",
            face,
            "<defs>" + "".join(hatching(colour, LIGHT.ground) for colour in sorted(colours_of(chart))) + "</defs>",
            f'<rect width="100%" height="100%" fill="{LIGHT.ground}"/>',
            *placed(draft.head, 0),
            *placed(draft.body, draft.head.top),
            *placed(draft.foot, height - draft.foot.top),
            "</svg>",
        ]
    ).encode("utf-8", "replace")


def colours_of(chart: Chart) -> set[str]:
    """The colours of the marks."""
    return {bar.colour for bar in chart.bars}


def placed(part: Canvas, top: float) -> Iterator[str]:
    """A part's elements, so far from the top."""
    yield f'<g transform="translate(0 {top:.1f})">'
    yield from part.elements
    yield "</g>"


def is_too_high(chart: Chart, preset: Preset, sentence: str = "") -> bool:
    """Whether a picture is higher than its preset: with the smallest letters, its rows and notes have no room there."""
    return 0 < preset.height < make_draft(chart, preset.width, preset.least, 1, sentence).height


def fit(chart: Chart, preset: Preset, sentence: str) -> Draft:
    """The picture with the largest letters that leave room for all; bars take up what is left."""
    letter = preset.largest
    draft = make_draft(chart, preset.width, letter, 1, sentence)
    while preset.height and draft.height > preset.height and letter > preset.least:
        letter -= STEP
        draft = make_draft(chart, preset.width, letter, 1, sentence)
    rows = ROWS if chart.form == "line" else max(1, len(chart.bars))
    spare = (preset.height - draft.height) / (rows * (BAR + SPACE) * letter)
    return make_draft(chart, preset.width, letter, min(MOST_GROWTH, 1 + spare), sentence) if spare > 0 else draft


def make_draft(chart: Chart, width: float, letter: float, growth: float, sentence: str) -> Draft:
    """The three parts with letters of a size, and bars of so many times their usual height."""
    head, body, foot = (Canvas(width, MARGIN * letter) for _ in range(3))
    usual = Sizes(letter, LINE * letter, BAR * letter * growth, SPACE * letter * growth, head.inner)
    draw_head(head, chart, letter)
    if chart.bars:
        draw = draw_lines if chart.form == "line" else draw_rows
        draw(body, chart, fit_sizes(chart, usual))
    draw_foot(foot, chart, letter, sentence)
    return Draft(head, body, foot)


def draw_head(canvas: Canvas, chart: Chart, letter: float) -> None:
    """Title with its badge, subtitle."""
    note = NOTE * letter
    canvas.top = canvas.margin * 0.8
    canvas.paragraph(chart.title, TITLE * letter, LIGHT.text, is_bold=True)
    canvas.top += letter * 0.2
    if chart.badge:
        right = canvas.margin + measure(chart.badge, note) + note
        canvas.rect(canvas.margin, right, canvas.top, note * 1.7, BADGE_FILL, BADGE_FILL)
        canvas.text(canvas.margin + note / 2, canvas.top + note * 1.2, chart.badge, note, BADGE_TEXT)
        canvas.top += note * 2.2
    canvas.paragraph(chart.subtitle, SUBTITLE * letter, LIGHT.muted)
    canvas.top += letter * 0.7


def draw_rows(canvas: Canvas, chart: Chart, sizes: Sizes) -> None:
    """Every row of the chart, on the axis that they share."""
    axis, rows, note = chart.axis(), lay_out(chart, sizes), NOTE * sizes.letter
    marks = [row for row in rows if row.bar]

    def across(value: float) -> float:
        return canvas.margin + axis.place(value) * canvas.inner

    for value, words in fit_ticks(chart, sizes):
        canvas.line([(across(value), 0), (across(value), rows[-1].bottom)], LIGHT.line, THIN_LINE, (1, 3))
        canvas.text(across(value), rows[-1].bottom + note * 1.3, words, note, LIGHT.muted, anchor="middle")
    if chart.reference:
        at = across(chart.reference.value)
        canvas.line([(at, marks[0].top), (at, marks[-1].bottom)], LIGHT.muted, THIN_LINE, (4, 3))
    for row in rows:
        if row.bar:
            draw_label(canvas, row, row.bar, sizes)
            draw_mark(canvas, row, row.bar, axis, sizes, across)
        else:
            draw_text_row(canvas, row, across, sizes)
    canvas.top = rows[-1].bottom + (note * 2 if chart.form == "dot" else 0) + sizes.letter / 2


def draw_text_row(canvas: Canvas, row: Row, across: Callable[[float], float], sizes: Sizes) -> None:
    """A heading, the reference line's label, or a region that did not report."""
    size, base = sizes.letter, row.lines[0] + sizes.letter * BASELINE
    if row.value:
        anchor = "end" if row.value.is_left else "start"
        canvas.text(across(row.value.x), base, row.name, size, LIGHT.muted, anchor=anchor)
        return
    canvas.text(canvas.margin, base, row.name, size, LIGHT.muted, is_bold=row.kind == "heading")
    if row.details:
        left = canvas.margin + measure(row.name, size) + GAP * size
        canvas.text(left, base, row.details[0], size, LIGHT.muted)


def draw_label(canvas: Canvas, row: Row, bar: Bar, sizes: Sizes) -> None:
    """Region, then what is counted and when; the value too where it is not beside the tip."""
    size, left = sizes.letter, canvas.margin
    bases = [line + size * BASELINE for line in row.lines]
    canvas.text(left, bases[0], row.name, size, LIGHT.muted if bar.is_muted else LIGHT.text, is_bold=not bar.is_muted)
    beside, *below = row.details
    canvas.text(left + measure(row.name, size) * BOLD + GAP * size, bases[0], beside, size, LIGHT.muted)
    for base, detail in zip(bases[1:], below, strict=False):
        canvas.text(left, base, detail, size, LIGHT.muted)
    if row.value and row.value.line == "name":
        canvas.text(canvas.width - left, bases[0], bar.text, size, LIGHT.text, anchor="end")
    elif row.value and row.value.line == "own":
        canvas.text(left, bases[-1], bar.text, size, LIGHT.text)


def draw_mark(canvas: Canvas, row: Row, bar: Bar, axis: Axis, sizes: Sizes, across: Callable[[float], float]) -> None:
    """The pieces and dots of a mark, the line that bars start from, and the value behind the tip."""
    letter = sizes.letter
    if not axis.is_log:
        reach = sizes.bar * 0.65
        canvas.line([(across(0), row.middle - reach), (across(0), row.middle + reach)], LIGHT.line, THIN_LINE)
    for piece in row.pieces:
        height = THIN * letter if piece.style in ("line", "arrow") else sizes.bar
        if piece.style == "hollow":
            top, foot = row.middle - height / 2, row.middle + height / 2
            left, right = across(piece.start), across(piece.stop)
            canvas.line([(right, top), (left, top), (left, foot), (right, foot)], bar.colour, OUTLINE * letter)
            continue
        fill = f"url(#{hatching_id(bar.colour)})" if piece.style == "hatched" else bar.colour
        canvas.rect(across(piece.start), across(piece.stop), row.middle - height / 2, height, fill, bar.colour)
    for dot in row.dots:
        fill = LIGHT.ground if dot.shape in HOLLOW else bar.colour
        canvas.dot(dot.shape, across(dot.at), row.middle, DOT * letter, fill, bar.colour)
    if row.value and row.value.line == "mark":
        is_left = row.value.is_left
        gap = (DOT + 0.4 if row.dots else 0.6) * letter * (-1 if is_left else 1)
        base = row.middle + letter * BASELINE
        anchor = "end" if is_left else "start"
        canvas.text(across(row.value.x) + gap, base, bar.text, letter, LIGHT.text, anchor=anchor)


def draw_foot(canvas: Canvas, chart: Chart, letter: float, sentence: str) -> None:
    """Who did not report, the notes, the filters, the source."""
    if chart.missing:
        canvas.paragraph(chart.missing, SUBTITLE * letter, LIGHT.text)
        canvas.top += letter * 0.25
    for note in filter(None, (*chart.notes, sentence, chart.source)):
        canvas.paragraph(note, NOTE * letter, LIGHT.muted)
    canvas.top += canvas.margin * 0.8
