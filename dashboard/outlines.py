"""Panels before their statistics are read: what they will be, and which of them say most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from dashboard.wording.codebook import RANKED_GRADES, Indicator


@dataclass(frozen=True, slots=True)
class Outline:
    """
    What is known of a panel before its statistics are read.

    ``name`` is its indicator's, "" for none; ``family`` the unit that stands for all that share its axis; ``count`` is
    that of its statistics, ``breadth`` that of the regions which reported them.
    """

    theme: str
    name: str
    # Told by its name.
    indicator: Indicator | None = field(hash=False, compare=False)
    kind: str
    family: str
    count: int
    breadth: int

    @property
    def is_ranked(self) -> bool:
        """Whether the grade allows an order by value."""
        return self.indicator is not None and self.indicator.grade in RANKED_GRADES


class Rankable(Protocol):
    """What panels and their outlines are ranked by."""

    @property
    def is_ranked(self) -> bool:
        """Whether the grade allows an order by value."""

    @property
    def indicator(self) -> Indicator | None:
        """Its indicator."""

    @property
    def breadth(self) -> int:
        """How many regions reported it."""


Ranked = TypeVar("Ranked", bound=Rankable)


def rank_panels(panels: Iterable[Ranked]) -> list[Ranked]:
    """The panels that say most first: ranked grades with most regions, then the others; else as they stand."""
    return sorted(panels, key=lambda panel: (not panel.is_ranked, panel.indicator is None, -panel.breadth))
