"""
A chart → SVG, without any browser: the same bars, hatching and words as on the page, with title, notes and source.

The font's few glyphs travel in the file, so that Chinese is right on a machine without any Chinese font.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from dashboard.axis import Axis
from dashboard.captions import Bar, Chart
from dashboard.charts import LIGHT
from dashboard.export.font import FAMILIES, FAMILY, embed
from dashboard.layout import (
    BOLD,
    GAP,
    Row,
    Sizes,
    fit_sizes,
    fit_ticks,
    lay_out,
)
from dashboard.typesetting import measure, wrap

WIDTH: Final = 960
PAD: Final = 36
INNER: Final = WIDTH - 2 * PAD
DOT: Final = 7
THIN: Final = 4
LEADING: Final = 1.45
TITLE, SUBTITLE, NOTE = 26, 15, 13
SIZES: Final = Sizes(letter=16, line=24, bar=20, space=12, width=INNER)
# From a line's middle down to the foot of its letters, in em.
BASELINE: Final = 0.36
BADGE_FILL: Final = "#fbe9d0"
BADGE_TEXT: Final = "#8a4b00"
# What XML 1.0 does not allow in a text, escaped or not.
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Canvas:
    """A picture while it grows downwards: its elements, the height used so far, and every letter it draws."""

    elements: list[str] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    top: float = PAD

    def text(
        self, x: float, y: float, words: str, size: float, fill: str, weight: str = "", anchor: str = "start"
    ) -> None:
        """One line of text, its baseline at y, its ``anchor`` (start, middle or end) at x."""
        words = FORBIDDEN.sub("", words)
        self.letters |= set(words)
        bold = f' font-weight="{weight}"' if weight else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.elements.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{bold}{side}>{escape(words)}</text>'
        )

    def paragraph(self, words: str, size: float, fill: str, weight: str = "") -> None:
        """A text in as many lines as it needs."""
        for line in wrap(FORBIDDEN.sub("", words), size, INNER):
            self.text(PAD, self.top + size, line, size, fill, weight)
            self.top += size * LEADING

    def rect(self, left: float, right: float, top: float, height: float, fill: str, stroke: str) -> None:
        """A bar's piece between two x, whichever comes first."""
        x, width = min(left, right), abs(right - left)
        self.elements.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:g}" fill={quoteattr(fill)}'
            f' stroke="{stroke}" stroke-width="1"/>'
        )


def to_svg(chart: Chart) -> bytes:
    """The picture of one chart as an SVG file of its own, UTF-8, light ground, 960 units wide."""
    canvas = Canvas()
    draw_head(canvas, chart)
    draw_rows(canvas, chart)
    draw_foot(canvas, chart)
    height = canvas.top + PAD
    colours = sorted({bar.colour for bar in chart.bars})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}"'
        f' viewBox="0 0 {WIDTH} {height:.0f}" role="img" font-family={quoteattr(", ".join(FAMILIES))}>',
        f"<title>{escape(FORBIDDEN.sub('', chart.title))}</title>",
        f"<desc>{escape(FORBIDDEN.sub('', chart.alt))}</desc>",
        f"<style>@font-face{{font-family:'{FAMILY}';src:url({embed(''.join(sorted(canvas.letters)))})}}</style>",
        "<defs>" + "".join(hatching(colour) for colour in colours) + "</defs>",
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="{LIGHT.ground}"/>',
        *canvas.elements,
        "</svg>",
    ]
    return "\n".join(parts).encode("utf-8")


def draw_head(canvas: Canvas, chart: Chart) -> None:
    """Title with its badge, subtitle."""
    canvas.paragraph(chart.title, TITLE, LIGHT.text, "bold")
    canvas.top += 4
    if chart.badge:
        width = measure(chart.badge, NOTE) + 16
        canvas.elements.append(
            f'<rect x="{PAD}" y="{canvas.top:.1f}" width="{width:.1f}" height="24" rx="4" fill="{BADGE_FILL}"/>'
        )
        canvas.text(PAD + 8, canvas.top + 17, chart.badge, NOTE, BADGE_TEXT)
        canvas.top += 32
    canvas.paragraph(chart.subtitle, SUBTITLE, LIGHT.muted)
    canvas.top += 12


def draw_rows(canvas: Canvas, chart: Chart) -> None:
    """Every row of the chart, on the axis that they share."""
    sizes, axis = fit_sizes(chart, SIZES), chart.axis()
    rows = lay_out(chart, sizes)
    marks = [row for row in rows if row.bar]
    top = canvas.top

    def across(value: float) -> float:
        return PAD + axis.place(value) * INNER

    for value, words in fit_ticks(chart, sizes):
        draw_upright(canvas, across(value), top, top + rows[-1].bottom, "1 4", LIGHT.line)
        canvas.text(across(value), top + rows[-1].bottom + NOTE * 1.4, words, NOTE, LIGHT.muted, anchor="middle")
    if chart.reference:
        ends = top + marks[0].top, top + marks[-1].bottom
        draw_upright(canvas, across(chart.reference.value), *ends, "5 4", LIGHT.muted)
    for row in rows:
        if row.bar:
            draw_label(canvas, row, row.bar, top, sizes)
            draw_mark(canvas, row, row.bar, axis, top, sizes)
        else:
            draw_text_row(canvas, row, across, sizes)
    canvas.top = top + rows[-1].bottom + (NOTE * 2 if chart.form == "dot" else 0) + 8


