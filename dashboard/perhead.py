"""Figures per 10,000 residents, where that is fair, and the reason where it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from typing import Final

from dashboard.compare import Panel
from dashboard.mark import Mark, Population
from dashboard.wording.codebook import Codebook
from dashboard.wording.quantity import count_digits, round_to

PER_HEAD: Final = 10_000
# A derived figure claims at least two significant digits and at most three.
DERIVED_DIGITS: Final = (2, 3)
BOUNDS: Final = {"nearly": ROUND_CEILING, "at_most": ROUND_CEILING, "over": ROUND_FLOOR, "at_least": ROUND_FLOOR}


def to_per_head(panel: Panel, populations: Mapping[str, Population], codebook: Codebook) -> Panel:
    """
    The panel per 10,000 residents; where that is not fair, the same panel with the reason.

    A region without a population of its own level is left out and named.
    """
    if not panel.allows_per_head:
        return replace(panel, refusal=refusal_of(panel))
    found = {mark.id: find_population(mark, populations) for mark in panel.marks}
    without = {mark.region for mark in panel.marks if found[mark.id] is None}
    pairs = [(mark, population) for mark in panel.marks if (population := found[mark.id])]
    if not pairs:
        return replace(panel, refusal="no_population")
    if panel.is_ranked:
        # By the exact figures: rounded ones would make ties, or turn an order round.
        pairs.sort(key=lambda pair: -pair[0].reach() / pair[1].residents)
    digits = max(common_digits(mark, population) for mark, population in pairs)
    marks = tuple(scale(mark, population, digits) for mark, population in pairs)
    return replace(
        panel,
        marks=marks,
        is_per_head=True,
        without_population=tuple(codebook.sort_regions(without)),
        digits=digits,
    )


def refusal_of(panel: Panel) -> str:
    """Why a panel has no figure per head."""
    if panel.summary:
        return "spread"
    if not panel.is_result:
        return panel.status
    if panel.kind != "count":
        return "not_count"
    if panel.indicator is None:
        return "no_indicator"
    if panel.is_ranked:
        return "codebook"
    if panel.indicator.grade == "C":
        return "grade"
    return "single" if len(panel.regions()) == 1 else "ungraded"


def find_population(mark: Mark, populations: Mapping[str, Population]) -> Population | None:
    """The denominator of a mark's region, if it is of the same level (吉林 the province is not 吉林 the city)."""
    population = populations.get(mark.region)
    return population if population and mark.level in (None, population.level) else None


def common_digits(mark: Mark, population: Population) -> int:
    """The digits that numerator and denominator both claim."""
    fewest, most = DERIVED_DIGITS
    return max(fewest, min(most, count_digits(mark.value), count_digits(population.residents)))


def scale(mark: Mark, population: Population, digits: int) -> Mark:
    """A mark per 10,000 residents, to so many digits; a bound is rounded to the side on which it stays true."""
    rounding = BOUNDS.get(mark.qualifier, ROUND_HALF_UP)

    def per_head(value: float) -> float:
        return float(round_to(value * PER_HEAD / population.residents, digits, rounding))

    return replace(
        mark,
        value=per_head(mark.value),
        high=None if mark.high is None else per_head(mark.high),
        end=scale(mark.end, population, digits) if mark.end else None,
        population=population,
        digits=digits,
    )
