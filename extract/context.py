"""A mention and the text around it, as the stages after ``find`` look at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.record import Mention
from extract.text import Layout
from extract.units import unit_type

# A clause is looked at this far to either side; a text without any punctuation must not cost more.
_REACH = 80
# Blanks that are no part of a Latin word: text from the web sets numbers off with them (增长 12.3 %).
_BLANKS = re.compile("(?<![A-Za-z])[ \t]+|[ \t]+(?![A-Za-z])")
_ARABIC = re.compile("[0-9]")
_VALUE_GAP = re.compile("[、，,和及与]|以及")


@dataclass(frozen=True)
class Context:
    """
    One mention in its surroundings; all offsets are of the whole text.

    ``left`` and ``right`` are the clause before and after the mention, ``sentence_left`` the sentence before it, each
    cut to a bounded length and without the blanks around numbers. ``previous`` is the mention before it in the same
    sentence, ``gap`` the text in between.
    """

    folded: str
    mention: Mention
    clause: tuple[int, int]
    sentence: tuple[int, int]
    left: str
    unit_type: str
    previous: Mention | None
    following: Mention | None

    @property
    def surface(self) -> str:
        return self.folded[self.mention.start : self.mention.end]

    @cached_property
    def right(self) -> str:
        end = self.mention.end
        return _dense(self.folded[end : min(self.clause[1], end + _REACH)])

    @cached_property
    def sentence_left(self) -> str:
        start = self.mention.start
        return _dense(self.folded[max(self.sentence[0], start - 3 * _REACH) : start])

    @cached_property
    def gap(self) -> str:
        """The text since the previous mention of the sentence; the whole sentence so far where there is none."""
        return _dense(self.folded[self.previous.end : self.mention.start]) if self.previous else self.sentence_left

    @cached_property
    def is_han(self) -> bool:
        """Whether the number is written in Chinese numerals only."""
        return _ARABIC.search(self.folded, self.mention.start, self.mention.end) is None


def _dense(text: str) -> str:
    return _BLANKS.sub("", text) if " " in text or "\t" in text else text


def contexts(folded: str, mentions: Sequence[Mention], layout: Layout) -> list[Context]:
    """The context of each mention, in order; ``previous`` and ``following`` stay within the sentence."""
    sentences = [layout.sentences.around(mention.start) for mention in mentions]
    out: list[Context] = []
    for mention, sentence, neighbours in zip(mentions, sentences, _neighbours(mentions, sentences), strict=True):
        start, last = mention.start, mention.end - 1
        opening, closing = layout.clauses.around(start)
        clause = opening, closing if opening <= last < closing else layout.clauses.around(last)[1]
        left = _dense(folded[max(opening, start - _REACH) : start])
        out.append(Context(folded, mention, clause, sentence, left, unit_type(mention.unit), *neighbours))
    return out


def among_themselves(kept: Sequence[Context]) -> list[Context]:
    """Some contexts of a text, each beside its neighbours among them."""
    mentions = [one.mention for one in kept]
    neighbours = _neighbours(mentions, [one.sentence for one in kept])
    return [
        Context(one.folded, one.mention, one.clause, one.sentence, one.left, one.unit_type, *beside)
        for one, beside in zip(kept, neighbours, strict=True)
    ]


def _neighbours(
    mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[Mention | None, Mention | None]]:
    """The mentions before and behind each in its sentence."""
    before: Mention | None = None
    for mention, sentence, after in zip(mentions, sentences, (*mentions[1:], None), strict=False):
        yield (
            before if before is not None and before.start >= sentence[0] else None,
            after if after is not None and after.end <= sentence[1] else None,
        )
        before = mention


def respective_runs(contexts: Sequence[Context]) -> Iterator[tuple[int, int]]:
    """The 分别 lists of a text: the index of the first value and the number of values of each."""
    first = 0
    while first < len(contexts):
        last = first
        if "分别" in contexts[first].gap[-16:]:
            while last + 1 < len(contexts) and _VALUE_GAP.fullmatch(contexts[last + 1].gap):
                last += 1
        if last > first:
            yield first, last - first + 1
        first = last + 1
