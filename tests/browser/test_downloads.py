"""What a reader downloads arrives, opens, and holds what the page showed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import openpyxl
import pandas as pd
import pypdfium2
import pytest
from docx import Document
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from tests.browser.steps import charts, drawn, settled

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def read_png(data: bytes) -> str:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    colours = image.getcolors(maxcolors=1 << 20) or []
    assert len(colours) > 50
    assert max(colours)[1] == (255, 255, 255)
    return ""


def read_svg(data: bytes) -> str:
    return "".join(Xml.fromstring(data).itertext())


def read_pdf(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def read_pptx(data: bytes) -> str:
    (slide,) = Presentation(io.BytesIO(data)).slides
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    return "".join(point.data_label.text_frame.text for point in chart.plots[0].series[0].points)


def read_docx(data: bytes) -> str:
    return "".join(cell.text for row in Document(io.BytesIO(data)).tables[0].rows for cell in row.cells)


def read_xlsx(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["数据", "图表", "指标说明", "来源", "筛选"]
    return "".join(str(cell) for line in book["数据"].values for cell in line)


def read_csv(data: bytes) -> str:
    assert data.startswith(b"\xef\xbb\xbf")
    return pd.read_csv(io.BytesIO(data), encoding="utf-8-sig").to_csv()


def read_json(data: bytes) -> str:
    return "".join(row["raw"] for row in json.loads(data)["data"])


def read_parquet(data: bytes) -> str:
    return "".join(pd.read_parquet(io.BytesIO(data))["raw"])


def read_zip(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("statistics.csv").decode("utf-8-sig")


READERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "PNG": (".png", read_png),
    "SVG": (".svg", read_svg),
    "PDF": (".pdf", read_pdf),
    "PPT": (".pptx", read_pptx),
    "Word": (".docx", read_docx),
    "Excel": (".xlsx", read_xlsx),
    "可交互网页": (".html", bytes.decode),
    "所见表格 CSV": ("_table.csv", read_csv),
    "图中统计 CSV": ("_shown.csv", read_csv),
    "全部统计 CSV": (".csv", read_csv),
    "全部统计 JSON": (".json", read_json),
    "全部统计 Parquet": (".parquet", read_parquet),
    "数据包 ZIP": (".zip", read_zip),
}


def open_downloads(page: Page) -> None:
    expect(charts(page).first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="下载与复制").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def fetch(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_every_file_of_a_card_arrives_and_opens(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    open_downloads(page)
    for button, (suffix, read) in READERS.items():
        name, data = fetch(page, button)

        assert name.startswith("网格数_浙江_仙林_v"), button
        assert name.endswith(suffix), button
        assert button == "PNG" or "8.5万个" in read(data), button


def test_the_picture_is_shown_in_the_size_that_is_chosen(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    open_downloads(page)
    page.get_by_role("dialog").get_by_text("幻灯片 16:9").click()
    image = page.get_by_role("dialog").get_by_test_id("stImage").locator("img")
    expect(image).to_have_js_property("naturalWidth", 1280)
    _, data = fetch(page, "PNG")

    assert Image.open(io.BytesIO(data)).size == (4000, 2250)


def test_closed_and_opened_again_it_is_the_same(open_page: OpenPage) -> None:
    page = open_page("/compare?t=grid")
    open_downloads(page)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    settled(page)
    open_downloads(page)

    assert fetch(page, "全部统计 CSV")[1].startswith(b"\xef\xbb\xbf")


def test_after_a_download_by_keyboard_the_focus_is_where_it_was_and_escape_closes(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total")
    open_downloads(page)
    button = page.get_by_role("dialog").get_by_role("button", name="SVG")
    button.focus()
    with page.expect_download():
        page.keyboard.press("Enter")
    expect(button).to_be_enabled()
    expect(button).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_all_comparisons_are_saved_as_one_file(open_page: OpenPage) -> None:
    page = open_page("/compare?t=grid")
    expect(charts(page).first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="导出全部 4 组对比").click()
    for button, suffix in (("PPT", ".pptx"), ("Excel", ".xlsx"), ("数据包 ZIP", ".zip")):
        page.get_by_role("dialog").get_by_role("button", name=button).click()
        name, data = fetch(page, f"保存 {suffix} 文件")
        settled(page)

        assert name.startswith("4_组对比_筛选_主题_网格治理_v")
        assert name.endswith(suffix)
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_an_export_holds_up_nobody_else(open_page: OpenPage) -> None:
    busy, other = open_page("/compare"), open_page("/compare?t=grid")
    expect(charts(busy).first).to_be_visible()
    expect(charts(other).first).to_be_visible()
    settled(busy)
    settled(other)
    busy.get_by_role("button", name="导出全部").click()
    busy.get_by_role("dialog").get_by_role("button", name="Word").click()
    expect(busy.get_by_role("progressbar")).to_be_visible()

    other.get_by_role("group", name="地区").get_by_role("checkbox", name="仙林").click()
    expect(drawn(other).get_by_text("8.5万个")).to_be_hidden()
    expect(busy.get_by_role("progressbar")).to_be_visible()

    _, data = fetch(busy, "保存 .docx 文件")
    assert len(Document(io.BytesIO(data)).tables) > 30


@pytest.mark.parametrize("form", ["", "&c=dot"])
def test_the_web_page_works_without_network(form: str, open_page: OpenPage, browser: Browser, tmp_path: Path) -> None:
    page = open_page(f"/compare?i=grids_total{form}")
    open_downloads(page)
    file = tmp_path / "page.html"
    file.write_bytes(fetch(page, "可交互网页")[1])
    context = browser.new_context(offline=True)
    alone = context.new_page()
    complaints: list[str] = []
    alone.on("console", lambda message: complaints.append(message.text))
    alone.on("pageerror", lambda error: complaints.append(str(error)))

    alone.goto(file.as_uri())
    expect(alone.locator(".figure text").filter(has_text="8.5万个").first).to_be_visible()
    alone.locator("summary").click()
    expect(alone.get_by_text("全省设立网格8.5万个")).to_be_visible()
    assert complaints == []
    context.close()
