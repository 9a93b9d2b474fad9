from __future__ import annotations

import html
import re

import pytest

from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.link import ReportKey
from dashboard.load import load_report, load_source
from dashboard.passage import Passage, quote, to_html
from dashboard.wording import plain

TEXT = "第一句。全省设立网格8.5万个。第三句<b>。\n末段。"
ROW = {"start": 9, "end": 14, "raw": "8.5万个", "sentence": "全省设立网格8.5万个。"}
MARK = re.compile("<mark[^>]*>(.*?)</mark>")


def words_of(text: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", text.replace("<br>", "\n")))


def test_the_number_is_marked_where_it_stands() -> None:
    shown = to_html(quote(ROW | {"start": 10, "end": 15}, Passage(TEXT)))

    assert MARK.findall(shown) == ["8.5万个"]
    assert words_of(shown) == TEXT
    assert "&lt;b&gt;" in shown


def test_every_row_of_a_report_marks_exactly_its_own_characters_in_its_own_report(dataset: Dataset) -> None:
    for report in dataset.reports(Filters()):
        passage = load_report(report)
        assert passage is not None
        for row in dataset.report_rows(report).to_dict("records"):
            found = quote(row, passage)
            shown = to_html(found)

            assert [html.escape(row["raw"])] == MARK.findall(shown)
            assert row["sentence"] in words_of(shown)
            assert words_of(shown) in passage.text


def test_the_reports_of_a_document_cover_it(dataset: Dataset) -> None:
    passages = [load_report(report) for report in dataset.reports(Filters())]
    texts = [passage.text for passage in passages if passage]

    assert "".join(texts) == load_source("urban-party-building-speeches")


def test_a_report_that_is_not_shipped_has_no_text() -> None:
    assert load_report(ReportKey("nowhere", 1)) is None
    assert load_report(ReportKey("../codebook/themes", 1)) is None


@pytest.mark.parametrize("passage", [None, Passage("别的文章")])
def test_without_the_right_text_the_sentence_stands_alone(passage: Passage | None) -> None:
    shown = to_html(quote(ROW, passage))

    assert ROW["sentence"] == words_of(shown)
    assert MARK.findall(shown) == ["8.5万个"]


def test_a_number_that_the_sentence_holds_twice_is_not_marked_at_a_guess() -> None:
    shown = to_html(quote(ROW | {"raw": "7个", "sentence": "甲7个，乙7个。"}, None))

    assert MARK.findall(shown) == []
    assert words_of(shown) == "甲7个，乙7个。"


@pytest.mark.parametrize("raw", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_a_report_s_markup_is_text(raw: str) -> None:
    shown = to_html(quote(ROW | {"raw": raw, "sentence": f"有{raw}处"}, None))

    assert raw not in shown
    assert f"有{raw}处" == words_of(shown)


def test_markdown_shows_a_text_as_it_is() -> None:
    assert plain("**粗** [x](y) :red[z] $1$") == r"\*\*粗\*\* \[x\]\(y\) \:red\[z\] \$1\$"
