"""The lines of text that pictures and pages are set in."""

from __future__ import annotations

from dashboard.dataset import Dataset
from dashboard.typesetting import advances, clip, measure, wrap
from dashboard.wording import LANGUAGES, load_words

WIDTH = 432


def test_the_font_has_every_letter_of_the_app(dataset: Dataset) -> None:
    codebook = dataset.codebook
    items = (*codebook.groups.values(), *codebook.themes.values(), *codebook.indicators.values())
    labels = [label for item in items for label in item.labels.values()]
    texts = [text for lang in LANGUAGES for text in load_words(lang).texts.values()]

    letters = {letter for text in (*labels, *texts, *codebook.regions) for letter in text}
    assert set() == letters - {"\n"} - {chr(code) for code in advances()}


def test_lines_are_as_wide_as_asked_and_lose_nothing() -> None:
    text = (
        "口径不同：按固定地区次序排列，不排名、不合计。Comparability: provincial totals of organisations. " * 4
        + "x" * 200
    )
    lines = wrap(text, 13, WIDTH)

    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(measure(line, 13) <= WIDTH for line in lines)
    assert not any(line[0] in "，。、：" for line in lines)
    assert measure(clip(text, 13, 100), 13) <= 100