def draw_upright(canvas: Canvas, x: float, top: float, bottom: float, dashes: str, stroke: str) -> None:
    """A dashed line down the chart."""
    canvas.elements.append(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}" stroke="{stroke}"'
        f' stroke-dasharray="{dashes}"/>'
    )


def draw_text_row(canvas: Canvas, row: Row, across: Callable[[float], float], sizes: Sizes) -> None:
    """A heading, the reference line's label, or a region that did not report."""
    base = canvas.top + row.lines[0] + sizes.letter * BASELINE
    if row.value:
        anchor = "end" if row.value.is_left else "start"
        canvas.text(across(row.value.x), base, row.name, sizes.letter, LIGHT.muted, anchor=anchor)
        return
    canvas.text(PAD, base, row.name, sizes.letter, LIGHT.muted, "bold" if row.kind == "heading" else "")
    if row.details:
        left = PAD + measure(row.name, sizes.letter) + GAP * sizes.letter
        canvas.text(left, base, row.details[0], sizes.letter, LIGHT.muted)


def draw_label(canvas: Canvas, row: Row, bar: Bar, top: float, sizes: Sizes) -> None:
    """Region, then what is counted and when; the value too where it is not beside the tip."""
    size = sizes.letter
    bases = [top + line + size * BASELINE for line in row.lines]
    fill, weight = (LIGHT.muted, "") if bar.is_muted else (LIGHT.text, "bold")
    canvas.text(PAD, bases[0], row.name, size, fill, weight)
    beside, *below = row.details
    canvas.text(PAD + measure(row.name, size) * BOLD + GAP * size, bases[0], beside, size, LIGHT.muted)
    for base, detail in zip(bases[1:], below, strict=False):
        canvas.text(PAD, base, detail, size, LIGHT.muted)
    if row.value and row.value.line == "name":
        canvas.text(WIDTH - PAD, bases[0], bar.text, size, LIGHT.text, anchor="end")
    elif row.value and row.value.line == "own":
        canvas.text(PAD, bases[-1], bar.text, size, LIGHT.text)


def draw_mark(canvas: Canvas, row: Row, bar: Bar, axis: Axis, top: float, sizes: Sizes) -> None:
    """The pieces and dots of a mark, the line that bars start from, and the value behind the tip."""
    middle = top + row.middle

    def across(value: float) -> float:
        return PAD + axis.place(value) * INNER

    if not axis.is_log:
        canvas.elements.append(
            f'<line x1="{across(0):.1f}" x2="{across(0):.1f}" y1="{middle - sizes.bar * 0.65:.1f}"'
            f' y2="{middle + sizes.bar * 0.65:.1f}" stroke="{LIGHT.line}"/>'
        )
    for piece in row.pieces:
        height = sizes.bar if piece.style in ("full", "hatched") else THIN
        fill = f"url(#{hatching_id(bar.colour)})" if piece.style == "hatched" else bar.colour
        canvas.rect(across(piece.start), across(piece.stop), middle - height / 2, height, fill, bar.colour)
    for dot in row.dots:
        canvas.elements.append(draw_dot(dot.shape, across(dot.at), middle, bar.colour))
    if row.value and row.value.line == "mark":
        is_left = row.value.is_left
        gap = (DOT + 6 if row.dots else 10) * (-1 if is_left else 1)
        x, base = across(row.value.x) + gap, middle + sizes.letter * BASELINE
        canvas.text(x, base, bar.text, sizes.letter, LIGHT.text, anchor="end" if is_left else "start")


def draw_dot(shape: str, x: float, y: float, colour: str) -> str:
    """A full or hollow dot, or an arrow's head."""
    if shape in ("left", "right"):
        reach = DOT if shape == "right" else -DOT
        return (
            f'<path d="M{x - reach / 2:.1f} {y - DOT:.1f}L{x + reach:.1f} {y:.1f}L{x - reach / 2:.1f} {y + DOT:.1f}Z"'
            f' fill="{colour}"/>'
        )
    fill = LIGHT.ground if shape == "hollow" else colour
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{fill}" stroke="{colour}" stroke-width="3"/>'


def draw_foot(canvas: Canvas, chart: Chart) -> None:
    """Who did not report, the notes, the source."""
    if chart.missing:
        canvas.paragraph(chart.missing, SUBTITLE, LIGHT.text)
        canvas.top += 4
    for note in chart.notes:
        canvas.paragraph(note, NOTE, LIGHT.muted)
    canvas.top += 8
    canvas.paragraph(chart.source, NOTE, LIGHT.muted)


def hatching_id(colour: str) -> str:
    """The name of a colour's pattern in the file."""
    return "hatch-" + colour.removeprefix("#")


def hatching(colour: str) -> str:
    """Slanted lines of a colour on the ground."""
    return (
        f'<pattern id="{hatching_id(colour)}" width="6" height="6" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="6" height="6" fill="{LIGHT.ground}"/>'
        f'<rect width="2.6" height="6" fill="{colour}"/></pattern>'
    )
