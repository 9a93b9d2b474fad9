"""The long alternations are tried only where a match can begin: an opening hides no match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.language.layout import find_opened
from extract.language.numerals import fold
from extract.language.rulebook import read_toml
from extract.periods.words import SHAPES, atom_patterns, word_rows
from extract.quantities.exclusions import LAYERS, exclusion_forms
from extract.quantities.numbers import NUMBER, OPENING

EXCLUSIONS = read_toml("exclusions.toml")["exclusion"]
THEMES = read_toml("themes.toml")
COUNTED = "|".join(row["pattern"] for row in THEMES["counted"])
LAYER_FORMS = {layer: (exclusion_forms(layer).opening, exclusion_forms(layer).pattern) for layer in sorted(LAYERS)}
GRAMMARS = {
    "numbers": (OPENING, NUMBER),
    "times": atom_patterns(),
    "counted themes": (re.compile(THEMES["opening"]["counted"]), re.compile(COUNTED)),
    **LAYER_FORMS,
}
# Time words, what exclusions and themes name, and the characters that numbers, dates and times are made of.
FRAGMENTS = (
    *sorted({surface for _, surface in word_rows()}),
    *(row["example"] for row in EXCLUSIONS),
    *(re.sub("⟦.*⟧", "#", row["example"]) for row in THEMES["counted"]),
    *"0123456789.,%/:：-—–―─~～至到、 多余几来又成半点分之比数好大第每前后上中下近",
    *"零〇○一二两三四五六七八九十百千万亿兆廿卅壹贰拾佰年月日号时季度旬世纪代个间以这该那“”〔〕（）\n",
)


def spans(opening: re.Pattern[str], pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in find_opened(opening, pattern, text)]


def first_characters(parsed: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """The characters that a match of a parsed pattern can begin with, a digit as \\d, and whether it can be empty."""
    found: set[str] = set()
    for code, value in parsed:
        if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
            continue
        if code is codes.LITERAL:
            firsts, is_optional = {chr(value)}, False
        elif code is codes.IN:
            firsts, is_optional = set().union(*map(members, value)), False
        elif code is codes.BRANCH:
            branches = [first_characters(branch) for branch in value[1]]
            firsts, is_optional = (
                set().union(*(branch[0] for branch in branches)),
                any(branch[1] for branch in branches),
            )
        elif code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            firsts, is_optional = first_characters(value[-1] if code is codes.SUBPATTERN else value)
        else:
            firsts, is_optional = first_characters(value[2])
            is_optional = is_optional or value[0] == 0
        found |= firsts
        if not is_optional:
            return found, False
    return found, True


def members(item: tuple[Any, Any]) -> set[str]:
    code, value = item
    if code is codes.LITERAL:
        return {chr(value)}
    return {chr(char) for char in range(value[0], value[1] + 1)} if code is codes.RANGE else {r"\d"}


def beginnings(pattern: re.Pattern[str]) -> set[str]:
    found, can_be_empty = first_characters(parser.parse(pattern.pattern, pattern.flags))
    assert not can_be_empty
    return found - set("0123456789") if r"\d" in found else found


@pytest.mark.parametrize("name", GRAMMARS)
def test_an_opening_has_every_character_that_a_match_begins_with(name: str) -> None:
    opening, pattern = GRAMMARS[name]

    assert beginnings(pattern) - beginnings(opening) == set()


@pytest.mark.parametrize("name", GRAMMARS)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_an_opening_hides_no_match(name: str, text: str) -> None:
    opening, pattern = GRAMMARS[name]
    folded = fold(text)

    assert [match.span() for match in pattern.finditer(folded)] == spans(opening, pattern, folded)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[0])
@settings(suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_has_the_shape_of_a_time_has_its_opening(shape: tuple[str, str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(shape[1]))
    opening, pattern = atom_patterns()

    assert [match.span() for match in pattern.finditer(text)] == spans(opening, pattern, text)


@pytest.mark.parametrize("row", EXCLUSIONS, ids=lambda row: f"{row['reason']}: {row['example']}")
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_row_excludes_has_its_opening(row: dict[str, str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(row["pattern"], re.MULTILINE)))
    opening, pattern = LAYER_FORMS[row["layer"]]

    assert [match.span() for match in pattern.finditer(text)] == spans(opening, pattern, text)
