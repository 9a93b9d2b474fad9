"""
Which time expression a statistic has: the nearest before it that holds, or the one that opens its paragraph.

Asides in parentheses, times that something is compared with, and times inside of another part of the sentence hold for
nothing outside themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from extract.language.layout import Layout
from extract.language.rulebook import read_toml
from extract.outline.parts import Part
from extract.periods.find import TimeExpression
from extract.statistics.surroundings import Context, respective_runs

# A sentence without an end must not make the search for its period quadratic.
_LOOK_BACK: Final = 12
_OPENING: Final = re.compile("[(（]")
_CLOSING: Final = re.compile("[)）]")
_DIGIT: Final = re.compile("[0-9]")
_LONGEST_LEAD: Final = 40
_PART_END: Final = re.compile("[；;]")
_RELATIVE: Final = frozenset(("percent", "multiple"))
# Kinds of expressions that say how long: over them a level is told apart from a flow.
STRETCHES: Final = frozenset(("stretch", "plan", "event"))


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The patterns of ``rules/statistics.toml`` that the time of a value needs, compiled."""

    lead: re.Pattern[str]
    of_baseline: re.Pattern[str]
    until: re.Pattern[str]
    deadline: re.Pattern[str]
    origin: re.Pattern[str]
    points: tuple[str, ...]
    joining: re.Pattern[str]
    part: re.Pattern[str]
    date: re.Pattern[str]
    yearly: re.Pattern[str]
    day: re.Pattern[str]
    reporting: re.Pattern[str]
    reached: re.Pattern[str]
    flow: re.Pattern[str]


@cache
def time_words() -> TimeWords:
    """``rules/statistics.toml`` on the time of a value, compiled."""
    rules = read_toml("statistics.toml")["time"]
    return TimeWords(
        lead=re.compile(rules["lead"]),
        of_baseline=re.compile(rules["of_baseline"]),
        until=re.compile(f"(?:{rules['until']})$"),
        deadline=re.compile(f"(?:{rules['deadline']})$"),
        origin=re.compile(rules["origin"]),
        points=tuple(rules["points"].split("|")),
        joining=re.compile(rules["joining"]),
        part=re.compile(rules["part"]),
        date=re.compile(rules["date"]),
        yearly=re.compile(rules["yearly"]),
        day=re.compile(f"(?:{rules['day']})$"),
        reporting=re.compile(rules["reporting"]),
        reached=re.compile(rules["reached"]),
        flow=re.compile(rules["flow"]),
    )


@dataclass(frozen=True, slots=True)
class Times:
    """All time expressions of a text in order, and where they start."""

    expressions: Sequence[TimeExpression]
    starts: Sequence[int]

    def before(self, context: Context, paragraph: int) -> list[TimeExpression]:
        """Those of the paragraph that end before the mention, the nearest first."""
        last = bisect_left(self.starts, context.mention.start) - 1
        near = [self.expressions[place] for place in range(last, max(-1, last - _LOOK_BACK), -1)]
        return [found for found in near if found.start >= paragraph and found.end <= context.mention.start]


def respective_times(contexts: Sequence[Context], times: Times) -> Iterator[tuple[int, TimeExpression]]:
    """Each value of a 分别 list that as many times stand before, with its own (一季度、二季度分别增长5.1%、5.3%)."""
    for first, count in respective_runs(contexts):
        last = bisect_left(times.starts, contexts[first].mention.start)
        listed = times.expressions[max(0, last - count) : last]
        gaps = [contexts[first].folded[one.end : other.start] for one, other in pairwise(listed)]
        if len(listed) == count and all(time_words().joining.fullmatch(gap) for gap in gaps):
            yield from ((first + offset, time) for offset, time in enumerate(listed))


def is_of_origin(expression: TimeExpression, origin: Context) -> bool:
    """Whether a time belongs to the first value of 从…到…: it stands between 从 and the value."""
    if expression.joint is not None:
        return False
    start = max((match.start() for match in time_words().origin.finditer(origin.left)), default=None)
    return (
        start is not None and origin.mention.start - len(origin.left) + start <= expression.start < origin.mention.end
    )


def choose(context: Context, before: Sequence[TimeExpression]) -> TimeExpression | None:
    """The nearest that holds; a word that points back (这一年) gives way to what it points to."""
    own = [found for found in before if found.start >= context.sentence[0] and _holds(context, found)]
    in_sentence = next((found for found in own if found is own[-1] or not _is_local(context, found)), None)
    if in_sentence is None or in_sentence.kind != "anaphora":
        return in_sentence
    named = (found for found in before if found.kind != "anaphora" and _holds(context, found))
    meant = next(named, in_sentence)
    # 当年出生 behind 年末人口 is of the year, which nothing names.
    return in_sentence if meant.raw.endswith(time_words().points) else meant


def _holds(context: Context, expression: TimeExpression) -> bool:
    between = context.folded[expression.end : context.mention.start]
    if expression.is_baseline:
        # 较2015年的9323亿元 is of 2015; 是2015年的1.7倍 is not.
        return time_words().of_baseline.fullmatch(between) is not None and context.unit_type not in _RELATIVE
    if time_words().day.search(expression.raw) and time_words().reporting.search(between):
        return False
    return not _leaves_parentheses(between)


def _is_local(context: Context, expression: TimeExpression) -> bool:
    """
    Whether a time inside of one part of a sentence ends before the number's part.

    …，五年翻一番；… and 建成5个，2006年起补助8个；…
    """
    if not _PART_END.search(context.folded, expression.end, context.mention.start):
        return False
    start = context.sentence[0]
    part = max(start, *(context.folded.rfind(mark, start, expression.start) + 1 for mark in "；;"))
    if leads(context.folded, part, expression):
        return False
    return expression.kind in STRETCHES or _DIGIT.search(context.folded, part, expression.start) is not None


def _leaves_parentheses(between: str) -> bool:
    """Whether a parenthesis that the time stands in is closed before the number: an aside holds for itself."""
    closing = _CLOSING.search(between)
    return closing is not None and not _OPENING.search(between, 0, closing.start())


def find_frame(context: Context, before: Sequence[TimeExpression], layout: Layout, part: Part) -> TimeExpression | None:
    """In a paragraph that opens with a time, the last one that opened a sentence."""
    paragraph = layout.paragraphs.around(context.mention.start)[0]
    opening = [found for found in before if not found.is_baseline and opens(context.folded, found, layout)]
    if not opening or layout.sentences.around(opening[-1].start)[0] != paragraph:
        return None
    # Another time since then, though inside of a sentence: nobody knows which of them goes on.
    since = (found for found in before if found.start > opening[0].start and not found.is_baseline)
    if any(found.kind in ("calendar", "relative") for found in since):
        return None
    # A visit on one day opens many a review of a year and dates nothing in it.
    is_day = time_words().date.search(opening[0].raw) is not None
    return None if part.days is not None and is_day else opening[0]


def opens(folded: str, expression: TimeExpression, layout: Layout) -> bool:
    """Whether a time opens its sentence, perhaps behind a clause that tells nothing yet (公报显示，截至2015年底，…)."""
    start = layout.sentences.around(expression.start)[0]
    if leads(folded, start, expression):
        return True
    clause = layout.clauses.around(expression.start)[0]
    is_early = expression.start - start <= _LONGEST_LEAD and not _DIGIT.search(folded, start, expression.start)
    return is_early and leads(folded, clause, expression)


def leads(folded: str, start: int, expression: TimeExpression) -> bool:
    """Whether nothing but list marks and prepositions stands between *start* and the expression."""
    lead = time_words().lead.match(folded, start)
    return lead is not None and lead.end() == expression.start
