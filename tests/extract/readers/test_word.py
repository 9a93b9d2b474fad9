"""Word documents: what is text and in which order, headings, tables, pages."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extract.language.rulebook import read_toml
from extract.readers import Source, read_document

NAMES = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
SHAPES = (
    'xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def read(build: Callable[[Document], object]) -> Source:
    """What is read of a document that is built like this."""
    document = docx.Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return read_document(target.getvalue(), "report.docx")


def read_xml(*paragraphs: str) -> Source:
    """What is read of paragraphs given as XML."""

    def build(document: Document) -> None:
        for paragraph in paragraphs:
            document.element.body.insert(-1, parse_xml(f"<w:p {NAMES} {MATH} {SHAPES}>{paragraph}</w:p>"))

    return read(build)


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


BOX = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (run("设立网格8.5") + run("万个"), "设立网格8.5万个"),
        (f'{run("设立")}<w:del w:id="1"><w:r><w:delText>5个</w:delText></w:r></w:del>{run("6个")}', "设立6个"),
        (f'<w:moveFrom w:id="1">{run("5个")}</w:moveFrom>{run("6个")}', "6个"),
        (f'{run("设立")}<w:ins w:id="1">{run("6个")}</w:ins>', "设立6个"),
        (f'<w:moveTo w:id="1">{run("6个")}</w:moveTo>', "6个"),
        (f"<w:sdt><w:sdtContent>{run('占四成')}</w:sdtContent></w:sdt>", "占四成"),
        (f'<w:hyperlink w:anchor="a">{run("见附件")}</w:hyperlink>{run("1")}', "见附件1"),
        (f'<w:smartTag w:element="a">{run("2023年")}</w:smartTag>', "2023年"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> = 5 * 2 </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("10")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "10",
        ),
        ("<w:r><w:t>网格</w:t><w:tab/><w:t>5</w:t><w:noBreakHyphen/><w:t>6个</w:t></w:r>", "网格\t5-6个"),
        ("<w:r><w:t>网格</w:t><w:br/><w:t>党员</w:t></w:r>", "网格\n党员"),
        (f"{run('设立')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>{run('5个')}", "设立5个"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>5个</w:t></w:r>', "5个"),
        ("<m:oMath><m:r><m:t>3×5</m:t></m:r></m:oMath>", "3×5"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>wǎng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>网</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r>",
            "网",
        ),
        (
            f"{run('正文')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX.format(run('框内5个'))}"
            f"</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX.format(run('框内5个'))}</v:textbox></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>",
            "正文\n框内5个",
        ),
        (f"<w:r><w:pict><v:textbox>{BOX.format(run('旧框5个'))}</v:textbox></w:pict></w:r>", "旧框5个"),
    ],
    ids=[
        *("runs", "deleted", "moved away", "inserted", "moved here", "content control", "link", "smart tag", "field"),
        *("tab and hyphen", "break", "hidden", "not hidden", "formula", "phonetic guide", "text box", "old text box"),
    ],
)
def test_what_is_text(xml: str, text: str) -> None:
    assert read_xml(xml).text == text


def test_headings_by_style_and_by_level() -> None:
    def build(document: Document) -> None:
        document.add_heading("政府工作报告", 0)
        document.add_heading("一、成效", 1)
        document.add_paragraph("设立网格。")
        style = document.styles.add_style("Own", 1)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("（一）网格", style)
        level = document.add_paragraph("二、打算")
        level._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {NAMES} w:val="0"/>'))

    assert [place.is_heading for place in read(build).places] == [True, True, False, True, True]


def test_a_style_of_headings_is_known_by_its_name() -> None:
    def build(document: Document) -> None:
        style = document.styles.add_style(read_toml("documents.toml")["heading_style"]["example"], 1)
        document.add_paragraph("一、成效", style)
        document.add_paragraph("设立网格。")

    assert [place.is_heading for place in read(build).places] == [True, False]


def test_tables_row_by_row_in_their_place() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("前文")
        table = document.add_table(3, 3)
        content = (("项目", "数量", ""), ("网格", "8.5万个", "占四成"), ("", "9个", ""))
        for row, texts in zip(table.rows, content, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(1, 2).add_paragraph("左右")
        document.add_paragraph("后文")

    source = read(build)
    rows = [(source.text[p.start : p.end], p.table, p.row, p.paragraph) for p in source.places]

    assert rows == [
        ("前文", None, None, 1),
        ("项目\t数量", 1, 1, None),
        ("网格\t8.5万个\t占四成 左右", 1, 2, None),
        ("\t9个", 1, 3, None),
        ("后文", None, None, 2),
    ]


def test_a_table_that_frames_running_text_is_text() -> None:
    def build(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "一、成效"
        cell.add_paragraph("设立网格8.5万个。")

    source = read(build)

    assert (source.text, [place.table for place in source.places]) == ("一、成效\n设立网格8.5万个。", [None, None])


def test_pages_where_word_left_them() -> None:
    broken = "<w:r><w:t>设立网格8.5</w:t><w:lastRenderedPageBreak/><w:t>万个。</w:t></w:r>"
    source = read_xml(run("第一段"), broken, '<w:r><w:br w:type="page"/></w:r>', run("第三段"))

    assert source.text == "第一段\n设立网格8.5万个。\n第三段"
    assert [(p.page, p.paragraph) for p in source.places] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_pages_by_breaks_where_word_did_not_lay_it_out() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("第一页").add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("第二页")
        document.add_paragraph("第三页").paragraph_format.page_break_before = True

    assert [place.page for place in read(build).places] == [1, 2, 3]


def test_no_pages_where_nothing_tells_them() -> None:
    assert [(p.page, p.paragraph) for p in read_xml(run("一"), "", run("二")).places] == [(None, 1), (None, 2)]


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("政府 工作报告", "政府 工作报告"),
        ("", None),
        ("Word Document", None),
        ("文档1", None),
        ("下载", None),
        ("Microsoft Word - 报告.doc", None),
    ],
)
def test_the_title_is_one_that_a_person_gave(title: str, read_as: str | None) -> None:
    def build(document: Document) -> None:
        document.core_properties.title = title
        document.add_paragraph("设立网格。")

    assert read(build).title == read_as
