"""Which verb of a clause has the counted as its object."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extract.language.subject_rules import label_words
from extract.language.words import Word

_VERBAL: Final = ("verb", "deverbal")
_FILLING: Final = ("adverb", "empty", "conjunction")
# So many words may stand between a preposition and its verb.
_NEAR: Final = 4
_HAN: Final = re.compile("[\\u3400-\\u9fff]")


def skip(words: Sequence[Word], start: int, end: int) -> int:
    """Behind the words that tell nothing of a label."""
    while start < end and is_filler(words[start]):
        start += 1
    return start


def is_filler(word: Word) -> bool:
    rules = label_words()
    if word.text in rules.kept:
        return False
    return is_sign(word) or word.part in _FILLING or word.text in rules.fillers


def is_sign(word: Word) -> bool:
    return word.part == "other" and not _HAN.search(word.text)


def governing(words: Sequence[Word], start: int, end: int) -> int | None:
    """The last verb that has what follows as its object; the first where it takes verbs (受理提请逮捕案件)."""
    rules, found = label_words(), None
    relative = next((at for at in range(len(words) - 1, start, -1) if words[at].part == "possessive"), start)
    for index in range(end - 1, start - 1, -1):
        following = words[index + 1] if index < end - 1 else None
        if following and (following.part == "possessive" or following.text in rules.joins):
            continue
        governs = _ends_as_verb if following is None else _describes if index < relative else _governs
        if governs(words, index, start, end) and (found is None or _takes_verbs(words, index, start)):
            found = index
    return found


def _takes_verbs(words: Sequence[Word], index: int, start: int) -> bool:
    """受理提请逮捕案件, 打造改造提升示范点: verbs behind one are part of its object."""
    rules, text = label_words(), words[index].text
    is_new = text in rules.creating and _opens(words, index, start) and not rules.is_verb(words[index + 1].text)
    return text in rules.receiving or is_new


def _ends_as_verb(words: Sequence[Word], index: int, start: int, _: int) -> bool:
    """共受理: a verb alone."""
    before = index == start or _is_led(words, index, start)
    return words[index].part in _VERBAL and label_words().is_verb(words[index].text) and before


def _describes(words: Sequence[Word], index: int, start: int, end: int) -> bool:
    """享受补贴的老年人 were not done anything; 建成具有特色的基地 were."""
    text = words[index].text
    is_known = label_words().is_verb(text) and text not in label_words().relative
    return is_known and _opens(words, index, start) and _may_govern(words, index, start, end)


def _governs(words: Sequence[Word], index: int, start: int, end: int) -> bool:
    word, rules = words[index], label_words()
    is_known, opens = rules.is_verb(word.text), _opens(words, index, start)
    if word.part not in _VERBAL:
        return is_known and _is_led(words, index, start)
    if not _may_govern(words, index, start, end):
        return False
    if words[index + 1].text in rules.results:
        return True
    if word.part == "verb":
        # 供 is part of 供排水管网 unless it opens.
        return (is_known and (opens or len(word.text) > 1)) or (opens and len(word.text) > 1)
    return is_known and (opens or (index > start and words[index - 1].part == "verb"))


def _may_govern(words: Sequence[Word], index: int, start: int, end: int) -> bool:
    """Whether nothing speaks against a verb: it has an object, and is no part of a noun (教育投入资金)."""
    rules, text = label_words(), words[index].text
    if text in rules.intransitive and not _is_led(words, index, start):
        return False
    if index > start and words[index - 1].part == "possessive":
        return False
    if text in rules.nouns_too and not _opens(words, index, start):
        return False
    objects = words[skip(words, index + 1, end) : end]
    if words[index + 1].text in rules.results:
        return True
    is_chain = len(objects) == 1 and objects[0].part in _VERBAL
    return words[index + 1].text not in rules.stocks and (
        not is_chain or text in rules.carriers or text in rules.receiving
    )


def _is_led(words: Sequence[Word], index: int, start: int) -> bool:
    """Whether an adverb stands before a verb (共受理), or a preposition with its noun (向街道下沉编制)."""
    if index == start:
        return False
    before = words[index - 1]
    if before.part == "adverb" or before.text in label_words().fillers:
        return True
    for word in reversed(words[max(0, index - _NEAR) : index]):
        if word.part in _VERBAL:
            return False
        if word.part == "preposition":
            return True
    return False


def _opens(words: Sequence[Word], index: int, start: int) -> bool:
    """Whether a verb begins what is said: at the head, behind an adverb, behind 组织."""
    return index == start or words[index - 1].text in label_words().carriers or _is_led(words, index, start)
