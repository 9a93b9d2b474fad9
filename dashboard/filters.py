"""
The reader's selection: one frozen ``Filters`` that applies itself, says itself in a sentence and is the URL.

Links hold short ASCII codes: ``?lang=zh&t=grid~property&r=zj~xianlin&n=pc``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Final

import pandas as pd

from dashboard.wording import LANGUAGES, Words
from dashboard.wording.codebook import Codebook
from extract.record import LEVELS

SEPARATOR: Final = "~"
COLUMNS: Final = MappingProxyType(
    {"themes": "theme", "indicators": "indicator", "provinces": "province", "regions": "region", "levels": "level"}
)
FIELDS: Final = tuple(COLUMNS)
# The fields that say whom one looks at; without the others they give the scope in which a region can be missing.
PLACE_FIELDS: Final = ("provinces", "regions", "levels")
PARAMS: Final = MappingProxyType({"themes": "t", "indicators": "i", "provinces": "p", "regions": "r", "levels": "l"})


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader chose; an empty field lets every row through. Regions and provinces are short Chinese names."""

    themes: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

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

    def places(self) -> Filters:
        """The part that says whom one looks at."""
        return self.without(*(field for field in FIELDS if field not in PLACE_FIELDS))

    def apply(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows that pass, in their order."""
        keep = pd.Series(True, index=rows.index)
        for field in self.active():
            keep &= rows[COLUMNS[field]].isin(self.chosen(field))
        return rows[keep]

    def culprits(self, rows: pd.DataFrame) -> tuple[str, ...]:
        """The fields each of which, dropped alone, would let rows through again; all the active ones if none would."""
        alone = tuple(field for field in self.active() if len(self.without(field).apply(rows)))
        return alone or self.active()

    def say(self, words: Words, codebook: Codebook) -> str:
        """The selection as one sentence for the head of a chart or an export."""
        if not self.active():
            return words("filter.none")
        parts = [
            words(
                "filter.part",
                field=words(f"filter.{field}"),
                values=words.join([label(field, value, words, codebook) for value in self.chosen(field)]),
            )
            for field in self.active()
        ]
        return words("list.semicolon").join(parts)


@dataclass(frozen=True, slots=True)
class Link:
    """All that a link holds: the filters, the language, per head or not, the opened row and the data version."""

    filters: Filters = Filters()
    lang: str | None = None
    is_per_head: bool = False
    row: str | None = None
    version: str | None = None


def label(field: str, value: str, words: Words, codebook: Codebook) -> str:
    """One value of a field as a reader sees it."""
    if field == "themes":
        return codebook.theme_label(value, words.lang)
    if field == "indicators":
        return codebook.indicator_label(value, words.lang)
    if field == "levels":
        return words.term("level", value)
    return codebook.region_label(value, words.lang) or words("region.unknown")


def codes(field: str, values: Iterable[str], codebook: Codebook) -> dict[str, str]:
    """ASCII code → value, for the values that a field can take."""
    if field in ("provinces", "regions"):
        return {codebook.region_code(value): value for value in values}
    return {value: value for value in values}


def to_params(link: Link, codebook: Codebook) -> dict[str, str]:
    """The link's query parameters; what is empty is left out, and a code never depends on the language."""
    params = {"lang": link.lang} if link.lang else {}
    for field in link.filters.active():
        values = link.filters.chosen(field)
        params[PARAMS[field]] = SEPARATOR.join(codes(field, values, codebook))
    if link.is_per_head:
        params["n"] = "pc"
    if link.row:
        params["s"] = link.row
    if link.version:
        params["v"] = link.version
    return params


def from_params(
    params: Mapping[str, str], choices: Mapping[str, Iterable[str]], codebook: Codebook
) -> tuple[Link, tuple[str, ...]]:
    """
    Read a link.

    Args:
        params:
            The query parameters; ones that the app does not know are ignored.
        choices:
            For each field, the values that the data has.

    Returns:
        The link, and the codes in it that the data does not have, as written.
    """
    unknown: list[str] = []
    fields: dict[str, tuple[str, ...]] = {}
    for field, name in PARAMS.items():
        known = codes(field, choices[field], codebook)
        asked = [code for code in params.get(name, "").split(SEPARATOR) if code]
        unknown += [code for code in asked if code not in known]
        fields[field] = tuple(dict.fromkeys(known[code] for code in asked if code in known))
    lang = params.get("lang")
    if lang and lang not in LANGUAGES:
        unknown.append(lang)
    link = Link(
        filters=Filters(**fields),
        lang=lang if lang in LANGUAGES else None,
        is_per_head=params.get("n") == "pc",
        row=params.get("s"),
        version=params.get("v"),
    )
    return link, tuple(unknown)


def find_choices(rows: pd.DataFrame, codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """For each field the values that the rows have, in the codebook's order; null is no value."""
    known: dict[str, dict[str, int]] = {
        "themes": {theme: place for place, theme in enumerate(codebook.themes)},
        "indicators": {indicator: place for place, indicator in enumerate(codebook.indicators)},
        "levels": {level: place for place, level in enumerate(LEVELS)},
    }

    def place(field: str, value: str) -> tuple[float, str]:
        return (known[field].get(value, math.inf), value) if field in known else codebook.region_key(value)

    return {
        field: tuple(sorted((str(value) for value in rows[column].dropna().unique()), key=partial(place, field)))
        for field, column in COLUMNS.items()
    }
