"""
The rows of a chart, for the page and for pictures: what is written on which line, and what is drawn of each mark.

Heights and widths are in the unit of the ``Sizes`` given: pixels of the page, or user units of a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from dashboard.axis import Axis
from dashboard.captions import Bar, Chart, Point
from dashboard.typesetting import clip, measure, wrap

# The hatched end of a bar, or the arrow of a dot, as a share of the axis.
STUB: Final = 0.025
ARROW: Final = 0.055
# Programs embolden a regular face, which widens it.
BOLD: Final = 1.08
# Between region and subject, and between a bar's tip and its value; in em.
GAP: Final = 0.8
# Where less than this is left beside the region, in em, what is counted has a line of its own.
LEAST_DETAIL: Final = 5
# From so many marks on, rows are closer.
MANY: Final = 13


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large things are drawn: the letters, a line of text, the bar, the space after a row; the width in all."""

    letter: float
    line: float
    bar: float
    space: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """
    A group's heading, the reference line's label, a mark, or an absent region; ``kind`` says which.

    ``name`` is written bold, ``details`` muted: the first line beside the name unless it is "", the others below.
    ``middle`` is the height at which the mark is drawn, ``lines`` those of the text lines. ``value_at`` is behind the
    mark's "tip", "before" its dots, on the "name"'s line, or above the mark on a "line" of its own.
    """

    kind: str
    top: float
    name: str = ""
    details: tuple[str, ...] = ()
    bar: Bar | None = None
    value_at: str = "tip"
    lines: tuple[float, ...] = ()
    middle: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the axis for one statistic; its ``style`` is full, hatched, line or arrow (a thin line)."""

    start: float
    stop: float
    style: str
    point: Point


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the axis for one statistic; its ``shape`` is full, hollow, or an arrow's head, right or left."""

    at: float
    shape: str
    point: Point


def fit_sizes(chart: Chart, sizes: Sizes) -> Sizes:
    """The sizes for a chart: the usual ones, or closer rows where it has many marks."""
    if len(chart.bars) < MANY:
        return sizes
    return replace(
        sizes, letter=sizes.letter * 0.88, line=sizes.line * 0.82, bar=sizes.bar * 0.55, space=sizes.space * 0.55
    )


def lay_out(chart: Chart, sizes: Sizes) -> list[Row]:
    """The rows of a chart from top to bottom; the last one's ``bottom`` is the height of them all."""
    axis, top = chart.axis(), 0.0
    rows: list[Row] = []

    def add(row: Row) -> None:
        nonlocal top
        rows.append(row)
        top = row.bottom

    if chart.reference:
        add(text_row("reference", chart.reference.text, "", top, sizes))
    group = ""
    for bar in chart.bars:
        if bar.group != group:
            group = bar.group
            add(text_row("heading", group, "", top, sizes))
        add(mark_row(bar, axis, top, sizes))
    for region in chart.absent:
        add(text_row("absent", region, chart.absent_text, top, sizes))
    return rows


def text_row(kind: str, name: str, detail: str, top: float, sizes: Sizes) -> Row:
    """A row that is a line of text."""
    room = sizes.width - measure(detail, sizes.letter) - GAP * sizes.letter
    return Row(
        kind=kind,
        top=top,
        name=clip(name, sizes.letter * BOLD, room),
        details=(detail,) if detail else (),
        lines=(top + sizes.line / 2,),
        bottom=top + sizes.line * (1.15 if kind == "heading" else 1),
    )


def mark_row(bar: Bar, axis: Axis, top: float, sizes: Sizes) -> Row:
    """The row of a mark: its label in one or two lines, its value where there is room, the mark."""
    name = clip(bar.region, sizes.letter * BOLD, sizes.width)
    details = break_label(bar, name, sizes)
    value_at = place_value(bar, axis, name, details, sizes)
    count = len(details) + (value_at == "line")
    lines = tuple(top + sizes.line * (number + 0.5) for number in range(count))
    foot = top + sizes.line * count
    # A value that the axis has no place for is written where the mark would be.
    return Row("mark", top, name, details, bar, value_at, lines, foot + sizes.bar / 2, foot + sizes.bar + sizes.space)


def break_label(bar: Bar, name: str, sizes: Sizes) -> tuple[str, ...]:
    """What is counted and when, in at most two lines: beside the region, and below it."""
    detail = " · ".join(part for part in (bar.subject, bar.period) if part)
    room = sizes.width - (measure(name, sizes.letter) * BOLD + GAP * sizes.letter)
    if measure(detail, sizes.letter) <= room:
        return (detail,)
    # A text of any length costs no more than its first two lines.
    detail = detail[: int(4 * sizes.width / sizes.letter)]
    first = wrap(detail, sizes.letter, room)[0] if room > LEAST_DETAIL * sizes.letter else ""
    if measure(first, sizes.letter) > room:
        first = ""
    return first, clip(detail[len(first) :].strip(), sizes.letter, sizes.width)


