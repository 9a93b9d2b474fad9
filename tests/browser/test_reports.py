"""Journeys through the pages of a report and of a region: from a number to its comparison, and from anywhere to it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from dashboard.link import ReportKey
from tests.browser.conftest import TABLE
from tests.browser.steps import settled

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.browser
ROWS = pd.read_csv(TABLE, dtype={"id": str})
ZHEJIANG = ROWS[ROWS["region"] == "浙江"].sort_values("start")
REPORT = ReportKey(str(ZHEJIANG["document"].iloc[0]), int(ZHEJIANG["report"].iloc[0])).code
GRIDS = ZHEJIANG[ZHEJIANG["indicator"] == "grids_total"].iloc[0]
LAST = ZHEJIANG.iloc[-1]


def test_a_mark_opens_its_comparison_in_a_new_tab_or_here(open_page: OpenPage) -> None:
    page = open_page(f"/source?lang=zh&d={REPORT}")
    mark = page.locator(".mark").nth(list(ZHEJIANG["id"]).index(GRIDS["id"]))
    settled(page)
    with page.context.expect_page() as opened:
        mark.click(modifiers=["Control"])
    expect(opened.value).to_have_url(re.compile(r"/compare\?.*i=grids_total"))
    expect(page).to_have_url(re.compile(r"/source\?"))
    opened.value.close()
    mark.click()

    expect(page).to_have_url(re.compile(r"/compare\?.*i=grids_total.*h=zj"))
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_a_link_to_a_mention_shows_it_in_a_fresh_browser(open_page: OpenPage) -> None:
    page = open_page(f"/source?lang=zh&d={REPORT}&s={LAST['id']}")
    selected = page.locator(".mark.selected")

    expect(selected).to_have_text(LAST["raw"])
    expect(selected).to_be_in_viewport()
    expect(page.locator(".bar .chosen")).to_contain_text(LAST["subject"])


def test_the_keyboard_steps_through_the_marks_and_opens_one(open_page: OpenPage) -> None:
    page = open_page(f"/source?lang=zh&d={REPORT}")
    page.get_by_role("button", name="下一处").focus()
    settled(page)
    page.keyboard.press("Enter")
    expect(page.locator(".mark.selected")).to_have_text(ZHEJIANG["raw"].iloc[0])
    expect(page).to_have_url(re.compile(f"s={ZHEJIANG['id'].iloc[0]}"))

    settled(page)
    page.locator(".report .text").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("点击看它的对比")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/compare\?"))


def test_marks_are_the_numbers_of_the_report_and_the_legend_filters_them(open_page: OpenPage) -> None:
    page = open_page(f"/source?lang=zh&d={REPORT}")
    expect(page.locator(".mark")).to_have_text(list(ZHEJIANG["raw"]))
    settled(page)
    page.get_by_role("button", name="网格治理").click()

    expect(page).to_have_url(re.compile("t=grid"))
    others = int((ZHEJIANG["theme"] != "grid").sum())
    expect(page.locator(".mark.pale")).to_have_count(others)
    page.get_by_label("不标筛选之外的").check()
    expect(page.locator(".mark")).to_have_count(len(ZHEJIANG) - others)


def test_a_value_of_a_region_leads_to_its_sentence_and_on_to_its_report(open_page: OpenPage) -> None:
    page = open_page("/region?lang=zh&g=zj")
    settled(page)
    page.locator(".figures").get_by_role("button", name="8.5万个").click()
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("8.5万个")
    page.get_by_role("dialog").get_by_role("link", name="看整篇原文").click()

    expect(page.locator(".mark.selected")).to_have_text("8.5万个")


def test_a_name_of_a_region_s_figure_leads_to_its_comparison(open_page: OpenPage) -> None:
    page = open_page("/region?lang=zh&g=zj", viewport={"width": 390, "height": 844})
    settled(page)
    page.locator(".figures").get_by_role("link", name="网格数").click()

    expect(page).to_have_url(re.compile(r"/compare\?.*i=grids_total.*h=zj"))
