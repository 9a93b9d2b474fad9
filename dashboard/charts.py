"""
A chart → the plotly figure of the page, as a plain dict: building ``go.Figure`` costs several times more.

The colours are all set here; plotly's own templates and Streamlit's placeholders stay out. All text is one trace:
an annotation for each label costs the browser several times more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from dashboard.axis import Axis, scaled
from dashboard.captions import Bar, Chart, Point
from dashboard.curves import draw_lines
from dashboard.figure import (
    DARK,
    EDGE,
    FONTS,
    HOVER,
    LIGHT,
    MARGIN,
    NOWHERE,
    SIZES,
    SPACE,
    TICK_ROOM,
    TICK_SIZE,
    Look,
    escape,
    frame,
    line_shape,
    muted,
    say_lines,
)
from dashboard.layout import Row, Sizes, fit_sizes, fit_ticks, lay_out
from dashboard.lines import HOLLOW

__all__ = ["DARK", "FONTS", "LIGHT", "Look", "draw_figure"]

THIN: Final = 3
ARROWS: Final = frozenset({"right", "left"})
SYMBOLS: Final = {
    "full": "circle",
    "hollow": "circle",
    "square": "square",
    "right": "triangle-right",
    "left": "triangle-left",
}
# The outline of a hollow bar; what fills it can be pointed at, but not seen.
OUTLINE: Final = 2
CLEAR: Final = "rgba(0,0,0,0)"
# Sizes of dots and arrow heads, as shares of a bar's height.
DOT, ARROW_HEAD = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place, in plotly's markup; they run to the right of it, or to its left."""

    x: float
    y: float
    words: str
    is_left: bool = False


def draw_figure(chart: Chart, look: Look) -> dict[str, Any]:
    """The plotly figure of a chart, without title and notes, which the page writes itself."""
    draw = draw_lines if chart.form == "line" else draw_rows
    return draw(chart, look)


def draw_rows(chart: Chart, look: Look) -> dict[str, Any]:
    """
    The figure of bars or dots, a row each.

    Every point's ``customdata`` is (row id, hover text); a pixel of height is 1 on the y axis, which points down.
    """
    sizes, axis = fit_sizes(chart, SIZES), chart.axis()
    rows = lay_out(chart, sizes)
    marks = [row for row in rows if row.bar]
    height = rows[-1].bottom
    traces = [
        piece_trace(marks, sizes, look),
        dot_trace(marks, sizes, look),
        text_trace(rows, axis, look),
    ]
    return {
        "data": [trace for trace in traces if trace["y"]],
        "layout": frame(chart.title, sizes.letter, look)
        | {
            "barmode": "overlay",
            "height": round(height + (TICK_ROOM if chart.form == "dot" else 0) + 4),
            "margin": {"l": MARGIN, "r": MARGIN, "t": 2, "b": 2 + (TICK_ROOM if chart.form == "dot" else 0)},
            "xaxis": x_axis(chart, sizes, look),
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
            "shapes": [
                *zero_lines(marks, axis, sizes, look),
                *outline_lines(marks, sizes),
                *reference_lines(chart, marks, look),
            ],
        },
    }


def x_axis(chart: Chart, sizes: Sizes, look: Look) -> dict[str, Any]:
    """The axis of values: without ticks for bars, which have their values written on them."""
    axis, ticks = chart.axis(), fit_ticks(chart, sizes)
    ends = [axis.low, axis.high]
    return {
        "type": "log" if axis.is_log else "linear",
        "range": [scaled(end, axis.is_log) for end in ends],
        "visible": bool(ticks),
        "fixedrange": True,
        "tickvals": [value for value, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "tickfont": {"color": look.muted, "size": TICK_SIZE},
        "gridcolor": look.line,
        "griddash": "dot",
        "zeroline": False,
    }


def piece_trace(marks: list[Row], sizes: Sizes, look: Look) -> dict[str, Any]:
    """The pieces of all marks as one trace; lines are thin bars."""
    pieces = [(row, row.bar, piece) for row in marks if row.bar for piece in row.pieces]
    colours = [CLEAR if piece.style == "hollow" else bar.colour for _, bar, piece in pieces]
    shapes = ["/" if piece.style == "hatched" else "" for *_, piece in pieces]
    pattern = {"shape": shapes, "size": 5, "solidity": 0.45, "bgcolor": look.ground}
    return {
        "type": "bar",
        "orientation": "h",
        "base": [piece.start for *_, piece in pieces],
        "x": [piece.stop - piece.start for *_, piece in pieces],
        "y": [row.middle for row, *_ in pieces],
        "width": [THIN if piece.style in ("line", "arrow") else sizes.bar for *_, piece in pieces],
        "marker": {
            "color": colours,
            "line": {"width": 1, "color": colours},
            **({"pattern": pattern} if any(shapes) else {}),
        },
        "customdata": [[piece.point.id, hover_of(bar, piece.point)] for _, bar, piece in pieces],
        "hovertemplate": HOVER,
    }


def dot_trace(marks: list[Row], sizes: Sizes, look: Look) -> dict[str, Any]:
    """The dots and arrow heads of all marks as one trace."""
    dots = [(row, row.bar, dot) for row in marks if row.bar for dot in row.dots]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [dot.at for *_, dot in dots],
        "y": [row.middle for row, *_ in dots],
        "cliponaxis": False,
        "marker": {
            "size": [sizes.bar * (ARROW_HEAD if dot.shape in ARROWS else DOT) for *_, dot in dots],
            "opacity": 1,
            "symbol": [SYMBOLS[dot.shape] for *_, dot in dots],
            "color": [look.ground if dot.shape in HOLLOW else bar.colour for _, bar, dot in dots],
            "line": {"color": [bar.colour for _, bar, _ in dots], "width": 2},
        },
        "customdata": [[dot.point.id, hover_of(bar, dot.point)] for _, bar, dot in dots],
        "hovertemplate": HOVER,
    }


