"""Statistic → a sum over time (累计, 共) or a mean (年均, 人均), where its clause says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.language.rulebook import read_toml
from extract.statistics.kinds import Attached
from extract.statistics.surroundings import Context
from extract.statistics.times import Timed


@dataclass(frozen=True, slots=True)
class _Rule:
    aggregation: str
    pattern: re.Pattern[str]
    over_years: bool
    levels_only: bool


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["aggregation"], re.compile(row["pattern"]), row.get("over_years", False), row.get("levels_only", False)
        )
        for row in read_toml("relations.toml")["aggregation"]
    )


def attach_aggregations(
    contexts: Sequence[Context], attached: Sequence[Attached], times: Sequence[Timed]
) -> list[str | None]:
    """cumulative, mean or None for each statistic; the words nearest to the number decide."""
    return [_aggregation(context, how, time) for context, how, time in zip(contexts, attached, times, strict=True)]


def _aggregation(context: Context, how: Attached, time: Timed) -> str | None:
    nearest, found = -1, None
    for rule in _rules():
        match = rule.pattern.search(context.left)
        if match is None or match.start() < nearest or not _applies(rule, how, time):
            continue
        nearest, found = match.start(), rule.aggregation
    # A sum is counted: its growth and its share are none.
    return None if found == "cumulative" and how.kind in ("change", "share") else found


def _applies(rule: _Rule, how: Attached, time: Timed) -> bool:
    if rule.levels_only and how.kind == "change":
        return False
    return not rule.over_years or _spans_years(time)


def _spans_years(time: Timed) -> bool:
    """Whether a time is longer than a year, or begins with something: X以来."""
    if _since().search(time.raw or ""):
        return True
    return time.first is not None and time.last is not None and time.first.year < time.last.year


@cache
def _since() -> re.Pattern[str]:
    return re.compile(read_toml("relations.toml")["since"])
