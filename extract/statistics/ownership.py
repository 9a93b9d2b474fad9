"""Who owns the numbers from some offset of a sentence on, and how far behind its own clause a place keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from extract.reporters.owners import Owner

# All clauses up to the end of the sentence; all; those that a number of the owner stands before; such of them that have
# no subject of their own; none.
Hold = Literal["firm", "all", "told", "verbs", "none"]


@dataclass(frozen=True, slots=True)
class State:
    """
    Who owns the numbers from some offset on: one place, several in a row, or () for the one that reports.

    ``is_told`` says that a number has been the owner's already, ``is_late`` that its clause is over; ``hold`` which
    clauses behind its own it keeps.
    """

    owners: tuple[Owner, ...] = ()
    is_told: bool = False
    is_late: bool = False
    hold: Hold = "all"


REPORTER: Final = State()
