"""What a statistic counts: the noun phrase behind the measure word, else the one before the number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from tempfile import TemporaryDirectory
from typing import Final

import jieba

from extract.context import Context

_STOP: Final = re.compile(r"[，,。；;：:！!？?（()）\r\n、]")
_QUOTED: Final = re.compile("“[^“”]{1,20}”")
_NOUN: Final = frozenset("n nr ns nt nz nl ng vn an a b j l i eng s f q".split())
_LINK: Final = frozenset(("的", "和", "与", "及", "、"))
_EMPTY: Final = frozenset(
    ("全市", "全省", "全区", "全县", "全国", "我省", "我市", "其中", "目前", "累计", "近", "分别", "均", "总数")
)
_LONGEST: Final = 24


@dataclass(frozen=True, slots=True)
class Segmenter:
    """jieba's dictionary, loaded once: a tokenizer and the part of speech of each word."""

    tokenizer: jieba.Tokenizer
    tags: Mapping[str, str]

    def cut(self, text: str) -> list[tuple[str, str]]:
        """Words of a text with their part of speech ("x" where the dictionary has none)."""
        return [(word, self.tags.get(word, "x")) for word in self.tokenizer.lcut(text, HMM=False)]


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
    with tokenizer.get_dict_file() as file:
        tags = {word: tag for word, _, tag in (line.decode("utf-8").split() for line in file)}
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
    kept: list[str] = []
    has_noun = False
    for word, tag in _words(phrase):
        is_noun = tag in _NOUN or tag.startswith("n") or tag == "x"
        if not (is_noun or (word in _LINK and kept) or (tag.startswith("v") and not has_noun)):
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


def _last_noun_phrase(words: Sequence[tuple[str, str]]) -> str | None:
    kept: list[str] = []
    for word, tag in reversed(words):
        is_noun = (tag in _NOUN or tag.startswith("n") or tag == "x") and word not in _EMPTY
        if is_noun or (kept and word in _LINK):
            kept.append(word)
        elif kept:
            break
    return _trim(kept[::-1])


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
    while words and words[-1] in _LINK:
        words.pop()
    while words and words[0] in _LINK:
        words.pop(0)
    return "".join(words).strip() or None
