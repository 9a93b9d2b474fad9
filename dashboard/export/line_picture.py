"""The lines of a chart on the canvas of a picture, as the page draws them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dashboard.captions import Chart
from dashboard.charts import LIGHT
from dashboard.export.canvas import Canvas
from dashboard.layout import Sizes
from dashboard.lines import HOLLOW
from dashboard.timeline import Curve, Plane, span

# Sizes in em of the letters: a spot, a line, the bar of a range; from a line's middle down to the foot of its letters.
SPOT, WIDTH, RANGE, BASELINE = 0.36, 0.2, 0.36, 0.36
# As plotly cuts a line into dashes, in widths of it.
DASHES: Final = {"solid": (), "dash": (3, 3), "dot": (1, 1), "dashdot": (3, 1, 1, 1)}


def draw_lines(canvas: Canvas, chart: Chart, sizes: Sizes) -> None:
    """The grid with its ticks, then each series with its label, those in front last."""
    plane = span(chart, sizes)
    left, right = canvas.margin + plane.gutter, canvas.width - canvas.margin - plane.column

    def across(place: float) -> float:
        return left + place * (right - left)

    draw_grid(canvas, plane, across)
    for curve in plane.curves:
        draw_curve(canvas, curve, across, plane.letter)
        draw_label(canvas, curve, right + plane.letter / 2, plane.letter)
    canvas.top = plane.height + plane.letter * 2.5


def draw_grid(canvas: Canvas, plane: Plane, across: Callable[[float], float]) -> None:
    """Ticks of values on the left, those of time below, their lines, and that of zero."""
    left, right, size = across(0), across(1), plane.letter
    for height, words in plane.levels:
        canvas.line([(left, height), (right, height)], LIGHT.line, 0.6, (1, 3))
        canvas.text(left - size / 2, height + size * BASELINE, words, size, LIGHT.muted, anchor="end")
    for place in plane.rules:
        canvas.line([(across(place), 0), (across(place), plane.height)], LIGHT.line, 0.6, (1, 3))
    for place, words in plane.days:
        canvas.text(across(place), plane.height + size * 1.5, words, size, LIGHT.muted, anchor="middle")
    if plane.zero is not None:
        canvas.line([(left, plane.zero), (right, plane.zero)], LIGHT.line, 0.6)


def draw_curve(canvas: Canvas, curve: Curve, across: Callable[[float], float], letter: float) -> None:
    """The way to the label, the stretches that are joined, ranges, spots."""
    line, width = curve.line, WIDTH * letter
    canvas.line([(across(curve.end.x), curve.end.y), (across(1), curve.label.middle)], line.colour, 0.6, (1, 2))
    for chain in curve.chains:
        if len(chain) > 1:
            dashes = tuple(part * width for part in DASHES[line.dash])
            canvas.line([(across(place.x), place.y) for place in chain], line.colour, width, dashes)
    for place in curve.places:
        if place.foot is not None:
            canvas.line([(across(place.x), place.foot), (across(place.x), place.y)], line.colour, RANGE * letter)
        fill = LIGHT.ground if place.spot.shape in HOLLOW else line.colour
        canvas.dot(place.spot.shape, across(place.x), place.y, SPOT * letter, fill, line.colour)


def draw_label(canvas: Canvas, curve: Curve, left: float, letter: float) -> None:
    """The name of a series and its last value."""
    is_bold = not curve.line.is_muted
    for words, middle in curve.label.name:
        colour = LIGHT.text if is_bold else LIGHT.muted
        canvas.text(left, middle + letter * BASELINE, words, letter, colour, is_bold=is_bold)
    for words, middle in curve.label.value:
        canvas.text(left, middle + letter * BASELINE, words, letter, LIGHT.text)
