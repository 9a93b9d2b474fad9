"""
Towns, streets and villages, which the gazetteer does not list: what may be the name of one.

Any word may stand before 镇 or 街道 (特色小镇, 首批街道), so a name is taken for one only where it can't be read as
ordinary words. The words are ``rules/reports.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from extract.language.rulebook import read_toml
from extract.language.words import segmenter

_SHORTEST, _LONGEST = 2, 4
_VILLAGE: Final = "village"
# A name of one of these tags is a place, a person or another proper name.
# An ordinary noun (桃花) is one where an office or the like follows.
_NOUN_TAGS: Final = ("n", "ns", "nr", "nz")
_PLACE_TAG: Final = "ns"
_NAME_TAGS: Final = ("ns", "nr", "nz", "nt", "nrt", "nrfg")


@dataclass(frozen=True, slots=True)
class _Rules:
    levels: Mapping[str, str]
    behind: Mapping[str, str]
    holds: re.Pattern[str]
    start: str
    end: str
    words: frozenset[str]
    side: str
    own: re.Pattern[str]
    office: str


@cache
def _rules() -> _Rules:
    table = read_toml("reports.toml")
    no_town, epithet = table["no_town"], table["epithet"]
    return _Rules(
        levels={row["rank"]: row["level"] for row in table["town"]},
        behind={row["rank"]: row["behind"] for row in table["town"]},
        holds=re.compile(no_town["holds"]),
        start=no_town["start"],
        end=no_town["end"],
        words=frozenset(no_town["words"]),
        side=no_town["side"],
        own=re.compile(rf"(?:{epithet['before']})([\u4e00-\u9fa5]{{2,3}}?){epithet['behind']}"),
        office=table["town_office"]["pattern"],
    )


def level_of(rank: str) -> str | None:
    """The level of a town by its ending, None for another rank."""
    return _rules().levels.get(rank)


@lru_cache(maxsize=4096)
def is_name(words: str) -> bool:
    """
    Whether some characters before 镇 or 街道 can be the name of a town.

    >>> [is_name(words) for words in ("仙林", "冶溪", "特色小", "首批", "县政府和", "农业稳")]
    [True, True, False, False, False, False]
    """
    rules, dictionary = _rules(), segmenter()
    tag = dictionary.tags.get(words)
    if tag == _PLACE_TAG and words not in rules.words:
        return True
    if not _may_be(words) or tag is not None:
        return tag in _NAME_TAGS and _may_be(words)
    if words[0] in rules.start or words[-1] in rules.end:
        return False
    parts = [part for part in dictionary.cut(words) if len(part) > 1]
    return all(dictionary.tags.get(part) in _NAME_TAGS for part in parts)


def is_village_of_town(line: str) -> bool:
    """
    Whether a line is a village behind its town and nothing else, both with names.

    >>> lines = ("田湾乡德石村", "冶溪镇上洋村", "特色小镇美丽乡村", "冶溪镇各行政村", "德石村")
    >>> [is_village_of_town(line) for line in lines]
    [True, True, False, False, False]
    """
    chain = _chain().fullmatch(line)
    if chain is None:
        return False
    town, village = chain.groups()
    return _may_be(town) and _may_be_village(village) and (is_name(town) or is_name(village))


def _may_be_village(name: str) -> bool:
    """Villages are called after their side or number as well, which towns are not: 上洋, 三河."""
    rules = _rules()
    is_word = name in rules.words or segmenter().tags.get(name, _PLACE_TAG) not in _NAME_TAGS
    return not is_word and not rules.holds.search(name[1:] if name[0] in rules.side else name)


@cache
def _chain() -> re.Pattern[str]:
    levels = _rules().levels
    towns = "|".join(rank for rank, level in levels.items() if level != _VILLAGE)
    villages = "|".join(rank for rank, level in levels.items() if level == _VILLAGE)
    return re.compile(rf"([\u4e00-\u9fa5]{{2,4}}?)(?:{towns})([\u4e00-\u9fa5]{{2,4}}?)(?:{villages})")


def _may_be(words: str) -> bool:
    rules = _rules()
    return _SHORTEST <= len(words) <= _LONGEST and words not in rules.words and not rules.holds.search(words)


def find_towns(text: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """The towns at the heads of clauses of ``text[start:end]``, as (name, rank): 仙林 街道."""
    rules = _rules()
    for rank, behind in rules.behind.items():
        clause = re.compile(rf"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]{{2,4}}?){rank}{behind}")
        yield from ((match[1], rank) for match in clause.finditer(text, start, end) if is_name(match[1]))


def name_most(text: str, start: int, end: int, rank: str) -> str | None:
    """
    The name of the town of this rank that a text speaks as.

    It is the one that most often heads a clause, or that an office follows (桃花镇党委), or that the text calls its own
    (立足冶溪实际).
    """
    names = Counter(name for name, other in find_towns(text, start, end) if other == rank)
    if names:
        return names.most_common(1)[0][0]
    office = re.compile(rf"(?<![\u4e00-\u9fa5])([\u4e00-\u9fa5]{{2}}){rank}{_rules().office}")
    names = Counter(
        match[1]
        for match in office.finditer(text, start, end)
        if _may_be(match[1]) and segmenter().tags.get(match[1], "") in _NOUN_TAGS
    )
    if names:
        return names.most_common(1)[0][0]
    own = Counter(match[1] for match in _rules().own.finditer(text, start, end) if is_name(match[1]))
    return own.most_common(1)[0][0] if own else None


def read_opening(line: str) -> tuple[str, str] | None:
    """The town that a line begins with, as (name, rank)."""
    rules, opening = _rules(), line.lstrip(" \t\u3000")
    for rank, behind in rules.behind.items():
        match = re.match(rf"([\u4e00-\u9fa5]{{2,4}}?){rank}{behind}", opening)
        if match and is_name(match[1]):
            return match[1], rank
    return None
