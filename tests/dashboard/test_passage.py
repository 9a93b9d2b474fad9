from __future__ import annotations

import html
import re

import pytest

from dashboard.load import Dataset, load_source
from dashboard.views.details import passage
from dashboard.views.view import plain

TEXT = "第一句。全省设立网格8.5万个。第三句<b>。\n末段。"
ROW = {"start": 9, "end": 14, "raw": "8.5万个", "sentence": "全省设立网格8.5万个。"}
MARK = re.compile("<mark[^>]*>(.*?)</mark>")


def words_of(text: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", text.replace("<br>", "\n")))


def test_the_number_is_marked_where_it_stands() -> None:
    shown = passage(ROW | {"start": 10, "end": 15}, TEXT)

    assert MARK.findall(shown) == ["8.5万个"]
    assert words_of(shown) == TEXT
    assert "&lt;b&gt;" in shown


def test_every_row_of_the_report_marks_exactly_its_own_characters(dataset: Dataset) -> None:
    text = load_source("urban-party-building-speeches")
    assert text is not None
    for row in dataset.rows.to_dict("records"):
        shown = passage(row, text)

        assert [html.escape(row["raw"])] == MARK.findall(shown)
        assert row["sentence"] in words_of(shown)
        assert words_of(shown) in text


@pytest.mark.parametrize("text", [None, "别的文章"])
def test_without_the_right_text_the_sentence_stands_alone(text: str | None) -> None:
    assert ROW["sentence"] == words_of(passage(ROW, text))


@pytest.mark.parametrize("raw", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_a_report_s_markup_is_text(raw: str) -> None:
    shown = passage(ROW | {"raw": raw, "sentence": f"有{raw}处"}, None)

    assert raw not in shown
    assert f"有{raw}处" == words_of(shown)


def test_markdown_shows_a_text_as_it_is() -> None:
    assert plain("**粗** [x](y) :red[z] $1$") == r"\*\*粗\*\* \[x\]\(y\) \:red\[z\] \$1\$"
