"""The lines of a chart → the plotly figure of the page: a trace a series, one of all spots, one of all words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dashboard.captions import Chart
from dashboard.figure import (
    EDGE,
    HOVER,
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
from dashboard.layout import fit_sizes
from dashboard.lines import HOLLOW, Line, Spot
from dashboard.timeline import Curve, Place, Plane, span

SYMBOLS: Final = {
    "full": "circle",
    "hollow": "circle",
    "square": "square",
    "up": "triangle-up",
    "down": "triangle-down",
}
DOT: Final = 9
WIDTH: Final = 2.5


def draw_lines(chart: Chart, look: Look) -> dict[str, Any]:
    """
    The figure of a line chart: across, 0 to 1 is the plane; a pixel of height is 1 on the y axis, which points down.

    The words left and right of the plane stand in margins of a fixed width, so that it takes what a page leaves.
    """
    plane = span(chart, fit_sizes(chart, SIZES))
    traces = [*(line_trace(curve) for curve in plane.curves), spot_trace(plane, look), text_trace(plane, look)]
    margin = {"l": round(plane.gutter) + MARGIN, "r": round(plane.column) + MARGIN, "t": MARGIN, "b": TICK_ROOM}
    return {
        "data": traces,
        "layout": frame(chart.title, plane.letter, look)
        | {
            "height": round(plane.height) + MARGIN + TICK_ROOM,
            "margin": margin,
            "xaxis": {
                "type": "linear",
                "range": [0, 1],
                "visible": True,
                "fixedrange": True,
                "showgrid": False,
                "tickvals": [place for place, _ in plane.days],
                "ticktext": [text for _, text in plane.days],
                "tickfont": {"color": look.muted, "size": TICK_SIZE},
                "tickangle": 0,
                "gridcolor": look.line,
                "zeroline": False,
            },
            "yaxis": {"range": [plane.height, 0], "visible": False, "fixedrange": True},
            "shapes": list(shapes_of(plane, look)),
        },
    }


def shapes_of(plane: Plane, look: Look) -> Iterator[dict[str, Any]]:
    """The grid, the lines that lead to the labels, and the bars of ranges, all behind the spots."""
    for height, _ in plane.levels:
        yield line_shape((0, height), (1, height), look.line, "dot")
    for rule in plane.rules:
        yield line_shape((rule, 0), (rule, plane.height), look.line, "dot")
    if plane.zero is not None:
        yield line_shape((0, plane.zero), (1, plane.zero), look.line, "solid")
    for curve in plane.curves:
        yield line_shape((curve.end.x, curve.end.y), (1, curve.label.middle), curve.line.colour, "dot")
        for place in curve.places:
            if place.foot is not None:
                bar = line_shape((place.x, place.foot), (place.x, place.y), curve.line.colour, "solid")
                yield bar | {"line": bar["line"] | {"width": DOT / 2}}


def line_trace(curve: Curve) -> dict[str, Any]:
    """What is joined of a series, with a gap between stretches that are not."""
    stretches: list[Place | None] = []
    for chain in curve.chains:
        stretches += [*chain, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [place and place.x for place in stretches],
        "y": [place and place.y for place in stretches],
        "connectgaps": False,
        "line": {"color": curve.line.colour, "width": WIDTH, "dash": curve.line.dash},
        "hoverinfo": "skip",
    }


def spot_trace(plane: Plane, look: Look) -> dict[str, Any]:
    """The spots of all series as one trace, each with its row."""
    spots = [(curve.line, place) for curve in plane.curves for place in curve.places]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place.x for _, place in spots],
        "y": [place.y for _, place in spots],
        "cliponaxis": False,
        "marker": {
            "size": [DOT * 1.3 if place.spot.shape in ("up", "down") else DOT for _, place in spots],
            "opacity": 1,
            "symbol": [SYMBOLS[place.spot.shape] for _, place in spots],
            "color": [look.ground if place.spot.shape in HOLLOW else line.colour for line, place in spots],
            "line": {"color": [line.colour for line, _ in spots], "width": 2},
        },
        "customdata": [[place.spot.points[0].id, hover_of(line, place.spot)] for line, place in spots],
        "hovertemplate": HOVER,
    }


def hover_of(line: Line, spot: Spot) -> str:
    """Who and how much, then of each source the period and the words as written, and its document."""
    sources = [
        text
        for point in spot.points
        for text in (" · ".join(part for part in (point.period, f"“{point.raw}”") if part), point.source)
    ]
    return say_lines(line.name, spot.text, *dict.fromkeys(sources))


def text_trace(plane: Plane, look: Look) -> dict[str, Any]:
    """The ticks of values, which lead nowhere, and the labels, which lead to the last spot's row."""
    texts: list[tuple[float, float, str, list[str] | tuple[str, str]]] = [
        (EDGE, height, muted(text, look) + SPACE, NOWHERE) for height, text in plane.levels
    ]
    for curve in plane.curves:
        way = [curve.end.spot.points[0].id, hover_of(curve.line, curve.end.spot)]
        for text, middle in curve.label.name:
            name = muted(text, look) if curve.line.is_muted else f"<b>{escape(text)}</b>"
            texts.append((1 - EDGE, middle, SPACE + name, way))
        texts += [(1 - EDGE, middle, SPACE + escape(text), way) for text, middle in curve.label.value]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, *_ in texts],
        "y": [y for _, y, *_ in texts],
        "text": [text for *_, text, _ in texts],
        "textposition": ["middle left" if way is NOWHERE else "middle right" for *_, way in texts],
        "textfont": {"color": look.text},
        "cliponaxis": False,
        "customdata": [way for *_, way in texts],
        "hovertemplate": ["" if way is NOWHERE else HOVER for *_, way in texts],
        "hoverinfo": ["skip" if way is NOWHERE else "all" for *_, way in texts],
    }
