from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.dataset import Dataset
from dashboard.exports import narrow
from dashboard.filters import Filters
from extract.table.shipped import shipped
from tests.dashboard.shown import comparisons

OpenApp = Callable[..., AppTest]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(themes=("participation",), regions=("北京",)),
        Filters(regions=("浙江", "仙林"), terms=("网格",)),
        Filters(levels=("province",), provinces=("山东", "浙江"), kinds=("count", "share")),
        Filters(documents=("urban-party-building-speeches",), reviews=("unreviewed",)),
    ],
)
def test_what_goes_with_a_comparison_is_of_the_selection_in_force(filters: Filters, dataset: Dataset) -> None:
    selected = set(dataset.select(filters)["id"])

    for panel in dataset.panels(filters):
        rows = dataset.select(narrow(filters, panel))

        assert {mark.id for mark in panel.ends()} <= set(rows["id"]) <= selected
        assert set(rows["kind"]) == {panel.kind}
        assert panel.indicator is None or set(rows["indicator"]) == {panel.indicator.id}


def address_of_last(app: AppTest) -> str:
    """The address of the last comparison of a page."""
    ways = comparisons(app)[-1]["foot"]["ways"]
    return str(next(way["href"] for way in ways if way["name"] == "compared"))


def test_a_chart_without_an_indicator_links_and_exports_what_it_shows(open_app: OpenApp) -> None:
    app = open_app(shipped("statistics.csv"), lang="zh", t="participation", r="bj")
    address = address_of_last(app)
    app.session_state.offered = f"participation-count-{'名'.encode().hex()}"
    app.run()
    said = [caption.value for caption in app.caption]

    assert {"r=bj", "t=participation", "k=count"} <= set(address.partition("?")[2].split("&"))
    assert any("地区：北京" in text.replace("\\", "") for text in said)


def test_the_link_of_one_chart_does_not_ask_for_an_axis_shared_with_others(open_app: OpenApp, table_path: Path) -> None:
    shared = open_app(table_path, lang="en", r="zj", z="all", x="same")

    assert "x=same" not in address_of_last(shared)
    assert any("its link" in note for one in comparisons(shared) for note in one["foot"]["lines"])


def test_an_address_holds_that_all_comparisons_are_shown(open_app: OpenApp, table_path: Path) -> None:
    first = open_app(table_path, lang="zh", r="zj")
    everything = open_app(table_path, lang="zh", r="zj", z="all")

    assert len(comparisons(first)) < len(comparisons(everything))
    assert "z=all" not in address_of_last(everything)
