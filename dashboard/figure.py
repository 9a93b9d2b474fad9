"""What every plotly figure of the page stands on: its colours, its letters, and its frame without any axis."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Final

from dashboard.layout import Sizes


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
# Pixels, for the narrowest figure: one of two cards beside the filters on a screen of 1024.
SIZES: Final = Sizes(letter=13.5, line=19, bar=15, space=12, width=228)
MARGIN: Final = 8
TICK_ROOM: Final = 26
TICK_SIZE: Final = 12
# Just inside the axis: plotly leaves out what a rounding error puts outside.
EDGE: Final = 1e-6
# Blanks that plotly does not take away, between a mark and its value.
SPACE: Final = "\u2002"
# The row and the hover text of words that lead nowhere.
NOWHERE: Final = ("", "")
HOVER: Final = "%{customdata[1]}<extra></extra>"


def frame(title: str, letter: float, look: Look) -> dict[str, Any]:
    """The layout of a figure, but for its size, axes and shapes."""
    return {
        "template": {},
        "showlegend": False,
        "dragmode": False,
        "clickmode": "event",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": look.ground,
            "bordercolor": look.line,
            # Of all texts of a figure, plotly gives only these a face of its own.
            "font": {"color": look.text, "size": 13, "family": FONTS},
        },
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": look.text, "size": letter, "family": FONTS},
        "uirevision": title,
    }


def escape(text: str) -> str:
    """A text with nothing in it that plotly would take for a tag."""
    return html.escape(text, quote=False)


def muted(text: str, look: Look) -> str:
    """A text that stands back."""
    return f"<span style='color:{look.muted}'>{escape(text)}</span>" if text else ""


def say_lines(*lines: str) -> str:
    """The text at the pointer, line by line."""
    return "<br>".join(escape(line) for line in lines if line)


def line_shape(start: tuple[float, float], stop: tuple[float, float], colour: str, dash: str) -> dict[str, Any]:
    """A line behind the marks."""
    (x0, y0), (x1, y1) = start, stop
    line = {"color": colour, "width": 1, "dash": dash}
    return {"type": "line", "layer": "below", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line}
