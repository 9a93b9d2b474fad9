"""The pages of a report and of a region, run by Streamlit without a browser: what they hand to their components."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.link import ReportKey
from extract.table.record import REVIEWED_NAMES
from extract.table.shipped import shipped
from tests.dashboard.shown import parts

pytestmark = pytest.mark.once
MakeRows = Callable[..., pd.DataFrame]
OpenApp = Callable[..., AppTest]
SCRIPT = str(Path(dashboard.__file__).with_name("app.py"))
SHIPPED = pd.read_csv(shipped("statistics.csv"), dtype={"id": str})
ZHEJIANG = SHIPPED[SHIPPED["region"] == "浙江"].sort_values("start")
REPORT = ReportKey(str(ZHEJIANG["document"].iloc[0]), int(ZHEJIANG["report"].iloc[0])).code


def marked(text: dict[str, Any]) -> list[tuple[str, str]]:
    """The marked pieces: (row id, text)."""
    return [(text["marks"][piece[1]]["id"], piece[0]) for piece in text["pieces"] if isinstance(piece, list)]


def words(app: AppTest) -> str:
    shown = (*app.title, *app.markdown, *app.caption, *app.warning, *app.info)
    return "\n".join(str(item.value) for item in shown).replace("\\", "")


def test_a_report_is_shown_with_every_statistic_marked(open_app: OpenApp) -> None:
    (text,) = parts(open_app(shipped("statistics.csv"), "source", d=REPORT), "marked_text")

    assert marked(text) == list(zip(ZHEJIANG["id"], ZHEJIANG["raw"], strict=True))
    assert {theme["theme"]: theme["count"] for theme in text["themes"]} == dict(ZHEJIANG["theme"].value_counts())
    assert not any(mark["is_pale"] for mark in text["marks"])


def test_filters_make_the_other_marks_pale(open_app: OpenApp) -> None:
    app = open_app(shipped("statistics.csv"), "source", d=REPORT, t="grid")
    (text,) = parts(app, "marked_text")

    assert {mark["id"] for mark in text["marks"] if not mark["is_pale"]} == set(
        ZHEJIANG.loc[ZHEJIANG["theme"] == "grid", "id"]
    )
    assert [theme["theme"] for theme in text["themes"] if theme["is_pressed"]] == ["grid"]


def test_a_mark_leads_to_its_comparison_with_its_region_highlighted(open_app: OpenApp) -> None:
    (text,) = parts(open_app(shipped("statistics.csv"), "source", d=REPORT), "marked_text")
    grids = ZHEJIANG.loc[ZHEJIANG["indicator"] == "grids_total", "id"].iloc[0]
    other = ZHEJIANG.loc[ZHEJIANG["indicator"].isna()].iloc[0]
    found = {mark["id"]: mark for mark in text["marks"]}

    assert "compare?" in found[grids]["href"]
    assert "i=grids_total" in found[grids]["href"]
    assert "h=zj" in found[grids]["href"]
    assert "m=grids_total" in found[grids]["about"]
    assert f"t={other['theme']}" in found[other["id"]]["href"]
    assert found[other["id"]]["about"] == ""


def test_the_opened_row_brings_its_report_and_is_selected(open_app: OpenApp) -> None:
    row = ZHEJIANG["id"].iloc[3]
    app = open_app(shipped("statistics.csv"), "source", s=row)
    (text,) = parts(app, "marked_text")

    assert text["selected"] == row
    assert app.query_params["d"] == REPORT


def test_turning_to_another_report_closes_the_row(open_app: OpenApp) -> None:
    app = open_app(shipped("statistics.csv"), "source", s=ZHEJIANG["id"].iloc[3])
    picker = next(box for box in app.selectbox if box.label == "Report")
    picker.set_value(ReportKey("urban-party-building-speeches", 1)).run()
    (text,) = parts(app, "marked_text")

    assert text["selected"] == ""
    assert "s" not in app.query_params


def test_a_row_that_is_gone_is_named(open_app: OpenApp) -> None:
    assert "is not in this data" in words(open_app(shipped("statistics.csv"), "source", s="0000"))


def test_the_report_of_the_filtered_region_comes_first(open_app: OpenApp) -> None:
    (text,) = parts(open_app(shipped("statistics.csv"), "source", r="zj"), "marked_text")

    assert [name for name, _ in marked(text)] == list(ZHEJIANG["id"])


def test_a_report_without_its_text_is_shown_by_its_sentences(
    open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    hostile = "<img src=x onerror=alert(1)>**5个**。"
    rows = make_rows(
        {"start": 0, "end": 5},
        {"start": 37, "end": 39, "raw": "5个", "sentence": hostile, "region": None, "theme": "unheard-of"},
    )
    rows.to_csv(path, index=False)
    app = open_app(path, "source")
    (text,) = parts(app, "marked_text")

    assert "The full text of this document is not here" in words(app)
    assert marked(text) == [("0", "8.5万个"), ("1", "5个")]
    assert hostile in "".join(piece if isinstance(piece, str) else piece[0] for piece in text["pieces"])


def test_numbers_that_are_not_where_the_table_says_are_shown_apart(open_app: OpenApp, tmp_path: Path) -> None:
    path = tmp_path / "moved.csv"
    moved = SHIPPED.copy()
    at = ZHEJIANG.index[0]
    moved.loc[at, ["start", "end"]] += 1
    moved.to_csv(path, index=False)
    app = open_app(path, "source", d=REPORT)
    text, foreign = parts(app, "marked_text")

    assert "Not in the text where the table says: 1;" in words(app)
    assert len(marked(text)) == len(ZHEJIANG) - 1
    assert marked(foreign) == [(ZHEJIANG["id"].iloc[0], ZHEJIANG["raw"].iloc[0])]


def figures(app: AppTest) -> list[dict[str, Any]]:
    (table,) = parts(app, "figures")
    return [figure for theme in table["themes"] for figure in theme["figures"]]


def test_a_region_is_shown_in_figures_and_in_its_text(open_app: OpenApp) -> None:
    app = open_app(shipped("statistics.csv"), "region", g="zj")
    (text,) = parts(app, "marked_text")

    assert {figure["id"] for figure in figures(app)} <= set(ZHEJIANG["id"])
    assert [name for name, _ in marked(text)] == list(ZHEJIANG["id"])
    assert "Level: province; Province: Zhejiang; 64,567,588 residents (2020-11-01" in words(app)


def test_a_rank_is_told_in_words(open_app: OpenApp, make_rows: MakeRows, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    make_rows({}, {"region": "山东", "value": 90000.0}, {"region": "湖北", "value": 10.0}).to_csv(path, index=False)
    (figure,) = figures(open_app(path, "region", g="zj"))

    assert (figure["value"], figure["place"]) == ("85,000", "2 of 3 regions")


def test_what_peers_reported_is_named_as_absent(open_app: OpenApp, make_rows: MakeRows, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    make_rows({}, {"region": "山东", "indicator": "volunteers"}).to_csv(path, index=False)
    (table,) = parts(open_app(path, "region", g="zj"), "figures")

    assert [(entry["indicator"], entry["regions"]) for entry in table["rarely"]] == [("volunteers", "(Shandong)")]


def test_filters_of_places_limit_the_regions_but_never_hide_the_linked_one(open_app: OpenApp) -> None:
    limited = open_app(shipped("statistics.csv"), "region", l="city")
    linked = open_app(shipped("statistics.csv"), "region", l="city", g="zj")

    assert limited.selectbox[0].options == ["Shenzhen", "Chengdu"]
    assert linked.selectbox[0].value == "浙江"


def test_a_region_without_anything_under_the_filters_says_so(open_app: OpenApp) -> None:
    app = open_app(shipped("statistics.csv"), "region", g="zj", t="property")

    assert "no statistic under these filters" in words(app)
    assert figures(app) == []


@pytest.mark.parametrize("page", ["source", "region"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bare_rows_and_no_rows_are_pages_too(
    page: str, lang: str, open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    bare = dict.fromkeys(("region", "province", "level", "indicator", "subject", "period"))
    one, several, none = tmp_path / "one.csv", tmp_path / "several.csv", tmp_path / "none.csv"
    make_rows(bare).to_csv(one, index=False)
    make_rows(bare, bare | {"report": 2}, {"document": "other"}).to_csv(several, index=False)
    none.write_text(",".join(REVIEWED_NAMES) + "\n", encoding="utf-8")

    assert len(parts(open_app(one, page, lang=lang), "marked_text")) == 1
    assert len(parts(open_app(several, page, lang=lang, g="na"), "marked_text")) == 1
    assert parts(open_app(none, page, lang=lang), "marked_text") == []
