"""
Time expressions: where they stand in a text.

Atoms (``words``) that touch, coarse to fine, or that a 至 joins, are one expression (``expressions``). An ending
(末, 以来, 期间, 以前) stays inside; 到, 自 and 截至 in front and 为止 behind stay outside. A noun phrase with 以来 or
期间 (专项行动以来) is an expression too. What the days of an expression are, ``resolve`` says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extract.language.numerals import fold
from extract.periods.expressions import Chain, find_chains, has_date, is_lone_day
from extract.periods.reference_date import Precision, find_reference_date
from extract.periods.resolve import resolve_period
from extract.periods.words import KINDS, TimeKind, alternatives, date_rules, is_rank, time_rules

__all__ = ["Precision", "TimeExpression", "find_date_spans", "find_periods", "find_reference_date", "resolve_period"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """
    One time expression: ``text[start:end] == raw``, longest form, without 到, 至, 在 in front or 为止 behind.

    ``kind``:
        - "calendar" 2021年5月, 6月份, 8月22日20时许 · "relative" 今年, 年底 · "plan" “十四五”时期
        - "stretch" 两年来, 近三年 · "event" 专项行动以来, 疫情期间
        - "anaphora" 当年, 这五年, 同期: points back to a time named before, which says more
    ``is_baseline``: the time is what something is compared with (较“十三五”末, 是2020年的3倍, 去年同期), or belongs to
    what it is measured by (完成全年任务的85%), was founded then (建于1999年) or is carried over (上年结余).
    ``joint``: the offsets of the 至 in a range of two full times (2020年1月至6月), for what held at its ends, or None
    """

    start: int
    end: int
    raw: str
    kind: TimeKind
    is_baseline: bool
    joint: tuple[int, int] | None = None


def find_periods(text: str) -> tuple[TimeExpression, ...]:
    """
    Every expression that says when something held or happened, in text order, disjoint.

    Not found: durations (为期2年, 13个月), frequencies (每年), bare clock times, vague words for now (目前), and
    whatever stands in a 《title》.

    >>> [found.raw for found in find_periods("截至2022年底，专项行动以来新增5万户，连续3年增长。")]
    ['2022年底', '专项行动以来']
    """
    folded = fold(text)
    return periods_of(text, folded, tuple(find_chains(folded)))


def periods_of(text: str, folded: str, chains: Sequence[Chain]) -> tuple[TimeExpression, ...]:
    """``find_periods`` of a text whose chains are known."""
    events = list(_find_events(folded, chains))
    titles = [match.span() for match in re.finditer(_rules()["title"], folded)]
    found = [(chain.start, chain.stop, chain.time_kind) for chain in chains if _is_period(folded, chain)]
    spans = _outermost(found, events)
    joints = {(chain.start, chain.stop): chain.joint for chain in chains}
    return tuple(
        TimeExpression(start, end, text[start:end], kind, _is_baseline(folded, start, end), joints.get((start, end)))
        for start, end, kind in spans
        if not _lies_in(start, titles)
    )


def find_date_spans(text: str) -> tuple[tuple[int, int], ...]:
    """
    Every span whose digits are a date or a clock time (3月18日, 9:00, “十四五”, 20世纪90年代), in order, disjoint.

    For telling dates from quantities: durations (5年, 24小时, 五年来) are not covered.

    >>> [text[start:end] for text in ["3月18日9:00起5年内建成"] for start, end in find_date_spans(text)]
    ['3月18日9:00']
    """
    folded = fold(text)
    return date_spans_of(folded, find_chains(folded))


def date_spans_of(folded: str, chains: Iterable[Chain]) -> tuple[tuple[int, int], ...]:
    """``find_date_spans`` of a text whose chains are known."""
    return tuple(
        (chain.start, chain.atoms[-1].end) for chain in chains if has_date(chain) and not is_lone_day(folded, chain)
    )


def _rules() -> Mapping[str, Any]:
    rules: Mapping[str, Any] = date_rules()["expression"]
    return rules


def _is_period(folded: str, chain: Chain) -> bool:
    before = folded[max(0, chain.start - 3) : chain.start]
    kinds = chain.kinds
    rules = _rules()
    is_since = folded.endswith(rules["since_start"], 0, chain.stop)
    if before.endswith(tuple(rules["every"])) or (is_since and is_rank(folded, chain.stop)):
        return False
    if kinds <= {"plan"} and not chain.has_tail:
        return _plan_is_time(folded, chain)
    if any(KINDS[kind].stands_alone for kind in kinds):
        return True
    if "days" in kinds:
        return not is_lone_day(folded, chain)
    return chain.has_tail and bool(kinds & {"festival", "season"})


def _plan_is_time(folded: str, chain: Chain) -> bool:
    """“十四五”新建 is a time, “十四五”规划 a name."""
    is_quoted = not chain.atoms[-1].surface.endswith(_rules()["plan_end"])
    return is_quoted and _plan_names().match(folded, chain.stop) is None


@cache
def _plan_names() -> re.Pattern[str]:
    return re.compile(f"{alternatives(time_rules()['plan']['names'])}|{_rules()['plan_is_time']}")


def _find_events(folded: str, chains: Sequence[Chain]) -> Iterator[tuple[int, int, TimeKind]]:
    """Noun phrase + 以来 or 期间, from the start of a short clause, from a preposition, or from the date in front."""
    starts = [chain.start for chain in chains]
    for match in re.finditer(_rules()["since"], folded):
        nearest = bisect_left(starts, match.start()) - 1
        if nearest >= 0 and chains[nearest].stop > match.start():
            continue
        date = chains[nearest] if nearest >= 0 else None
        start = _event_start(folded, match, date)
        if start is not None:
            yield start, match.end(), "event"


def _event_start(folded: str, since: re.Match[str], date: Chain | None) -> int | None:
    end = since.start()
    rules = time_rules()["event_start"]
    window = folded[max(0, end - 2 * rules["longest"]) : end]
    clause = window[max((window.rfind(char) for char in _rules()["clause_edge"]), default=-1) + 1 :]
    if date is not None and date.start >= end - len(clause) and date.time_kind in ("calendar", "relative"):
        return date.start
    known = _known_event().search(clause)
    if known:
        return end - len(clause) + known.start()
    split = max(_event_prefixes().finditer(clause), key=lambda match: match.end(), default=None)
    strong = _rules()["strong"] if since[0] == _rules()["during"] else _rules()["strong"][:-1]
    is_long = len(clause) > rules["longest"]
    is_cut = split is not None and (is_long or split.start() == 0 or split[0] in strong)
    phrase = clause[split.end() :] if split is not None and is_cut else clause
    if not 2 <= len(phrase) <= rules["longest"] or re.search(_rules()["no_event"], phrase):
        return None
    return end - len(phrase)


@cache
def _event_prefixes() -> re.Pattern[str]:
    return re.compile(alternatives(time_rules()["event_start"]["before"]))


@cache
def _known_event() -> re.Pattern[str]:
    words = "|".join(row["surface"] for row in time_rules()["event"])
    return re.compile(f"(?:{alternatives(words)})$")


def _outermost(
    found: list[tuple[int, int, TimeKind]], events: list[tuple[int, int, TimeKind]]
) -> Iterator[tuple[int, int, TimeKind]]:
    """All spans in order; of two that overlap, the event, which is the longer expression."""
    end = 0
    for start, stop, kind in sorted(found + events, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop, kind
            end = stop


def _lies_in(position: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_left(spans, (position + 1,)) - 1
    return index >= 0 and position < spans[index][1]


@dataclass(frozen=True, slots=True)
class _Baseline:
    """What stands in front of, or behind, a time that is none of the statistic's own; some only together."""

    before: re.Pattern[str]
    of_quality: re.Pattern[str]
    paired: re.Pattern[str]
    after: re.Pattern[str]
    yardstick_before: re.Pattern[str]
    yardstick: re.Pattern[str]
    founded_before: re.Pattern[str]
    founded: re.Pattern[str]


@cache
def _baseline() -> _Baseline:
    rules = time_rules()["baseline"]
    return _Baseline(
        before=re.compile(f"(?<!{_rules()['no_share']})(?:{alternatives(rules['before'])})$"),
        of_quality=re.compile(rules["of_quality"]),
        paired=re.compile(f"(?:{alternatives(rules['with'])})$"),
        after=re.compile(alternatives(rules["after"])),
        yardstick_before=re.compile(rules["yardstick_before"]),
        yardstick=re.compile(rules["yardstick"]),
        founded_before=re.compile(rules["founded_before"]),
        founded=re.compile(f"{rules['founded']}|{rules['carried']}"),
    )


def _is_baseline(folded: str, start: int, end: int) -> bool:
    words, front = _baseline(), folded[max(0, start - 4) : start]
    if folded.endswith(_rules()["same_time"], start, end) or words.before.search(front):
        return True
    if words.of_quality.search(folded, max(0, start - 12), start):
        return True
    if words.founded_before.search(front) or words.founded.match(folded, end):
        return True
    if words.yardstick.match(folded, end) and words.yardstick_before.search(folded, max(0, start - 8), start):
        return True
    return words.paired.search(front) is not None and words.after.match(folded, end) is not None
