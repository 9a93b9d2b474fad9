"""What a statistic counts: the noun phrase behind the measure word, else the one before the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Final

import jieba

from extract.context import Context, respective_runs
from extract.rulebook import read_toml

_STOP: Final = re.compile(r"[，,。；;：:！!？?（()）\r\n、]")
_CLAUSE: Final = re.compile("[，,；;：:]")
_RESPECTIVE: Final = re.compile("(?P<items>[^，,；;：:。]+)分别[^，,；;：:。、]{0,10}$")
_ITEM_GAP: Final = re.compile("[、和与及]|以及")
_VALUE_GAP: Final = re.compile("[、，,和与及]|以及")
_WORD: Final = re.compile("[A-Za-z\\u3400-\\u9fff]+|“[^“”]+”")
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
    suffixes: frozenset[str]
    empty: frozenset[str]
    predicates: frozenset[str]


@cache
def _phrase_words() -> PhraseWords:
    table = read_toml("statistics.toml")["subject"]
    return PhraseWords(*(frozenset(table[name]) for name in ("tags", "links", "suffixes", "empty", "predicates")))


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
    words = read_toml("statistics.toml")["subject"]["words"]
    for word in words:
        tokenizer.add_word(word)
    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8")
    tags = {word: tag for word, _, tag in (line.split() for line in dictionary.splitlines())}
    tags |= dict.fromkeys(words, "n")
    return Segmenter(tokenizer, tags)


def attach_subjects(contexts: Sequence[Context], roles: Sequence[str | None]) -> list[str | None]:
    """
    What each statistic counts, as the text names it, or None.

    A number without a noun of its own goes on with the subject of the one before it in its sentence; the values of a
    分别 list take the items named before it, one each.

    Args:
        contexts:
            The statistics in text order.
        roles:
            Their roles: "to" counts what "from" counts.

    >>> from extract.pipeline import extract_text
    >>> extract_text("设立网格8.5万个，打造一支3.7万名社区工作者队伍。煤、原油产量分别增长7%、9%。")["subject"].tolist()
    ['网格', '社区工作者队伍', '煤', '原油产量']
    """
    subjects: list[str | None] = []
    for context, role in zip(contexts, roles, strict=True):
        inherited = subjects[-1] if subjects and context.previous is not None else None
        own = _before(context) if role == "from" else _own(context)
        subjects.append(inherited if role == "to" else own or inherited or _after(context))
    for first, count, items in _respective_lists(contexts):
        subjects[first : first + count] = items
    return subjects


def _own(context: Context) -> str | None:
    counts = context.unit_type in ("count", "noun") or not context.mention.unit
    is_part = context.right.startswith("的")
    return (_after(context) if counts or is_part else None) or _before(context)


def _respective_lists(contexts: Sequence[Context]) -> Iterator[tuple[int, int, list[str]]]:
    """Of each 分别 list whose items and values agree in number: its first value, their number, the items."""
    for first, count in respective_runs(contexts):
        named = _RESPECTIVE.search(contexts[first].gap[-4 * _LONGEST :])
        items = [_last_noun_phrase(_words(item)) for item in _ITEM_GAP.split(named["items"])] if named else []
        if len(items) == count and all(items):
            yield first, count, [item for item in items if item]


def _after(context: Context) -> str | None:
    right = context.right
    stop = _STOP.search(right)
    phrase = right[: stop.start() if stop else len(right)][:_LONGEST].removeprefix("的")
    words = _phrase_words()
    kept: list[str] = []
    has_noun = False
    for word, tag in _words(phrase):
        is_noun = _is_noun(word, tag) and not (has_noun and word in words.predicates)
        if not (is_noun or (word in words.links and kept) or (tag.startswith("v") and not has_noun)):
            break
        has_noun = has_noun or is_noun
        kept.append(word)
    return _trim(kept) if has_noun else None


def _before(context: Context) -> str | None:
    clauses = _CLAUSE.split(context.gap[-4 * _LONGEST :])
    for clause in reversed(clauses[-3:]):
        phrase = _last_noun_phrase(_words(clause.split("、")[-1][-2 * _LONGEST :]))
        if phrase:
            return phrase
    return None


def _last_noun_phrase(phrase: Sequence[tuple[str, str]]) -> str | None:
    words = _phrase_words()
    kept: list[str] = []
    for word, tag in reversed(phrase):
        is_noun = word in words.suffixes or (_is_noun(word, tag) and word not in words.empty)
        is_modifier = bool(kept) and tag.startswith("v") and kept[-1] in words.suffixes
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
