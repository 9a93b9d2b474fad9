"""
The comparisons of the first page as small multiples: which panels, and what of each is drawn in how little room.

Places are in percent of a row's width.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.axis import Axis
from dashboard.captions import Bar, Chart
from dashboard.layout import dots_of, pieces_of
from dashboard.outlines import Ranked, rank_panels

MOST_PANELS: Final = 6
# A figure shows about so many marks, and of each group of levels at least a few.
MOST_MARKS, FEWEST_IN_GROUP = 8, 2
# Room beyond the outermost values, as a share of what they span, for the open end of a bar.
MARGIN: Final = 0.05


@dataclass(frozen=True, slots=True)
class Stroke:
    """
    A stretch of a bar; its ``style`` is full, hatched, line, arrow, or hollow: an outline that is open on the right, of
    ``hollow-left`` on the left.
    """

    left: float
    width: float
    style: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot of a pair, full, hollow or a hollow square."""

    left: float
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """One mark of a figure: what is written, and what is drawn of it; ``zero`` is where bars start."""

    id: str
    region: str
    subject: str
    value: str
    period: str
    group: str
    colour: str
    is_muted: bool
    zero: float
    strokes: tuple[Stroke, ...]
    spots: tuple[Spot, ...]


def pick_headlines(panels: Iterable[Ranked]) -> list[Ranked]:
    """The results of ranked grades that at least two regions reported, those with most regions first."""
    fair = [panel for panel in panels if panel.is_result and panel.is_ranked and panel.breadth > 1]
    return rank_panels(fair)[:MOST_PANELS]


def draw_lines(chart: Chart) -> list[Line]:
    """The first marks of a chart, of each group of levels the first ones, on one axis for all of its marks."""
    axis = tighten(chart.values())
    return [draw_line(bar, axis) for bar in first_bars(chart.bars)]


def first_bars(bars: Sequence[Bar]) -> list[Bar]:
    """The marks for which there is room."""
    groups = {bar.group for bar in bars if not bar.is_reference}
    room = max(FEWEST_IN_GROUP, MOST_MARKS // max(1, len(groups)))
    taken: Counter[str] = Counter()
    kept = []
    for bar in bars:
        taken[bar.group] += 1
        if taken[bar.group] <= (FEWEST_IN_GROUP if bar.is_reference else room):
            kept.append(bar)
    return kept


def tighten(values: Sequence[float]) -> Axis:
    """The axis that holds zero and the values, without room for texts: they stand beside it."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low) * MARGIN
    return Axis(low - room if low < 0 else 0.0, high + room if high > 0 else 0.0) if low < high else Axis(0.0, 1.0)


def draw_line(bar: Bar, axis: Axis) -> Line:
    """One mark on an axis."""

    def percent(value: float) -> float:
        return round(100 * axis.place(value), 2)

    strokes, pieces = [], tuple(pieces_of(bar, axis))
    for piece in pieces:
        left, right = sorted((percent(piece.start), percent(piece.stop)))
        is_left_open = piece.style == "hollow" and piece.stop < piece.start
        strokes.append(Stroke(left, round(right - left, 2), "hollow-left" if is_left_open else piece.style))
    return Line(
        id=bar.id,
        region=bar.region,
        subject=bar.subject,
        value=bar.text,
        period=bar.period,
        group=bar.group,
        colour=bar.colour,
        is_muted=bar.is_muted,
        zero=percent(0.0),
        strokes=tuple(strokes),
        spots=tuple(Spot(percent(dot.at), dot.shape) for dot in dots_of(bar, pieces)),
    )
