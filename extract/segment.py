"""Text → words with the part that each can play in a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from math import inf, log
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import jieba

from extract.rulebook import read_toml

_WORD: Final = re.compile("[A-Za-z\\u3400-\\u9fff]+")
_PLAIN: Final = re.compile("[\\u4e00-\\u9fd5、]+")
_QUOTED: Final = re.compile("“[^“”]{1,20}”")
_NUMBER: Final = re.compile("[0-9０-９][0-9０-９.．%％]*")
# Some 14 MB; thirty work reports ask for a quarter of them.
_MOST_WEIGHTS: Final = 100_000
_MODIFIER_TAGS: Final = ("a", "b", "h", "i", "z")


class Part(Enum):
    """What a word can be in a noun phrase."""

    NOUN = auto()
    DEVERBAL = auto()  # a noun that is a verb as well: 服务, 改革
    MODIFIER = auto()  # stands before a noun, never for one: 省级, 特殊
    VERB = auto()
    ADVERB = auto()
    PREPOSITION = auto()
    POSSESSIVE = auto()  # 的
    CONJUNCTION = auto()
    EMPTY = auto()  # a noun that names nothing, a modifier before another: 全国
    NUMBER = auto()
    OTHER = auto()


class Word(NamedTuple):
    """One word of a text."""

    text: str
    part: Part


class _Weights(dict[str, float | None]):
    """
    For a string the logarithm of its probability as a word, 0 where it only begins one, None where it does not.

    Worked out when it is first asked for: a report's words lie close together here, and far apart in the dictionary.
    """

    def __init__(self, frequencies: Mapping[str, int], total: int) -> None:
        super().__init__()
        self._frequencies = frequencies
        self.of_unknown = -log(total)

    def __missing__(self, text: str) -> float | None:
        if len(self) == _MOST_WEIGHTS:
            self.clear()
        frequency = self._frequencies.get(text)
        weight = self[text] = log(frequency) + self.of_unknown if frequency else frequency
        return weight


class _Tokenizer(jieba.Tokenizer):
    """
    jieba, of whose two steps one is left: words are looked up where the likeliest is chosen.

    Every division is jieba's own without HMM, in half the time.
    """

    @cached_property
    def _weights(self) -> _Weights:
        return _Weights(self.FREQ, self.total)

    def add_word(self, word: str, freq: str | int | None = None, tag: str | None = None) -> None:
        """As in jieba, which cuts the word to find out how frequent it has to be; then all weights are others."""
        super().add_word(word, freq, tag)
        self.__dict__.pop("_weights", None)

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802 (jieba's name)
        """Nothing: ``calc`` looks the words up itself."""
        self.check_initialized()
        return {}

    def calc(self, sentence: str, dag: object, route: dict[int, tuple[Any, int]]) -> None:
        """For each character the last one of the word that begins there in the likeliest division of what follows."""
        route.update((start, (None, end - 1)) for start, end in enumerate(self._ends(sentence)))

    def _ends(self, sentence: str) -> list[int]:
        weights, length = self._weights, len(sentence)
        ways, ends = [0.0] * (length + 1), [0] * length
        for start in range(length - 1, -1, -1):
            best, end = -inf, 0
            for stop in range(start + 1, length + 1):
                weight = weights[sentence[start:stop]]
                if weight is None:
                    break
                # Of two that are as likely, jieba takes the one with the longer first word.
                if weight and (way := weight + ways[stop]) >= best:
                    best, end = way, stop
            if not end:
                best, end = weights.of_unknown + ways[start + 1], start + 1
            ways[start], ends[start] = best, end
        return ends

    def cut_plain(self, text: str) -> list[str]:
        """The words of a text of Chinese characters; of others jieba makes words beyond the division."""
        ends, start, words = self._ends(text), 0, []
        while start < len(text):
            stop = ends[start]
            words.append(text[start:stop])
            start = stop
        return words


@dataclass(frozen=True, slots=True, eq=False)
class Segmenter:
    """jieba's dictionary, loaded once: a tokenizer and the part of speech of each word."""

    tokenizer: _Tokenizer
    tags: Mapping[str, str]

    def cut(self, text: str) -> list[str]:
        """The words of a text, which are the whole of it."""
        return self.tokenizer.cut_plain(text) if _PLAIN.fullmatch(text) else self.tokenizer.lcut(text, HMM=False)


_PARTS: Final = {
    "v": Part.VERB,
    "d": Part.ADVERB,
    "p": Part.PREPOSITION,
    "c": Part.CONJUNCTION,
    "t": Part.EMPTY,
}


@cache
def _parts() -> Mapping[str, Part]:
    """The words of ``rules/subjects.toml`` whose part is not the one that jieba's tag says."""
    words = read_toml("subjects.toml")["words"]
    return {
        **dict.fromkeys(words["nouns"], Part.NOUN),
        **dict.fromkeys(words["verbs"], Part.VERB),
        **dict.fromkeys(words["modifiers"], Part.MODIFIER),
        **dict.fromkeys(words["adverbs"], Part.ADVERB),
        **dict.fromkeys(words["empty"], Part.EMPTY),
        **dict.fromkeys(words["conjunctions"], Part.CONJUNCTION),
        "的": Part.POSSESSIVE,
    }


@cache
def segmenter() -> Segmenter:
    """
    Load jieba's dictionary.

    jieba leaves a cache file behind that anybody could replace where the folder is shared, and that saves no time:
    it gets a private folder that is gone when the dictionary is in memory.
    """
    jieba.setLogLevel(60)
    tokenizer = _Tokenizer()
    with TemporaryDirectory(prefix="governance-metrics-") as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    words = read_toml("subjects.toml")["words"]
    for word in (*words["nouns"], *words["verbs"], *words["modifiers"], *words["adverbs"]):
        if len(word) > 1:
            tokenizer.add_word(word)
    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    tags = {word: tag for word, _, tag in (line.split() for line in dictionary.splitlines())}
    return Segmenter(tokenizer, tags)


def words_of(text: str) -> list[Word]:
    """The words of a text; a quotation is one noun."""
    out: list[Word] = []
    position = 0
    for quoted in _QUOTED.finditer(text):
        out += _words(text[position : quoted.start()])
        out.append(Word(quoted[0], Part.NOUN))
        position = quoted.end()
    out += _words(text[position:])
    return out


def _words(text: str) -> tuple[Word, ...]:
    return _cut(segmenter(), text) if text else ()


# Mentions of a sentence share clauses, and reports their set phrases.
@lru_cache(maxsize=8192)
def _cut(dictionary: Segmenter, text: str) -> tuple[Word, ...]:
    return tuple(map(_word, dictionary.cut(text)))


@lru_cache(maxsize=32768)
def _word(text: str) -> Word:
    return Word(text, _part(text, segmenter().tags.get(text, "x")))


def _part(word: str, tag: str) -> Part:
    known = _parts().get(word)
    if known is not None:
        return known
    if tag == "m" or _NUMBER.fullmatch(word):
        return Part.NUMBER
    if not _WORD.fullmatch(word):
        return Part.OTHER
    if tag == "vn":
        return Part.DEVERBAL
    if tag in ("an", "eng", "j", "k", "l", "s", "x", "zg") or tag[0] in "ng":
        return Part.NOUN
    if tag[0] in _MODIFIER_TAGS:
        return Part.MODIFIER
    return _PARTS.get(tag[0], Part.OTHER)
