"""The page of one indicator, run by Streamlit without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.shown import parts

pytestmark = pytest.mark.once
OpenApp = Callable[..., AppTest]
MakeRows = Callable[..., pd.DataFrame]
QUOTE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)


def words(app: AppTest) -> str:
    shown = (*app.header, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info)
    return "\n".join(str(item.value) for item in shown).replace("\\", "")


def quotes(app: AppTest) -> list[str]:
    """The quoted sentences, the marked number in 【】."""
    found = [match for item in app.get("html") for match in QUOTE.findall(item.proto.body)]
    marked = [re.sub(r"<mark[^>]*>(.*?)</mark>", r"【\1】", quote) for quote in found]
    return [html.unescape(quote) for quote in marked]


def directory(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """The rows of the list of indicators, by name."""
    (table,) = parts(app, "link_table")
    return {row[0]["text"]: row for row in table["rows"]}


def test_an_indicator_says_what_it_is_and_who_reported_it(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "indicator", lang="zh", m="grids_total")
    said = words(app)

    assert not app.exception
    assert app.header[0].value == "网格数"
    assert "B 级：概念相同" in said
    assert "可以折算为每万常住人口" in said
    assert "浙江** **8.5万个** · 省级 · 网格" in said
    assert "未报告：北京、山西、山东、湖北、深圳、成都" in said


def test_every_value_stands_in_its_whole_sentence(open_app: OpenApp, table_path: Path) -> None:
    table = pd.read_csv(table_path)
    rows = table[table["indicator"] == "grids_total"]
    expected = {
        sentence.replace(raw, f"【{raw}】") for sentence, raw in zip(rows["sentence"], rows["raw"], strict=True)
    }

    assert set(quotes(open_app(table_path, "indicator", lang="zh", m="grids_total"))) == expected


def test_the_sentence_opens_in_its_report(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "indicator", lang="zh", m="grids_total")
    button = next(button for button in app.button if str(button.key).startswith("read:"))
    button.click().run()

    assert app.query_params["s"] == str(button.key).removeprefix("read:")
    assert not app.exception


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("party_service_centres", "Definitions differ: no figures per head."),
        ("new_community", "The codebook lacks this indicator"),
    ],
)
def test_what_may_not_be_compared_says_why(
    name: str, said: str, open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    made = tmp_path / "made.csv"
    make_rows({"indicator": name}, {"indicator": name, "region": "山东"}).to_csv(made, index=False)

    assert said in words(open_app(made, "indicator", lang="en", m=name))


def test_citations_are_built_from_the_values_in_both_languages(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "indicator", lang="en", m="grids_total")
    short, full, short_zh, full_zh = (code.value for code in app.code)

    assert short.startswith("Grids (Zhejiang, Xianlin), from “")
    assert short_zh.startswith("网格数（浙江、仙林），据《")
    assert "lang=en" in full
    assert "lang=zh" in full_zh
    assert all("m=grids_total" in text for text in (full, full_zh))


def test_filters_that_leave_an_indicator_nothing_are_said(open_app: OpenApp, table_path: Path) -> None:
    """The link's indicator is kept: another one in its place would be a wrong answer."""
    app = open_app(table_path, "indicator", lang="en", m="grids_total", r="szx")

    assert app.header[0].value == "Grids"
    assert "No statistic of this indicator fits the filters" in words(app)


def test_filters_that_leave_no_indicator_are_said(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "indicator", lang="en", q="nowhere")

    assert not app.exception
    assert "No statistic fits these filters" in words(app)


def test_the_list_counts_regions_and_leads_only_to_what_the_data_has(open_app: OpenApp, table_path: Path) -> None:
    rows = directory(open_app(table_path, "indicator", lang="zh"))
    unused = [row for row in rows.values() if row[3]["text"] == "–"]

    assert [cell["text"] for cell in rows["网格数"]] == ["网格数", "网格治理", "B", "2"]
    assert "m=grids_total" in rows["网格数"][0]["href"]
    assert all(not row[0]["href"] for row in unused)


def test_statistics_without_an_indicator_are_counted_and_listed(
    open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    made = tmp_path / "made.csv"
    make_rows({"indicator": None}, {"indicator": None, "region": None}).to_csv(made, index=False)
    app = open_app(made, "indicator", lang="en")
    links = [link.proto.query_string for link in app.get("page_link")]

    assert "No statistic here has an indicator" in words(app)
    assert "Statistics without an indicator: 2 more" in words(app)
    assert any("f=indicator.empty" in link for link in links)


def test_markup_in_a_sentence_stays_text(open_app: OpenApp, make_rows: MakeRows, tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    make_rows({"sentence": "<img src=x>8.5万个。"}).to_csv(made, index=False)
    app = open_app(made, "indicator", lang="zh")

    assert quotes(app) == ["<img src=x>【8.5万个】。"]
    assert not any("<img" in item.proto.body for item in app.get("html"))
