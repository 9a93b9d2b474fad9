"""
Statistic → the period it is stated for.

The nearest time expression before the number in its sentence; else the one that opens the paragraph and so frames it
(6月份,全区共受理665件。市民反映诉求涉及镇街4个). Asides in parentheses and times that something is compared with
hold for nothing outside themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from extract.language.layout import Layout
from extract.periods.find import TimeExpression, resolve_period
from extract.statistics.surroundings import Context, respective_runs
from extract.table.record import Period

# A sentence without an end must not make the search for its period quadratic.
_LOOK_BACK: Final = 12
_OPENING: Final = re.compile("[(（]")
_CLOSING: Final = re.compile("[)）]")
_LEAD: Final = re.compile(
    r"[\s\u3000]*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是|截至|截止|到|至|在|自|从|[·•●◆■—-])*"
)

# What may stand between such a time and the number that is of it.
_OF_BASELINE: Final = re.compile(r"\s*的?(?:结余|结转|节余)?(?:资金|收入)?\s*")
_PART_END: Final = re.compile("[；;]")
_POINTS: Final = ("末", "底", "初", "日", "号", "时")
_RELATIVE: Final = frozenset(("percent", "multiple"))
_STRETCHES: Final = frozenset(("stretch", "plan", "event"))

Days = tuple[date, date]


def attach_periods(
    contexts: Sequence[Context],
    roles: Sequence[str | None],
    expressions: Sequence[TimeExpression],
    layout: Layout,
    reference: date | None,
) -> Iterator[Period | None]:
    """
    The period of each statistic, None where the text states none.

    Args:
        contexts:
            The statistics in text order.
        roles:
            Their roles; "from" and "to" split a joint expression (一九五三年冬季到一九五四年秋收).
        expressions:
            All time expressions of the text, in order (``periods.find_periods``).
        reference:
            The day from which 今年 is counted, None where it is not known.
    """
    starts = [expression.start for expression in expressions]
    named = dict(_respective(contexts, starts, expressions))
    for index, (context, role) in enumerate(zip(contexts, roles, strict=True)):
        last = bisect_left(starts, context.mention.start) - 1
        before = [expressions[place] for place in range(last, max(-1, last - _LOOK_BACK), -1)]
        paragraph = layout.paragraphs.around(context.mention.start)[0]
        before = [found for found in before if found.start >= paragraph and found.end <= context.mention.start]
        found = named.get(index) or _choose(context, before) or _frame(context, before, layout)
        yield _to_period(found, role, before, reference) if found else None


def _respective(
    contexts: Sequence[Context], starts: Sequence[int], expressions: Sequence[TimeExpression]
) -> Iterator[tuple[int, TimeExpression]]:
    """Each value of a 分别 list that as many times stand before, with its own (一季度、二季度分别增长5.1%、5.3%)."""
    for first, count in respective_runs(contexts):
        last = bisect_left(starts, contexts[first].mention.start)
        times = expressions[max(0, last - count) : last]
        gaps = [contexts[first].folded[one.end : other.start] for one, other in pairwise(times)]
        if len(times) == count and all(gap in ("、", "和", "及", "与") for gap in gaps):
            yield from ((first + offset, time) for offset, time in enumerate(times))


def _choose(context: Context, before: Sequence[TimeExpression]) -> TimeExpression | None:
    """The nearest that holds; a word that points back (这一年) gives way to what it points to."""
    own = [found for found in before if found.start >= context.sentence[0] and _holds(context, found)]
    in_sentence = next((found for found in own if found is own[-1] or not _is_local(context, found)), None)
    if in_sentence is None or in_sentence.kind != "anaphora":
        return in_sentence
    named = (found for found in before if found.kind != "anaphora" and _holds(context, found))
    meant = next(named, in_sentence)
    # 当年出生 behind 年末人口 is of the year, which nothing names.
    return in_sentence if meant.raw.endswith(_POINTS) else meant


def _holds(context: Context, expression: TimeExpression) -> bool:
    between = context.folded[expression.end : context.mention.start]
    if expression.is_baseline:
        # 较2015年的9323亿元 is of 2015; 是2015年的1.7倍 is not.
        return _OF_BASELINE.fullmatch(between) is not None and context.unit_type not in _RELATIVE
    return not _leaves_parentheses(between)


def _is_local(context: Context, expression: TimeExpression) -> bool:
    """Whether a stretch of time inside of one part of a sentence (…，五年翻一番；) ends before the number's part."""
    if expression.kind not in _STRETCHES or not _PART_END.search(context.folded, expression.end, context.mention.start):
        return False
    start = context.sentence[0]
    part = max(start, *(context.folded.rfind(mark, start, expression.start) + 1 for mark in "；;"))
    lead = _LEAD.match(context.folded, part)
    return lead is not None and lead.end() < expression.start


def _leaves_parentheses(between: str) -> bool:
    """Whether a parenthesis that the time stands in is closed before the number: an aside holds for itself."""
    closing = _CLOSING.search(between)
    return closing is not None and not _OPENING.search(between, 0, closing.start())


def _frame(context: Context, before: Sequence[TimeExpression], layout: Layout) -> TimeExpression | None:
    """In a paragraph that opens with a time, the last one that opened a sentence."""
    paragraph = layout.paragraphs.around(context.mention.start)[0]
    opening = [found for found in before if not found.is_baseline and _opens(context.folded, found, layout)]
    if not opening or layout.sentences.around(opening[-1].start)[0] != paragraph:
        return None
    # Another time since then, though inside of a sentence: nobody knows which of them goes on.
    since = (found for found in before if found.start > opening[0].start and not found.is_baseline)
    return None if any(found.kind in ("calendar", "relative") for found in since) else opening[0]


def _opens(folded: str, expression: TimeExpression, layout: Layout) -> bool:
    lead = _LEAD.match(folded, layout.sentences.around(expression.start)[0])
    return lead is not None and lead.end() == expression.start


def _to_period(
    found: TimeExpression, role: str | None, before: Sequence[TimeExpression], reference: date | None
) -> Period:
    start, end = found.start, found.end
    if found.joint is not None and role is not None:
        start, end = (start, found.joint[0]) if role == "from" else (found.joint[1], end)
    anchor = next((days for other in before if other.end <= found.start and (days := _days(other, reference))), None)
    raw = found.raw[start - found.start : end - found.start]
    days = resolve_period(raw, reference, anchor)
    return Period(start, end, raw, *(days or (None, None)))


def _days(expression: TimeExpression, reference: date | None) -> Days | None:
    return None if expression.kind == "anaphora" else resolve_period(expression.raw, reference)
