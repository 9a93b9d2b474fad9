"""The whole view is the address: links, back and forward, the language, a fresh browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import charts, drawn, settled

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def test_a_link_gives_the_same_view_in_a_fresh_browser(open_page: OpenPage) -> None:
    page = open_page("/compare?t=cadres&lang=en&h=hb")
    page.get_by_role("radio", name="Per 10,000 residents").click()
    expect(page.get_by_text("Denominator: residents.").first).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]n=pc"))
    settled(page)
    link, words = page.url, drawn(page).all_text_contents()

    other = open_page(link.removeprefix(link.partition("/compare")[0]))
    expect(other.get_by_text("Denominator: residents.").first).to_be_visible()

    expect(drawn(other)).to_have_text(words)
    assert other.url == link


def test_all_comparisons_once_asked_for_are_in_the_link_until_the_selection_changes(open_page: OpenPage) -> None:
    page = open_page("/compare?r=zj")
    cards = page.locator(".comparison")
    expect(cards.first).to_be_visible()
    settled(page)
    few = cards.count()
    page.get_by_role("button", name="再看其余").click()
    expect(page).to_have_url(re.compile("z=all"))
    settled(page)
    assert cards.count() > few

    fresh = open_page(page.url.removeprefix(page.url.partition("/compare")[0]))
    expect(fresh.locator(".comparison")).to_have_count(cards.count())
    page.get_by_role("group", name="地区").get_by_role("checkbox", name="山东").click()
    expect(page).not_to_have_url(re.compile("z=all"))


def test_the_pages_hand_the_view_on_and_back_retraces_the_way(open_page: OpenPage) -> None:
    page = open_page("/?r=zj&lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Governance statistics compared")
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile("/compare.*r=zj"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    settled(page)
    page.get_by_role("link", name="About", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    expect(page).to_have_url(re.compile("/compare.*r=zj"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Governance statistics compared")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")


@pytest.mark.parametrize(
    ("locale", "lang", "title"),
    [("zh-CN", "zh-CN", "各地治理统计对比"), ("en-GB", "en-US", "Governance statistics compared")],
)
def test_the_browser_s_language_is_the_page_s(locale: str, lang: str, title: str, open_page: OpenPage) -> None:
    page = open_page("/", locale=locale)

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page).to_have_title(re.compile(title))


def test_the_language_switch_keeps_every_choice_there_and_back(open_page: OpenPage) -> None:
    page = open_page("/compare?t=grid&i=grids_total&lang=zh")
    expect(charts(page)).to_have_count(1)

    page.get_by_role("radio", name="English").click()
    expect(drawn(page).get_by_text("85,000")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en-US")
    expect(page).to_have_url(re.compile("lang=en&t=grid&i=grids_total"))
    page.get_by_role("radio", name="Per 10,000 residents").click()
    expect(page).to_have_url(re.compile("lang=en&t=grid&i=grids_total&n=pc"))
    page.get_by_role("radio", name="中文").click()

    expect(page).to_have_url(re.compile("lang=zh&t=grid&i=grids_total&n=pc"))
    expect(charts(page)).to_have_count(1)


def test_what_a_link_asks_for_and_the_data_lack_is_named(open_page: OpenPage) -> None:
    page = open_page("/compare?r=zj~atlantis&o=random&v=00000000&lang=en")

    expect(page.get_by_text("atlantis")).to_be_visible()
    expect(page.get_by_text("random")).to_be_visible()
    expect(page.get_by_text("data version 00000000")).to_be_visible()


def test_chinese_is_drawn_with_the_bundled_font_where_none_is_installed(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    expect(charts(page)).to_have_count(1)

    page.wait_for_function("[...document.fonts].some(f => f.family.includes('Governance') && f.status === 'loaded')")
