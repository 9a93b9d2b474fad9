"""
Free-text search over the rows: a term is found as it stands, or word by word where it is Chinese run together.

What is searched is what a reader sees of a row: subject, number as written, sentence, period, and the labels of region,
province, theme and indicator in both languages. A term of the vocabulary is found by each of its spellings, and by its
English: 高企 finds 高新技术企业, GDP finds 地区生产总值.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Final

from dashboard.clauses import Clause, all_of, any_of, column, one_of
from dashboard.wording import LANGUAGES
from dashboard.wording.codebook import Codebook
from extract.language.vocabulary import Term, vocabulary
from extract.language.words import segmenter

TEXT_COLUMNS: Final = ("subject", "raw", "sentence", "period")
CHINESE: Final = re.compile("[\u3400-\u9fff]")
# A word that is on nearly every line finds nothing by itself.
EMPTY_WORDS: Final = frozenset("的了和与及或在")


class Search:
    """
    Terms → conditions, over the values that the columns with labels have.

    ``find`` knows of some words in which rows' texts they stand, of the others it says None.
    """

    def __init__(
        self, values: Mapping[str, Sequence[str]], codebook: Codebook, find: Callable[[str], Clause | None]
    ) -> None:
        self._values = values
        self._codebook = codebook
        self._find = find

    @cached_property
    def _labels(self) -> Mapping[str, list[tuple[str, str]]]:
        """Column → its values, each with all that it is called, folded to one case."""
        book = self._codebook
        labels: Mapping[str, Callable[[str, str], str]] = {
            "region": lambda name, lang: f"{name}\n{book.region_label(name, lang)}",
            "province": lambda name, _: name,
            "theme": book.theme_label,
            "indicator": book.indicator_label,
        }
        return {
            name: [
                (value, "\n".join(label(value, lang) for lang in LANGUAGES).casefold())
                for value in self._values.get(name, ())
            ]
            for name, label in labels.items()
        }

    def where(self, terms: Sequence[str]) -> Clause:
        """That a row holds every one of the terms."""
        return all_of(self._holds(term) for term in terms)

    def _holds(self, term: str) -> Clause:
        # Words of a term are parts of it: where it stands as it is, they all do.
        words = [word for word in cut(term) if word not in EMPTY_WORDS]
        return all_of(self._has(word) for word in (words if len(words) > 1 else [term]))

    def _has(self, word: str) -> Clause:
        return any_of(self._is_spelt(spelling) for spelling in spellings(word))

    def _is_spelt(self, word: str) -> Clause:
        folded = word.casefold()
        labelled = {name: [value for value, label in its if folded in label] for name, its in self._labels.items()}
        known = self._find(word)
        parts = [known] if known else [has_text(name, word) for name in TEXT_COLUMNS]
        return any_of([*parts, *(one_of(name, values) for name, values in labelled.items() if values)])


def spellings(word: str) -> tuple[str, ...]:
    """
    All that a word of a search is written as: itself, and the other spellings of the term that it is.

    >>> spellings("高企")
    ('高企', '高新技术企业', '国家高新技术企业', '国家级高新技术企业')
    """
    known = vocabulary().by_spelling
    term = known.get(word) or known.get(word.upper()) or _by_english().get(word.casefold())
    return tuple(dict.fromkeys((word, term.term, *term.aliases))) if term else (word,)


@cache
def _by_english() -> Mapping[str, Term]:
    return {term.label_en.casefold(): term for term in vocabulary().terms}


def has_text(name: str, word: str) -> Clause:
    """
    That a column's text holds a word, case aside.

    >>> has_text("subject", "网格").text, has_text("subject", "App").values
    ('contains("subject", ?)', ('(?i)App',))
    """
    if word.lower() == word.upper():
        return Clause(f"contains({column(name)}, ?)", (word,))
    # Much faster than to fold the text.
    return Clause(f"regexp_matches({column(name)}, ?)", (f"(?i){re.escape(word)}",))


def cut(term: str) -> list[str]:
    """The words of a term; one without Chinese is one word."""
    if not CHINESE.search(term):
        return [term]
    return [word for word in segmenter().cut(term) if word.strip()]
