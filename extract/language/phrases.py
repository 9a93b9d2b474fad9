"""The noun phrase that stands right behind a number, in Chinese word order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from extract.language.subject_rules import label_words, phrase_words
from extract.language.vocabulary import vocabulary
from extract.language.words import Word

_NOMINAL: Final = ("noun", "deverbal")
_IN_PHRASE: Final = (*_NOMINAL, "modifier")
_BEFORE_NOUN: Final = ("modifier", "empty")
# Kinds of terms that do something.
_DOERS: Final = ("person", "body", "place")
# Kinds of terms that are counted.
_COUNTED: Final = ("facility", "work", "document", "event", "body", "person")
_LONGEST: Final = 26
_LONGEST_RANKED: Final = 5
# How many words a clause before 的 can have (听党指挥、执行有力的社区工作者).
_LONGEST_CLAUSE: Final = 14


class Phrase(NamedTuple):
    """The words of a phrase, () where there is none, and where it ends among those that it was looked for in."""

    words: tuple[Word, ...]
    end: int


_NONE: Final = Phrase((), 0)


def phrase_after(words: Sequence[Word], is_complete: bool = False, is_abstract: bool = False) -> Phrase:
    """
    The noun phrase at the head of some words, none where they begin a predicate.

    Args:
        words:
            What follows a number and its measure word, up to the next stop.
        is_complete:
            Whether the number needs no noun (300人, 300户): a verb behind it is then its predicate.
        is_abstract:
            Whether things are counted that a clause can describe (12项群众关心的实事).
    """
    start = 0
    first = next((word for at, word in enumerate(words) if not _is_before_noun(words, at)), None)
    if first is None or first.part not in _NOMINAL:
        if is_complete:
            return _NONE
        start = _behind_clause(words, 0)
        if not start and (first is None or first.part != "verb"):
            return _ranked(words)
    found = _collect(words, start)
    stop = words[found.end].part if found.end < len(words) else "other"
    if stop == "modifier" or (is_abstract and stop == "verb"):
        behind = _behind_clause(words, found.end)
        if behind:
            return _collect(words, behind)
    return found if found.words else _ranked(words)


def _ranked(words: Sequence[Word]) -> Phrase:
    """A name that the dictionary lacks, behind its rank: 3个国家级保种场."""
    if not words or words[0].text[-1:] not in phrase_words().ranked:
        return _NONE
    ends = (at for at, word in enumerate(words) if word.part in ("conjunction", "possessive"))
    end = min(next(ends, len(words)), _LONGEST_RANKED)
    return Phrase(tuple(words[:end]), end) if end > 2 else _NONE


def _is_before_noun(words: Sequence[Word], at: int) -> bool:
    return words[at].part in _BEFORE_NOUN or _joins_modifiers(words, at)


def _joins_modifiers(words: Sequence[Word], at: int) -> bool:
    """国家级及省级荣誉."""
    is_between = 0 < at < len(words) - 1 and words[at].part == "conjunction"
    return is_between and words[at - 1].part == "modifier" and words[at + 1].part == "modifier"


def _behind_clause(words: Sequence[Word], start: int) -> int:
    """Where the noun begins that a clause ending in 的 describes; 0 where no such clause begins at ``start``."""
    best = 0
    for index in range(start, min(len(words) - 1, start + _LONGEST_CLAUSE)):
        if words[index].part == "number" or words[index].text in phrase_words().particles:
            break
        if words[index].part == "possessive" and words[index + 1].part in _IN_PHRASE:
            best = index + 1
    return best


def _collect(words: Sequence[Word], start: int) -> Phrase:
    """The phrase that begins at ``start``, its coordinated items too."""
    end = _item_end(words, start)
    length = sum(len(word.text) for word in words[start:end])
    while end > start and end < len(words) and words[end].part == "conjunction":
        item_end = _item_end(words, end + 1)
        item = sum(len(word.text) for word in words[end + 1 : item_end])
        length += item + 1
        is_numbered = item_end < len(words) and words[item_end].part == "number"
        if length > _LONGEST or is_numbered or item < 2 or words[end].text in phrase_words().closed:
            break
        end = item_end
    return Phrase(tuple(words[start:end]), end)


def _item_end(words: Sequence[Word], start: int) -> int:
    """Where one item of an enumeration ends: behind modifiers and nouns, before what begins a predicate."""
    end = start
    for index in range(start, len(words)):
        if not _continues(words, index, end > start):
            break
        if words[index].part in _NOMINAL or words[index].text in phrase_words().suffixes:
            end = index + 1
    return end


def _continues(words: Sequence[Word], index: int, has_noun: bool) -> bool:
    word = words[index]
    following = words[index + 1].part if index + 1 < len(words) else "other"
    rules = phrase_words()
    if has_noun and _begins_predicate(words, index):
        return False
    if has_noun and word.text in rules.suffixes:
        return True
    if word.part in _NOMINAL:
        is_verb = word.part == "deverbal" and index + 1 < len(words) and words[index + 1].text in rules.aspects
        return not is_verb and not (has_noun and (word.text in rules.predicates or word.text in rules.changes))
    if _joins_modifiers(words, index):
        return True
    if word.part in _BEFORE_NOUN:
        return following in (*_IN_PHRASE, "empty") or (not has_noun and following == "verb")
    is_before_suffix = index + 1 < len(words) and words[index + 1].text in rules.suffixes
    if word.part == "verb" and has_noun and is_before_suffix and word.text not in rules.predicates:
        return True
    if word.part == "verb" and has_noun and following == "conjunction":
        return _ends_item(words, index)
    if word.part == "verb":
        # 改革创新成果: between a deverbal noun and a noun a verb is part of the name.
        named = index > 0 and (words[index - 1].part == "deverbal" or _names_thing(words, index))
        return (following in _NOMINAL and (named or not has_noun)) or (following == "verb" and not has_noun)
    # 疫情防控紧急事项: how something is, behind a noun and before one.
    is_term = following == "noun" and words[index + 1].text in vocabulary().by_spelling
    return has_noun and word.part == "adverb" and is_term


def _ends_item(words: Sequence[Word], index: int) -> bool:
    """特色街区改造、社区微更新项目: a verb behind a noun ends an item where the next one is named."""
    term = vocabulary().by_spelling.get(words[index - 1].text)
    is_doer = words[index - 1].text[-1:] in phrase_words().doers and term is None
    behind = list(takewhile(lambda word: word.part in _NOMINAL, words[index + 2 :]))
    is_named = bool(behind) and _is_counted(behind[-1])
    return is_named and not is_doer and (term is None or term.kind not in _DOERS)


def _names_thing(words: Sequence[Word], index: int) -> bool:
    """概念验证平台: a verb that nobody before it could do is part of the name of what is counted."""
    known = vocabulary().by_spelling
    term, text = known.get(words[index - 1].text), words[index].text
    is_doer = words[index - 1].text[-1:] in phrase_words().doers or (term is not None and term.kind in _DOERS)
    is_complete = term is not None and term.kind in _COUNTED and label_words().is_verb(text)
    if words[index - 1].part != "noun" or is_doer or is_complete:
        return False
    behind = list(takewhile(lambda word: word.part in _NOMINAL, words[index + 1 :]))
    is_name = not label_words().is_verb(text) or (len(behind) == 1 and text not in label_words().carriers)
    return is_name and any(_is_counted(word) for word in behind)


def _is_counted(word: Word) -> bool:
    """Whether a noun is of a kind that is counted, and no goods: 平台, 领跑县."""
    term = vocabulary().by_spelling.get(word.text)
    return term.kind in _COUNTED if term is not None else word.text.endswith(tuple(phrase_words().suffixes))


def _begins_predicate(words: Sequence[Word], index: int) -> bool:
    """What people do is said behind them: 贫困群众⟦销售⟧农产品; so is 省市⟦落实⟧资金."""
    is_carried = words[index].part == "deverbal" and words[index].text in label_words().carriers
    if is_carried and index + 1 < len(words) and words[index + 1].part in _NOMINAL:
        return True
    term = vocabulary().by_spelling.get(words[index - 1].text)
    return term is not None and term.kind == "person" and words[index].text in label_words().acts
