"""
Where files are dropped or chosen. The browser keeps them and hands over a piece whenever the app asks for one.

File by file and piece by piece: the app is never sent more than it can hold, and what is too large is not sent at all.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import streamlit as st

from dashboard.components.assets import register

# Bytes of a piece; as text in a message it is a third longer, and servers close at 16 MB.
PIECE: Final = 4 * 1024 * 1024
MOUNT: Final = register("intake", '<div class="intake"></div>')


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that a reader chose, still in the browser."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Wish:
    """The piece that the app wants next: of which batch, file (from 0), and from which byte."""

    batch: str
    file: int
    start: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a file, from ``start`` on."""

    batch: str
    file: int
    start: int
    data: bytes


def intake(
    words: Mapping[str, str],
    suffixes: Sequence[str],
    wish: Wish | None,
    key: str,
    *,
    offered: Callable[[str, list[Offer]], None],
    arrived: Callable[[Piece], None],
    lost: Callable[[str], None],
) -> None:
    """
    Draw it.

    Args:
        words:
            ``label``, ``hint`` and ``choose``, what it says.
        offered:
            Called with the name of a new batch and its files.
        arrived:
            Called with the wished piece.
        lost:
            Called with the batch of a wish that can't be fulfilled: the page was loaded anew, or the file is gone.
    """

    def take_offer() -> None:
        if found := st.session_state[key]["offered"]:
            files = [Offer(str(one["name"]), int(one["size"])) for one in found["files"]]
            offered(str(found["batch"]), files)

    def take_piece() -> None:
        if found := st.session_state[key]["arrived"]:
            data = base64.b64decode(found["data"])
            arrived(Piece(str(found["batch"]), int(found["file"]), int(found["start"]), data))

    def take_loss() -> None:
        if found := st.session_state[key]["lost"]:
            lost(str(found))

    data: dict[str, Any] = {
        "words": dict(words),
        "suffixes": ",".join(suffixes),
        "wish": asdict(wish) if wish else None,
        "piece": PIECE,
    }
    MOUNT(key=key, data=data, on_offered_change=take_offer, on_arrived_change=take_piece, on_lost_change=take_loss)
