"""
Statistic → the codebook's indicator, by the rules of ``rules/indicators.toml``.

A rule is a pattern over the clause in which # stands for the statistic (全省设立网格#); an indicator also needs a unit
and a kind of its codebook row. The first rule that fits wins; what no rule knows has no indicator.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from extract.language.rulebook import read_toml
from extract.statistics.surroundings import Context
from extract.table.errors import RuleError
from extract.table.shipped import shipped

_REACH: Final = 240


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """When a statistic is this indicator: patterns over clause and sentence, for the units and kinds that fit."""

    indicator: str
    clause: re.Pattern[str]
    sentence: re.Pattern[str] | None
    never: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class IndicatorRules:
    """The rules that can fit a unit and a kind, and what may stand between the counted and its number."""

    fitting: Mapping[tuple[str, str], tuple[IndicatorRule, ...]]
    link: re.Pattern[str]


@cache
def indicator_rules() -> IndicatorRules:
    """
    Read the rules, once.

    Raises:
        RuleError:
            A rule names an indicator that the codebook does not have.
    """
    with shipped("codebook", "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        units = {row["indicator"]: frozenset(row["units"].split("|")) for row in csv.DictReader(file)}
    table = read_toml("indicators.toml")
    unknown = {rule["indicator"] for rule in table["rule"]} - set(units)
    if unknown:
        raise RuleError(f"rules: the codebook does not have {', '.join(sorted(unknown))}")
    fitting: dict[tuple[str, str], tuple[IndicatorRule, ...]] = {}
    for row in table["rule"]:
        rule = _rule(row)
        for unit_and_kind in product(units[rule.indicator], row.get("kinds", "count").split()):
            fitting[unit_and_kind] = (*fitting.get(unit_and_kind, ()), rule)
    return IndicatorRules(fitting, re.compile(table["link"]))


def _rule(rule: Mapping[str, str]) -> IndicatorRule:
    return IndicatorRule(
        rule["indicator"],
        re.compile(rule["clause"]),
        re.compile(rule["sentence"]) if "sentence" in rule else None,
        re.compile(rule["never"]) if "never" in rule else None,
    )


def indicator_of(context: Context, kind: str) -> str | None:
    """The codebook's indicator of a statistic, or None where the codebook has none."""
    rules = indicator_rules()
    fitting = rules.fitting.get((context.mention.unit, kind), ())
    if not fitting:
        return None
    clause = f"{context.left}#{context.right}"
    # 志愿者达到21万名 is 志愿者#.
    forms = dict.fromkeys((clause, f"{rules.link.sub('', context.left)}#{context.right}"))
    for rule in fitting:
        if not any(map(rule.clause.search, forms)):
            continue
        if rule.sentence is not None and not rule.sentence.search(_sentence(context)):
            continue
        if rule.never is None or not rule.never.search(clause):
            return rule.indicator
    return None


def _sentence(context: Context) -> str:
    """The sentence with # for the statistic, of a long one what stands around it."""
    start, end = context.sentence
    left = context.folded[max(start, context.mention.start - _REACH) : context.mention.start]
    return f"{left}#{context.folded[context.mention.end : min(end, context.mention.end + _REACH)]}"
