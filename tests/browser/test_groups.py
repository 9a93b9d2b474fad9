"""
What stands below others in a real Chromium: the matrix and the filter of themes open into groups, the filter of
reporters into the places that they speak of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from extract.table.record import COLUMN_NAMES
from tests.browser.conftest import serve
from tests.browser.steps import settled
from tests.dashboard.conftest import ROW

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
THEMES = ("grid", "economy", "finance", "safety")


@pytest.fixture(scope="module")
def address(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on two reports on themes of several groups, one of which speaks of the country as well."""
    found = [{"region": region, "theme": theme} for region in ("浙江", "山东") for theme in THEMES]
    found += [{"region": "全国", "level": "country", "reporter": "浙江", "theme": "grid"}]
    rows = [
        ROW | {"id": f"{number}", "start": 10 * number, "indicator": None} | row for number, row in enumerate(found)
    ]
    path = tmp_path_factory.mktemp("table") / "themes.csv"
    pd.DataFrame(rows, columns=list(COLUMN_NAMES)).to_csv(path, index=False)
    with serve(path) as served:
        yield served


def test_a_group_opens_into_its_themes_and_the_link_says_so(open_page: OpenPage) -> None:
    page = open_page("/?lang=zh")
    matrix = page.get_by_role("table", name=re.compile("个主题"))
    group = matrix.get_by_role("link", name=re.compile("^经济 4 条，(展开|收起)"))
    expect(group).to_have_attribute("aria-expanded", "false")
    expect(matrix.get_by_role("row")).to_have_count(1 + 3 + 1)
    settled(page)
    group.focus()
    page.keyboard.press("Enter")

    expect(group).to_have_attribute("aria-expanded", "true")
    expect(page).to_have_url(re.compile("[?&]gr=economy"))
    expect(matrix.get_by_role("row")).to_have_count(1 + 3 + 2 + 1)
    page.reload()
    expect(matrix.get_by_role("link", name=re.compile("^财政金融 2 条"))).to_be_visible()
    settled(page)
    group.click()
    expect(group).to_have_attribute("aria-expanded", "false")
    expect(page).to_have_url(re.compile("[?&]gr=none"))


def test_a_group_is_filtered_as_one_and_a_theme_taken_out_of_it(open_page: OpenPage) -> None:
    page = open_page("/data?lang=en")
    themes = page.get_by_role("group", name="Theme")
    whole = themes.get_by_role("checkbox", name=re.compile("^Economy"))
    whole.check()

    expect(page).to_have_url(re.compile("[?&]t=economy.all"))
    expect(page.get_by_role("button", name="✕ Economy")).to_be_visible()
    themes.get_by_label("Economy: show what is below").click()
    themes.get_by_role("checkbox", name=re.compile("^Public finance")).uncheck()
    expect(page).to_have_url(re.compile("[?&]t=economy(&|$)"))
    expect(whole).not_to_be_checked()
    expect(whole).to_have_js_property("indeterminate", True)


def test_the_places_that_a_reporter_speaks_of_stand_below_it(open_page: OpenPage) -> None:
    page = open_page("/data?lang=zh")
    reporters = page.get_by_role("group", name="报告方")
    expect(reporters.get_by_role("checkbox")).to_have_count(2)
    opened = reporters.get_by_label("浙江，展开")
    settled(page)
    opened.focus()
    page.keyboard.press("Enter")
    reporters.get_by_role("checkbox", name=re.compile("^全国")).check()

    expect(page).to_have_url(re.compile("[?&]rp=zj[.]cn"))
    expect(page.get_by_role("button", name="✕ 浙江所说的全国")).to_be_visible()
    expect(page.get_by_text("9 条中的 1 条")).to_be_visible()
    reporters.get_by_role("checkbox", name=re.compile("^浙江 *5")).check()
    expect(page).to_have_url(re.compile("[?&]rp=zj(&|$)"))
