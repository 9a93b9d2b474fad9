"""Small multiples: a card a comparison, a line a statistic with its value as a button and its bar below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import streamlit as st

from dashboard.components.assets import register
from dashboard.headlines import Line


@dataclass(frozen=True, slots=True)
class Multiple:
    """One card, all of it plain text but ``href``, the address of its comparison; ``more`` leads there too."""

    title: str
    href: str
    subtitle: str
    lines: Sequence[Line]
    more: str = ""
    missing: str = ""


MOUNT: Final = register("multiples", '<div class="multiples"></div>')


def multiples(
    cards: Sequence[Multiple], action: str, key: str, *, compare: Callable[[int], None], read: Callable[[str], None]
) -> None:
    """
    Draw the cards.

    Args:
        action:
            What a value's button does, for those who hear it.
        compare:
            Called with the number of the card whose comparison is asked for.
        read:
            Called with the row whose sentence is asked for.
    """
    MOUNT(
        key=key,
        data={"cards": [asdict(card) for card in cards], "action": action},
        on_compared_change=lambda: compare(int(st.session_state[key]["compared"])),
        on_read_change=lambda: read(str(st.session_state[key]["read"])),
    )
