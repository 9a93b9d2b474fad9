"""A table whose cells are links: for a screen of any width, a keyboard, and a reader who opens one in a new tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import streamlit as st

from dashboard.components.assets import register


@dataclass(frozen=True, slots=True)
class Cell:
    """
    What a cell says; ``name`` says it to those who can't see its row and column, ``href`` makes it a link.

    ``shade`` is how dark its ground is, 0 to 1. Numbers are set to the right. The head of a row that opens or closes
    those below it says which (``is_open``); ``is_below`` is that of a row below another one.
    """

    text: str
    name: str = ""
    href: str = ""
    shade: float = 0.0
    is_number: bool = False
    is_open: bool | None = None
    is_below: bool = False


MOUNT: Final = register("link_table", '<div class="frame"></div>')


def link_table(
    caption: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], key: str, follow: Callable[[int, int], None]
) -> None:
    """
    Draw the table; the first cell of each row heads it and stays in sight.

    Args:
        caption:
            What the table is, for those who hear it.
        follow:
            Called with row and column of the link that was followed, both from 0; the head is row -1.
    """

    def followed() -> None:
        row, column = st.session_state[key]["followed"]
        follow(int(row), int(column))

    MOUNT(
        key=key,
        data={
            "caption": caption,
            "head": [asdict(cell) for cell in head],
            "rows": [[asdict(cell) for cell in row] for row in rows],
        },
        on_followed_change=followed,
    )
