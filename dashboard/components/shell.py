"""What the browser holds around a page: its language, its address, single keys; and the line at the page's foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

import streamlit as st

from dashboard.components.assets import register
from dashboard.widgets import Correction, leave_out

KEY: Final = "shell"
MOUNT: Final = register("shell", '<p class="foot"></p>')


@dataclass(frozen=True, slots=True)
class Foot:
    """The line at the foot of a page, and the link to the page as it is after it."""

    text: str
    link: str
    href: str


@dataclass(frozen=True, slots=True)
class Shell:
    """
    What belongs to a page as a whole.

    ``language`` is its tag, for screen readers and the browser's choice of Han glyphs; ``address`` takes the place of
    the present query without a step for the browser's back; when a page no longer ``has_dialog``, what had the focus
    before has it again, and while there is one, a button of it that is switched off meanwhile. ``subject`` is what
    the page shows, the row and its state: a key ``bound`` to it that was pressed while it showed another does nothing.
    """

    foot: Foot
    language: str
    address: Correction
    has_dialog: bool
    subject: str
    bound: tuple[str, ...] = ()


def shell(state: Shell, actions: Mapping[str, Callable[[], None]]) -> None:
    """Draw the foot of a page and set what belongs to the page; ``actions`` are what each single key does."""

    def act() -> None:
        # A key pressed while a page is just giving way to another comes from an element that is already gone.
        pressed = st.session_state.get(KEY, {}).get("key") or {}
        key = pressed.get("key")
        if key in state.bound and pressed.get("subject") != state.subject:
            leave_out()
        elif action := actions.get(key):
            action()

    MOUNT(key=KEY, data=asdict(state) | {"keys": list(actions)}, on_key_change=act)
