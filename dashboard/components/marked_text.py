"""A text whose numbers are marked, each a link; with a legend, a way from mark to mark, and details on demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypedDict

import streamlit as st

from dashboard.components.assets import register


class MarkData(TypedDict):
    """
    One number: ``theme`` is its number in the legend, ``details`` are what a reader wants to know of it, line by line;
    ``href`` is the address of its comparison, ``about`` that of its indicator, "" for none. A pale mark does not pass
    the filters, or was rejected.
    """

    id: str
    theme: int
    is_pale: bool
    value: str
    details: list[str]
    href: str
    about: str


class ThemeData(TypedDict):
    """An entry of the legend; a pressed one is filtered by."""

    number: int
    theme: str
    label: str
    count: int
    is_pressed: bool


class MarkedText(TypedDict):
    """
    All that is shown, as plain text.

    ``pieces`` joined are the text: a string is plain, a list is a marked string followed by the places in ``marks`` of
    the numbers that it belongs to. ``selected`` is the id of the mark to scroll to, or ""; the page scrolls as well
    unless the text ``is_beside`` what the reader works with.
    """

    pieces: list[str | list[str | int]]
    marks: list[MarkData]
    themes: list[ThemeData]
    selected: str
    is_beside: bool
    words: dict[str, str]


MOUNT: Final = register("marked_text", '<div class="report"></div>')
EVENTS: Final = ("compared", "explained", "selected", "theme", "quoted")


def marked_text(data: MarkedText, key: str, handlers: dict[str, Callable[[str], None]]) -> None:
    """
    Draw a marked text.

    Args:
        handlers:
            What happens when a reader opens a mark's comparison (``compared``) or indicator (``explained``), moves on
            to a mark (``selected``) – each is given the mark's id – chooses a legend entry (``theme``), or hands over
            the words that are selected in the text (``quoted``; its button is there where ``words`` has a ``quote``).
    """

    def callback(event: str) -> Any:
        return lambda: handlers[event](str(st.session_state[key][event]))

    MOUNT(key=key, data=data, **{f"on_{event}_change": callback(event) for event in EVENTS if event in handlers})


def to_pieces(pieces: Sequence[tuple[str, Sequence[int]]]) -> list[str | list[str | int]]:
    """Pieces of text with the marks that cover each, in the short form in which they travel."""
    return [[text, *marks] if marks else text for text, marks in pieces]
