"""Text → words with the part that each can play in a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import inf, log
from string import ascii_letters, digits
from tempfile import TemporaryDirectory
from typing import Final, Literal, NamedTuple

import jieba

from extract.language.rulebook import read_toml
from extract.language.vocabulary import LONG, vocabulary

_WORD: Final = re.compile("[A-Za-z\\u3400-\\u9fff]+")
_QUOTED: Final = re.compile('“[^“”]{1,20}”|"[^"\n]{1,20}"|《[^《》]{1,40}》|[(（][^()（）]{1,12}[)）]')
_NUMBER: Final = re.compile("[0-9０-９][0-9０-９.．%％]*")
# A name of letters and digits: 5G, PM2.5.
_CODE: Final = re.compile("(?=.*[A-Za-z])[A-Za-z0-9.&-]+")
# Letters and digits beside each other that are no words of the dictionary are one.
_ALPHANUMERIC: Final = frozenset(ascii_letters + digits)
# Some 14 MB; thirty work reports ask for a quarter of them.
_MOST_WEIGHTS: Final = 100_000
# How often a term is taken to stand in texts: more than the words that it is made of stand side by side.
_FREQUENCY_OF_TERM: Final = 1000
# Nouns, adjectives and idioms, which the dictionary takes verbs for.
_OTHER_TAGS: Final = "nail"
_MODIFIER_TAGS: Final = ("a", "b", "h", "i", "z")


# What a word can be in a noun phrase. deverbal: a noun that is a verb as well (服务, 改革); modifier: stands before a
# noun, never for one (省级, 特殊); possessive: 的; empty: a noun that names nothing, a modifier before another (全国).
Part = Literal[
    "noun",
    "deverbal",
    "modifier",
    "verb",
    "adverb",
    "preposition",
    "possessive",
    "conjunction",
    "empty",
    "number",
    "other",
]


class Word(NamedTuple):
    """One word of a text."""

    text: str
    part: Part


class Weights(dict[str, float | None]):
    """
    For a string the logarithm of its probability as a word, 0 where it only begins one, None where it does not.

    Worked out when it is first asked for: a report's words lie close together here, and far apart in the dictionary.
    """

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        super().__init__()
        self.frequencies = frequencies
        self.total = total
        self.of_unknown = -log(total)

    def __missing__(self, text: str) -> float | None:
        if len(self) == _MOST_WEIGHTS:
            self.clear()
        frequency = self.frequencies.get(text)
        weight = self[text] = log(frequency) + self.of_unknown if frequency else frequency
        return weight


@dataclass(frozen=True, slots=True, eq=False)
class Segmenter:
    """
    jieba's dictionary, loaded once: how likely each word is, and its part of speech.

    Texts are divided as jieba divides them without HMM, in less time: words are looked up where the likeliest division
    is chosen.
    """

    weights: Weights
    tags: Mapping[str, str]

    def cut(self, text: str) -> list[str]:
        """The words of a text, which are the whole of it."""
        words: list[str] = []
        ends, start, is_run = self._ends(text), 0, False
        while start < len(text):
            word = text[start : ends[start]]
            start = ends[start]
            was_run, is_run = is_run, word in _ALPHANUMERIC
            if is_run and was_run:
                words[-1] += word
            else:
                words.append(word)
        return words

    def _ends(self, text: str) -> list[int]:
        """For each character the end of the word that begins there in the likeliest division of what follows."""
        weights, length = self.weights, len(text)
        ways, ends = [0.0] * (length + 1), [0] * length
        for start in range(length - 1, -1, -1):
            best, end = -inf, 0
            for stop in range(start + 1, length + 1):
                weight = weights[text[start:stop]]
                if weight is None:
                    break
                # Of two that are as likely, jieba takes the one with the longer first word.
                if weight and (way := weight + ways[stop]) >= best:
                    best, end = way, stop
            if not end:
                best, end = weights.of_unknown + ways[start + 1], start + 1
            ways[start], ends[start] = best, end
        return ends


_PARTS: Final[Mapping[str, Part]] = {
    "v": "verb",
    "d": "adverb",
    "p": "preposition",
    "c": "conjunction",
    "t": "modifier",
}


@cache
def _parts() -> Mapping[str, Part]:
    """The words of ``rules/subjects.toml`` whose part is not the one that jieba's tag says."""
    words = read_toml("subjects.toml")["words"]
    return {
        **dict.fromkeys(words["nouns"], "noun"),
        **dict.fromkeys(words["verbs"], "verb"),
        **dict.fromkeys(words["modifiers"], "modifier"),
        **dict.fromkeys(words["adverbs"], "adverb"),
        **dict.fromkeys(words["empty"], "empty"),
        **dict.fromkeys(words["conjunctions"], "conjunction"),
        **dict.fromkeys(words["possessives"], "possessive"),
    }


