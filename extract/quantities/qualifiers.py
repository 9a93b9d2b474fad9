"""Qualifiers: 近, 约, 多, 以上 … → exact, approx, nearly, over, at_least, at_most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.language.rulebook import read_rows, read_toml
from extract.table.errors import RuleError
from extract.table.record import QUALIFIERS

COLUMNS = ("form", "position", "qualifier", "not_after", "example")
POSITIONS = frozenset(("before", "before_bare", "inside", "after", "after_unit", "after_time"))
_LONGEST_BEFORE = 12


class Qualifier(NamedTuple):
    """A qualifier found beside a number: where it begins and ends, and what it means."""

    start: int
    end: int
    meaning: str
    is_attached: bool = True


@dataclass(frozen=True, slots=True)
class QualifierTable:
    """
    The qualifiers by position, compiled; ``opening`` is what those before a number begin with.

    ``before_bare`` are the characters before which those in ``bare`` qualify, and ``linked`` is the one short form
    that a word may stand behind.
    """

    opening: re.Pattern[str]
    before: re.Pattern[str]
    bare: frozenset[str]
    before_bare: frozenset[str]
    linked: str
    after: Mapping[str, re.Pattern[str]]
    meanings: Mapping[str, str]


@cache
def qualifier_table() -> QualifierTable:
    """Load ``rules/qualifiers.csv`` and what ``rules/quantities.toml`` says of qualifiers."""
    rules = read_toml("quantities.toml")["qualifier"]
    rows = sorted(read_rows("qualifiers.csv", COLUMNS), key=lambda row: -len(row["form"]))
    if any(row["position"] not in POSITIONS or row["qualifier"] not in QUALIFIERS for row in rows):
        raise RuleError("rules/qualifiers.csv: unknown position or qualifier")
    leading = [row for row in rows if row["position"].startswith("before")]
    before = "|".join(
        (f"(?<![{row['not_after']}])" if row["not_after"] else "") + re.escape(row["form"]) for row in leading
    )
    after = {
        position: re.compile(
            "[ ]?(?P<form>" + "|".join(re.escape(row["form"]) for row in rows if row["position"] in allowed) + ")"
        )
        for position, allowed in {
            "plain": {"after"},
            "unit": {"after", "after_unit"},
            "time": {"after", "after_unit", "after_time"},
        }.items()
    }
    bare = frozenset(row["form"] for row in rows if row["position"] == "before_bare")
    meanings = {row["form"]: row["qualifier"] for row in rows}
    pattern = re.compile(f"(?P<form>{before}) ?(?P<link>{rules['link']}) ?$")
    opening = re.compile(f"[{re.escape(''.join({row['form'][0] for row in leading}))}]")
    return QualifierTable(opening, pattern, bare, frozenset(rules["before_bare"]), rules["linked"], after, meanings)


def match_before(folded: str, position: int) -> Qualifier | None:
    """
    The qualifier that ends right before this position, or one linking word earlier.

    上 and 过 qualify only a bare multiplier (上百, 过万) or 半; elsewhere they belong to another word.

    >>> match_before("全市近2000名", 3)
    Qualifier(start=2, end=3, meaning='nearly', is_attached=True)
    >>> match_before("桌上3本", 2) is None
    True
    """
    table = qualifier_table()
    begin = max(0, position - _LONGEST_BEFORE)
    window = folded[begin:position]
    opening = table.opening.search(window)
    match = table.before.search(window, opening.start()) if opening is not None else None
    if match is None or (match["link"] and len(match["form"]) == 1 and match["form"] != table.linked):
        return None
    if match["form"] in table.bare and folded[position : position + 1] not in table.before_bare:
        return None
    start, end = begin + match.start("form"), begin + match.end("form")
    return Qualifier(start, end, table.meanings[match["form"]], is_attached=not match["link"])


def match_after(folded: str, position: int, where: str) -> Qualifier | None:
    """
    The qualifier that begins at this position; ``where`` is "plain", "unit" or "time": what stands before it.

    >>> match_after("15个百分点以上", 6, "unit")
    Qualifier(start=6, end=8, meaning='over', is_attached=True)
    """
    table = qualifier_table()
    match = table.after[where].match(folded, position)
    if match is None:
        return None
    return Qualifier(position, match.end(), table.meanings[match["form"]])
