"""The comparison in a real Chromium: filter, draw otherwise, read the sentence, take the files home."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pandas as pd
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import TABLE
from tests.browser.steps import charts, click_bar, drawn, settled, words_of

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def test_a_filter_changes_the_bars_the_address_and_what_others_offer(open_page: OpenPage) -> None:
    page = open_page("/compare")
    expect(drawn(page).get_by_text("115.5万名")).to_be_visible()

    page.get_by_role("checkbox", name="网格治理").check()

    expect(drawn(page).get_by_text("8.5万个")).to_be_visible()
    expect(drawn(page).get_by_text("115.5万名")).to_have_count(0)
    expect(page).to_have_url(re.compile("[?&]t=grid"))
    expect(page.get_by_text("主题：网格治理", exact=True)).to_be_visible()
    # Only what leaves something.
    expect(page.get_by_role("group", name="地区").get_by_role("checkbox", name="浙江 3")).to_be_visible()
    expect(page.get_by_role("checkbox", name="成都")).to_have_count(0)


def test_a_search_finds_by_label_and_a_chip_takes_it_back(open_page: OpenPage) -> None:
    page = open_page("/compare?lang=en")
    expect(charts(page).first).to_be_visible()
    page.get_by_role("searchbox", name="Search").fill("grid zhejiang")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("q=grid(~|%7E)zhejiang"))
    expect(drawn(page).get_by_text("85,000").first).to_be_visible()
    page.get_by_role("button", name="contains “zhejiang”").click()

    expect(page).to_have_url(re.compile("q=grid&"))
    expect(drawn(page).get_by_text("42,000").first).to_be_visible()


def test_figures_fill_their_cards_at_every_width(open_page: OpenPage) -> None:
    page = open_page("/compare?t=grid")
    expect(charts(page).nth(1)).to_be_visible()

    for width in (1280, 700, 1280):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_function(
            """[...document.querySelectorAll(".js-plotly-plot")].every(
                figure => figure.clientWidth && figure.querySelector(".main-svg").clientWidth === figure.clientWidth)"""
        )


def test_a_card_leads_to_its_indicator_and_back_with_the_filters(open_page: OpenPage) -> None:
    page = open_page("/compare?lang=en&i=grids_total")
    expect(drawn(page).first).to_be_visible()
    page.get_by_role("link", name="About the indicator").click()

    expect(page).to_have_url(re.compile("/indicator.*[?&]m=grids_total"))
    expect(page).to_have_title(re.compile("^Indicator"))
    page.go_back()
    expect(page).to_have_url(re.compile("/compare.*[?&]i=grids_total"))
    expect(drawn(page).first).to_be_visible()


@pytest.mark.parametrize("drawing", ["", "&c=dot&y=log&b=med", "&n=pc&h=xianlin"])
def test_a_chart_is_read_before_the_engine_has_come(drawing: str, open_page: OpenPage) -> None:
    page = open_page("/about?lang=zh")
    held: list[Route] = []
    page.route("**/plotly-basic.min.js", lambda route: held.append(route))
    page.goto(urljoin(page.url, f"/compare?lang=zh&t=grid{drawing}"))
    expect(page.locator(".sketch").get_by_text("网格").first).to_be_visible()
    # What stands between two charts may come after them, and moves the second.
    settled(page)
    sketched = words_of(page)
    held[0].continue_()
    expect(page.locator(".sketch")).to_have_count(0)
    expect(drawn(page).first).to_be_visible()
    final = words_of(page)
    assert [words for words, *_ in final] == [words for words, *_ in sketched]
    assert [place for _, *place in final] == [pytest.approx(place, abs=3) for _, *place in sketched]


def test_where_the_engine_does_not_load_charts_can_be_read_and_the_table_is_offered(open_page: OpenPage) -> None:
    page = open_page("/about?lang=en")
    page.route("**/plotly-basic.min.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.get_by_role("link", name="Compare", exact=True).click()

    expect(page.get_by_text("This chart can't be clicked").first).to_be_visible()
    expect(page.locator(".sketch").get_by_text("1.155 million").first).to_be_visible()


def test_per_head_redraws_the_bars_with_the_denominator_under_them(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    page.get_by_role("radio", name="每万常住人口").click()

    expect(drawn(page).get_by_text("13", exact=True)).to_be_visible()
    expect(page.get_by_text("64,567,588")).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]n=pc"))


def test_dots_on_a_log_axis_one_region_that_stands_out_and_bars_again(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    page.get_by_text("画法", exact=True).click()
    page.get_by_role("radio", name="点图").click()
    page.get_by_role("radio", name="对数").click()
    expect(page).to_have_url(re.compile("c=dot&y=log"))
    settled(page)
    page.get_by_role("combobox", name="突出一地").select_option("仙林")

    expect(page).to_have_url(re.compile("h=xianlin"))
    expect(drawn(page).get_by_text("285个")).to_be_visible()
    expect(page.locator(".js-plotly-plot .xtick").first).to_be_visible()
    settled(page)
    # Bars begin at zero, which a logarithmic scale has no place for.
    page.get_by_role("radio", name="条形").click()
    expect(page).not_to_have_url(re.compile("y=log|c=dot"))
    expect(page.get_by_role("radio", name="线性")).to_be_checked()


def test_chart_and_table_hold_the_same_view(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    expect(charts(page)).to_have_count(1)
    page.get_by_role("radio", name="表", exact=True).click()

    cells = page.locator("[role=gridcell]")
    expect(charts(page)).to_have_count(0)
    expect(cells.get_by_text("8.5万个", exact=True).first).to_be_attached()
    expect(cells.get_by_text("未报告").first).to_be_attached()
    page.get_by_role("button", name="下载与复制").click()
    page.get_by_role("dialog").get_by_text("复制表格").click()
    expect(page.get_by_test_id("stCode").filter(has_text="8.5万个")).to_be_visible()


def test_one_click_keeps_the_regions_of_one_level(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    page.get_by_role("button", name="省级（省、直辖市）").click()

    expect(page).to_have_url(re.compile("l=province"))
    expect(drawn(page).get_by_text("285个")).to_have_count(0)


def test_a_bar_leads_to_its_sentence_and_back(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    expect(charts(page)).to_have_count(1)
    click_bar(page)

    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_have_text("8.5万个")
    expect(dialog).to_contain_text("全省设立网格8.5万个")
    expect(page).to_have_url(re.compile("[?&]s="))

    dialog.get_by_role("button", name="返回").click()
    expect(dialog).to_have_count(0)
    expect(page).not_to_have_url(re.compile("[?&]s="))

    page.go_back()
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("8.5万个")


def test_a_row_chosen_by_keyboard_opens_its_sentence(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    expect(charts(page)).to_have_count(1)
    settled(page)
    page.get_by_role("combobox", name="看一条统计的原文").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="看原句")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog").locator("mark")).to_have_text("285个")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="看原句")).to_be_focused()


def test_an_empty_result_offers_a_way_out(open_page: OpenPage) -> None:
    page = open_page("/compare?t=grid&r=szx~nowhere")
    expect(page.get_by_text("nowhere")).to_be_visible()
    expect(page.get_by_text("没有符合条件的统计")).to_be_visible()

    page.get_by_role("button", name="去掉地区").click()
    expect(drawn(page).get_by_text("8.5万个")).to_be_visible()


def test_a_search_that_empties_the_page_can_be_taken_back(open_page: OpenPage) -> None:
    page = open_page("/compare?t=grid&lang=en")
    expect(charts(page).first).to_be_visible()
    page.get_by_role("searchbox", name="Search").fill("xyz")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No statistic fits these filters")).to_be_visible()

    page.get_by_role("button", name="Drop Search").first.click()

    expect(charts(page).first).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en&t=grid&v="))


def test_quick_choices_lose_nothing(open_page: OpenPage) -> None:
    """Each click comes while the run of the one before is under way; boxes, charts and address end alike."""
    page = open_page("/compare?t=grid")
    expect(charts(page).first).to_be_visible()
    settled(page)
    for name in ("浙江", "仙林", "浙江", "山东", "仙林", "浙江"):
        page.get_by_role("group", name="地区").get_by_role("checkbox", name=name).click()

    expect(page).to_have_url(re.compile("[?&]r=sd~zj|[?&]r=zj~sd"))
    settled(page)
    expect(page.get_by_text("地区：浙江、山东；主题：网格治理")).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)


def test_a_filter_without_any_value_to_offer_stands_in_nobody_s_way(open_page: OpenPage) -> None:
    """The only statistic of this region on this theme has no indicator, so that there is none to choose."""
    groups = pd.read_csv(TABLE).groupby(["region", "theme"])["indicator"]
    region, theme = next(key for key, names in groups if names.isna().all())
    page = open_page(f"/compare?t={theme}")
    expect(charts(page).first).to_be_visible()
    page.get_by_role("group", name="地区").get_by_role("checkbox", name=region).check()
    expect(page.get_by_text(f"地区：{region}；")).to_be_visible()
    page.get_by_role("group", name="地区").get_by_role("checkbox", name=region).uncheck()

    expect(page.get_by_text(f"地区：{region}；")).to_have_count(0)
    expect(charts(page).first).to_be_visible()


def test_after_an_empty_result_another_search_and_the_language_work(open_page: OpenPage) -> None:
    """Nothing passes, so that no filter has a value to send."""
    page = open_page("/compare?lang=zh&q=zzzz")
    expect(page.get_by_text("没有符合条件的统计")).to_be_visible()
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_text("No statistic fits these filters")).to_be_visible()
    page.get_by_role("searchbox", name="Search").fill("grids")
    page.keyboard.press("Enter")

    expect(drawn(page).get_by_text("85,000").first).to_be_visible()
