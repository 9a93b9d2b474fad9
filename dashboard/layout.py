"""
The rows of a chart, for the page and for pictures: what is written on which line, and what is drawn of each mark.

Heights and widths are in the unit of the ``Sizes`` given: pixels of the page, or user units of a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
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
    ``middle`` is the height at which the mark's ``pieces`` and ``dots`` are drawn, ``lines`` those of the text lines.
    ``value`` is None for a row without a mark.
    """

    kind: str
    top: float
    name: str = ""
    details: tuple[str, ...] = ()
    bar: Bar | None = None
    pieces: tuple[Piece, ...] = ()
    dots: tuple[Dot, ...] = ()
    value: Value | None = None
    lines: tuple[float, ...] = ()
    middle: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A stretch of the axis for one statistic; its ``style`` is full, hatched, line, arrow (a thin line), or hollow: an
    outline that is open at ``stop``.
    """

    start: float
    stop: float
    style: str
    point: Point


@dataclass(frozen=True, slots=True)
class Dot:
    """
    A place on the axis for one statistic; its ``shape`` is full, hollow, a hollow square, or an arrow's head, right or
    left.
    """

    at: float
    shape: str
    point: Point


@dataclass(frozen=True, slots=True)
class Value:
    """
    Where the value of a mark is written.

    ``line`` is "mark" for beside it, from ``x`` on the axis, to the left or to the right; "name" for the end of the
    name's line; "own" for a line of its own above the mark.
    """

    line: str
    x: float
    is_left: bool = False


def fit_sizes(chart: Chart, sizes: Sizes) -> Sizes:
    """The sizes for a chart: the usual ones, or closer rows where it has many marks or lines."""
    if len(chart.series or chart.bars) < MANY:
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
        row = text_row("reference", chart.reference.text, "", top, sizes)
        add(replace(row, value=place_reference(row.name, chart.reference.value, axis, sizes)))
    group = ""
    for bar in chart.bars:
        if bar.group != group:
            group = bar.group
            for line in wrap(group, sizes.letter * BOLD, sizes.width - GAP * sizes.letter):
                add(text_row("heading", line, "", top, sizes))
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
    pieces = tuple(pieces_of(bar, axis))
    dots = tuple(dots_of(bar, pieces))
    value = place_value(bar, pieces, dots, axis, sizes)
    if value is None:
        label = measure(name, sizes.letter) * BOLD + measure(details[0] + bar.text, sizes.letter)
        value = Value("name" if label + 3 * GAP * sizes.letter <= sizes.width else "own", axis.low)
    count = len(details) + (value.line == "own")
    foot = top + sizes.line * count
    return Row(
        kind="mark",
        top=top,
        name=name,
        details=details,
        bar=bar,
        pieces=pieces,
        dots=dots,
        value=value,
        lines=tuple(top + sizes.line * (number + 0.5) for number in range(count)),
        middle=foot + sizes.bar / 2,
        bottom=foot + sizes.bar + sizes.space,
    )


def break_label(bar: Bar, name: str, sizes: Sizes) -> tuple[str, ...]:
    """What is counted and when, in at most two lines: beside the region, and below it."""
    # A text of any length costs no more than a few lines.
    subject = bar.subject[: int(4 * sizes.width / sizes.letter)]
    detail = " · ".join(part for part in (subject, bar.period) if part)
    room = sizes.width - (measure(name, sizes.letter) * BOLD + GAP * sizes.letter)
    if measure(detail, sizes.letter) <= room:
        return (detail,)
    first = wrap(detail, sizes.letter, room)[0] if room > LEAST_DETAIL * sizes.letter else ""
    if measure(first, sizes.letter) > room:
        first = ""
    rest = detail[len(first) :].strip()
    # Of a text too long for two lines, what is counted is cut, not when.
    tail = f" · {bar.period}" if bar.period and rest.endswith(f" · {bar.period}") else ""
    kept = clip(rest.removesuffix(tail), sizes.letter, sizes.width - measure(tail, sizes.letter)) + tail
    return first, clip(kept, sizes.letter, sizes.width)


def place_value(bar: Bar, pieces: tuple[Piece, ...], dots: tuple[Dot, ...], axis: Axis, sizes: Sizes) -> Value | None:
    """The value behind the tip of a mark, or before its dots, if it is not cut there on any width; else None."""
    ends = [end for piece in pieces for end in (piece.start, piece.stop)] + [dot.at for dot in dots]
    low, high = min(ends, default=axis.low), max(ends, default=axis.low)
    room = (measure(bar.text, sizes.letter) + 2 * GAP * sizes.letter) / sizes.width
    left, right = Value("mark", low, is_left=True), Value("mark", high)
    fits_left, fits_right = room <= axis.place(low), room <= 1 - axis.place(high)
    if is_leftward(bar):
        return left if fits_left else right if dots and fits_right else None
    return right if fits_right else left if dots and fits_left else None


def place_reference(text: str, at: float, axis: Axis, sizes: Sizes) -> Value:
    """The label of a line beside it, on the right or the left, or from the axis's start where neither has room."""
    room, place = (measure(text, sizes.letter) + GAP * sizes.letter) / sizes.width, axis.place(at)
    if room <= 1 - place or room > place:
        return Value("mark", at if room <= 1 - place else axis.low)
    return Value("mark", at, is_left=True)


