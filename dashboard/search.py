"""
Free-text search over the rows: a term is found as it stands, or word by word where it is Chinese run together.

What is searched is what a reader sees of a row: subject, number as written, sentence, and the labels of region, theme
and indicator in both languages.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from dashboard.wording import LANGUAGES
from dashboard.wording.codebook import Codebook
from extract.subject import segmenter

SEARCH_COLUMN: Final = "search"
TEXT_COLUMNS: Final = ("subject", "raw", "sentence", "period", "region", "province")
CHINESE: Final = re.compile("[\u3400-\u9fff]")
# A word that is on nearly every line finds nothing by itself.
EMPTY_WORDS: Final = frozenset("的了和与及或在")


def search_texts(rows: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """For each row the text in which terms are looked up, folded to one case; parts are apart by a line break."""
    parts = [rows[column] for column in TEXT_COLUMNS]
    for lang in LANGUAGES:
        parts += [
            rows["region"].map(lambda region, lang=lang: codebook.region_label(region, lang)),
            rows["theme"].map(lambda theme, lang=lang: codebook.theme_label(theme, lang)),
            rows["indicator"].map(lambda name, lang=lang: codebook.indicator_label(name, lang), na_action="ignore"),
        ]
    lines = zip(*(part.astype("object").fillna("") for part in parts), strict=True)
    return pd.Series(["\n".join(line).casefold() for line in lines], index=rows.index, dtype="str")


def matches(texts: pd.Series, term: str) -> pd.Series:
    """
    Which of the texts hold a term.

    >>> texts = pd.Series(["社区工作者队伍共有7.1万人", "grids", "工作"])
    >>> matches(texts, "社区队伍").tolist(), matches(texts, "Grid").tolist()
    ([True, False, False], [False, True, False])
    """
    folded = term.casefold()
    found = texts.str.contains(folded, regex=False)
    words = [word for word in cut(folded) if word not in EMPTY_WORDS]
    if len(words) > 1:
        each = [texts.str.contains(word, regex=False) for word in words]
        found |= pd.concat(each, axis=1).all(axis=1)
    return found


def cut(term: str) -> list[str]:
    """The words of a term; one without Chinese is one word."""
    if not CHINESE.search(term):
        return [term]
    return [word for word, _ in segmenter().cut(term) if word.strip()]
