"""
A form described as data and drawn as one element: native controls that any keyboard and screen reader knows.

One element a form, not one a control: every element of the page costs time at every click.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from dashboard.components.assets import register, to_json


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen; ``count`` is how much there is of it."""

    value: str
    text: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Values that stand below one, ``head``, which stands for all of them; ``title`` says what opens to show them."""

    head: Choice
    choices: Sequence[Choice]
    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line; a strong one says what is shown, another explains."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A line to type words into."""

    name: str
    label: str
    value: str
    hint: str
    most: int


@dataclass(frozen=True, slots=True)
class Checks:
    """
    Values of which any number can be chosen, folded away until open; ``find`` labels the search in a long list.

    Where the head of a section is chosen, none of what stands below it is by itself.
    """

    name: str
    label: str
    choices: Sequence[Choice | Section]
    chosen: Sequence[str]
    find: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Radios:
    """Values of which one is chosen."""

    name: str
    label: str
    choices: Sequence[Choice]
    chosen: str
    help: str = ""
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """As ``Radios``, for many values."""

    name: str
    label: str
    choices: Sequence[Choice]
    chosen: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A list with a button that opens what is chosen in it: that is pressed, by the name ``name:value``."""

    name: str
    label: str
    hint: str
    action: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Button:
    """What happens at once; ``look`` is "", ``chip`` for something to take away, or ``quiet`` for what few need."""

    name: str
    text: str
    help: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Parts beside each other."""

    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Fold:
    """Parts that few need, behind their title."""

    name: str
    title: str
    parts: Sequence[Part]


Part = Text | Search | Checks | Radios | Pick | Menu | Button | Row | Fold
Values = Mapping[str, Any]

MOUNT: Final = register("form", '<form class="form"></form>')


def form(
    parts: Iterable[Part],
    key: str,
    *,
    changed: Callable[[Values], None] | None = None,
    pressed: Callable[[str], None] | None = None,
) -> None:
    """
    Draw the form.

    Args:
        changed:
            Called after each change with all values of the form by name: a string, or a list of strings of ``Checks``.
            All of them, so that of two quick changes the later one holds the earlier.
        pressed:
            Called with the name of a button, or of a menu's choice.
    """

    answered = f"{key}:answered"

    def take_change() -> None:
        change = st.session_state[key].changed
        if changed and change is not None:
            st.session_state[answered] = change["at"]
            changed(change["values"])

    def take_press() -> None:
        name = st.session_state[key].pressed
        if pressed and name is not None:
            pressed(name)

    MOUNT(
        key=key,
        # The browser leaves out what answers an earlier change than its last.
        data={"parts": to_json(list(parts)), "answered": st.session_state.get(answered, 0)},
        on_changed_change=take_change,
        on_pressed_change=take_press,
    )
