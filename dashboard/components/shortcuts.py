"""Single keys for what a reader does most: an element that is not seen, takes no focus and says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import streamlit as st

from dashboard.filters import Filters
from dashboard.options import CHOICES
from dashboard.widgets import change_options, choose, current, go

# Key → what it does, in the wording. Streamlit itself has "c" and "r" for developers.
DRAWING_KEYS: Final = MappingProxyType(
    {"t": "shortcut.display", "n": "shortcut.measure", "o": "shortcut.order", "l": "shortcut.scale"}
)
RESET_KEY: Final = "x"
HELP_KEY: Final = "?"
# The pages whose charts are drawn by the options.
DRAWING_PAGES: Final = frozenset({"compare"})
OPTIONS: Final = MappingProxyType({"t": "display", "n": "measure", "o": "order", "l": "scale"})

MOUNT: Final = st.components.v2.component(
    "governance_shortcuts", js=(files("dashboard.components") / "shortcuts.js").read_text(encoding="utf-8")
)


def shortcuts(pages: Sequence[str], page: str) -> None:
    """
    Listen for keys on one page.

    Args:
        pages:
            The names of all pages; the first is 1.
        page:
            The name of the present one.
    """
    actions = find_actions(pages, page) if is_on() else {}

    def act() -> None:
        # A key pressed while a page is just giving way to another comes from an element that is already gone.
        pressed = st.session_state.get("shortcuts", {}).get("key")
        if action := actions.get(pressed):
            action()

    MOUNT(key="shortcuts", data={"keys": list(actions)}, on_key_change=act, height="content")


def find_actions(pages: Sequence[str], page: str) -> Mapping[str, Callable[[], None]]:
    """What each key does on a page."""
    drawing = {key: partial(advance, OPTIONS[key]) for key in DRAWING_KEYS if page in DRAWING_PAGES}
    turning = {str(number): partial(go, name) for number, name in enumerate(pages, start=1)}
    return {**drawing, **turning, RESET_KEY: partial(choose, Filters()), HELP_KEY: partial(go, "about")}


def advance(option: str) -> None:
    """The next way to draw; dots with the logarithmic scale, as bars have none."""
    values = list(CHOICES[option])
    value = values[(values.index(getattr(current().options, option)) + 1) % len(values)]
    change_options(**{option: value}, **({"form": "dot"} if value == "log" else {}))


def is_on() -> bool:
    """Whether the reader wants shortcuts; so it is until they are switched off."""
    return bool(st.session_state.setdefault("shortcuts_on", True))


def switch(key: str) -> None:
    """Take the switch's new state, for the rest of the session."""
    st.session_state.shortcuts_on = st.session_state[key]