def value_side(row: Row, bar: Bar, axis: Axis) -> tuple[float, bool]:
    """Where the value of a mark begins if it stands beside it, and whether it runs to the left from there."""
    if row.value_at == "before":
        return foot_of(bar, axis), not is_leftward(bar)
    return tip_of(bar, axis), is_leftward(bar)


def place_value(bar: Bar, axis: Axis, name: str, details: tuple[str, ...], sizes: Sizes) -> str:
    """Where the value is written so that nothing of it is cut, whatever the width: tip, before, name or line."""
    value, gap = measure(bar.text, sizes.letter), GAP * sizes.letter
    behind, before = 1 - axis.place(tip_of(bar, axis)), axis.place(foot_of(bar, axis))
    if is_leftward(bar):
        behind, before = 1 - behind, 1 - before
    if value + 2 * gap <= behind * sizes.width:
        return "tip"
    if has_dots(bar) and value + 2 * gap <= before * sizes.width:
        return "before"
    label = measure(name, sizes.letter) * BOLD + measure(details[0], sizes.letter) + 2 * gap
    return "name" if label + gap + value <= sizes.width else "line"


def is_leftward(bar: Bar) -> bool:
    """Whether a mark lies left of zero, and so has its value on its left."""
    return bar.form != "text" and max(bar.start, bar.stop) <= 0 > min(bar.start, bar.stop)


def has_dots(bar: Bar) -> bool:
    """Whether a mark ends in dots."""
    return bar.form in ("dot", "dumbbell", "span")


def tip_of(bar: Bar, axis: Axis) -> float:
    """The outer end of what is drawn of a mark."""
    return (min if is_leftward(bar) else max)(ends_of(bar, axis))


def foot_of(bar: Bar, axis: Axis) -> float:
    """The inner end of what is drawn of a mark."""
    return (max if is_leftward(bar) else min)(ends_of(bar, axis))


def ends_of(bar: Bar, axis: Axis) -> list[float]:
    """Every value to which something of a mark is drawn; the axis's start where nothing is."""
    ends = [value for piece in pieces_of(bar, axis) for value in (piece.start, piece.stop)]
    return [*ends, *(dot.at for dot in dots_of(bar, axis))] or [axis.low]


def pieces_of(bar: Bar, axis: Axis) -> Iterator[Piece]:
    """The stretches that a mark is drawn of, without its dots."""
    first, direction = bar.points[0], -1 if is_leftward(bar) else 1
    if bar.form in ("dumbbell", "span"):
        yield Piece(bar.start, bar.stop, "line", bar.points[-1])
    if bar.form in ("dot", "span") and bar.ending in ("open", "short"):
        reach = ARROW * direction * (1 if bar.ending == "open" else -1)
        yield Piece(bar.stop, shift(bar.stop, reach, axis), "arrow", first)
    elif bar.form in ("bar", "interval"):
        # The full part ends short of the value, at it, or nowhere; what follows is hatched.
        turn = {
            "hatched": bar.start,
            "short": shift(bar.stop, -STUB * direction, axis),
        }.get(bar.ending, bar.stop)
        turn = turn if (turn - bar.start) * direction > 0 else bar.start
        end = shift(bar.stop, STUB * direction, axis) if bar.ending == "open" else bar.stop
        if turn != bar.start or end == turn:
            yield Piece(bar.start, turn, "full", first)
        if end != turn:
            yield Piece(turn, end, "hatched", first)


def dots_of(bar: Bar, axis: Axis) -> Iterator[Dot]:
    """The dots and arrow heads of a mark."""
    shape = "hollow" if bar.ending == "hatched" else "full"
    if bar.form in ("dumbbell", "span"):
        yield Dot(bar.start, "hollow" if bar.form == "dumbbell" else shape, bar.points[0])
    if bar.form in ("dot", "dumbbell", "span"):
        yield Dot(bar.stop, shape, bar.points[-1])
    for piece in pieces_of(bar, axis):
        if piece.style == "arrow":
            yield Dot(piece.stop, "right" if piece.stop > piece.start else "left", piece.point)


def shift(value: float, share: float, axis: Axis) -> float:
    """The value that lies so large a share of the axis further on, or the axis's end."""
    return axis.at(min(1.0, max(0.0, axis.place(value) + share)))
