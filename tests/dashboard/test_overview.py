"""The first page, run by Streamlit without a browser: what it hands to its components."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.shown import parts

pytestmark = pytest.mark.once
OpenApp = Callable[..., AppTest]
MakeRows = Callable[..., pd.DataFrame]


def words(app: AppTest) -> str:
    shown = (*app.markdown, *app.caption, *app.warning, *app.info)
    return "\n".join(str(item.value) for item in shown).replace("\\", "")


def params(href: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(href).query)


def texts(cells: list[dict[str, Any]]) -> list[str]:
    return [cell["text"] for cell in cells]


def test_headlines_show_each_region_its_value_and_who_is_missing(open_app: OpenApp, table_path: Path) -> None:
    (shown,) = parts(open_app(table_path, "overview", lang="zh"), "multiples")
    grids = next(card for card in shown["cards"] if card["title"] == "网格数")

    assert [(line["group"], line["region"], line["value"]) for line in grids["lines"]] == [
        ("省级（省、直辖市）", "浙江", "8.5万个"),
        ("街道、乡镇、村", "仙林", "285个"),
    ]
    assert grids["missing"] == "未报告：北京、山西、山东、湖北、深圳、成都"
    assert params(grids["href"])["i"] == ["grids_total"]


def test_coverage_counts_every_statistic_and_leads_to_it(open_app: OpenApp, table_path: Path) -> None:
    table = pd.read_csv(table_path)
    coverage = parts(open_app(table_path, "overview", lang="zh"), "link_table")[0]
    regions = texts(coverage["head"])[1:-1]
    grid = next(row for row in coverage["rows"] if row[0]["text"] == "网格治理")
    zhejiang = grid[1 + regions.index("浙江")]
    expected = len(table[(table["theme"] == "grid") & (table["region"] == "浙江")])

    assert zhejiang["text"] == str(expected)
    assert zhejiang["name"] == f"浙江 网格治理 {expected} 条"
    assert params(zhejiang["href"]).items() >= {"t": ["grid"], "r": ["zj"]}.items()
    assert params(coverage["head"][1 + regions.index("浙江")]["href"])["g"] == ["zj"]
    assert coverage["rows"][-1][-1]["text"] == str(len(table))


def test_themes_of_a_single_group_lie_open_below_it(open_app: OpenApp, table_path: Path) -> None:
    """Nearly all that the eight reports say is of one group: nobody has to open it."""
    rows = parts(open_app(table_path, "overview", lang="en"), "link_table")[0]["rows"]
    head, first, *_ = [row[0] for row in rows]

    assert (head["text"], head["is_open"], params(head["href"])["gr"]) == ("Grassroots governance", True, ["none"])
    assert (first["text"], first["is_open"], first["is_below"]) == ("Grid management", None, True)
    assert params(rows[0][-1]["href"])["t"] == ["grassroots.all"]
    closed = parts(open_app(table_path, "overview", lang="en", gr="none"), "link_table")[0]["rows"]
    assert [row[0]["text"] for row in closed] == ["Grassroots governance", "Total"]
    assert texts(closed[0][1:]) == texts(closed[1][1:])


@pytest.mark.parametrize(
    ("asked", "heads"),
    [
        ({}, ["▸基层治理", "▸经济", "▸安全与秩序", "其他", "合计"]),
        ({"gr": "economy"}, ["▸基层治理", "▾经济", "综合经济", "财政金融", "▸安全与秩序", "其他", "合计"]),
        ({"gr": "order~grassroots"}, ["▾基层治理", "网格治理", "▸经济", "▾安全与秩序", "法治与安全", "其他", "合计"]),
        ({"t": "finance"}, ["财政金融", "合计"]),
        ({"t": "economy~finance"}, ["▾经济", "综合经济", "财政金融", "合计"]),
        ({"t": "other"}, ["其他", "合计"]),
    ],
)
def test_groups_of_themes_open_as_the_link_says(
    asked: dict[str, str], heads: list[str], open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    """A group without any row is not shown."""
    made = tmp_path / "made.csv"
    themes = ("grid", "economy", "finance", "finance", "safety", "other")
    regions = ("浙江", "山东", "浙江", "浙江", "山东", "浙江")
    make_rows(
        *({"theme": theme, "region": region, "indicator": None} for theme, region in zip(themes, regions, strict=True))
    ).to_csv(made, index=False)
    rows = parts(open_app(made, "overview", lang="zh", **asked), "link_table")[0]["rows"]
    signs = {None: "", True: "▾", False: "▸"}

    assert [signs[row[0]["is_open"]] + row[0]["text"] for row in rows] == heads
    assert sum(int(row[-1]["text"]) for row in rows[:-1] if not row[0]["is_below"]) == int(rows[-1][-1]["text"])
    for row in rows:
        if row[0]["text"] == "经济":
            assert [(cell["text"], cell["name"]) for cell in row[1:3]] == [
                ("2", "浙江 经济 2 条"),
                ("1", "山东 经济 1 条"),
            ]
            assert params(row[1]["href"])["t"] == ["economy~finance" if "t" in asked else "economy.all"]


def test_what_was_not_reported_is_no_zero(open_app: OpenApp, table_path: Path) -> None:
    coverage = parts(open_app(table_path, "overview", lang="zh"), "link_table")[0]
    cells = [cell for row in coverage["rows"] for cell in row]
    blanks = [cell for cell in cells if cell["text"] == "–"]

    assert "0" not in texts(cells)
    assert all(cell["name"].endswith("未报告") and not cell["href"] for cell in blanks)
    assert blanks


def test_filters_restrict_the_coverage_which_says_so(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "overview", lang="zh", t="grid", k="count")
    coverage = parts(app, "link_table")[0]

    assert [row[0]["text"] for row in coverage["rows"]] == ["网格治理", "合计"]
    assert len(coverage["head"]) == 2 + 8
    assert "0" not in [cell["text"] for row in coverage["rows"] for cell in row]
    assert "当前筛选：主题：网格治理；类型：数量" in words(app)
    # With a filter on the kind, a blank is no proof that nothing was reported.
    assert "“–”是筛选后没有" in words(app)


def test_filters_that_leave_nothing_are_named(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "overview", lang="en", q="nowhere")

    assert "No statistic fits these filters" in words(app)
    assert parts(app, "link_table") == []


def test_one_region_has_nothing_to_be_compared_with(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "overview", lang="en", r="zj")

    assert "No comparable indicator" in words(app)
    assert parts(app, "multiples") == []


@pytest.mark.parametrize(("lang", "name"), [("zh", "原文无量词（2）"), ("en", "no unit in the text (2)")])
def test_flagged_statistics_stand_by_what_is_the_matter(
    lang: str, name: str, open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    """A statistic with two flags stands under both."""
    made = tmp_path / "made.csv"
    flags = ({"flags": "no_unit"}, {"flags": "no_unit;vague", "region": "山东"}, {})
    make_rows(*flags).to_csv(made, index=False)
    _, documents, flagged = parts(open_app(made, "overview", lang=lang), "link_table")

    assert texts([row[1] for row in flagged["rows"]])[:2] == [name, name]
    assert [params(row[0]["href"])["s"] for row in flagged["rows"]] == [["0"], ["1"], ["1"]]
    assert params(flagged["rows"][0][1]["href"])["f"] == ["flags.in.no_unit"]
    # The document has no sidecar: its name is its title, and its date is not known.
    assert texts(documents["rows"][0])[:2] == ["made", "–"]


def test_thirty_one_regions_have_a_column_each(open_app: OpenApp, make_rows: MakeRows, tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    make_rows(*({"region": f"地{number}", "value": 100.0 + number} for number in range(31))).to_csv(made, index=False)
    app = open_app(made, "overview", lang="zh")
    ((card,),) = [shown["cards"] for shown in parts(app, "multiples")]

    assert len(parts(app, "link_table")[0]["head"]) == 2 + 31
    assert len(card["lines"]) == 8
    assert card["more"] == "其余 23 条"
