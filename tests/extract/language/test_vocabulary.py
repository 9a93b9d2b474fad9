"""The vocabulary: each term is found in a sentence, tells its theme, and stands once."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from extract.language.vocabulary import KINDS, Term, vocabulary
from extract.language.words import words_of
from extract.pipeline import extract_statistics
from extract.table.shipped import shipped

# How a sentence counts or measures a thing of each kind.
SENTENCES = {
    "person": "统计：{}3200名。",
    "body": "统计：{}320家。",
    "place": "统计：{}32个。",
    "facility": "统计：{}320个。",
    "goods": "统计：{}320吨。",
    "event": "统计：{}320件。",
    "work": "统计：{}320项。",
    "document": "统计：{}320件。",
    "money": "统计：{}达到320亿元。",
    "quantity": "统计：{}达到320万吨。",
    "rate": "统计：{}达到32.5%。",
    "field": "统计：{}，项目32个。",
}
THEMES = sorted({term.theme for term in vocabulary().terms})
SOURCES = {"corpus", "yearbook", "bulletin", "plan", "standard", "field"}


def spellings(term: Term) -> tuple[str, ...]:
    return (term.term, *term.aliases)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme or "many themes")
def test_each_term_is_found_in_a_sentence(theme: str) -> None:
    """The longest term wins, offsets are those of the text; a term may hold a shorter one."""
    missed = []
    for term in vocabulary().terms:
        for spelling in spellings(term) if term.theme == theme else ():
            sentence = SENTENCES[term.kind].format(spelling)
            at = sentence.index(spelling)
            if (at, at + len(spelling), term) not in [
                (one.start, one.end, one.term) for one in vocabulary().find(sentence)
            ]:
                missed.append(sentence)

    assert missed == []


@pytest.mark.parametrize("theme", [theme for theme in THEMES if theme])
def test_each_term_is_a_label_with_its_theme(theme: str) -> None:
    """Ninety-five of a hundred terms have their theme: what is done with the counted can go before."""
    terms = [term for term in vocabulary().terms if term.theme == theme and term.kind != "field"]
    rows = [extract_statistics(SENTENCES[term.kind].format(term.term), "x") for term in terms]
    wrong = [term.term for term, row in zip(terms, rows, strict=True) if [one.theme for one in row] != [theme]]

    assert len(wrong) <= 0.05 * len(terms) + 1, wrong


def test_a_term_has_a_kind_a_source_and_an_english_label() -> None:
    for term in vocabulary().terms:
        assert term.kind in KINDS
        assert term.source in SOURCES
        assert term.label_en[:1].strip()
        assert 2 <= len(term.term) <= 20


def test_themes_are_those_of_the_codebook() -> None:
    with shipped("codebook", "themes.csv").open(encoding="utf-8", newline="") as file:
        themes = {row["theme"] for row in csv.DictReader(file)}

    assert set(THEMES) <= themes | {""}


def test_no_spelling_stands_twice() -> None:
    counts = Counter(spelling for term in vocabulary().terms for spelling in spellings(term))

    assert [spelling for spelling, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("物业企业", "物业服务企业"),
        ("高企", "高新技术企业"),
        ("社零", "社会消费品零售总额"),
        ("固投", "固定资产投资"),
        ("GDP", "地区生产总值"),
    ],
)
def test_short_forms_are_the_same_term(one: str, other: str) -> None:
    assert vocabulary().by_spelling[one] is vocabulary().by_spelling[other]


def test_a_term_is_one_word() -> None:
    assert [word.text for word in words_of("规模以上工业增加值")] == ["规模以上工业增加值"]
