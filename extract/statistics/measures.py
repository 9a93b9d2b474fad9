"""Measures that things of any field have (面积, 产值): alone they are no label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.language.subject_rules import label_words, list_words, phrase_words
from extract.language.vocabulary import vocabulary
from extract.language.words import Word

_KINDS: Final = ("quantity", "money")
# Kinds of terms that have measures.
_COUNTED: Final = ("place", "body", "field", "goods", "facility")


def is_measure(words: Sequence[Word]) -> bool:
    """Whether words measure something and do not say what: 面积, 平均亩产值."""
    *others, last = words
    return (
        not words[0].text.startswith(list_words().each)
        and _measures(last)
        and all(
            word.text in label_words().kept or word.part in ("empty", "adverb") or _measures(word) for word in others
        )
    )


def without_measures(words: Sequence[Word]) -> tuple[Word, ...]:
    """The thing that a label measures: 农村公路 of 农村公路总里程, 粮食 of 粮食播种面积."""
    kept = list(words)
    while kept and _measures(kept[-1]):
        kept.pop()
    is_named = bool(kept) and (names_measure(kept[-1]) or kept[-1].text.endswith(tuple(label_words().dependent)))
    if len(kept) < len(words) or not is_named:
        return tuple(kept)
    text = kept[-1].text
    thing = next((text[:at] for at in range(len(text) - 1, 1, -1) if text[:at] in vocabulary().by_spelling), text)
    return (*kept[:-1], Word(thing, "noun"))


def holder_of(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Whose measure some words name: 道路 of 道路总长, 产业 of 产业规模; () where they do not say (涉案金额)."""
    kept = without_measures(words)
    if kept and kept != words:
        return kept
    text = words[-1].text
    thing = next((text[:at] for at in range(len(text) - 1, 1, -1) if text[:at] in vocabulary().by_spelling), "")
    return (*words[:-1], Word(thing, "noun")) if thing else words[:-1]


def countable(words: tuple[Word, ...], unit: str) -> tuple[Word, ...]:
    """
    A phrase behind a count without what is said of the counted.

    Of 14个市州空气质量 and 17个制造业增加值 places and industries are counted, of 1万家企业技术改造 firms.
    """
    kinds = [term.kind if (term := vocabulary().by_spelling.get(word.text)) is not None else "" for word in words]
    end = len(words)
    while end > 1 and (kinds[end - 1] == "rate" or (kinds[end - 1] in _KINDS and kinds[end - 2] in _COUNTED)):
        end -= 1
    if unit in phrase_words().establishments and kinds[end - 1 : end] == ["work"] and "body" in kinds[:end]:
        end = end - kinds[:end][::-1].index("body")
    return words[:end]


def _measures(word: Word) -> bool:
    term = vocabulary().by_spelling.get(word.text)
    return word.text in label_words().dependent or (term is not None and term.kind in _KINDS and not term.theme)


def names_measure(word: Word) -> bool:
    """Whether a word is the name of a measure, of whatever field: 粮食播种面积."""
    term = vocabulary().by_spelling.get(word.text)
    return term is not None and term.kind in _KINDS


def is_person(word: Word) -> bool:
    """Whether a word names people."""
    return _kind(word) == "person"


def is_body(word: Word) -> bool:
    """Whether a word names an office or an organisation."""
    return _kind(word) == "body"


def _kind(word: Word) -> str:
    term = vocabulary().by_spelling.get(word.text)
    return term.kind if term is not None else ""