@cache
def action_words() -> frozenset[str]:
    """The verbs of ``rules/actions.toml``, many of which the dictionary lacks: 改扩建, 审执结."""
    return frozenset(verb for table in read_toml("actions.toml").values() for verb in table["verbs"] if len(verb) > 1)


@cache
def _transitive() -> frozenset[str]:
    """The verbs that have the counted as their object, some of which the dictionary takes for nouns: 硬化, 申报."""
    return frozenset(verb for verb in read_toml("actions.toml")["act"]["verbs"] if len(verb) > 1)


@cache
def segmenter() -> Segmenter:
    """
    Load jieba's dictionary.

    jieba leaves a cache file behind that anybody could replace where the folder is shared, and that saves no time:
    it gets a private folder that is gone when the dictionary is in memory.
    """
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    with TemporaryDirectory(prefix="governance-metrics-") as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    words = read_toml("subjects.toml")["words"]
    for word in (*words["nouns"], *words["verbs"], *words["modifiers"], *words["adverbs"]):
        if len(word) > 1:
            tokenizer.add_word(word)
    for spelling in (*(one for one in vocabulary().spellings if len(one) < LONG), *action_words()):
        if tokenizer.FREQ.get(spelling, 0) < _FREQUENCY_OF_TERM:
            tokenizer.add_word(spelling, _FREQUENCY_OF_TERM)
    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    tags = {word: tag for word, _, tag in (line.split() for line in dictionary.splitlines())}
    return Segmenter(Weights(tokenizer.FREQ, tokenizer.total), tags)


def words_of(text: str) -> list[Word]:
    """The words of a text; a quotation is one noun."""
    out: list[Word] = []
    position = 0
    for quoted in _QUOTED.finditer(text):
        out += _words(text[position : quoted.start()])
        out.append(Word(quoted[0], "noun"))
        position = quoted.end()
    out += _words(text[position:])
    return out


def _words(text: str) -> tuple[Word, ...]:
    return _cut(segmenter(), text) if text else ()


# Mentions of a sentence share clauses, and reports their set phrases.
@lru_cache(maxsize=8192)
def _cut(dictionary: Segmenter, text: str) -> tuple[Word, ...]:
    words: list[str] = []
    position = 0
    for start, end in vocabulary().find_words(text):
        words += (*dictionary.cut(text[position:start]), text[start:end])
        position = end
    return tuple(map(_word, (*words, *dictionary.cut(text[position:]))))


@lru_cache(maxsize=32768)
def _word(text: str) -> Word:
    return Word(text, _part(text, segmenter().tags.get(text, "x")))


def _part(word: str, tag: str) -> Part:
    known = _parts().get(word)
    if known is not None:
        return known
    if word in vocabulary().by_spelling:
        return "deverbal" if tag in ("v", "vn") or word in _transitive() else "noun"
    if _CODE.fullmatch(word):
        return "noun"
    if tag == "x" and word in action_words():
        return "verb"
    if tag[0] in _OTHER_TAGS and word in _transitive():
        return "deverbal"
    if tag == "m" or _NUMBER.fullmatch(word):
        return "number"
    if not _WORD.fullmatch(word):
        return "other"
    if tag == "vn":
        return "deverbal"
    if tag in ("an", "eng", "j", "k", "l", "s", "x", "zg") or tag[0] in "ng":
        return "noun"
    if tag[0] in _MODIFIER_TAGS:
        return "modifier"
    return _PARTS.get(tag[0], "other")
