"""The time of a statistic, and whether it is yet to come, so that the statistic is aimed at though no word says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from extract.language.rulebook import read_toml
from extract.outline.scopes import Clock
from extract.periods.days import SPRING
from extract.statistics.surroundings import Context

Basis = Literal["stated", "inherited"]


@dataclass(frozen=True, slots=True)
class Timed:
    """
    The time of one statistic.

    ``raw`` is the expression as written, None where only the part gives a time; ``first`` and ``last`` are days, both
    included, None where they can't be resolved (X以前 has no first day).
    """

    raw: str | None = None
    first: date | None = None
    last: date | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class _Signs:
    """The patterns of ``rules/status.toml`` for times that are not over, compiled."""

    ahead: tuple[re.Pattern[str], ...]
    done: re.Pattern[str]
    running_year: frozenset[str]


@cache
def _signs() -> _Signs:
    rules = read_toml("status.toml")
    return _Signs(
        ahead=tuple(re.compile(row["pattern"]) for row in rules["ahead"]),
        done=re.compile(rules["done"]["pattern"]),
        running_year=frozenset(rules["running_year"]["words"]),
    )


def is_ahead(context: Context, time: Timed, clock: Clock) -> bool:
    """Whether the time of a statistic is not over, and nothing says that it is done all the same."""
    signs, reference = _signs(), clock.reference
    if reference is None or time.last is None or (time.last <= reference and time.raw not in signs.running_year):
        return False
    if signs.done.search(context.left) or signs.done.match(context.right):
        return False
    is_planned = any(sign.search(context.sentence_left) for sign in signs.ahead)
    if is_planned or time.raw in signs.running_year:
        return is_planned
    is_running = time.first is not None and time.first <= reference and time.last.year == reference.year
    return reference.month <= SPRING or not is_running or time.first == time.last
