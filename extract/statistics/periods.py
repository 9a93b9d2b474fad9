"""
Statistic → the time that its value is of, stated in its sentence or inherited from opener, heading or title.

The nearest time expression before the number in its sentence; else the one that opens the paragraph and so frames it
(6月份,全区共受理665件。市民反映诉求涉及镇街4个); else what the part of the document speaks of. Asides in parentheses
and times that something is compared with hold for nothing outside themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from extract.language.layout import Layout
from extract.outline.parts import Outline, Part
from extract.outline.scopes import Clock
from extract.periods.days import Days
from extract.periods.find import TimeExpression
from extract.periods.resolve import resolve_period
from extract.statistics.expressions import (
    STRETCHES,
    Times,
    choose,
    find_frame,
    is_of_origin,
    leads,
    opens,
    respective_times,
    time_words,
)
from extract.statistics.kinds import Attached
from extract.statistics.surroundings import Context
from extract.statistics.times import Timed, is_ahead


def attach_periods(
    contexts: Sequence[Context],
    attached: Sequence[Attached],
    statuses: Sequence[str],
    expressions: Sequence[TimeExpression],
    outline: Outline,
    layout: Layout,
) -> tuple[list[str], list[Timed]]:
    """
    The status and the time of each statistic.

    A time that is not over makes an aim of what no word says is done; and 今年 in an aim is the whole year.

    Args:
        contexts, attached, statuses:
            The statistics in text order, their kinds and roles, and what their words say of done or aimed at.
        expressions:
            All time expressions of the text, in order (``periods.find_periods``).
        outline:
            The parts of the document, with the day from which 今年 is counted.
    """
    times = Times(expressions, [expression.start for expression in expressions])
    named = dict(respective_times(contexts, times))
    settled, made, first = list(statuses), list[Timed](), 0
    chosen: list[TimeExpression | None] = []
    for index, (context, how) in enumerate(zip(contexts, attached, strict=True)):
        first = index if context.sentence != contexts[first].sentence else first
        part = outline.around(context.mention.start)
        before = times.before(context, layout.paragraphs.around(context.mention.start)[0])
        origin = contexts[index - 1] if how.role == "to" else None
        own = [found for found in before if origin is None or not is_of_origin(found, origin)]
        found = named.get(index) or choose(context, own)
        whole = None if found else _of_whole(first, contexts, made, layout)
        found = found or (None if whole else find_frame(context, own, layout, part))
        found = _as_pair_before(index, contexts, attached, chosen, found)
        chosen.append(found)
        dated = _Dated(context, how, found, before, part, layout)
        clock = outline.clock.ahead() if settled[index] == "target" else outline.clock
        timed = whole or dated.resolve(clock)
        if settled[index] == "actual" and is_ahead(context, timed, outline.clock):
            settled[index] = "target"
            timed = whole or dated.resolve(outline.clock.ahead())
        made.append(timed)
    return settled, made


def _as_pair_before(
    index: int,
    contexts: Sequence[Context],
    attached: Sequence[Attached],
    chosen: Sequence[TimeExpression | None],
    found: TimeExpression | None,
) -> TimeExpression | None:
    """
    The time found for a statistic, or that of the movement before it, whose beginning it shares.

    从2020年的6.46张增加到2023年的7.23张；医师由2.9人提高到3.4人: the second movement has no times of its own.
    """
    is_second = index >= 3 and [how.role for how in attached[index - 3 : index + 1]] == ["from", "to", "from", "to"]
    if not is_second or contexts[index - 3].sentence != contexts[index].sentence:
        return found
    begins_alike = found is not None and found == chosen[index - 1] == chosen[index - 3]
    return chosen[index - 2] if begins_alike else found


def _of_whole(first: int, contexts: Sequence[Context], made: Sequence[Timed], layout: Layout) -> Timed | None:
    """The time of the whole, where a sentence of its parts begins with this statistic (…。其中,民间投资…)."""
    context = contexts[first]
    if first == 0 or not time_words().part.match(context.folded, context.sentence[0]):
        return None
    paragraph = layout.paragraphs.around(context.mention.start)[0]
    if contexts[first - 1].mention.start < paragraph or made[first - 1].last is None:
        return None
    return replace(made[first - 1], basis="inherited")


@dataclass(frozen=True, slots=True)
class _Dated:
    """
    A statistic with the expression that dates it, None where only its part does.

    ``before`` are the expressions of its paragraph before it, the nearest first.
    """

    context: Context
    how: Attached
    found: TimeExpression | None
    before: Sequence[TimeExpression]
    part: Part
    layout: Layout

    def resolve(self, clock: Clock) -> Timed:
        """The time of the statistic, counted by a clock."""
        timed = self._stated(self.found, clock) if self.found else self._inherited()
        return self._of_level(self._of_years(timed))

    def _stated(self, found: TimeExpression, clock: Clock) -> Timed:
        start, end = found.start, found.end
        if found.joint is not None and self.how.role is not None:
            start, end = (start, found.joint[0]) if self.how.role == "from" else (found.joint[1], end)
        raw = found.raw[start - found.start : end - found.start]
        days = resolve_period(raw, clock.reference, self._anchor(found, clock), clock.closing)
        if days is None:
            return Timed(raw)
        if time_words().until.search(self.context.folded, max(0, found.start - 4), found.start):
            days = days[1], days[1]
        return Timed(raw, *days, "stated" if found.start >= self.context.sentence[0] else "inherited")

    def _inherited(self) -> Timed:
        return Timed(None, *self.part.days, "inherited") if self.part.days is not None else Timed()

    def _anchor(self, found: TimeExpression, clock: Clock) -> Days | None:
        """
        The time that an expression without a year lies in.

        当年 points to the nearest time named before. 全年, 年末 and 6月 lie in the time that opened the sentence or,
        in the same sentence, a clause; a year of comparison or a deadline opens nothing. Else they lie in the year
        of the part.
        """
        earlier = [other for other in self.before if other.end <= found.start]
        if found.kind == "anaphora":
            nearest = (days for other in earlier if other.kind != "anaphora" and (days := _days(other, clock)))
            return next(nearest, self.part.days)
        for other in earlier:
            days = _days(other, clock) if self._opens(other, found) else None
            if days is not None and days[0].year == days[1].year:
                return days
        return self.part.days

    def _opens(self, other: TimeExpression, found: TimeExpression) -> bool:
        """Whether a time opened a sentence, or a clause of the sentence in which an expression stands."""
        folded, layout = self.context.folded, self.layout
        if other.is_baseline or time_words().deadline.search(folded, max(0, other.start - 4), other.start):
            return False
        is_near = other.start >= layout.sentences.around(found.start)[0]
        leads_clause = is_near and leads(folded, layout.clauses.around(other.start)[0], other)
        return leads_clause or opens(folded, other, layout)

    def _of_years(self, timed: Timed) -> Timed:
        """A yearly growth beside the figure of one year is of the years of its part (2006年8亿元，年均增长9%)."""
        days = self.part.days
        if self.how.kind != "change" or days is None or timed.first is None or timed.last is None:
            return timed
        is_within = days[0] <= timed.first and timed.last <= days[1] and timed.first.year == timed.last.year
        if days[0].year == days[1].year or not is_within or not time_words().yearly.search(self.context.left):
            return timed
        return Timed(None, *days, "inherited")

    def _of_level(self, timed: Timed) -> Timed:
        """A level that is said to have been reached within a span of years is of the last of them."""
        if self.found is not None and self.found.kind not in STRETCHES and self.found.kind != "anaphora":
            return timed
        if timed.first is None or timed.last is None or timed.first.year == timed.last.year:
            return timed
        if self.how.role == "from" or self.how.kind == "change" or (timed.last.month, timed.last.day) != (12, 31):
            return timed
        words, left = time_words(), self.context.left
        is_reached = self.how.role == "to" or words.reached.search(left) is not None
        if not is_reached or words.flow.search(left):
            return timed
        return replace(timed, first=date(timed.last.year, 1, 1))


def _days(expression: TimeExpression, clock: Clock) -> Days | None:
    days = resolve_period(expression.raw, clock.reference, None, clock.closing)
    return None if days is None or days[0] is None else (days[0], days[1])