def text_trace(rows: list[Row], axis: Axis, look: Look) -> dict[str, Any]:
    """
    All that is written, none of it cut at the axis's ends; labels and values lead to their rows as the marks do.

    Headings, the label of a reference line and the regions that did not report lead nowhere.
    """
    labels: list[tuple[Text, Bar | None]] = []
    for row in rows:
        texts = texts_of(row, row.bar, axis, look) if row.bar else plain_texts(row, axis, look)
        labels += [(text, row.bar) for text in texts]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [text.x for text, _ in labels],
        "y": [text.y for text, _ in labels],
        "text": [text.words for text, _ in labels],
        "textposition": ["middle left" if text.is_left else "middle right" for text, _ in labels],
        "textfont": {"color": look.text},
        "cliponaxis": False,
        "customdata": [[bar.id, hover_of(bar, bar.points[0])] if bar else NOWHERE for _, bar in labels],
        "hovertemplate": [HOVER if bar else "" for _, bar in labels],
        "hoverinfo": ["all" if bar else "skip" for _, bar in labels],
    }


def texts_of(row: Row, bar: Bar, axis: Axis, look: Look) -> Iterator[Text]:
    """The label over a mark, and its value behind the tip or where else there is room."""
    left, right = axis.at(EDGE), axis.at(1 - EDGE)
    name = muted(row.name, look) if bar.is_muted else f"<b>{escape(row.name)}</b>"
    beside, *below = row.details
    yield Text(left, row.lines[0], f"{name}{SPACE}{muted(beside, look)}" if beside else name)
    for line, detail in zip(row.lines[1:], below, strict=False):
        yield Text(left, line, muted(detail, look))
    value, words = row.value, escape(bar.text)
    if value and value.line == "mark":
        # The blanks go past half a dot, or the edge of a bar.
        space = SPACE * (2 if row.dots else 1)
        yield Text(max(value.x, left), row.middle, words + space if value.is_left else space + words, value.is_left)
    elif value and value.line == "name":
        yield Text(right, row.lines[0], words, is_left=True)
    else:
        yield Text(left, row.lines[-1], words)


def plain_texts(row: Row, axis: Axis, look: Look) -> Iterator[Text]:
    """The text of a row without a mark."""
    left = axis.at(EDGE)
    if row.value:
        yield Text(max(row.value.x, left), row.lines[0], muted(row.name, look), row.value.is_left)
    elif row.kind == "absent":
        detail = muted(SPACE.join(row.details), look)
        yield Text(left, row.lines[0], f"{muted(row.name, look)}{SPACE}<i>{detail}</i>")
    else:
        yield Text(left, row.lines[0], f"<b>{muted(row.name, look)}</b>")


def hover_of(bar: Bar, point: Point) -> str:
    """The text at the pointer: who, what, how much, when, and the words of the report."""
    who = f"{bar.region} · {bar.subject}" if bar.subject else bar.region
    return say_lines(who, point.text, point.period, f"“{point.raw}”")


def zero_lines(marks: list[Row], axis: Axis, sizes: Sizes, look: Look) -> list[dict[str, Any]]:
    """The pieces beside each bar of the line from which bars start; a logarithmic axis has none."""
    if axis.is_log:
        return []
    reach = sizes.bar * 0.75
    return [line_shape((0, row.middle - reach), (0, row.middle + reach), look.line, "solid") for row in marks]


def outline_lines(marks: list[Row], sizes: Sizes) -> Iterator[dict[str, Any]]:
    """Three sides of each hollow bar: where it ends it is open."""
    pieces = [(row.middle, row.bar, piece) for row in marks if row.bar for piece in row.pieces]
    for middle, bar, piece in pieces:
        if piece.style != "hollow":
            continue
        top, foot = middle - sizes.bar / 2, middle + sizes.bar / 2
        corners = [(piece.stop, top), (piece.start, top), (piece.start, foot), (piece.stop, foot)]
        for start, stop in pairwise(corners):
            line = line_shape(start, stop, bar.colour, "solid")
            yield line | {"line": line["line"] | {"width": OUTLINE}}


def reference_lines(chart: Chart, rows: list[Row], look: Look) -> list[dict[str, Any]]:
    """The line of the reference through all marks, behind them."""
    if not chart.reference:
        return []
    value = chart.reference.value
    return [line_shape((value, rows[0].top), (value, rows[-1].bottom), look.muted, "dash")]
