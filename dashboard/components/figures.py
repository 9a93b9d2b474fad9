"""A region's figures as a table: each name leads to its comparison, each value to its sentence; and what is absent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypedDict

import streamlit as st

from dashboard.components.assets import register


class FigureData(TypedDict):
    """
    One figure: ``details`` stand under its name, ``place`` says where it stands among the others.

    ``href`` is the address of its comparison; ``share`` is the length of its bar, 0 to 1, null for none.
    """

    id: str
    name: str
    details: str
    value: str
    href: str
    place: str
    share: float | None


class ThemeFigures(TypedDict):
    """The figures of one theme under its label."""

    label: str
    figures: list[FigureData]


class AbsentData(TypedDict):
    """An indicator that was not reported, who reported it, and the address of its comparison."""

    indicator: str
    name: str
    regions: str
    href: str


class Figures(TypedDict):
    """All that is shown, as plain text; ``rarely`` are those absent that a single other region reported."""

    themes: list[ThemeFigures]
    absent: list[AbsentData]
    rarely: list[AbsentData]
    words: dict[str, str]


MOUNT: Final = register("figures", '<div class="figures"></div>')
EVENTS: Final = ("opened", "compared", "absent")


def figures(data: Figures, key: str, handlers: dict[str, Callable[[str], None]]) -> None:
    """
    Draw the table.

    Args:
        handlers:
            What happens when a reader chooses a value (``opened``) or a name (``compared``) – each is given the row's
            id – or an absent indicator (``absent``).
    """

    def callback(event: str) -> Any:
        return lambda: handlers[event](str(st.session_state[key][event]))

    MOUNT(key=key, data=data, **{f"on_{event}_change": callback(event) for event in EVENTS})
