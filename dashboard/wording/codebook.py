"""The codebook as the app reads it: labels in both languages, grades, notes, and the ASCII codes for links."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

# Enough that no two of a hundred thousand documents, or regions, share a code.
CODE_DIGITS: Final = 10
UNKNOWN_REGION: Final = "na"
RANKED_GRADES: Final = frozenset("AB")
# The group of the themes that the codebook lacks.
OTHER_GROUP: Final = "other"


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of the codebook, and the group that it stands in."""

    id: str
    labels: Mapping[str, str]
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of themes."""

    id: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    One canonical indicator.

    ``units`` are equivalent: they may share an axis. ``grade`` is A, B, C or S. ``definitions`` and ``notes`` are by
    language; a language that the codebook lacks is absent.
    """

    id: str
    theme: str
    labels: Mapping[str, str]
    units: tuple[str, ...]
    allows_per_head: bool
    grade: str
    definitions: Mapping[str, str]
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Region:
    """One region of the codebook; ``order`` is its place in the fixed administrative order."""

    name: str
    code: str
    label_en: str
    order: float


@dataclass(frozen=True, slots=True)
class Codebook:
    """
    Themes, indicators and regions, each by its id (a region by its short Chinese name), in the codebook's order.

    ``documents`` are the titles, by language, of those that have one, by name; ``groups`` are those of the themes.
    """

    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    regions: Mapping[str, Region]
    documents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)

    def theme_label(self, theme: str, lang: str) -> str:
        """A theme in a language; its id where the codebook lacks it."""
        return self.themes[theme].labels[lang] if theme in self.themes else theme

    def group_of(self, theme: str) -> str:
        """The group of a theme; that of the others where the codebook lacks it."""
        return self.themes[theme].group if theme in self.themes else OTHER_GROUP

    def group_label(self, group: str, lang: str) -> str:
        """A group of themes in a language; its id where the codebook lacks it."""
        return self.groups[group].labels[lang] if group in self.groups else group

    def group_themes(self, group: str) -> tuple[str, ...]:
        """The codebook's themes of a group, in order."""
        return tuple(theme.id for theme in self.themes.values() if theme.group == group)

    def find_indicator(self, name: str, theme: str) -> Indicator | None:
        """The indicator of a row, None for no name; one that the codebook lacks has its id as label and no grade."""
        if not name or name in self.indicators:
            return self.indicators.get(name)
        return Indicator(name, theme, {"zh": name, "en": name}, (), False, "", {}, {})

    def indicator_label(self, indicator: str, lang: str) -> str:
        """An indicator in a language; its id where the codebook lacks it."""
        return self.indicators[indicator].labels[lang] if indicator in self.indicators else indicator

    def region_label(self, region: str, lang: str) -> str:
        """A region in a language; as the text names it where the codebook lacks it."""
        return self.regions[region].label_en if lang == "en" and region in self.regions else region

    def document_label(self, document: str, lang: str) -> str:
        """A document's title in a language; its name where it has none."""
        return self.documents[document][lang] if document in self.documents else document

    def region_code(self, region: str) -> str:
        """
        The ASCII code of a region: the codebook's, else one derived from the name, the same on every machine.

        >>> Codebook({}, {}, {}).region_code("陈仓")
        'rb69c78b48c'
        """
        if not region:
            return UNKNOWN_REGION
        if region in self.regions:
            return self.regions[region].code
        return "r" + name_code(region)

    def sort_regions(self, regions: Iterable[str]) -> list[str]:
        """Regions, each once, in the fixed administrative order; those that the codebook lacks follow by name."""
        return sorted(set(regions), key=self.region_key)

    def topic_key(self, theme: str, indicator: str) -> tuple[float, float, str]:
        """The sort key of a theme and an indicator ("" for none), which follow the codebook; unknown ones are last."""
        themes, indicators = list(self.themes), list(self.indicators)
        return (
            themes.index(theme) if theme in themes else len(themes),
            indicators.index(indicator) if indicator in indicators else len(indicators),
            theme + indicator,
        )

    def region_key(self, region: str) -> tuple[float, str]:
        """The sort key of the fixed administrative order; an unknown region ("") is last."""
        known = self.regions.get(region)
        return (known.order if known else float("inf"), region or "\U0010ffff")


def name_code(name: str) -> str:
    """
    Hex digits for a name, the same on every machine.

    >>> name_code("陈仓")
    'b69c78b48c'
    """
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:CODE_DIGITS]


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of one codebook table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_language(row: Mapping[str, str], column: str) -> dict[str, str]:
    """A text column in the languages that it has: ``column`` itself is English, ``column_zh`` Chinese."""
    texts = {"en": row.get(column, ""), "zh": row.get(f"{column}_zh", "")}
    return {lang: text for lang, text in texts.items() if text}


def read_codebook(folder: Path) -> Codebook:
    """
    Read themes.csv, theme_groups.csv, indicators.csv and regions.csv.

    Raises:
        OSError, KeyError, ValueError:
            A table is missing, lacks a column, or names a group of themes that theme_groups.csv lacks.
    """
    groups = {
        row["group"]: Group(row["group"], {"zh": row["label_zh"], "en": row["label_en"]})
        for row in read_table(folder / "theme_groups.csv")
    }
    themes = read_themes(folder / "themes.csv", groups)
    indicators = {
        row["indicator"]: Indicator(
            id=row["indicator"],
            theme=row["theme"],
            labels={"zh": row["label_zh"], "en": row["label_en"]},
            units=tuple(row["units"].split("|")),
            allows_per_head=row["per_capita"] == "yes",
            grade=row["comparability"],
            definitions=by_language(row, "definition"),
            notes=by_language(row, "comparability_note"),
        )
        for row in read_table(folder / "indicators.csv")
    }
    regions = {
        row["region"]: Region(row["region"], row["code"], row["label_en"], float(row["order"]))
        for row in read_table(folder / "regions.csv")
    }
    return Codebook(themes, indicators, regions, groups=groups)


def read_themes(path: Path, groups: Mapping[str, Group]) -> dict[str, Theme]:
    """
    The themes, by id, those of a group together.

    Raises:
        ValueError:
            A theme stands in no known group.
    """
    themes = {
        row["theme"]: Theme(row["theme"], {"zh": row["label_zh"], "en": row["label_en"]}, row["group"])
        for row in read_table(path)
    }
    if strange := sorted({theme.group for theme in themes.values()} - set(groups)):
        raise ValueError(f"{path.name}: no group of themes is called {', '.join(strange)}")
    order = list(groups)
    return dict(sorted(themes.items(), key=lambda item: order.index(item[1].group)))
