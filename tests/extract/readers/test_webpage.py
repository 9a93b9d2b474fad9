"""Web pages: the report without what stands around it."""

from __future__ import annotations

import pytest

from extract.readers import Source, read_document
from tests.make_documents import to_html

PROSE = "全省设立网格8.5万个，占四成，比上年增加三成，惠及群众两千万人。"


def read(page: str) -> Source:
    return read_document(page.encode(), "page.html")


def test_a_page_gives_its_report_and_nothing_around_it() -> None:
    text = f"2026年浙江省政府工作报告\n{PROSE}\n一、成效\n{PROSE}{PROSE}"
    source = read_document(to_html(text), "page.html")

    assert source.text.splitlines() == text.splitlines()
    assert source.title == "2026年浙江省政府工作报告"
    assert [(place.paragraph, place.is_heading) for place in source.places][:2] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (f"<p>{PROSE}</p><script>var a = '8个';</script>", PROSE),
        (f"<style>p {{}}</style><nav>网格 3 个</nav><p>{PROSE}</p><footer>主办：3 个</footer>", PROSE),
        (f"<p>{PROSE}</p><p style='display: none'>隐藏8个，不读。</p><p hidden>隐藏9个，不读。</p>", PROSE),
        (f"<p>{PROSE}</p><form>用户名 <input value='8个'></form>", PROSE),
        (f"<form id='aspnetForm'><p>{PROSE}</p></form>", PROSE),
        (f"<p>{PROSE}<!-- 8个 --></p>", PROSE),
        ("<p>设立网格\n      8.5\n万个，占四成，惠及群众。</p>", "设立网格 8.5 万个，占四成，惠及群众。"),
        ("<p>设立全省\n   网格<b>8.5</b>万<font>个</font>，惠及群众。</p>", "设立全省网格8.5万个，惠及群众。"),
        ("<p>GDP&nbsp;growth  5.4 percent，增长了。</p>", "GDP growth 5.4 percent，增长了。"),
        (f"一、成效<br>{PROSE}<br><br>{PROSE}", f"一、成效\n{PROSE}\n{PROSE}"),
        (f"<ul><li>{PROSE}</li><li>建成车站36座，占一半。</li></ul>", f"{PROSE}\n建成车站36座，占一半。"),
        (f"<?xml version='1.0' encoding='gb2312'?><html><p>{PROSE}</p></html>", PROSE),
    ],
)
def test_what_is_text(page: str, text: str) -> None:
    assert read(page).text == text


@pytest.mark.parametrize(
    ("heading", "named", "title"),
    [
        ("下载", "浙江省政府工作报告", "浙江省政府工作报告"),
        ("【打印】 下载", "关闭窗口", None),
        ("浙江省政府工作报告", "下载", "浙江省政府工作报告"),
        ("下载率调查报告", "下载", "下载率调查报告"),
    ],
)
def test_a_button_is_no_title(heading: str, named: str, title: str | None) -> None:
    page = f"<title>{named}</title><h1>{heading}</h1><p>今年，全省设立网格8.5万个，近四成是党员。</p>"

    assert read_document(page.encode(), "a.html").title == title


def test_the_title_and_the_date_above_the_text_are_kept() -> None:
    source = read(
        "<title>浙江省政府工作报告_省政府</title><ul><li><a href='/'>首页</a></li><li><a href='/b'>要闻</a></li></ul>"
        "<div class='title'>浙江省政府工作报告</div><div>时间：2026-02-09</div><div>【字号：大 中 小】</div>"
        f"<div id='text'><p>{PROSE}</p><p>{PROSE}</p></div><div><a href='/c'>{PROSE}</a></div>"
    )

    assert source.text.splitlines() == ["浙江省政府工作报告", "时间：2026-02-09", PROSE, PROSE]
    assert source.title == "浙江省政府工作报告_省政府"


def test_tables_row_by_row() -> None:
    source = read(
        f"<h2>表</h2><p>{PROSE}</p><table><tr><th>项目</th><th>数量</th></tr>"
        "<tr><td rowspan=2>网格</td><td><p>8.5</p><p>万个</p></td></tr><tr><td>9个</td></tr></table>"
    )
    places = [(source.text[p.start : p.end], p.table, p.row) for p in source.places if p.table]

    assert places == [("项目\t数量", 1, 1), ("网格\t8.5 万个", 1, 2), ("9个", 1, 3)]


def test_a_table_that_frames_the_page_is_text() -> None:
    cell = f"<h1>报告</h1><p>{PROSE}</p><p>{PROSE * 4}</p>"
    source = read(f"<table><tr><td><a href='/'>首页</a></td><td>{cell}</td></tr></table>")

    assert source.text.splitlines() == ["报告", PROSE, PROSE * 4]
    assert {place.table for place in source.places} == {None}
