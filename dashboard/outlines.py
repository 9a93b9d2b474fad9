"""What tells one panel from another; panels before their statistics are read, and which of them say most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from dashboard.spans import RESULT
from dashboard.wording.codebook import RANKED_GRADES, Codebook, Indicator
from extract.table.record import STATUSES


class Measure(NamedTuple):
    """What is measured: theme, indicator ("" for none), kind, and the unit that stands for all that share its axis."""

    theme: str
    name: str
    kind: str
    family: str


class PanelKey(NamedTuple):
    """What the statistics of a panel have in common: the measure, the status and the span of time."""

    measure: Measure
    status: str
    span: str


@dataclass(frozen=True, slots=True)
class Outline:
    """
    What is known of a panel before its statistics are read.

    ``count`` is that of its statistics, ``breadth`` that of the regions which reported them.
    """

    place: PanelKey
    # Derived from the name in ``place``, so not part of equality.
    indicator: Indicator | None = field(hash=False, compare=False)
    count: int
    breadth: int

    @property
    def is_ranked(self) -> bool:
        """Whether grade and status allow an order by value."""
        return may_rank(self.indicator, self.place.status)

    @property
    def is_result(self) -> bool:
        """Whether its statistics are results, and neither aims nor norms."""
        return self.place.status == RESULT


def may_rank(indicator: Indicator | None, status: str) -> bool:
    """Whether an order by value is fair: of the ranked grades, and of no norm, which tells nothing of its region."""
    return indicator is not None and indicator.grade in RANKED_GRADES and status != "norm"


class Rankable(Protocol):
    """What panels and their outlines are ranked by."""

    @property
    def place(self) -> PanelKey:
        """What its statistics have in common."""

    @property
    def is_result(self) -> bool:
        """Whether its statistics are results."""

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
    """
    The panels that say most first: ranked grades with most regions, then the others; else as they stand.

    Panels of one measure stay together, results before aims.
    """
    found = list(panels)
    breadths: dict[Measure, int] = {}
    for panel in found:
        breadths[panel.place.measure] = max(panel.breadth, breadths.get(panel.place.measure, 0))
    within = order_within(panel.place for panel in found)
    return sorted(
        found,
        key=lambda panel: (
            not panel.is_ranked,
            panel.indicator is None,
            -breadths[panel.place.measure],
            within(panel.place),
        ),
    )


def order_within(places: Iterable[PanelKey]) -> Callable[[PanelKey], tuple[int, bool, int, str]]:
    """
    A key to sort by: measures as they first appear, of each the results first, then aims and norms.

    Spans of several years come after all of these, so that a result and an aim stand beside each other.
    """
    first: dict[Measure, int] = {}
    for place in places:
        first.setdefault(place.measure, len(first))
    return lambda place: (first[place.measure], bool(place.span), STATUSES.index(place.status), place.span)


def sort_places(places: Iterable[PanelKey], codebook: Codebook) -> list[PanelKey]:
    """Panels in the codebook's order of themes and indicators, those of one measure together."""
    found = list(places)
    within = order_within(found)
    return sorted(found, key=lambda place: (codebook.topic_key(place.measure.theme, place.measure.name), within(place)))
