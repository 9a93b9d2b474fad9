"""A mention and the text around it, as the stages after ``find`` look at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extract.language.layout import Layout
from extract.language.rulebook import read_toml
from extract.quantities.units import unit_type
from extract.table.record import Mention

# A clause is looked at this far to either side; a text without any punctuation must not cost more.
_REACH = 80
# Blanks that are no part of a Latin word: text from the web sets numbers off with them (增长 12.3 %).
_BLANKS = re.compile("(?<![A-Za-z])[ \t]+|[ \t]+(?![A-Za-z])")
_ARABIC = re.compile("[0-9]")


class Context(NamedTuple):
    """
    One mention in its surroundings; all offsets are of the whole text.

    ``left`` and ``right`` are the clause before and after the mention, ``sentence_left`` the sentence before it, each
    cut to a bounded length and without the blanks around numbers. ``previous`` is the mention before it in the same
    sentence, ``gap`` the text in between: the whole sentence so far where there is none.
    """

    folded: str
    mention: Mention
    clause: tuple[int, int]
    sentence: tuple[int, int]
    left: str
    right: str
    sentence_left: str
    gap: str
    unit_type: str
    previous: Mention | None
    following: Mention | None

    @property
    def surface(self) -> str:
        """The mention as the text prints it."""
        return self.folded[self.mention.start : self.mention.end]

    @property
    def is_han(self) -> bool:
        """Whether the number is written in Chinese numerals only."""
        return _ARABIC.search(self.folded, self.mention.start, self.mention.end) is None


def _dense(text: str) -> str:
    return _BLANKS.sub("", text) if " " in text or "\t" in text else text


def contexts(folded: str, mentions: Sequence[Mention], layout: Layout) -> list[Context]:
    """The context of each mention, in order; ``previous`` and ``following`` stay within the sentence."""
    sentences = [layout.sentences.around(mention.start) for mention in mentions]
    out: list[Context] = []
    for mention, sentence, (previous, following) in zip(
        mentions, sentences, _neighbours(mentions, sentences), strict=True
    ):
        start, end = mention.start, mention.end
        opening, closing = layout.clauses.around(start)
        clause = opening, closing if opening <= end - 1 < closing else layout.clauses.around(end - 1)[1]
        left = _dense(folded[max(opening, start - _REACH) : start])
        right = _dense(folded[end : min(clause[1], end + _REACH)])
        so_far = _dense(folded[max(sentence[0], start - 3 * _REACH) : start])
        gap = _gap(folded, previous, mention, so_far)
        kind = unit_type(mention.unit)
        out.append(Context(folded, mention, clause, sentence, left, right, so_far, gap, kind, previous, following))
    return out


def among_themselves(kept: Sequence[Context]) -> list[Context]:
    """Some contexts of a text, each beside its neighbours among them."""
    mentions = [one.mention for one in kept]
    beside = _neighbours(mentions, [one.sentence for one in kept])
    return [
        one
        if (previous, following) == (one.previous, one.following)
        else one._replace(
            previous=previous, following=following, gap=_gap(one.folded, previous, one.mention, one.sentence_left)
        )
        for one, (previous, following) in zip(kept, beside, strict=True)
    ]


def _gap(folded: str, previous: Mention | None, mention: Mention, so_far: str) -> str:
    return _dense(folded[previous.end : mention.start]) if previous is not None else so_far


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


@cache
def _respective() -> str:
    return str(read_toml("relations.toml")["respective"])


@cache
def _value_gap() -> re.Pattern[str]:
    return re.compile(read_toml("statistics.toml")["list"]["value_gap"])


def is_value_gap(gap: str) -> bool:
    """Whether nothing stands between two numbers but what joins them in a row: 12个、8个和5个."""
    return _value_gap().fullmatch(gap) is not None


def respective_runs(contexts: Sequence[Context]) -> Iterator[tuple[int, int]]:
    """The 分别 lists of a text: the index of the first value and the number of values of each."""
    respective, value_gap = _respective(), _value_gap()
    first = 0
    while first < len(contexts):
        last = first
        if respective in contexts[first].gap[-16:]:
            while last + 1 < len(contexts) and value_gap.fullmatch(contexts[last + 1].gap):
                last += 1
        if last > first:
            yield first, last - first + 1
        first = last + 1
