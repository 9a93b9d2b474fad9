"""Ways from the first page and the page of an indicator, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import settled

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def test_a_headline_value_opens_its_sentence_and_closes_back(open_page: OpenPage) -> None:
    page = open_page("/?lang=zh")
    page.get_by_role("button", name="浙江 网格 8.5万个 看原句").click()
    dialog = page.get_by_role("dialog")

    expect(dialog.locator("mark")).to_have_text("8.5万个")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page).not_to_have_url(re.compile("[?&]s="))


def test_a_count_of_the_coverage_leads_there_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/?lang=zh")
    cell = page.get_by_role("link", name=re.compile("^浙江 网格治理 [0-9]+ 条$"))
    expect(cell).to_be_visible()
    settled(page)
    cell.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name="对比")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/compare\?.*r=zj&t=grid"))


def test_a_card_s_address_is_its_comparison(open_page: OpenPage) -> None:
    """Opened in a new tab, it shows what a click shows."""
    page = open_page("/?lang=en")
    link = page.get_by_role("link", name="Grids", exact=True)
    href = link.get_attribute("href") or ""
    link.click()
    expect(page).to_have_url(re.compile(r"/compare\?.*i=grids_total"))
    page.goto(href)

    expect(page.get_by_role("heading", level=1, name="Compare")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/compare\?.*i=grids_total"))


def test_the_list_of_indicators_turns_to_one(open_page: OpenPage) -> None:
    page = open_page("/indicator?lang=en")
    row = page.get_by_role("table", name="All indicators").get_by_role("link", name="Grids", exact=True)
    expect(row).to_be_visible()
    settled(page)
    row.click()

    expect(page.get_by_role("heading", level=2, name="Grids")).to_be_visible()
    expect(page.locator("mark", has_text="285个")).to_be_visible()


def test_headlines_per_head_name_their_denominators(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    page.get_by_role("radio", name="Per 10,000 residents").click()

    expect(page).to_have_url(re.compile("[?&]n=pc"))
    expect(page.get_by_text("64,567,588")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Zhejiang .* 13 ")).first).to_be_visible()
