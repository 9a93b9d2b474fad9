"""The reader's selection: one frozen ``Filters`` that applies itself and says itself in a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Final

from dashboard.clauses import Clause, any_of, one_of
from dashboard.nesting import find_group, fold_themes, group_values, split_told, unfold_themes
from dashboard.wording import Words
from dashboard.wording.codebook import Codebook
from extract.table.record import KINDS, LEVELS, REVIEW_STATES, STATUSES

# The fields that are a choice among a column's values.
COLUMNS: Final = MappingProxyType(
    {
        "provinces": "province",
        "levels": "level",
        "reporters": "speaker",
        "regions": "region",
        "themes": "theme",
        "indicators": "indicator",
        "kinds": "kind",
        "statuses": "status",
        "years": "year",
        "documents": "document",
        "reviews": "review",
    }
)
CHOICE_FIELDS: Final = tuple(COLUMNS)
FIELDS: Final = (*CHOICE_FIELDS, "terms")
# The fields that say whom one looks at; without the others they give the scope in which a region can be missing.
PLACE_FIELDS: Final = ("provinces", "reporters", "regions", "levels", "documents")


@dataclass(frozen=True, slots=True)
class Filters:
    """
    What the reader chose; an empty field lets every row through.

    Reporters, regions and provinces are short Chinese names; of a reporter all that it says is meant, of a value of
    ``told`` what it says of a place. A row must hold every one of the search ``terms``.
    """

    provinces: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def chosen(self, field: str) -> tuple[str, ...]:
        """The values of one field."""
        values: tuple[str, ...] = getattr(self, field)
        return values

    def active(self) -> tuple[str, ...]:
        """The fields that restrict anything."""
        return tuple(field for field in FIELDS if self.chosen(field))

    def without(self, *fields: str) -> Filters:
        """The same selection with these fields emptied."""
        return replace(self, **dict.fromkeys(fields, ()))

    def with_values(self, field: str, values: tuple[str, ...]) -> Filters:
        """The same selection with one field's values replaced."""
        return replace(self, **{field: values})

    def drop(self, field: str, value: str, codebook: Codebook) -> Filters:
        """The same selection without one value of ``folded``."""
        gone = meant(field, [value], codebook)
        return self.with_values(field, tuple(kept for kept in self.chosen(field) if kept not in gone))

    def folded(self, field: str, codebook: Codebook) -> tuple[str, ...]:
        """The values of one field, in as few as say them."""
        return fold(field, self.chosen(field), codebook)

    def places(self) -> Filters:
        """The part that says whom one looks at."""
        return self.without(*(field for field in FIELDS if field not in PLACE_FIELDS))

    def clauses(self, find: Callable[[tuple[str, ...]], Clause]) -> dict[str, Clause]:
        """For each active field, which rows it lets through; ``find`` says which ones hold the terms of a search."""
        clauses = {field: where_of(field, self.chosen(field)) for field in self.active() if field != "terms"}
        return clauses | ({"terms": find(self.terms)} if self.terms else {})

    def say(self, words: Words, codebook: Codebook) -> str:
        """The selection as one sentence for the head of a chart or an export."""
        if not self.active():
            return words("filter.none")
        parts = [
            words(
                "filter.part",
                field=words(f"filter.{field}"),
                values=words.join([label(field, value, words, codebook) for value in self.folded(field, codebook)]),
            )
            for field in self.active()
        ]
        return words("list.semicolon").join(parts)


def where_of(field: str, values: Iterable[str]) -> Clause:
    """The rows that have one of these values."""
    if field != "reporters":
        return one_of(COLUMNS[field], values)
    pairs = list(map(split_told, values))
    whole = one_of(COLUMNS[field], [reporter for reporter, region in pairs if region is None])
    return any_of([whole, *(Clause("speaker = ? AND region = ?", pair) for pair in pairs if pair[1] is not None)])


def nameable(field: str, values: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """What can be named of a field: the values that the data has, and what stands for several of them."""
    known = tuple(values)
    return (*group_values(known, codebook), *known) if field == "themes" else known


def meant(field: str, values: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """The values of a field that are meant by what is named."""
    return unfold_themes(values, codebook) if field == "themes" else tuple(values)


def fold(field: str, values: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """Values as a reader names them: all themes of a group are the group."""
    return fold_themes(values, codebook) if field == "themes" else tuple(values)


def label(field: str, value: str, words: Words, codebook: Codebook) -> str:
    """One value of a field as a reader sees it."""
    if field == "themes":
        group = find_group(value, codebook)
        return codebook.theme_label(value, words.lang) if group is None else codebook.group_label(group, words.lang)
    if field == "indicators":
        return codebook.indicator_label(value, words.lang)
    if field in ("levels", "kinds", "statuses", "reviews"):
        return words.term(COLUMNS[field], value)
    if field == "terms":
        return words("filter.term", term=value)
    if field == "years":
        return value
    if field == "documents":
        return codebook.document_label(value, words.lang)
    return label_place(value, words, codebook)


def label_place(value: str, words: Words, codebook: Codebook) -> str:
    """A region, a reporter, or what a reporter says of a place."""
    reporter, region = (
        name if name is None else codebook.region_label(name, words.lang) or words("region.unknown")
        for name in split_told(value)
    )
    if region is None:
        return str(reporter)
    return words("region.told_own" if region == reporter else "region.told", reporter=reporter, region=region)


def sort_values(field: str, values: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """The values of a field in the order in which they are offered."""
    known: dict[str, dict[str, int]] = {
        "themes": {theme: place for place, theme in enumerate(codebook.themes)},
        "indicators": {indicator: place for place, indicator in enumerate(codebook.indicators)},
        "levels": {level: place for place, level in enumerate(LEVELS)},
        "kinds": {kind: place for place, kind in enumerate(KINDS)},
        "statuses": {status: place for place, status in enumerate(STATUSES)},
        "reviews": {state: place for place, state in enumerate(REVIEW_STATES)},
        "documents": {name: place for place, name in enumerate(codebook.documents)},
    }

    if field == "years":
        return tuple(sorted(values, reverse=True))

    def place(field: str, value: str) -> tuple[object, ...]:
        if field in known:
            return known[field].get(value, math.inf), value
        reporter, region = split_told(value)
        # What a reporter says of itself comes before what it says of others.
        below = () if region is None else (region != reporter, *codebook.region_key(region))
        return (*codebook.region_key(reporter), *below)

    return tuple(sorted(values, key=partial(place, field)))
