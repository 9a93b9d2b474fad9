"""What a statistic counts: the noun phrase behind the measure word, else the one before the number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Final

import jieba

from extract.context import Context
from extract.rulebook import read_toml

_STOP: Final = re.compile(r"[，,。；;：:！!？?（()）\r\n、]")
_WORD: Final = re.compile("[A-Za-z\\u3400-\\u9fff“”]+")
_QUOTED: Final = re.compile("“[^“”]{1,20}”")
_LONGEST: Final = 24


@dataclass(frozen=True, slots=True)
class Segmenter:
    """jieba's dictionary, loaded once: a tokenizer and the part of speech of each word."""

    tokenizer: jieba.Tokenizer
    tags: Mapping[str, str]

    def cut(self, text: str) -> list[tuple[str, str]]:
        """Words of a text with their part of speech ("x" where the dictionary has none)."""
        return [(word, self.tags.get(word, "x")) for word in self.tokenizer.lcut(text, HMM=False)]


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The word lists of ``[subject]`` in ``rules/statistics.toml``."""

    tags: frozenset[str]
    links: frozenset[str]
    empty: frozenset[str]
    governing: frozenset[str]


@cache
def _phrase_words() -> PhraseWords:
    table = read_toml("statistics.toml")["subject"]
    return PhraseWords(*(frozenset(table[name]) for name in ("tags", "links", "empty", "governing")))


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
    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    tags = {word: tag for word, _, tag in (line.split() for line in dictionary.splitlines())}
    return Segmenter(tokenizer, tags)


def subject_of(context: Context) -> str | None:
    """
    What is counted, as the text names it, or None.

    >>> from extract.pipeline import extract_text
    >>> extract_text("全省设立网格8.5万个，打造一支3.7万名社区工作者队伍。")["subject"].tolist()
    ['网格', '社区工作者队伍']
    """
    counts = context.unit_type in ("count", "noun") or not context.mention.unit
    sides = (_after, _before) if counts else (_before, _after)
    return next((phrase for side in sides if (phrase := side(context))), None)


def _after(context: Context) -> str | None:
    right = context.right
    stop = _STOP.search(right)
    phrase = right[: stop.start() if stop else len(right)][:_LONGEST].removeprefix("的")
    words = _phrase_words()
    kept: list[str] = []
    has_noun = False
    for word, tag in _words(phrase):
        is_noun = _is_noun(word, tag)
        if not (is_noun or (word in words.links and kept) or (tag.startswith("v") and not has_noun)):
            break
        has_noun = has_noun or is_noun
        kept.append(word)
    return _trim(kept) if has_noun else None


def _before(context: Context) -> str | None:
    clauses = re.split(r"[，,；;：:]", context.sentence_left)
    for clause in reversed(clauses[-3:]):
        phrase = _last_noun_phrase(_words(clause.split("、")[-1][-2 * _LONGEST :]))
        if phrase:
            return phrase
    return None


def _last_noun_phrase(phrase: Sequence[tuple[str, str]]) -> str | None:
    words = _phrase_words()
    kept: list[str] = []
    for word, tag in reversed(phrase):
        is_noun = _is_noun(word, tag) and word not in words.empty
        is_modifier = bool(kept) and tag.startswith("v") and word not in words.governing and len(word) > 1
        if is_noun or is_modifier or (kept and word in words.links):
            kept.append(word)
        elif kept:
            break
    return _trim(kept[::-1])


def _is_noun(word: str, tag: str) -> bool:
    return (tag in _phrase_words().tags or tag.startswith("n") or tag == "x") and _WORD.fullmatch(word) is not None


def _words(text: str) -> list[tuple[str, str]]:
    """Words with tags; a quotation is one noun."""
    out: list[tuple[str, str]] = []
    position = 0
    for quoted in _QUOTED.finditer(text):
        out += segmenter().cut(text[position : quoted.start()])
        out.append((quoted[0], "n"))
        position = quoted.end()
    return out + segmenter().cut(text[position:])


def _trim(words: list[str]) -> str | None:
    links = _phrase_words().links
    while words and words[-1] in links:
        words.pop()
    while words and words[0] in links:
        words.pop(0)
    return "".join(words).strip() or None
