"""A comparison: its heading, its figure drawn by plotly, the lines and links below it; each part may be left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from dashboard.components.assets import register, to_json


@dataclass(frozen=True, slots=True)
class Heading:
    """What a comparison is called, and what is shown in it; ``badge`` is a word beside the title."""

    title: str
    badge: str
    subtitle: str


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A plotly figure (its traces are bars and scatters, which is all that the engine in ``static/`` draws).

    ``alt`` says it in words; ``failure`` stands in its place where the engine can't be loaded.
    """

    figure: Mapping[str, Any]
    alt: str
    failure: str


@dataclass(frozen=True, slots=True)
class Way:
    """A link below a comparison, or a button where it has no address; ``name`` is what the handlers know it by."""

    name: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Foot:
    """What is said below a figure, line by line, the links at the end of the last one."""

    missing: str
    lines: Sequence[str]
    ways: Sequence[Way]


# In the page itself and not in a shadow of its own: plotly keeps its styles in the page's head.
MOUNT: Final = register(
    "comparison",
    '<section class="comparison"><header></header><div class="figure" hidden></div><footer></footer></section>',
    isolate_styles=False,
    scripts=("sketch.js",),
)


def comparison(*parts: Heading | Figure | Foot, key: str, handlers: Mapping[str, Callable[[str], None]]) -> None:
    """
    Draw the parts.

    Args:
        handlers:
            What happens when a reader chooses a mark (``row``; it is given the row's id) or follows a way (by its
            name; it is given its address).
    """

    def callback(event: str) -> Any:
        return lambda: handlers[event](str(st.session_state[key][event]))

    MOUNT(
        key=key,
        data={"parts": to_json({type(part).__name__.lower(): part for part in parts})},
        **{f"on_{event}_change": callback(event) for event in handlers},
    )
