"""A region's figures of several years as a line in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pandas as pd
import pytest
from playwright.sync_api import Page, Route, expect

from extract.table.record import COLUMN_NAMES
from tests.browser.conftest import serve
from tests.browser.steps import charts, drawn, settled, words_of
from tests.dashboard.conftest import ROW
from tests.dashboard.test_series import year

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
ADDRESS = "/compare?lang=zh&i=grids_total&c=line"


@pytest.fixture(scope="module")
def address(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on three years of two regions."""
    found = [
        year(number, value, region=region, raw=f"{value}个", sentence=f"{number}年{region}建成网格{value}个。")
        for region, values in (("浙江", (60000, 72000, 85000)), ("山东", (52000, 51000, 49000)))
        for number, value in zip((2019, 2020, 2022), values, strict=True)
    ]
    rows = [
        ROW | {"id": f"{number}", "start": 100 * number, "end": 100 * number + 6} | row
        for number, row in enumerate(found)
    ]
    path = tmp_path_factory.mktemp("table") / "years.csv"
    pd.DataFrame(rows, columns=list(COLUMN_NAMES)).to_csv(path, index=False)
    with serve(path) as served:
        yield served


def test_lines_are_chosen_and_a_point_leads_to_its_sentence(open_page: OpenPage) -> None:
    page = open_page("/compare?lang=zh&i=grids_total")
    expect(charts(page)).to_have_count(1)
    page.get_by_text("画法", exact=True).click()
    page.get_by_role("radio", name="折线").click()
    expect(page).to_have_url(re.compile("[?&]c=line"))
    expect(page.locator(".js-plotly-plot .scatterlayer .js-line")).to_have_count(2)
    settled(page)
    point = page.locator(".js-plotly-plot .scatterlayer .points path.point").first.bounding_box()
    assert point
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)

    expect(page.get_by_role("dialog")).to_contain_text("年")
    expect(page.get_by_role("dialog").locator("mark")).to_have_text(re.compile("^[0-9]+个$"))
    expect(page).to_have_url(re.compile("[?&]s="))


@pytest.mark.parametrize("settings", [{"width": 390, "height": 800}, {"width": 1280, "height": 900}])
def test_every_label_is_in_sight(settings: dict[str, int], open_page: OpenPage) -> None:
    page = open_page(ADDRESS, viewport=settings)
    for words in ("浙江", "8.5万个", "山东", "4.9万个"):
        label = drawn(page).get_by_text(words, exact=True)
        expect(label).to_be_visible()
        box = label.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= settings["width"]


def test_lines_are_read_before_the_engine_has_come(open_page: OpenPage) -> None:
    page = open_page("/about?lang=zh")
    held: list[Route] = []
    page.route("**/plotly-basic.min.js", lambda route: held.append(route))
    page.goto(urljoin(page.url, ADDRESS))
    expect(page.locator(".sketch").get_by_text("8.5万个")).to_be_visible()
    expect(page.locator(".sketch circle")).to_have_count(6)
    sketched = words_of(page)
    held[0].continue_()
    expect(page.locator(".sketch")).to_have_count(0)
    expect(drawn(page).first).to_be_visible()
    final = words_of(page)

    assert [words for words, *_ in final] == [words for words, *_ in sketched]
    assert [place for _, *place in final] == [pytest.approx(place, abs=3) for _, *place in sketched]
