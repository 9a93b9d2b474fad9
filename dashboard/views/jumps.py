"""Tables whose cells lead somewhere: a real address for a new tab, and a turn within the session for a plain click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from dashboard.components.link_table import Cell, link_table
from dashboard.views.view import View
from dashboard.widgets import change, go


@dataclass(frozen=True, slots=True)
class Jump:
    """
    A cell; with a ``page`` it leads there, with these fields of the link changed. The rest is as in ``Cell``.
    """

    text: str
    name: str = ""
    page: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    shade: float = 0.0
    is_number: bool = False
    is_open: bool | None = None
    is_below: bool = False


def jump_table(
    caption: str, head: Sequence[Jump], rows: Sequence[Sequence[Jump]], key: str, here: str, view: View
) -> None:
    """Draw a table of jumps on the page ``here``."""

    def follow(row: int, column: int) -> None:
        jump = (head if row < 0 else rows[row])[column]
        turn = change if jump.page == here else partial(go, jump.page)
        turn(**jump.fields)

    make = partial(make_cell, view=view)
    link_table(caption, [make(jump) for jump in head], [[make(jump) for jump in row] for row in rows], key, follow)


def make_cell(jump: Jump, view: View) -> Cell:
    """The cell of a jump, its address that of the whole view with the jump made."""
    href = view.address(jump.page, **jump.fields) if jump.page else ""
    return Cell(jump.text, jump.name, href, jump.shade, jump.is_number, jump.is_open, jump.is_below)
