"""The clauses between a number and the one before it, as words, the nearest first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import Final

from extract.language.subject_rules import clause_words, label_words, phrase_words
from extract.language.words import Word, words_of
from extract.periods.find import TimeExpression
from extract.statistics.surroundings import Context

_CLAUSES: Final = 5
_REACH: Final = 160
# A clause is read this far back from its number.
_LONGEST: Final = 40
_BLANKS: Final = re.compile("(?<![A-Za-z])[ \t\u3000]+|[ \t\u3000]+(?![A-Za-z])")
_BLANK: Final = re.compile("[ \t\u3000]")


class Clauses:
    """The clauses before the numbers of one text, without the words of time."""

    def __init__(self, expressions: Sequence[TimeExpression]) -> None:
        self._spans = [(one.start, one.end) for one in expressions]
        self._starts = [start for start, _ in self._spans]

    def before(self, context: Context) -> Iterator[list[Word]]:
        """The clause that a number stands in, up to it; then those before it, as far as no other number is passed."""
        for text in self.texts(context):
            yield words_of(text)

    def texts(self, context: Context) -> Iterator[str]:
        """The same as text."""
        start = context.previous.end if context.previous is not None else context.sentence[0]
        end = context.mention.start
        text = self._timeless(context.folded, max(start, end - _REACH), end)
        marks = clause_words()
        for clause in _split(text)[: -_CLAUSES - 1 : -1]:
            yield marks.lead.sub("", marks.unit.sub("", clause[-_LONGEST:]), count=1)

    def _timeless(self, folded: str, start: int, end: int) -> str:
        pieces, at = [], start
        for first, last in self._spans[bisect_left(self._starts, start) :]:
            if first >= end:
                break
            pieces.append(folded[at:first])
            at = max(at, min(last, end))
        pieces.append(folded[at:end])
        text = "".join(pieces)
        return _BLANKS.sub("", text) if _BLANK.search(text) else text


def _split(text: str) -> list[str]:
    """The clauses of a text; what stands in brackets belongs to its noun, a bracket that stays open begins a clause."""
    marks = clause_words()
    if not marks.bracket.search(text):
        return marks.end.split(text)
    text = marks.note.sub("", text)
    asides = [match.span() for match in marks.aside.finditer(text)]
    clauses, at = [], 0
    for mark in marks.end.finditer(text):
        if any(first <= mark.start() < last for first, last in asides):
            continue
        clauses.append(text[at : mark.start()])
        at = mark.end()
    return [*clauses, text[at:]]


def needs_noun(clause: Sequence[Word]) -> bool:
    """Whether the noun must stand behind the number: a verb is right before it (设立691个安心驿站), or 等."""
    rules, marks = label_words(), clause_words()
    closing = clause[:-1] if clause and clause[-1].text in marks.fields else clause
    if closing and closing[-1].text in marks.examples:
        return True
    for word in reversed(clause):
        if word.text in rules.links:
            return False
        if word.part == "verb" or word.text in rules.stocks:
            return True
        if word.part not in ("adverb", "empty", "other"):
            return False
    return False


def is_joined(clause: Sequence[Word]) -> bool:
    """Whether the number begins the second item of a pair: 12座变电站⟦和⟧450公里管道."""
    return bool(clause) and clause[-1].part == "conjunction"


def last_action(clause: Sequence[Word]) -> str | None:
    """The verb right before a number whose noun stands behind it: 孵化20家本地社会组织."""
    rules = label_words()
    for word in reversed(clause):
        if word.text in phrase_words().reaching:
            return None
        is_idle = word.text in rules.stocks or word.text in rules.links
        if word.text in rules.acts or (word.part == "verb" and not is_idle):
            return word.text
        if word.part not in ("adverb", "empty") and word.text not in rules.fillers:
            return None
    return None


def first_action(clause: Sequence[Word]) -> str | None:
    """The verb that opens a clause, with examples before the number: 获批建设文化遗产保护、生态修复2家实验室."""
    rules = label_words()
    verbs = dropwhile(lambda word: len(word.text) == 1 or not _is_verb(word), clause)
    verb, following = next(verbs, None), next(verbs, None)
    if verb is not None and verb.text in rules.carriers and following is not None and following.text in rules.acts:
        return following.text
    return verb.text if verb is not None and verb.text not in rules.stocks else None


def _is_verb(word: Word) -> bool:
    rules = label_words()
    return word.part == "verb" or (rules.is_verb(word.text) and word.text not in rules.nouns_too)


def without_origin(clause: Sequence[Word]) -> Sequence[Word]:
    """The words before 从, 由 and 自 of a movement: 医疗救助比例⟦由医保报销后的⟧65%提高到70%."""
    origins = clause_words().origins
    at = next((at for at in range(len(clause) - 1, 0, -1) if clause[at].text in origins), len(clause))
    return clause[:at]


def _is_bracket(words: Sequence[Word], at: int) -> bool:
    """Whether 中 stands here and a number behind it."""
    is_within = words[at].text in clause_words().within
    return is_within and at + 1 < len(words) and words[at + 1].part == "number"


def without_comparison(words: Sequence[Word], is_share: bool) -> Sequence[Word]:
    """The words before what is compared with: 投诉量比上年, 少数民族人口占总人口."""
    rules = clause_words()
    for index in range(len(words) - 1, -1, -1):
        text = words[index].text
        if text in rules.compared:
            return words[: next((at for at in range(index, -1, -1) if words[at].text in rules.partners), index)]
        if is_share and text in rules.shares:
            # 社区工作者中35岁以下占四成: a part that is told by its age.
            return words[: next((at for at in range(index) if _is_bracket(words, at)), index)]
        if text in rules.comparisons and not any(word.text in rules.levels for word in words[index:]):
            return words[:index]
    return words
