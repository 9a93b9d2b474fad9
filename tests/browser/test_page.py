"""The main journeys in a real Chromium."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

# A first paint loads some megabytes of script on two busy cores.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(autouse=True)
def patient(page: Page) -> None:
    page.set_default_timeout(PATIENCE)


def charts(page: Page) -> Locator:
    return page.locator(".js-plotly-plot")


def labels(page: Page) -> list[str]:
    """The words drawn in the charts."""
    return page.locator(".js-plotly-plot .annotation-text").all_text_contents()


def click_bar(page: Page, number: int = 0) -> None:
    box = page.locator(".js-plotly-plot .bars .point path").nth(number).bounding_box()
    assert box
    page.mouse.click(box["x"] + min(20, box["width"] / 2), box["y"] + box["height"] / 2)


def test_the_landing_is_chinese_for_a_chinese_browser_and_shows_a_comparison(page: Page, address: str) -> None:
    page.goto(address)

    expect(page.get_by_role("heading", name="各地治理统计对比")).to_be_visible()
    expect(charts(page)).to_have_count(1)
    expect(page.get_by_text("未报告：").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page).to_have_title("各地治理统计对比")


def test_an_english_browser_gets_english(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(address)

    expect(page.get_by_role("heading", name="Governance statistics compared")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()


def test_a_filter_changes_the_bars_and_the_address(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("115.5万名").first).to_be_visible()

    page.get_by_role("combobox", name="主题").click()
    page.get_by_role("option", name="网格治理").click()
    page.keyboard.press("Escape")

    expect(page.locator(".js-plotly-plot").get_by_text("8.5万个")).to_be_visible()
    expect(page.locator(".js-plotly-plot").get_by_text("115.5万名")).to_have_count(0)
    expect(page).to_have_url(re.compile("[?&]t=grid"))


def test_a_headline_is_one_click_from_its_comparison(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="看对比").first.click()

    expect(page.locator(".js-plotly-plot").get_by_text("285个")).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]i=grids_total"))


def test_per_head_redraws_the_bars_with_the_denominator_under_them(page: Page, address: str) -> None:
    page.goto(f"{address}/?i=grids_total")
    page.get_by_role("radio", name="每万常住人口").click()

    expect(page.locator(".js-plotly-plot").get_by_text("13", exact=True)).to_be_visible()
    expect(page.get_by_text("64,567,588")).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]n=pc"))


def test_the_language_switches_and_stays_in_the_link(page: Page, address: str) -> None:
    page.goto(f"{address}/?i=grids_total")
    page.get_by_role("radio", name="English").click()

    expect(page.locator(".js-plotly-plot").get_by_text("85,000")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile("lang=en&i=grids_total"))


def test_a_link_gives_the_same_view_in_a_fresh_browser(page: Page, browser: Browser, address: str) -> None:
    page.goto(f"{address}/?t=cadres&lang=en")
    page.get_by_role("radio", name="Per 10,000 residents").click()
    expect(page.get_by_text("Denominator: residents.").first).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]n=pc"))
    link, drawn = page.url, labels(page)

    other = browser.new_context(locale="zh-CN").new_page()
    other.goto(link)
    expect(other.get_by_text("Denominator: residents.").first).to_be_visible(timeout=PATIENCE)

    expect(other.locator(".js-plotly-plot .annotation-text")).to_have_text(drawn, timeout=PATIENCE)
    assert other.url == link
    other.context.close()


def test_a_bar_leads_to_its_sentence_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?i=grids_total")
    expect(charts(page)).to_have_count(1)
    click_bar(page)

    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark")).to_have_text("8.5万个")
    expect(dialog).to_contain_text("全省设立网格8.5万个")
    expect(page).to_have_url(re.compile("[?&]s="))

    dialog.get_by_role("button", name="回到对比").click()
    expect(dialog).to_have_count(0)
    expect(page).not_to_have_url(re.compile("[?&]s="))

    page.go_back()
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("8.5万个")


def test_a_row_chosen_by_keyboard_opens_its_sentence(page: Page, address: str) -> None:
    page.goto(f"{address}/?i=grids_total")
    expect(charts(page)).to_have_count(1)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    choice = page.get_by_role("combobox", name="看一条统计的原文")
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="仙林").wait_for()
    page.keyboard.type("仙林")
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog").locator("mark")).to_have_text("285个")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_cell_of_the_matrix_becomes_the_filter(page: Page, address: str) -> None:
    page.goto(address)
    expect(charts(page)).to_have_count(1)
    table = page.get_by_test_id("stDataFrame").first
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 20, box["y"] + 35 * 3 + 17)

    expect(page).to_have_url(re.compile("t=property&r=ctu"))
    expect(page.get_by_text("主题：物业与业委会；地区：成都")).to_be_visible()


def test_an_empty_result_offers_a_way_out(page: Page, address: str) -> None:
    page.goto(f"{address}/?t=grid&r=szx~nowhere")
    expect(page.get_by_text("nowhere")).to_be_visible()
    expect(page.get_by_text("没有符合条件的统计")).to_be_visible()

    page.get_by_role("button", name="去掉地区").click()
    expect(page.locator(".js-plotly-plot").get_by_text("8.5万个")).to_be_visible()


def test_the_rows_arrive_as_csv_and_open(page: Page, address: str) -> None:
    page.goto(f"{address}/?t=grid")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载这 5 条（CSV）").click()
    rows = pd.read_csv(download.value.path(), encoding="utf-8-sig")

    assert set(rows["theme"]) == {"grid"}
    assert len(rows) == 5
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_picture_arrives_as_svg_and_png(page: Page, address: str) -> None:
    page.goto(f"{address}/?i=grids_total")
    page.get_by_role("button", name="下载", exact=True).click()
    with page.expect_download() as svg:
        page.get_by_role("button", name="图片 SVG").click()
    with page.expect_download() as png:
        page.get_by_role("button", name="图片 PNG").click()
    words = "".join(Xml.fromstring(Path(svg.value.path()).read_bytes()).itertext())
    image = Image.open(io.BytesIO(Path(png.value.path()).read_bytes())).convert("RGB")
    colours = image.getcolors(maxcolors=1 << 20) or []

    assert svg.value.suggested_filename.startswith("网格数_v")
    assert "8.5万个" in words
    assert "数据来源" in words
    assert len(colours) > 50
    assert max(colours)[1] == (255, 255, 255)


def test_chinese_is_drawn_with_the_bundled_font_where_none_is_installed(page: Page, address: str) -> None:
    page.goto(f"{address}/?i=grids_total")
    expect(charts(page)).to_have_count(1)

    page.wait_for_function("[...document.fonts].some(f => f.family.includes('Governance') && f.status === 'loaded')")


def test_a_phone_shows_all_of_it(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/?t=grid")
    expect(page.locator(".js-plotly-plot").get_by_text("8.5万个")).to_be_visible(timeout=PATIENCE)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_the_language_switch_keeps_every_choice_there_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?t=grid&i=grids_total&lang=zh")
    expect(charts(page)).to_have_count(1)

    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", name="Governance statistics compared")).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en&t=grid&i=grids_total"))
    page.get_by_role("radio", name="Per 10,000 residents").click()
    expect(page).to_have_url(re.compile("lang=en&t=grid&i=grids_total&n=pc"))
    page.get_by_role("radio", name="中文").click()

    expect(page).to_have_url(re.compile("lang=zh&t=grid&i=grids_total&n=pc"))
    expect(charts(page)).to_have_count(1)


def test_a_choice_that_empties_the_page_can_be_taken_back(page: Page, address: str) -> None:
    page.goto(f"{address}/?t=grid&lang=en")
    expect(charts(page).first).to_be_visible()
    page.get_by_role("combobox", name="Region").click()
    page.get_by_role("option", name="Chengdu").click()
    expect(page.get_by_text("No statistic fits these filters")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Drop Region").first.click()

    expect(charts(page).first).to_be_visible()
    expect(page).to_have_url(re.compile("lang=en&t=grid&v="))