def fit_ticks(chart: Chart, sizes: Sizes) -> list[tuple[float, str]]:
    """The ticks of a chart's axis, every so many of them that their texts stay apart on any width."""
    axis, ticks = chart.axis(), chart.ticks()

    def is_apart(first: tuple[float, str], last: tuple[float, str]) -> bool:
        room = (measure(first[1], sizes.letter) + measure(last[1], sizes.letter)) / 2 + GAP * sizes.letter
        return (axis.place(last[0]) - axis.place(first[0])) * sizes.width >= room

    for step in range(1, len(ticks)):
        kept = ticks[::step]
        if all(is_apart(first, last) for first, last in pairwise(kept)):
            return kept
    return ticks[:1]


def is_leftward(bar: Bar) -> bool:
    """Whether a mark lies left of zero, and so has its value on its left."""
    return bar.form != "text" and max(bar.start, bar.stop) <= 0 > min(bar.start, bar.stop)


def pieces_of(bar: Bar, axis: Axis) -> Iterator[Piece]:
    """The stretches that a mark is drawn of, without its dots."""
    first, direction = bar.points[0], -1 if is_leftward(bar) else 1
    if bar.form in ("dumbbell", "span"):
        yield Piece(bar.start, bar.stop, "line", bar.points[-1])
    if bar.form in ("dot", "span") and bar.ending in ("open", "short"):
        reach = ARROW * direction * (1 if bar.ending == "open" else -1)
        yield Piece(bar.stop, shift(bar.stop, reach, axis), "arrow", first)
    elif bar.is_hollow and bar.form in ("bar", "interval"):
        yield Piece(bar.start, bar.stop, "hollow", first)
    elif bar.form in ("bar", "interval"):
        # The full part ends short of the value, at it, or nowhere; what follows is hatched.
        turn, end = bar.stop, bar.stop
        if bar.ending == "hatched":
            turn = bar.start
        elif bar.ending == "short":
            turn = shift(bar.stop, -STUB * direction, axis)
            turn = turn if (turn - bar.start) * direction > 0 else bar.start
        elif bar.ending == "open":
            end = shift(bar.stop, STUB * direction, axis)
        if turn != bar.start or end == turn:
            yield Piece(bar.start, turn, "full", first)
        if end != turn:
            yield Piece(turn, end, "hatched", first)


def dots_of(bar: Bar, pieces: tuple[Piece, ...]) -> Iterator[Dot]:
    """The dots of a mark, and the heads of its arrows."""
    shape = "square" if bar.is_hollow else "hollow" if bar.ending == "hatched" else "full"
    if bar.form in ("dumbbell", "span"):
        yield Dot(bar.start, "hollow" if bar.form == "dumbbell" else shape, bar.points[0])
    if bar.form in ("dot", "dumbbell", "span"):
        yield Dot(bar.stop, shape, bar.points[-1])
    for piece in pieces:
        if piece.style == "arrow":
            yield Dot(piece.stop, "right" if piece.stop > piece.start else "left", piece.point)


def shift(value: float, share: float, axis: Axis) -> float:
    """The value that lies so large a share of the axis further on, or the axis's end."""
    return axis.at(min(1.0, max(0.0, axis.place(value) + share)))
