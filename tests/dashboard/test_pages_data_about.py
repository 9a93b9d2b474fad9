"""The pages Data and About, and the keys, run by Streamlit without a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.columns import Condition, Listing, to_params
from dashboard.views.shortcuts import DRAWING_KEYS, REVIEW_KEYS, find_actions
from dashboard.wording.codebook import read_codebook
from extract.table.record import REVIEWED_NAMES
from extract.table.shipped import shipped
from tests.dashboard.shown import parts

pytestmark = pytest.mark.once
MakeRows = Callable[..., pd.DataFrame]
OpenApp = Callable[..., AppTest]
NO_LISTING = Listing()
SCRIPT = str(Path(dashboard.__file__).with_name("app.py"))
PAGES = ("overview", "compare", "region", "indicator", "source", "data", "import", "review", "about")


@pytest.fixture
def open_app(open_app: OpenApp) -> OpenApp:
    """The same with a listing of the table in the link."""

    def run(path: Path, page: str, listing: Listing = NO_LISTING, **params: str) -> AppTest:
        return open_app(path, page, **params | to_params(listing, read_codebook(shipped("codebook"))))

    return run


def said(app: AppTest) -> str:
    """All that the page says in Markdown, its escapes taken away."""
    texts = (*app.markdown, *app.caption, *app.warning, *app.info, *app.error, *app.code)
    return "\n".join(str(item.value) for item in texts).replace("\\", "")


def test_data_shows_every_row_and_every_column_on_demand(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "data", lang="en")
    app.button("data.columns_all").click().run()

    assert not app.exception
    assert app.dataframe[0].value.shape == (len(pd.read_csv(table_path)), len(REVIEWED_NAMES) + 1)


def test_data_shows_the_status_at_once_in_the_reader_s_language(
    open_app: OpenApp, make_rows: Callable[..., pd.DataFrame], tmp_path: Path
) -> None:
    made = tmp_path / "made.csv"
    make_rows({"status": "target"}, {"status": "norm"}, {}).to_csv(made, index=False)

    for lang, labels in (("zh", ["目标", "规定"]), ("en", ["Target", "Norm"])):
        table = open_app(made, "data", lang=lang).dataframe[0].value
        assert list(table["status"].dropna()) == labels


def test_data_offers_the_status_as_a_filter_where_there_are_several(
    open_app: OpenApp, make_rows: Callable[..., pd.DataFrame], table_path: Path, tmp_path: Path
) -> None:
    made = tmp_path / "made.csv"
    make_rows({"status": "target"}, {"status": "actual"}).to_csv(made, index=False)

    for path, is_offered in ((made, True), (table_path, False)):
        forms = [json.loads(one["parts"]) for one in parts(open_app(path, "data", lang="en"), "form")]
        labels = {part.get("label") for form in forms for part in form}
        assert ("Status" in labels, "Kind" in labels) == (is_offered, True)
    assert len(open_app(made, "data", lang="en", st="target").dataframe[0].value) == 1


def test_data_obeys_the_filters(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "data", lang="en", i="grids_total")
    table = pd.read_csv(table_path)

    assert len(app.dataframe[0].value) == (table["indicator"] == "grids_total").sum()


def test_a_column_is_filtered_and_its_chip_takes_the_filter_away(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "data", lang="en")
    table = pd.read_csv(table_path)
    app.number_input("low:value:en").set_value(1000.0).run()
    app.number_input("high:value:en").set_value(9000.0).run()

    assert not app.exception
    assert len(app.dataframe[0].value) == table["value"].between(1000, 9000).sum()

    app.button("listing_chip:value").click().run()
    assert len(app.dataframe[0].value) == len(table)


@pytest.mark.parametrize("column", ["document", "flags", "sentence", "value_high", "period_end"])
def test_each_form_of_column_has_its_controls(column: str, open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "data", lang="zh")
    app.selectbox("condition_column:zh").set_value(column).run()

    assert not app.exception
    keys = {
        widget.key for kind in (app.multiselect, app.text_input, app.number_input, app.date_input) for widget in kind
    }
    assert any(key.split(":")[1] == column for key in keys if key)


def test_conditions_stay_while_the_reader_is_elsewhere(open_app: OpenApp, table_path: Path) -> None:
    listing = Listing(sort="value", is_descending=True).put(Condition("kind", "in", ("share",)))
    app = open_app(table_path, "data", listing, lang="en")
    before = app.dataframe[0].value
    for page in ("about", "data"):
        app.session_state.destination = page
        app.run()

    assert len(before) == (pd.read_csv(table_path)["kind"] == "share").sum()
    assert app.dataframe[0].value.equals(before)
    assert list(before["value"]) == sorted(before["value"], reverse=True)


def test_presence_is_asked_for_by_one_click(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "data", lang="en")
    app.selectbox("condition_column:en").set_value("period").run()
    app.segmented_control("mode:period:en").set_value("filled").run()

    assert len(app.dataframe[0].value) == pd.read_csv(table_path)["period"].notna().sum()
    assert app.button("listing_chip:period").label == "Period is not empty"


def test_nothing_found_says_so_and_one_reset_brings_all_back(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "data", Listing(find="nowhere"), lang="en")
    assert "No statistic fits the conditions" in said(app)

    app.button("reset_listing").click().run()
    assert len(app.dataframe[0].value) == len(pd.read_csv(table_path))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_data_and_about_with_one_strange_row_and_with_none(
    lang: str, open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    one, none = tmp_path / "one.csv", tmp_path / "none.csv"
    bare = {"region": None, "province": None, "level": None, "indicator": None, "subject": None, "unit": ""}
    make_rows(bare).to_csv(one, index=False)
    none.write_text(",".join(REVIEWED_NAMES) + "\n", encoding="utf-8")

    for page in ("data", "about"):
        for path in (one, none):
            assert not open_app(path, page, lang=lang).exception
    assert len(open_app(one, "data", lang=lang).dataframe[0].value) == 1


def test_about_says_what_was_measured_and_which_data_it_is(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "about", lang="en")
    measures = app.table[0].value

    assert not app.exception
    assert {"Precision", "Recall", "F1", "Theme"} <= set(measures["Measure"])
    assert "Both sets were read while the rules were written" in said(app)
    assert any(len(block.value) == 64 for block in app.code)


def test_about_names_a_damaged_table(open_app: OpenApp, make_rows: MakeRows, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    make_rows({"kind": "guess"}).to_csv(path, index=False)
    app = open_app(path, "about", lang="en")

    assert any("kind" in error.value and "✗" in error.value for error in app.error)


def test_keys_turn_pages_everywhere_and_draw_where_there_are_charts() -> None:
    assert set(find_actions(PAGES, "about", {})) == {*"123456789", "x", "?"}
    assert set(find_actions(PAGES, "compare", {})) == {*"123456789", "x", "?", *"tnol"}
    assert set(find_actions(PAGES, "review", dict.fromkeys(REVIEW_KEYS, str))) == {*"123456789", "x", "?", *"aedujkb"}
    assert not {"c", "r"} & {*DRAWING_KEYS, *REVIEW_KEYS}


def test_shortcuts_can_be_switched_off_for_the_session(open_app: OpenApp, table_path: Path) -> None:
    app = open_app(table_path, "about", lang="en")
    app.toggle("shortcuts_switch:en").set_value(False).run()
    for page in ("data", "about"):
        app.session_state.destination = page
        app.run()

    assert not app.toggle("shortcuts_switch:en").value
    assert app.session_state.shortcuts_on is False
