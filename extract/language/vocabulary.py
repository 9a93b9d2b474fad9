"""
The field's nouns, and where a text names them.

``data/codebook/terms.csv`` has a row a term: its other spellings, its theme, what kind of thing it is, its English.
One automaton looks for all spellings at once; of two that overlap the one that begins first wins, then the longer.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.table.errors import RuleError
from extract.table.shipped import shipped

# Terms of so many characters are words wherever they stand; shorter ones can be part of others (生产队 of 生产队伍).
LONG: Final = 4
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
KINDS: Final = (
    "person", "body", "place", "facility", "goods", "event", "work", "document", "money", "quantity", "rate", "field",
)  # fmt: skip


class Term(NamedTuple):
    """
    One concept of the vocabulary.

    ``theme`` is "" for a term that is at home in many themes (企业, 项目); ``kind`` is one of ``KINDS``.
    """

    term: str
    aliases: tuple[str, ...]
    theme: str
    kind: str
    label_en: str
    source: str


class TermMention(NamedTuple):
    """``text[start:end]`` is a spelling of ``term``."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms, by spelling, and the automaton that finds them."""

    terms: tuple[Term, ...]
    by_spelling: Mapping[str, Term]
    spellings: tuple[str, ...]
    automaton: AhoCorasick
    long_spellings: AhoCorasick

    def find(self, text: str) -> Iterator[TermMention]:
        """
        The terms that a text names, in order, none over another.

        A surrogate alone, which no encoding holds, is looked over.
        """
        for index, start, end in self.automaton.find_matches_as_indexes(_encodable(text)):
            yield TermMention(start, end, self.by_spelling[self.spellings[index]])

    def find_words(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text names a term of so many characters that it can be no chance: those are words, whatever else."""
        return ((start, end) for _, start, end in self.long_spellings.find_matches_as_indexes(_encodable(text)))


@cache
def vocabulary() -> Vocabulary:
    """
    Read ``data/codebook/terms.csv``, once.

    Raises:
        RuleError:
            A kind is unknown or a spelling stands twice.
    """
    with shipped("codebook", "terms.csv").open(encoding="utf-8", newline="") as file:
        terms = tuple(_term(row) for row in csv.DictReader(file))
    by_spelling: dict[str, Term] = {}
    for term in terms:
        for spelling in (term.term, *term.aliases):
            if term.kind not in KINDS or spelling in by_spelling:
                raise RuleError(f"terms.csv: {spelling} has an unknown kind or stands twice")
            by_spelling[spelling] = term
    spellings = tuple(by_spelling)
    long_spellings = [spelling for spelling in spellings if len(spelling) >= LONG]
    return Vocabulary(terms, by_spelling, spellings, _automaton(spellings), _automaton(long_spellings))


def _automaton(spellings: Sequence[str]) -> AhoCorasick:
    return AhoCorasick(spellings, matchkind=MatchKind.LeftmostLongest)


def _encodable(text: str) -> str:
    return _SURROGATE.sub("?", text) if _SURROGATE.search(text) else text


def _term(row: Mapping[str, str]) -> Term:
    aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
    return Term(row["term"], aliases, row["theme"], row["kind"], row["label_en"], row["source"])
