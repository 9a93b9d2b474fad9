"""A person's own reports in a real Chromium: dropped, looked at, kept, reviewed, compared, handed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, expect

from dashboard.store import Store, open_store
from tests.browser.conftest import TABLE, serve
from tests.browser.steps import settled
from tests.browser.test_access import OF_COLOURS, PHONE, WIDTHS, find_violations, turn
from tests.make_documents import to_docx, to_html, to_pdf, to_xlsx

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def report(year: int, grids: str) -> str:
    """A short report of Zhejiang."""
    return (
        f"{year}年浙江省政府工作报告\n"
        f"——{year}年1月14日在浙江省第十四届人民代表大会会议上\n"
        "一、过去一年的工作\n"
        f"全省设立网格{grids}万个，配备专职网格员10.5万名，今年新增社工2.2万名。\n"
        "开展数十次走访，解决群众诉求3200件，推进三年行动计划。\n"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the app of this module keeps what is imported."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def address(chromium: Path, folder: Path) -> Iterator[str]:
    """One app for all tests of this module: the process that reads files is warm after the first."""
    with serve(TABLE, folder) as served:
        yield served


@pytest.fixture(autouse=True)
def store(folder: Path) -> Iterator[Store]:
    """What the app keeps: nothing when a test begins."""
    store = open_store(folder)
    for document in store.documents():
        store.remove(document.name)
    for document in store.removed():
        store.erase(document.name)
    yield store
    store.close()


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def drop(page: Page, *files: FilePayload) -> None:
    """Choose files, and wait until all are done."""
    settled(page)
    page.locator("input[type=file]").set_input_files(list(files))
    done = re.compile(f"{len(files)} 个中的 {len(files)} 个已处理")
    expect(page.locator("summary").filter(has_text=done)).to_be_visible(timeout=120_000)
    settled(page)


def press(page: Page, name: str) -> None:
    settled(page)
    page.get_by_role("button", name=name).click()


def keep_one(page: Page, text: str = "", name: str = "浙江.txt") -> None:
    drop(page, payload(name, (text or report(2026, "8.5")).encode()))
    press(page, "保存这份")
    expect(page.get_by_text(re.compile("^已保存："))).to_be_visible()


def name_reviewer(page: Page) -> None:
    settled(page)
    page.get_by_label("核对人").fill("甲")
    page.get_by_label("核对人").press("Tab")
    settled(page)


def test_every_format_is_read_looked_at_and_kept(open_page: OpenPage) -> None:
    page = open_page("/import")
    made = {"docx": to_docx, "pdf": to_pdf, "html": to_html, "xlsx": to_xlsx}
    texts = {suffix: report(2020 + number, f"{number + 1}.5") for number, suffix in enumerate(made)}
    drop(
        page,
        *(payload(f"报告{2020 + at}.{suffix}", make(texts[suffix])) for at, (suffix, make) in enumerate(made.items())),
    )

    expect(page.get_by_text("读出 5 条统计", exact=False)).to_have_count(5)
    expect(page.get_by_role("heading", name="待保存（4 份）")).to_be_visible()
    press(page, "全部保存（4 份）")
    expect(page.get_by_text(re.compile("^已保存：.*、.*、.*、"))).to_be_visible()
    expect(page.get_by_role("heading", name="待保存")).to_have_count(0)
    settled(page)
    page.get_by_role("link", name="对比").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("对比")
    expect(page.get_by_role("checkbox", name=re.compile("浙江"))).to_be_attached()


def test_what_cant_be_read_is_named_and_the_rest_is_kept(open_page: OpenPage) -> None:
    page = open_page("/import")
    bad = [payload("空.txt", b""), payload("错.docx", b"%PDF-1.4\n%"), payload("坏.pdf", b"%PDF-1.4 broken")]
    drop(page, *bad, payload("好.txt", report(2026, "8.5").encode("gb18030")))

    for said in ("空文件，没有可读的内容", "内容是 PDF；请把文件名改成以 .pdf 结尾", "已损坏或不完整"):
        expect(page.get_by_text(re.compile(said)).first).to_be_visible()
    expect(page.get_by_role("heading", name="待保存（1 份）")).to_be_visible()


def test_the_same_file_again_is_known_in_this_and_in_another_tab(open_page: OpenPage) -> None:
    first, second = open_page("/import"), open_page("/import")
    for page in (first, second):
        drop(page, payload("浙江.txt", report(2026, "8.5").encode()))
    press(first, "保存这份")
    expect(first.get_by_text(re.compile("^已保存："))).to_be_visible()
    press(second, "保存这份")
    expect(second.get_by_text(re.compile("没有保存"))).to_be_visible()

    drop(first, payload("另一个名字.txt", report(2026, "8.5").encode()))
    expect(first.get_by_text(re.compile("✗"))).to_be_visible()


def show_row(page: Page) -> None:
    """Wait until keys mean the row that the address names."""
    settled(page)
    row = parse_qs(urlsplit(page.url).query)["s"][0]
    expect(page.locator("p.foot")).to_have_attribute("data-subject", re.compile(f"^{row} "))


def test_a_document_is_reviewed_by_single_keys_and_undone(open_page: OpenPage) -> None:
    page = open_page("/import")
    keep_one(page)
    page.goto(page.url.replace("/import", "/review"))
    expect(page.get_by_text("已核对 5 条中的 0 条")).to_be_visible()
    settled(page)
    # What is flagged is looked at first.
    expect(page.get_by_text("数十次", exact=False).first).to_be_visible()
    name_reviewer(page)
    for key, done in (("a", 1), ("d", 2)):
        expect(page).to_have_url(re.compile("[?&]s="))
        show_row(page)
        before = page.url
        page.keyboard.press(key)
        expect(page.get_by_text(f"已核对 5 条中的 {done} 条")).to_be_visible()
        expect(page).not_to_have_url(before)
    show_row(page)
    page.keyboard.press("u")
    expect(page.get_by_text("已核对 5 条中的 1 条")).to_be_visible()
    expect(page.get_by_text("已撤销：8.5万个")).to_be_visible()


def test_quick_presses_judge_no_row_twice_and_none_unseen(open_page: OpenPage, store: Store) -> None:
    page = open_page("/import")
    keep_one(page)
    page.goto(page.url.replace("/import", "/review"))
    name_reviewer(page)
    for key in "aaadd":
        page.keyboard.press(key)
    expect(page.get_by_text(re.compile("已核对 5 条中的 [1-5] 条"))).to_be_visible()
    settled(page)
    said = store.reviews(store.documents()[0].name)

    assert said
    assert len({review.row for review in said}) == len(said)


def test_what_stands_in_the_fields_is_kept(open_page: OpenPage, store: Store) -> None:
    page = open_page("/import")
    drop(page, payload("浙江.txt", report(2026, "8.5").encode()))
    page.get_by_role("textbox", name="标题").fill("我改的标题")
    page.get_by_role("textbox", name="地区").fill("丽水")
    press(page, "保存这份")
    expect(page.get_by_text("已保存：我改的标题。")).to_be_visible()
    facts = store.documents()[0].facts

    assert (facts.title, facts.region, facts.level) == ("我改的标题", "丽水", "city")


def test_selected_words_become_a_row_where_they_were_selected(open_page: OpenPage) -> None:
    page = open_page("/import")
    keep_one(page, "报告\n设立网格，推进三年行动计划。\n再设立网格，推进三年行动计划，今年新增社工2.2万名。\n")
    page.goto(page.url.replace("/import", "/review"))
    expect(page.get_by_text("已核对 1 条中的 0 条")).to_be_visible()
    settled(page)
    page.locator(".text p").nth(2).evaluate(
        """(line) => {
            const words = line.firstChild, at = words.data.indexOf("三年行动计划")
            const range = document.createRange()
            range.setStart(words, at)
            range.setEnd(words, at + 6)
            const selection = line.getRootNode().getSelection?.() ?? getSelection()
            selection.removeAllRanges()
            selection.addRange(range)
        }"""
    )
    page.get_by_role("button", name="补录所选文字").click()
    dialog = page.get_by_role("dialog")

    expect(dialog.get_by_role("textbox", name="原文里的话")).to_have_value("三年行动计划")
    which = dialog.get_by_role("combobox", name="这句话出现多处，是哪一处")
    expect(which).to_have_value(re.compile("再设立网格，推进【三年行动计划】"))


def test_a_correction_shows_in_the_sentence_the_comparison_and_the_table(open_page: OpenPage) -> None:
    page = open_page("/import")
    keep_one(page)
    page.goto(page.url.replace("/import", "/review"))
    name_reviewer(page)
    page.get_by_role("link", name="8.5万个").first.click()
    expect(page).to_have_url(re.compile("[?&]s="))
    show_row(page)
    press(page, "改正（e）")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="数值").fill("8.4万")
    dialog.get_by_role("textbox", name="理由").fill("看错一位")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="✎ 8.4万个")).to_be_visible()
    settled(page)
    page.goto(page.url.partition("/review")[0] + "/data?lang=zh&rv=corrected&u=dizA")
    expect(page.get_by_text("核对：已改正").first).to_be_visible()


def test_a_row_is_added_by_naming_its_words(open_page: OpenPage) -> None:
    page = open_page("/import")
    keep_one(page)
    page.goto(page.url.replace("/import", "/review"))
    name_reviewer(page)
    press(page, "补录（b）")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="原文里的话").fill("推进三年行动计划")
    dialog.get_by_role("textbox", name="原文里的话").press("Control+Enter")
    dialog.get_by_role("textbox", name="数值").fill("3")
    dialog.get_by_role("textbox", name="单位").fill("年")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_be_hidden()

    expect(page.get_by_text("已核对 6 条中的 1 条")).to_be_visible()


def test_an_import_is_undone_restored_erased_and_comes_back_from_a_file(open_page: OpenPage) -> None:
    page = open_page("/import")
    keep_one(page)
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="存为文件（1 份文档）").click()
    data = Path(download.value.path()).read_bytes()
    press(page, "撤销导入")
    expect(page.get_by_text(re.compile("^已撤销导入"))).to_be_visible()
    settled(page)
    page.locator("summary").filter(has_text="撤销了的导入").click()
    press(page, "恢复")
    expect(page.get_by_text(re.compile("^已恢复"))).to_be_visible()
    press(page, "撤销导入")
    expect(page.get_by_text(re.compile("^已撤销导入"))).to_be_visible()
    settled(page)
    page.locator("summary").filter(has_text="撤销了的导入").click()
    press(page, "彻底删除")
    expect(page.get_by_text(re.compile("^已彻底删除"))).to_be_visible()
    drop(page, payload("workspace.zip", data))
    expect(page.get_by_text("新增 1 份文档")).to_be_visible()


def test_the_pages_have_no_serious_fault_of_accessibility(open_page: OpenPage) -> None:
    page = open_page("/import", color_scheme="light")
    keep_one(page)
    drop(page, payload("二.txt", report(2025, "7.5").encode()))

    assert find_violations(page) == []
    turn(page, "dark")
    assert find_violations(page, OF_COLOURS) == []
    page.goto(page.url.replace("/import", "/review"))
    expect(page.get_by_text("已核对 5 条中的 0 条")).to_be_visible()
    settled(page)
    assert find_violations(page, OF_COLOURS) == []
    turn(page, "light")
    assert find_violations(page) == []


def test_the_pages_fit_a_phone(open_page: OpenPage) -> None:
    page = open_page("/import", viewport=PHONE)
    keep_one(page)
    settled(page)

    assert max(page.evaluate(WIDTHS)) <= PHONE["width"]
    page.goto(page.url.replace("/import", "/review"))
    expect(page.get_by_text("已核对 5 条中的 0 条")).to_be_visible()
    settled(page)
    assert max(page.evaluate(WIDTHS)) <= PHONE["width"]
