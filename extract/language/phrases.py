"""Noun phrases in Chinese word order: what stands right behind a number, and the last one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Final

from extract.language.rulebook import read_toml
from extract.language.words import Part, Word

_NOMINAL: Final = (Part.NOUN, Part.DEVERBAL)
_IN_PHRASE: Final = (*_NOMINAL, Part.MODIFIER)
_BEFORE_NOUN: Final = (Part.MODIFIER, Part.EMPTY)
_NAMED: Final = (*_IN_PHRASE, Part.VERB)
_LONGEST: Final = 26
# How many words a clause before 的 can have (听党指挥、执行有力的社区工作者).
_LONGEST_CLAUSE: Final = 14


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The word lists of ``[phrase]`` in ``rules/subjects.toml``."""

    suffixes: frozenset[str]
    predicates: frozenset[str]
    governing: frozenset[str]
    activities: frozenset[str]
    carriers: frozenset[str]
    rises: frozenset[str]
    changes: frozenset[str]
    aspects: frozenset[str]
    quantities: frozenset[str]
    particles: frozenset[str]


@cache
def phrase_words() -> PhraseWords:
    table = read_toml("subjects.toml")["phrase"]
    change = read_toml("statistics.toml")["change"]
    rises = frozenset((*change["up"], *change["down"]))
    computed = {"rises": rises, "changes": rises | frozenset(table["changes"])}
    lists = {name: frozenset(table[name]) for name in PhraseWords.__slots__ if name not in computed}
    return PhraseWords(**lists, **computed)


def phrase_after(words: Sequence[Word], is_complete: bool = False, is_abstract: bool = False) -> list[str]:
    """
    The noun phrase at the head of some words, [] where they begin a predicate.

    Args:
        words:
            What follows a number and its measure word, up to the next stop.
        is_complete:
            Whether the number needs no noun (300人, 300户): a verb behind it is then its predicate.
        is_abstract:
            Whether things are counted that a clause can describe (12项群众关心的实事).
    """
    start = 0
    first = next((word for word in words if word.part not in _BEFORE_NOUN), None)
    if first is None or first.part not in _NOMINAL:
        if is_complete:
            return []
        start = _behind_clause(words, 0)
        if not start and (first is None or first.part is not Part.VERB):
            return []
    found, end = _collect(words, start)
    stop = words[end].part if end < len(words) else Part.OTHER
    if stop is Part.MODIFIER or (is_abstract and stop is Part.VERB):
        behind = _behind_clause(words, end)
        if behind:
            found, end = _collect(words, behind)
    return found


def _behind_clause(words: Sequence[Word], start: int) -> int:
    """Where the noun begins that a clause ending in 的 describes; 0 where no such clause begins at ``start``."""
    best = 0
    for index in range(start, min(len(words) - 1, start + _LONGEST_CLAUSE)):
        if words[index].part is Part.NUMBER or words[index].text in phrase_words().particles:
            break
        if words[index].part is Part.POSSESSIVE and words[index + 1].part in _IN_PHRASE:
            best = index + 1
    return best


def _collect(words: Sequence[Word], start: int) -> tuple[list[str], int]:
    """The phrase that begins at ``start``, its coordinated items too, and where it ends."""
    kept, end = _item(words, start)
    length = sum(map(len, kept))
    while kept and end < len(words) and words[end].part is Part.CONJUNCTION:
        item, item_end = _item(words, end + 1)
        length += sum(map(len, item)) + 1
        is_numbered = item_end < len(words) and words[item_end].part is Part.NUMBER
        if length > _LONGEST or is_numbered or len("".join(item)) < 2 or words[end].text == "与":
            break
        kept += [words[end].text, *item]
        end = item_end
    return kept, end


def _item(words: Sequence[Word], start: int) -> tuple[list[str], int]:
    """One item of an enumeration: modifiers and nouns up to the first word that begins a predicate."""
    end = start
    for index in range(start, len(words)):
        if not _continues(words, index, end > start):
            break
        if words[index].part in _NOMINAL or words[index].text in phrase_words().suffixes:
            end = index + 1
    return [word.text for word in words[start:end]], end


def _continues(words: Sequence[Word], index: int, has_noun: bool) -> bool:
    word = words[index]
    following = words[index + 1].part if index + 1 < len(words) else Part.OTHER
    rules = phrase_words()
    if word.part in _NOMINAL:
        is_verb = word.part is Part.DEVERBAL and index + 1 < len(words) and words[index + 1].text in rules.aspects
        return not is_verb and not (has_noun and (word.text in rules.predicates or word.text in rules.changes))
    if word.part in _BEFORE_NOUN:
        return following in (*_IN_PHRASE, Part.EMPTY) or (not has_noun and following is Part.VERB)
    if word.part is Part.VERB:
        # 改革创新成果: between a deverbal noun and a noun a verb is part of the name.
        named = index > 0 and words[index - 1].part is Part.DEVERBAL
        return (following in _NOMINAL and (named or not has_noun)) or (following is Part.VERB and not has_noun)
    return has_noun and word.text in rules.suffixes


