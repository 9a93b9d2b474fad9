"""Sentences and clauses of a text, by offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# The character first, which settles most places.
_SENTENCE_END: Final = re.compile(r"[。！？!?\r\n](?:(?<=[\r\n])[\r\n]*|(?<![\r\n])[。！？!?]*[”’」』\"]?)")
# No comma inside of 1,200, no colon inside of 9:30, and only —— and ……
_CLAUSE_END: Final = re.compile(
    r"[，；：;。！？!?\r\n,:—…](?:(?<![,:—…])|(?<=,)(?:(?<!\d,)|(?!\d{3}(?!\d)))|(?<=:)(?:(?!\d)|(?<!\d:))|(?<=—)—|(?<=…)…)"
)
_PARAGRAPH_END: Final = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Division:
    """Consecutive stretches that cover a text; ``ends`` are the offsets right behind each closing mark."""

    ends: tuple[int, ...]
    length: int

    def around(self, position: int) -> tuple[int, int]:
        """Start and end of the stretch that holds this character, its closing mark included."""
        index = bisect_right(self.ends, position)
        start = self.ends[index - 1] if index else 0
        return start, self.ends[index] if index < len(self.ends) else self.length


@dataclass(frozen=True, slots=True)
class Layout:
    """The sentences (to 。！？ or the line's end), clauses (to ，；：) and paragraphs (lines) of a text."""

    sentences: Division
    clauses: Division
    paragraphs: Division


def find_opened(
    opening: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    """
    The matches of a long alternation in ``text[start:end]``, as ``finditer`` gives them.

    Args:
        opening:
            A class of characters, and perhaps what must stand around them. Only where it matches is *pattern* tried at
            all, so it has to match wherever a match can begin.
        pattern:
            What is looked for; it matches no empty string.
    """
    stop = len(text) if end is None else end
    found = opening.search(text, start, stop)
    while found is not None:
        at = found.start()
        match = pattern.match(text, at, stop)
        if match is not None:
            yield match
        found = opening.search(text, match.end() if match is not None else at + 1, stop)


def divide(text: str) -> Layout:
    """
    Where sentences, clauses and paragraphs of a text end.

    >>> layout = divide("建成5个,改造1,200户。二是")
    >>> layout.clauses.around(2), layout.clauses.around(8), layout.sentences.around(0)
    ((0, 5), (5, 14), (0, 14))
    """
    return Layout(*(_division(text, mark) for mark in (_SENTENCE_END, _CLAUSE_END, _PARAGRAPH_END)))


def _division(text: str, mark: re.Pattern[str]) -> Division:
    return Division(tuple(map(re.Match.end, mark.finditer(text))), len(text))
