"""Single keys for what a reader does most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
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
REVIEW_KEYS: Final = MappingProxyType(
    {
        "a": "shortcut.accept",
        "e": "shortcut.edit",
        "d": "shortcut.reject",
        "u": "shortcut.undo",
        "j": "shortcut.next",
        "k": "shortcut.previous",
        "b": "shortcut.add",
    }
)
# Those that mean the row that is looked at.
ROW_KEYS: Final = ("a", "e", "d")
RESET_KEY: Final = "x"
HELP_KEY: Final = "?"
# The pages whose charts are drawn by the options.
DRAWING_PAGES: Final = frozenset({"compare"})
OPTIONS: Final = MappingProxyType({"t": "display", "n": "measure", "o": "order", "l": "scale"})


def find_actions(
    pages: Sequence[str], page: str, own: Mapping[str, Callable[[], None]]
) -> Mapping[str, Callable[[], None]]:
    """
    What each key does; nothing where the reader has switched them off.

    Args:
        pages:
            The names of all pages; the first is 1.
        page:
            The name of the present one.
        own:
            What further keys do on it alone.
    """
    if not is_on():
        return {}
    drawing = {key: partial(advance, OPTIONS[key]) for key in DRAWING_KEYS if page in DRAWING_PAGES}
    turning = {str(number): partial(go, name) for number, name in enumerate(pages, start=1)}
    return {**drawing, **own, **turning, RESET_KEY: partial(choose, Filters()), HELP_KEY: partial(go, "about")}


def advance(option: str) -> None:
    """The next way to draw; dots with the logarithmic scale instead of bars, which have none."""
    options, values = current().options, list(CHOICES[option])
    value = values[(values.index(getattr(options, option)) + 1) % len(values)]
    change_options(**{option: value}, **({"form": "dot"} if value == "log" and options.form == "bar" else {}))


def is_on() -> bool:
    """Whether the reader wants shortcuts; so it is until they are switched off."""
    return bool(st.session_state.setdefault("shortcuts_on", True))


def switch(key: str) -> None:
    """Take the switch's new state, for the rest of the session."""
    st.session_state.shortcuts_on = st.session_state[key]