def phrase_before(words: Sequence[Word]) -> list[str]:
    """The last noun phrase of some words, [] where they have none; 有序组织完成 has none."""
    end = len(words)
    while end > 0:
        last = _last_noun(words, end)
        if last is None:
            return []
        start = _start_of(words, last)
        phrase = [word.text for word in words[start : last + 1]]
        is_oblique = _is_behind_preposition(words, start) and _has_verb(words[last + 1 :])
        if not is_oblique and not all(word in phrase_words().quantities for word in phrase):
            return _without_verb(phrase, words[start - 1] if start else None)
        end = start
    return []


def last_quantity(words: Sequence[Word]) -> list[str]:
    """The last word that measures something which stands elsewhere (人数), [] where there is none."""
    return next(([word.text] for word in reversed(words) if word.text in phrase_words().quantities), [])


def _is_behind_preposition(words: Sequence[Word], start: int) -> bool:
    """Whether a preposition governs what begins at ``start``; a year may stand in between (按2018年汇率)."""
    at = start - 1
    while at > 0 and words[at].part in (Part.NUMBER, Part.EMPTY, Part.OTHER):
        at -= 1
    return at >= 0 and words[at].part is Part.PREPOSITION


def _has_verb(words: Sequence[Word]) -> bool:
    return any(word.part in (Part.VERB, Part.DEVERBAL) and word.text not in phrase_words().changes for word in words)


def _last_noun(words: Sequence[Word], end: int) -> int | None:
    """The last word before ``end`` that can stand for what is counted."""
    rules = phrase_words()
    for index in range(end - 1, -1, -1):
        word = words[index]
        before = words[index - 1] if index else None
        behind = words[index + 1].text if index + 1 < len(words) else ""
        if word.part is Part.NOUN or (word.text in rules.suffixes and before is not None and before.part in _NAMED):
            return index
        is_verb = word.text in rules.changes or behind in rules.aspects
        is_verb = is_verb or (before is not None and before.part is Part.ADVERB)
        if word.part is Part.DEVERBAL and not is_verb:
            return index
        if word.part is Part.VERB and word.text in rules.activities and not is_verb and _is_object(words, index):
            return index
    return None


def _is_object(words: Sequence[Word], index: int) -> bool:
    """Whether verbs are made a noun by what stands before them: 劳动力转移就业, 开展就业帮扶."""
    carriers = phrase_words().carriers
    chain = reversed(words[: index + 1])
    verbs = sum(1 for _ in takewhile(lambda word: word.part is Part.VERB and word.text not in carriers, chain))
    before = words[index - verbs] if index >= verbs else None
    return before is not None and (before.part in _IN_PHRASE or (verbs > 1 and before.text in carriers))


def _start_of(words: Sequence[Word], last: int) -> int:
    """Where the phrase begins whose last word is ``last``."""
    rules = phrase_words()
    start = last
    is_quantity = words[last].text in rules.quantities
    takes_verb = is_quantity or words[last].part is Part.VERB or words[last].text in rules.suffixes
    while start > 0:
        word, before = words[start - 1], words[start - 2].part if start > 1 else Part.OTHER
        is_rise = word.text in rules.rises
        is_noun = word.part in _IN_PHRASE and not is_rise
        # 上升比例 is no name, 减税降费 and 新增就业 are.
        is_verb = takes_verb and word.part is Part.VERB and not (is_rise and is_quantity)
        is_verb = is_verb and word.text not in rules.carriers
        if not is_noun and not is_verb and not _links(word, before):
            break
        takes_verb = word.text in rules.suffixes or (takes_verb and word.part is Part.VERB)
        start -= 1
    return start


def _links(word: Word, before: Part) -> bool:
    return word.part in (Part.POSSESSIVE, Part.CONJUNCTION) and word.text != "、" and before in _IN_PHRASE


def _without_verb(phrase: list[str], before: Word | None) -> list[str]:
    """A verb that opens the clause governs the noun behind it, though jieba calls it a noun: 培育社会组织."""
    opens = before is None or before.part in (Part.ADVERB, Part.CONJUNCTION, Part.EMPTY, Part.OTHER)
    while opens and sum(map(len, phrase[1:])) > 1 and phrase[0] in phrase_words().governing:
        phrase = phrase[1:]
    return phrase
