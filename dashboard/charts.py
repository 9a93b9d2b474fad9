"""
A chart → the plotly figure of the page, as a plain dict: building ``go.Figure`` costs several times more.

The colours are all set here; plotly's own templates and Streamlit's placeholders stay out.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dashboard.captions import STUB, Bar, Chart, segments


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a ground: text, what stands back, and the zero line."""

    text: str
    muted: str
    line: str
    ground: str


LIGHT: Final = Look(text="#1b2430", muted="#5c6773", line="#c3cad2", ground="#ffffff")
DARK: Final = Look(text="#e8edf2", muted="#a3adb8", line="#4a5561", ground="#0f151c")

# As in .streamlit/config.toml: an installed Chinese font, else the bundled one that the page brings.
FONTS: Final = "Source Sans, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Governance Sans, sans-serif"
# Pixels of one mark in the figure: a line of label, the bar under it.
ROW: Final = 46
BAR_SHARE: Final = 0.34
LABEL_LIFT: Final = 0.42


def draw_figure(chart: Chart, look: Look) -> dict[str, Any]:
    """
    The plotly figure of a chart, without title and notes, which the page writes itself.

    Every point's ``customdata`` is (row id, hover text).
    """
    limits = chart.limits()
    places = {bar.id: -float(number) for number, bar in enumerate(chart.bars)}
    plain = [bar for bar in chart.bars if bar.form != "dumbbell"]
    traces = [bar_trace(plain, places, limits, is_hatched, look) for is_hatched in (False, True)]
    traces += [dumbbell_trace(bar, places[bar.id], look) for bar in chart.bars if bar.form == "dumbbell"]
    return {
        "data": traces,
        "layout": {
            "template": {},
            "barmode": "overlay",
            "height": ROW * len(chart.bars) + 12,
            "margin": {"l": 2, "r": 2, "t": 2, "b": 4},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": look.text, "size": 13.5, "family": FONTS},
            "xaxis": {"range": list(limits), "visible": False, "fixedrange": True},
            "yaxis": {"range": [0.62 - len(chart.bars), 0.72], "visible": False, "fixedrange": True},
            "shapes": [zero_line(place, look) for place in places.values()],
            "annotations": [note for bar in chart.bars for note in annotate(bar, places[bar.id], limits, look)],
            "uirevision": chart.title,
        },
    }


def bar_trace(
    bars: list[Bar], places: Mapping[str, float], limits: tuple[float, float], is_hatched: bool, look: Look
) -> dict[str, Any]:
    """The plain or the hatched pieces of all bars as one trace."""
    pieces = [
        (bar, start, stop) for bar in bars for start, stop, hatched in segments(bar, limits) if hatched == is_hatched
    ]
    pattern = {"shape": "/", "size": 5, "solidity": 0.45, "fgcolor": [bar.colour for bar, *_ in pieces]}
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start for _, start, _ in pieces],
        "x": [stop - start for _, start, stop in pieces],
        "y": [places[bar.id] for bar, *_ in pieces],
        "width": BAR_SHARE,
        "marker": {
            "color": look.ground if is_hatched else [bar.colour for bar, *_ in pieces],
            "line": {"width": 1, "color": [bar.colour for bar, *_ in pieces]},
            **({"pattern": pattern | {"bgcolor": look.ground}} if is_hatched else {}),
        },
        "customdata": [[bar.id, hover_of(bar)] for bar, *_ in pieces],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def dumbbell_trace(bar: Bar, place: float, look: Look) -> dict[str, Any]:
    """A from→to pair: a hollow dot, a line, a full dot."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [bar.start, bar.stop],
        "y": [place, place],
        "line": {"color": bar.colour, "width": 3},
        "marker": {"size": 13, "color": [look.ground, bar.colour], "line": {"color": bar.colour, "width": 2.5}},
        "customdata": [[bar.id, hover_of(bar)]] * 2,
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def hover_of(bar: Bar) -> str:
    """The text at the pointer, with nothing in it that plotly would take for a tag."""
    lines = (f"{bar.region} · {bar.subject}" if bar.subject else bar.region, bar.text, f"“{bar.raw}”")
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def annotate(bar: Bar, place: float, limits: tuple[float, float], look: Look) -> list[dict[str, Any]]:
    """The label over a bar and the value behind it."""
    is_left = max(bar.start, bar.stop) <= 0 > min(bar.start, bar.stop)
    tip = min(bar.start, bar.stop) if is_left else max(bar.start, bar.stop)
    if bar.ending == "open":
        tip += (limits[1] - limits[0]) * STUB * (-1 if is_left else 1)
    subject = f"  <span style='color:{look.muted}'>{html.escape(bar.subject, quote=False)}</span>"
    return [
        {
            "text": f"<b>{html.escape(bar.region, quote=False)}</b>{subject if bar.subject else ''}",
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "y": place + LABEL_LIFT,
            "yanchor": "middle",
            "showarrow": False,
        },
        {
            "text": html.escape(bar.text, quote=False),
            "x": tip,
            "xanchor": "right" if is_left else "left",
            "xshift": -8 if is_left else 8,
            "y": place,
            "yanchor": "middle",
            "showarrow": False,
        },
    ]


def zero_line(place: float, look: Look) -> dict[str, Any]:
    """The piece beside one bar of the line from which the bars start."""
    return {
        "type": "line",
        "layer": "below",
        "x0": 0,
        "x1": 0,
        "y0": place - BAR_SHARE * 0.75,
        "y1": place + BAR_SHARE * 0.75,
        "line": {"color": look.line, "width": 1},
    }
