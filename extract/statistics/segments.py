"""The clauses of a sentence and the brackets in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

OPENING: Final = "(（【〔"
_BRACKETS: Final = re.compile("[(（【〔)）】〕]")

Kind = Literal["clause", "open", "close"]


class Segment(NamedTuple):
    """
    A clause, what stands in brackets, or what stands behind them.

    It goes from ``start`` to ``stop``, the next bracket; ``end`` is where its clause ends.
    """

    start: int
    kind: Kind
    stop: int
    end: int


def find_segments(text: str, ends: Sequence[int], sentence: tuple[int, int]) -> Iterator[Segment]:
    """
    The segments of a sentence, in order.

    Args:
        text:
            The whole text.
        ends:
            Where its clauses end.
        sentence:
            Where the sentence begins and ends.
    """
    start, last = sentence
    while start < last:
        index = bisect_right(ends, start)
        end = min(ends[index], last) if index < len(ends) else last
        brackets = list(_BRACKETS.finditer(text, start, end))
        stops = [found.start() for found in brackets] + [end]
        yield Segment(start, "clause", stops[0] if stops[0] > start else end, end)
        for bracket, stop in zip(brackets, stops[1:], strict=True):
            is_open = bracket[0] in OPENING
            if not is_open or bracket.start() > start:
                yield Segment(bracket.end(), "open" if is_open else "close", stop, end)
        start = end
