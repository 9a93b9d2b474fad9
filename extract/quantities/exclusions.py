"""Exclusions: printed forms that hold digits and are no quantity, or a quantity that is no statistic."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extract.language.layout import find_opened
from extract.language.rulebook import read_toml
from extract.quantities.units import match_unit
from extract.reporters.gazetteer import load_gazetteer
from extract.table.errors import RuleError

LAYERS = frozenset(("quantity", "statistic"))


@dataclass(frozen=True, slots=True)
class Spans:
    """Disjoint or nested spans, sorted, with a quick test whether a place lies in one."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def cover(self, start: int, end: int) -> bool:
        """Whether one of the spans overlaps ``start``–``end``."""
        index = bisect_right(self.starts, end - 1)
        return index > 0 and self.ends[index - 1] > start


def spans_of(pairs: Iterable[tuple[int, int]]) -> Spans:
    """Spans merged where they overlap, so that starts and ends both ascend."""
    merged: list[list[int]] = []
    for start, end in sorted(pairs):
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return Spans(tuple(start for start, _ in merged), tuple(end for _, end in merged))


@dataclass(frozen=True, slots=True)
class Forms:
    """What ``find_opened`` looks for."""

    opening: re.Pattern[str]
    pattern: re.Pattern[str]


@cache
def exclusion_forms(layer: str) -> Forms:
    """The forms that one layer of ``rules/exclusions.toml`` excludes; names of places are no quantity either."""
    table = read_toml("exclusions.toml")
    rows = table["exclusion"]
    if any(row["layer"] not in LAYERS for row in rows):
        raise RuleError("rules/exclusions.toml: unknown layer")
    patterns = [f"(?:{row['pattern']})" for row in rows if row["layer"] == layer]
    patterns += [_place_names()] if layer == "quantity" else []
    return Forms(re.compile(table["opening"][layer]), re.compile("|".join(patterns), re.MULTILINE))


def excluded_spans(folded: str, layer: str) -> Iterable[tuple[int, int]]:
    """The spans of a folded text that one layer of the table excludes, in order."""
    forms = exclusion_forms(layer)
    return (match.span() for match in find_opened(forms.opening, forms.pattern, folded))


def _place_names() -> str:
    """Place names that hold a numeral (三门峡, 六安); not those that also read as number and measure word (五台)."""
    rules = read_toml("exclusions.toml")["place_name"]
    digits = re.compile(rules["numeral"])
    forms = {
        form for form in load_gazetteer().forms if (match := digits.search(form)) and _is_unambiguous(form, match.end())
    }
    names = "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))
    return f"(?<!{rules['not_after']})(?:{names})"


def _is_unambiguous(form: str, position: int) -> bool:
    unit = match_unit(form, position)
    return unit is None or unit.end < len(form)
