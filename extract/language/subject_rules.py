"""What words do in a label: the lists of ``rules/subjects.toml`` and ``rules/actions.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from extract.language.rulebook import read_toml


@dataclass(frozen=True, slots=True)
class LabelWords:
    """The verbs of ``rules/actions.toml`` and the lists of ``[label]``: for the words before a number."""

    acts: frozenset[str]
    intransitive: frozenset[str]
    nouns_too: frozenset[str]
    stocks: frozenset[str]
    carriers: frozenset[str]
    links: frozenset[str]
    dependent: frozenset[str]
    fillers: frozenset[str]
    nameless: frozenset[str]
    relative: frozenset[str]
    joins: frozenset[str]
    kept: frozenset[str]
    modal: frozenset[str]
    flows: frozenset[str]
    negations: frozenset[str]
    results: frozenset[str]
    receiving: frozenset[str]
    never_nouns: frozenset[str]
    manners: frozenset[str]
    timed: frozenset[str]
    relating: frozenset[str]
    directing: frozenset[str]
    creating: frozenset[str]
    totals: frozenset[str]
    existential: frozenset[str]
    rank: frozenset[str]
    telling: frozenset[str]
    possessive: str

    def is_verb(self, text: str) -> bool:
        """Whether a word is one of the verbs, or denies one that says nothing of the counted (未发生)."""
        known = text in self.acts or text in self.stocks or text in self.carriers
        return known or self.denies_stock(text)

    def denies_stock(self, text: str) -> bool:
        """未发生 and its like."""
        return text[:1] in self.negations and text[1:] in self.stocks


@cache
def label_words() -> LabelWords:
    """Read the lists, once."""
    labels = read_toml("subjects.toml")["label"]
    verbs = {name: frozenset(table["verbs"]) for name, table in read_toml("actions.toml").items()}
    change = read_toml("statistics.toml")["change"]
    rises = frozenset((*change["up"], *change["down"], *change["none"])) - frozenset(labels["no_links"])
    lists = {
        field.name: frozenset(labels.get(field.name, ())) for field in fields(LabelWords) if field.name != "possessive"
    }
    lists |= {
        "acts": verbs["act"] | verbs["intransitive"],
        "intransitive": verbs["intransitive"],
        "nouns_too": verbs["noun"],
        "stocks": verbs["stock"],
        "carriers": verbs["carrier"],
        "links": lists["links"] | rises,
    }
    return LabelWords(**lists, possessive=read_toml("subjects.toml")["words"]["possessives"][0])


def _read(record: type, table: Mapping[str, Any], patterns: Sequence[str]) -> dict[str, Any]:
    """The fields of a record: patterns compiled, lists as sets."""
    return {
        field.name: re.compile(table[field.name]) if field.name in patterns else frozenset(table[field.name])
        for field in fields(record)
    }


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The lists of ``[phrase]``: for the words behind a number, and for what a number can count."""

    suffixes: frozenset[str]
    predicates: frozenset[str]
    states: frozenset[str]
    changes: frozenset[str]
    aspects: frozenset[str]
    reaching: frozenset[str]
    particles: frozenset[str]
    closed: frozenset[str]
    quotes: frozenset[str]
    doers: frozenset[str]
    ranked: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    people_units: frozenset[str]
    person_units: frozenset[str]
    household_units: frozenset[str]
    complete_units: frozenset[str]
    abstract_units: frozenset[str]
    establishments: frozenset[str]
    identity: frozenset[str]
    linking: frozenset[str]
    stop: re.Pattern[str]
    grade: re.Pattern[str]


@cache
def phrase_words() -> PhraseWords:
    """Read the lists, once."""
    table = read_toml("subjects.toml")["phrase"]
    change = read_toml("statistics.toml")["change"]
    read = _read(PhraseWords, table, ("stop", "grade"))
    return PhraseWords(**read | {"changes": read["changes"] | frozenset((*change["up"], *change["down"]))})


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The patterns and lists of ``[clause]``: how the text before a number is cut."""

    note: re.Pattern[str]
    aside: re.Pattern[str]
    bracket: re.Pattern[str]
    bracketed: re.Pattern[str]
    end: re.Pattern[str]
    lead: re.Pattern[str]
    topic: re.Pattern[str]
    unit: re.Pattern[str]
    comparisons: frozenset[str]
    compared: frozenset[str]
    partners: frozenset[str]
    levels: frozenset[str]
    origins: frozenset[str]
    shares: frozenset[str]
    within: frozenset[str]
    examples: frozenset[str]
    fields: frozenset[str]


@cache
def clause_words() -> ClauseWords:
    """Read the patterns and lists, once."""
    table = read_toml("subjects.toml")["clause"]
    return ClauseWords(
        **_read(ClauseWords, table, ("note", "aside", "bracket", "bracketed", "end", "lead", "topic", "unit"))
    )


@dataclass(frozen=True, slots=True)
class ListWords:
    """The patterns and lists of ``[list]``: for several numbers and several things."""

    gap: re.Pattern[str]
    item: re.Pattern[str]
    adjacent: re.Pattern[str]
    ordinal: re.Pattern[str]
    joins: frozenset[str]
    separators: frozenset[str]
    each: tuple[str, ...]
    parallel: frozenset[str]
    thresholds: tuple[str, ...]
    respective: str
    measures: tuple[str, ...]
    heads: re.Pattern[str]
    joint: Mapping[str, tuple[str, ...]]
    opposites: tuple[frozenset[str], ...]


@cache
def list_words() -> ListWords:
    """Read the patterns and lists, once."""
    table = read_toml("subjects.toml")["list"]
    ends = "|".join(sorted((*table["shared"], *table["attributes"]), key=len, reverse=True))
    return ListWords(
        gap=re.compile(table["gap"]),
        item=re.compile(table["item"]),
        adjacent=re.compile(table["adjacent"]),
        ordinal=re.compile(table["ordinal"]),
        joins=frozenset(table["joins"]),
        separators=frozenset(table["separators"]),
        each=tuple(table["each"]),
        parallel=frozenset(table["parallel"]),
        thresholds=tuple(table["thresholds"]),
        respective=table["respective"],
        measures=(*table["measures"], *table["shared"]),
        heads=re.compile(f"(?:{ends})*$"),
        joint={word: tuple(parts) for word, parts in table["joint"].items()},
        opposites=tuple(map(frozenset, table["opposites"])),
    )
