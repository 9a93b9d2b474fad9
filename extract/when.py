"""Mention → the period it is stated for: the nearest time expression before it in its sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from extract.context import Context
from extract.periods import TimeExpression

# A sentence without an end must not make the search for its period quadratic.
_LOOK_BACK: Final = 12


def attach_periods(
    contexts: Sequence[Context], expressions: Sequence[TimeExpression]
) -> Iterator[TimeExpression | None]:
    """
    The time expression that each statistic is stated for, None where its sentence has none before it.

    A time that something is compared with (较“十三五”末) holds only for the number that it directly qualifies.

    Args:
        contexts:
            The statistics in text order.
        expressions:
            All time expressions of the text, in order (``periods.find_periods``).
    """
    starts = [expression.start for expression in expressions]
    for context in contexts:
        last = bisect_left(starts, context.mention.start) - 1
        candidates = (expressions[index] for index in range(last, max(-1, last - _LOOK_BACK), -1))
        yield next((found for found in candidates if _holds(context, found)), None)


def _holds(context: Context, expression: TimeExpression) -> bool:
    if expression.start < context.sentence[0] or expression.end > context.mention.start:
        return False
    if not expression.is_baseline:
        return True
    return context.folded[expression.end : context.mention.start].strip() in ("的", "")
