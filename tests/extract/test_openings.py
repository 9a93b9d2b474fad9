"""The long alternations are tried only where a match can begin: an opening hides no match."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.language.layout import find_opened
from extract.language.numerals import fold
from extract.language.openings import first_characters
from extract.language.rulebook import read_toml
from extract.periods.words import date_rules, word_rows
from extract.quantities.exclusions import LAYERS, exclusion_forms
from extract.quantities.numbers import grammar

EXCLUSIONS = read_toml("exclusions.toml")["exclusion"]
LAYER_FORMS = {layer: (exclusion_forms(layer).opening, exclusion_forms(layer).pattern) for layer in sorted(LAYERS)}
GRAMMARS = {
    "numbers": (grammar().opening, grammar().number),
    **LAYER_FORMS,
}
# Time words, what exclusions name, and the characters that numbers, dates and times are made of.
FRAGMENTS = (
    *sorted({surface for _, surface in word_rows()}),
    *(row["example"] for row in EXCLUSIONS),
    *"0123456789.,%/:：-—–―─~～至到、 多余几来又成半点分之比数好大第每前后上中下近",
    *"零〇○一二两三四五六七八九十百千万亿兆廿卅壹贰拾佰年月日号时季度旬世纪代个间以这该那“”〔〕（）\n",
)


def spans(opening: re.Pattern[str], pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in find_opened(opening, pattern, text)]


@pytest.mark.parametrize("name", GRAMMARS)
def test_an_opening_has_every_character_that_a_match_begins_with(name: str) -> None:
    opening, pattern = GRAMMARS[name]
    wanted, offered = (re.compile(first_characters(one.pattern, one.flags)) for one in (pattern, opening))
    characters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]

    assert [char for char in characters if wanted.match(char) and not offered.match(char)] == []


@pytest.mark.parametrize("name", GRAMMARS)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_an_opening_hides_no_match(name: str, text: str) -> None:
    opening, pattern = GRAMMARS[name]
    folded = fold(text)

    assert [match.span() for match in pattern.finditer(folded)] == spans(opening, pattern, folded)


@pytest.mark.parametrize("shape", date_rules()["shape"], ids=lambda shape: f"{shape['kind']}: {shape['example']}")
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_has_the_shape_of_a_time_begins_as_computed(shape: dict[str, str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(shape["pattern"]))
    match = re.search(shape["pattern"], text)

    assert match is not None
    assert re.match(first_characters(shape["pattern"]), match[0])


@pytest.mark.parametrize("row", EXCLUSIONS, ids=lambda row: f"{row['reason']}: {row['example']}")
@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_row_excludes_has_its_opening(row: dict[str, str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(row["pattern"], re.MULTILINE)))
    opening, pattern = LAYER_FORMS[row["layer"]]

    assert [match.span() for match in pattern.finditer(text)] == spans(opening, pattern, text)
