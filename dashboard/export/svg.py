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

from dashboard.captions import STUB, Bar, Chart, segments
from dashboard.charts import LIGHT
from dashboard.export.font import FAMILIES, FAMILY, embed
from dashboard.typesetting import clip, measure, wrap

WIDTH: Final = 960
PAD: Final = 36
INNER: Final = WIDTH - 2 * PAD
ROW: Final = 56
BAR: Final = 20
DOT: Final = 8
LEADING: Final = 1.45
TITLE, SUBTITLE, LABEL, VALUE, NOTE = 26, 15, 16, 16, 13
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

    def text(self, x: float, y: float, words: str, size: float, fill: str, weight: str = "") -> None:
        """One line of text, its baseline at y."""
        words = FORBIDDEN.sub("", words)
        self.letters |= set(words)
        bold = f' font-weight="{weight}"' if weight else ""
        self.elements.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{bold}>{escape(words)}</text>'
        )

    def paragraph(self, words: str, size: float, fill: str, weight: str = "") -> None:
        """A text in as many lines as it needs."""
        for line in wrap(FORBIDDEN.sub("", words), size, INNER):
            self.text(PAD, self.top + size, line, size, fill, weight)
            self.top += size * LEADING

    def rect(self, left: float, right: float, top: float, fill: str, stroke: str) -> None:
        """A bar's piece between two x, whichever comes first."""
        x, width = min(left, right), abs(right - left)
        self.elements.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{BAR}" fill={quoteattr(fill)}'
            f' stroke="{stroke}" stroke-width="1"/>'
        )


def to_svg(chart: Chart) -> bytes:
    """The picture of one chart as an SVG file of its own, UTF-8, light ground, 960 units wide."""
    canvas = Canvas()
    draw_head(canvas, chart)
    draw_bars(canvas, chart)
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


def draw_bars(canvas: Canvas, chart: Chart) -> None:
    """A line of label and a bar for every mark, from the zero line."""
    low, high = chart.limits()

    def place(value: float) -> float:
        return PAD + (value - low) / (high - low) * INNER

    for bar in chart.bars:
        draw_label(canvas, bar)
        draw_mark(canvas, bar, chart.limits(), place)
        top = canvas.top + LABEL + 9
        canvas.elements.append(
            f'<line x1="{place(0):.1f}" x2="{place(0):.1f}" y1="{top - 3:.1f}" y2="{top + BAR + 3:.1f}"'
            f' stroke="{LIGHT.line}"/>'
        )
        canvas.top += ROW
    canvas.top += 8


def draw_label(canvas: Canvas, bar: Bar) -> None:
    """Region, then what is counted."""
    canvas.text(PAD, canvas.top + LABEL, bar.region, LABEL, LIGHT.text, "bold")
    # Programs embolden a regular face, which widens it a little.
    left = PAD + measure(bar.region, LABEL) * 1.06 + 12
    canvas.text(left, canvas.top + LABEL, clip(bar.subject, LABEL, WIDTH - PAD - left), LABEL, LIGHT.muted)


def draw_mark(canvas: Canvas, bar: Bar, limits: tuple[float, float], place: Callable[[float], float]) -> None:
    """The bar, interval or dumbbell, and the value behind its tip."""
    top = canvas.top + LABEL + 9
    middle = top + BAR / 2
    if bar.form == "dumbbell":
        draw_dumbbell(canvas, bar, middle, place)
    else:
        for start, stop, is_hatched in segments(bar, limits):
            fill = f"url(#{hatching_id(bar.colour)})" if is_hatched else bar.colour
            canvas.rect(place(start), place(stop), top, fill, bar.colour)
    stub = STUB * INNER if bar.ending == "open" else DOT if bar.form == "dumbbell" else 0
    gap = stub + 10
    if max(bar.start, bar.stop) <= 0 > min(bar.start, bar.stop):
        left = place(min(bar.start, bar.stop)) - gap - measure(bar.text, VALUE)
    else:
        left = place(max(bar.start, bar.stop)) + gap
    canvas.text(left, middle + VALUE * 0.36, bar.text, VALUE, LIGHT.text)


def draw_dumbbell(canvas: Canvas, bar: Bar, middle: float, place: Callable[[float], float]) -> None:
    """A from→to pair: a hollow dot, a line, a full dot."""
    start, stop = place(bar.start), place(bar.stop)
    canvas.elements += [
        f'<line x1="{start:.1f}" x2="{stop:.1f}" y1="{middle:.1f}" y2="{middle:.1f}" stroke="{bar.colour}"'
        ' stroke-width="4"/>',
        f'<circle cx="{start:.1f}" cy="{middle:.1f}" r="{DOT}" fill="{LIGHT.ground}" stroke="{bar.colour}"'
        ' stroke-width="3"/>',
        f'<circle cx="{stop:.1f}" cy="{middle:.1f}" r="{DOT}" fill="{bar.colour}"/>',
    ]


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
