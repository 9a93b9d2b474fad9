"""
The smallest time expressions (2021年, 今年, 1-6月, 20时许, “十四五”, 五年来): what they look like and where they stand.

The words are ``rules/periods.toml``, the shapes of calendar dates ``rules/dates.toml``. Everything is matched on the
folded text (half-width digits), which has the same length as the text. Each shape is bounded, so reading is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from extract.language.openings import first_characters
from extract.language.rulebook import expand, read_toml

TimeKind = Literal["calendar", "relative", "plan", "stretch", "event", "anaphora"]


@dataclass(frozen=True, slots=True)
class Kind:
    """
    What an atom of one kind can do.

    ``rank``: how fine; in one expression the finer follows the coarser (2021年 + 5月 + 上旬).
    ``stands_alone``: a time by itself; the others need one beside them or a word such as 期间 behind.
    ``is_date``: its digits are a date's; else it says how long, or names a time without digits.
    """

    rank: int
    stands_alone: bool
    is_date: bool
    time_kind: TimeKind


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("years", "year", "short_years", "short_year", "decade", "century"), Kind(1, True, True, "calendar")
        ),
        **dict.fromkeys(("plan", "long_plan"), Kind(1, True, True, "plan")),
        "relative_year": Kind(1, True, True, "relative"),
        "anchored_year": Kind(1, True, True, "anaphora"),
        **dict.fromkeys(("past", "future"), Kind(1, True, False, "stretch")),
        "era": Kind(1, True, False, "event"),
        "now": Kind(1, False, False, "calendar"),
        "bare_years": Kind(9, False, True, "calendar"),
        "first_years": Kind(2, False, False, "calendar"),
        "anaphora": Kind(2, True, False, "anaphora"),
        **dict.fromkeys(("part", "quarters"), Kind(2, True, True, "calendar")),
        **dict.fromkeys(("edge", "whole_year", "relative_quarter"), Kind(2, True, True, "relative")),
        "month": Kind(3, True, True, "calendar"),
        "months": Kind(3, True, False, "calendar"),
        "relative_month": Kind(3, True, True, "relative"),
        "anchored_month": Kind(3, True, True, "anaphora"),
        "relative_week": Kind(4, True, True, "relative"),
        # Where weeks are counted from differs: found beside a year, never resolved.
        "week": Kind(4, False, True, "calendar"),
        "season": Kind(4, False, False, "calendar"),
        "festival": Kind(4, False, False, "event"),
        "stretch": Kind(4, True, False, "stretch"),
        "tenday": Kind(5, False, True, "calendar"),
        "days": Kind(6, False, True, "calendar"),
        "iso": Kind(6, True, True, "calendar"),
        "relative_day": Kind(6, True, True, "relative"),
        "anchored_day": Kind(6, True, True, "anaphora"),
        "clock": Kind(7, False, True, "calendar"),
        "same_time": Kind(8, True, False, "anaphora"),
    }
)
_WORD_KINDS: Final = (
    *("stretch", "era", "same_time", "part", "whole_year", "edge", "festival", "season", "now"),
    *("relative_year", "relative_quarter", "relative_month", "relative_week", "relative_day"),
    *("anchored_year", "anchored_month", "anchored_day"),
)


class Atom(NamedTuple):
    """One smallest time expression: offsets, its kind, and the folded characters."""

    start: int
    end: int
    kind: str
    surface: str


@cache
def time_rules() -> Mapping[str, Any]:
    """The rule table of time words, as read."""
    return read_toml("periods.toml")


@cache
def word_rows() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """(kind, surface) → its rule row."""
    return {
        (kind, surface): row
        for kind in (*_WORD_KINDS, "event")
        for row in time_rules().get(kind, [])
        for surface in row["surface"].split("|")
    }


def alternatives(words: str) -> str:
    """A pattern of "|"-separated words, longest first, so that the longest wins."""
    return "|".join(re.escape(word) for word in sorted(words.split("|"), key=len, reverse=True))


def _word_pattern(surface: str, row: Mapping[str, Any]) -> str:
    before, after = row["unless_before"], row["unless_after"]
    guard = f"(?<![{before}]{re.escape(surface)})" if before else ""
    return re.escape(surface) + guard + (f"(?!{alternatives(after)})" if after else "")


@cache
def date_rules() -> Mapping[str, Any]:
    """The rule table of how times are written, its patterns written out."""
    rules = read_toml("dates.toml")
    fragments = rules["fragment"]
    shapes = [row | {"pattern": expand(row["pattern"], fragments)} for row in rules["shape"]]
    return rules | {"shape": shapes, "join": expand("{join}", fragments)}


@cache
def atom_pattern() -> re.Pattern[str]:
    """
    The atoms: words first, then shapes, in groups that name their kind.

    Words that begin alike are one alternative; at most places one look at the first character is enough.
    """
    words = {surface: row for (kind, surface), row in word_rows().items() if kind in _WORD_KINDS}
    alike: dict[str, list[str]] = {}
    for surface in sorted(words, key=len, reverse=True):
        first = re.escape(surface[0])
        alike.setdefault(first, []).append(_word_pattern(surface, words[surface]).removeprefix(first))
    listed = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in alike.items())
    pattern = "|".join((f"(?P<word>{listed})", *_shapes()))
    return re.compile(f"(?={first_characters(pattern)})(?:{pattern})")


def _shapes() -> Iterator[str]:
    """The shapes that cannot begin with any digit, then those that can: most places settle the former at once."""
    groups: tuple[list[str], list[str]] = ([], [])
    for number, row in enumerate(date_rules()["shape"]):
        begins_with_digit = "1" in first_characters(row["pattern"])
        groups[begins_with_digit].append(f"(?P<{row['kind']}__{number}>{row['pattern']})")
    for group in groups:
        shapes = "|".join(group)
        yield f"(?={first_characters(shapes)})(?:{shapes})"


def find_atoms(folded: str) -> Iterator[Atom]:
    """The atoms of a folded text, in order and disjoint; durations (连续五年) and names are none."""
    return (atom for atom in match_atoms(folded) if _is_time(folded, atom))


def match_atoms(folded: str) -> Iterator[Atom]:
    """Everything that has the form of an atom, whatever stands around it."""
    kinds = _word_kinds()
    for match in atom_pattern().finditer(folded):
        kind = str(match.lastgroup).partition("__")[0]
        yield Atom(match.start(), match.end(), kinds[match[0]] if kind == "word" else kind, match[0])


@cache
def _word_kinds() -> Mapping[str, str]:
    return {surface: kind for kind, surface in word_rows() if kind in _WORD_KINDS}


@cache
def _guards() -> Mapping[str, re.Pattern[str]]:
    duration, length = time_rules()["duration"], date_rules()["length"]
    return {
        "before": re.compile(f"(?:{alternatives(duration['before'])})$"),
        "after": re.compile(alternatives(duration["after"])),
        "rank": re.compile(f"{length['rank']}(?:{alternatives(duration['rank_after'])})"),
        "age": re.compile(length["age"]),
        "counted": re.compile(f"[{length['counted']}]$"),
        "is_time": re.compile(length["is_time"]),
        "is_likely": re.compile(length["is_likely"]),
    }


def _is_time(folded: str, atom: Atom) -> bool:
    """Whether years are a time and no duration (连续五年), rank (近10年最好) or age (2000年历史)."""
    guards, surface, end = _guards(), atom.surface, atom.end
    before = folded[max(0, atom.start - 4) : atom.start]
    if atom.kind == "year":
        is_length = guards["counted"].search(before) or guards["age"].match(folded, end)
        return not (is_length and _is_unlikely_year(surface))
    if atom.kind != "past":
        return True
    if is_rank(folded, end):
        return False
    if guards["is_time"].fullmatch(surface):
        return True
    is_duration = guards["before"].search(before) is not None
    if guards["is_likely"].fullmatch(surface):
        return not is_duration
    return not is_duration and guards["after"].match(folded, end) is not None


def _is_unlikely_year(surface: str) -> bool:
    """A round or ancient number of years (2000年, 1300年), which may be a length of time."""
    number = surface[:4]
    return number.isdecimal() and (number.endswith("00") or not "1800" <= number <= "2100")


def is_rank(folded: str, end: int) -> bool:
    """Whether what ends here says since when something is a record (2006年以来最高), not when it happened."""
    return _guards()["rank"].match(folded, end) is not None
