"""Single keys: what they do, and where they stay silent."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import charts, settled

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def test_single_keys_draw_otherwise_and_turn_pages_and_back_returns(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total&lang=en")
    expect(charts(page)).to_have_count(1)
    settled(page)
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile("w=table"))
    expect(page.locator("[role=gridcell]").first).to_be_attached()
    settled(page)
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("n=pc.*w=table"))
    settled(page)
    page.keyboard.press("x")
    expect(page).not_to_have_url(re.compile("i=grids_total"))
    settled(page)
    page.keyboard.press("?")
    expect(page.get_by_role("heading", level=1)).to_have_text("About")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    expect(page).to_have_url(re.compile("n=pc.*w=table"))


def test_a_key_typed_into_the_search_is_only_a_letter(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total&lang=en")
    expect(charts(page)).to_have_count(1)
    settled(page)
    page.get_by_role("searchbox", name="Search").press_sequentially("tn1?")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("q=tn1"))
    expect(page).not_to_have_url(re.compile("w=table"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
