"""
Subject and context → theme and indicator, by the rules of ``rules/themes.toml`` and ``rules/indicators.toml``.

A rule is a pattern over the clause in which # stands for the statistic (全省设立网格#). The first rule that fits wins;
an indicator also needs a unit and a kind of its codebook row. What no rule knows has no indicator, and the theme of
its surroundings.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from extract.language.rulebook import read_toml
from extract.statistics.surroundings import Context
from extract.table.errors import RuleError
from extract.table.shipped import shipped

_REACH: Final = 80
_LINK: Final = re.compile("(?:总数|人数|数量|总量)?(?:已|共|约)?(?:达到?|有|为|超过?|发展到)?$")
# What something is done with is not what it is about: 依托党群服务中心开展暖心服务.
_INSTRUMENT: Final = re.compile("(?:依托|通过|利用|借助)[^，,。；;]{0,16}?(?:中心|平台|阵地|站点)")


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """When a statistic is this indicator: patterns over clause and sentence, for the units and kinds that fit."""

    indicator: str
    clause: re.Pattern[str]
    sentence: re.Pattern[str] | None
    never: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """A theme, the pattern that shows it, and what in the sentence speaks against it."""

    theme: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Codebook:
    """
    Themes and indicators with the rules that assign them.

    ``indicators`` holds, by unit and kind, the rules that can fit; ``is_counted`` and ``is_topic`` match where one of
    many fits.
    """

    indicators: Mapping[tuple[str, str], tuple[IndicatorRule, ...]]
    counted: tuple[ThemeRule, ...]
    is_counted: re.Pattern[str]
    topics: tuple[ThemeRule, ...]
    is_topic: re.Pattern[str]


def _read_codebook(name: str) -> list[dict[str, str]]:
    with shipped("codebook", name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def codebook() -> Codebook:
    """
    Load the codebook and its rules.

    Raises:
        RuleError:
            A rule names a theme or an indicator that the codebook does not have.
    """
    units = {row["indicator"]: frozenset(row["units"].split("|")) for row in _read_codebook("indicators.csv")}
    themes = {row["theme"] for row in _read_codebook("themes.csv")}
    tables = read_toml("themes.toml")
    used = {rule["theme"] for table in ("counted", "topic") for rule in tables[table]}
    rules = read_toml("indicators.toml")["rule"]
    unknown = (used - themes) | ({rule["indicator"] for rule in rules} - set(units))
    if unknown:
        raise RuleError(f"rules: the codebook does not have {', '.join(sorted(unknown))}")
    indicators: dict[tuple[str, str], tuple[IndicatorRule, ...]] = {}
    for row in rules:
        rule = _indicator_rule(row)
        for fitting in product(units[rule.indicator], row.get("kinds", "count").split()):
            indicators[fitting] = (*indicators.get(fitting, ()), rule)
    return Codebook(
        indicators,
        *_theme_rules(tables["counted"], f"(?={tables['opening']['counted']})"),
        *_theme_rules(tables["topic"]),
    )


def _theme_rules(rows: Sequence[Mapping[str, str]], opening: str = "") -> tuple[tuple[ThemeRule, ...], re.Pattern[str]]:
    """The rules of one table, and a pattern that matches wherever one of theirs does, all of them at this opening."""
    rules = tuple(
        ThemeRule(row["theme"], re.compile(row["pattern"]), re.compile(row["unless"]) if "unless" in row else None)
        for row in rows
    )
    return rules, re.compile(f"{opening}(?:{'|'.join(row['pattern'] for row in rows)})")


def _indicator_rule(rule: Mapping[str, str]) -> IndicatorRule:
    return IndicatorRule(
        rule["indicator"],
        re.compile(rule["clause"]),
        re.compile(rule["sentence"]) if "sentence" in rule else None,
        re.compile(rule["never"]) if "never" in rule else None,
    )


def indicator_of(context: Context, kind: str) -> str | None:
    """The codebook's indicator of a statistic, or None where the codebook has none."""
    rules = codebook().indicators.get((context.mention.unit, kind), ())
    if not rules:
        return None
    clause = f"{context.left}#{context.right}"
    # 志愿者达到21万名 is 志愿者#.
    forms = dict.fromkeys((clause, f"{_LINK.sub('', context.left)}#{context.right}"))
    for rule in rules:
        if not any(map(rule.clause.search, forms)):
            continue
        if rule.sentence is not None and not rule.sentence.search(_sentence(context)):
            continue
        if rule.never is None or not rule.never.search(clause):
            return rule.indicator
    return None


def attach_themes(contexts: Sequence[Context]) -> list[str]:
    """
    The theme of each statistic of a text: by what is counted, else by the topic of the clause or the sentence.

    A clause that names nothing (同比增长5%, 其中女性30名) goes on with the theme before it in its sentence. Always one
    of the codebook's themes; "other" where nothing is known.
    """
    out: list[str] = []
    topics: dict[tuple[int, int], str | None] = {}
    for index, context in enumerate(contexts):
        clause = f"{context.left}#{context.right}"
        theme = _counted(clause, context) or _topic(clause, context)
        if theme is None and context.previous is not None and _elliptic().fullmatch(context.left):
            theme = out[index - 1]
        elif theme is None:
            window = _window(context)
            if window not in topics:
                topics[window] = _topic(context.folded[slice(*window)], context)
            theme = topics[window]
        out.append(theme or "other")
    return out


@cache
def _elliptic() -> re.Pattern[str]:
    return re.compile(read_toml("statistics.toml")["elliptic"]["pattern"])


def _counted(clause: str, context: Context) -> str | None:
    rules = codebook()
    if not rules.is_counted.search(clause):
        return None
    found = (rule for rule in rules.counted if rule.pattern.search(clause))
    return next((rule.theme for rule in found if not _is_refuted(rule, context)), None)


def _topic(text: str, context: Context) -> str | None:
    """The theme with most hits in a stretch of text, the one named first where several have as many."""
    rules = codebook()
    if not rules.is_topic.search(text):
        return None
    text = _INSTRUMENT.sub("", text)
    hits = (
        (rule.theme, [match.start() for match in rule.pattern.finditer(text)])
        for rule in rules.topics
        if not _is_refuted(rule, context)
    )
    ranked = sorted((-len(places), places[0], theme) for theme, places in hits if places)
    return ranked[0][2] if ranked else None


def _is_refuted(rule: ThemeRule, context: Context) -> bool:
    """Whether the sentence speaks against a theme."""
    return rule.unless is not None and rule.unless.search(context.folded[slice(*_window(context))]) is not None


def _window(context: Context) -> tuple[int, int]:
    """Where the sentence begins and ends, of a long one what stands around the statistic."""
    start, end = context.sentence
    return max(start, context.mention.start - 3 * _REACH), min(end, context.mention.end + 3 * _REACH)


def _sentence(context: Context) -> str:
    left, right = _window(context)
    return f"{context.folded[left : context.mention.start]}#{context.folded[context.mention.end : right]}"
