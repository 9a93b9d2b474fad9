from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn

from dashboard.export.contents import Contents
from dashboard.export.document import TEXT_WIDTH, to_docx
from dashboard.export.presets import PRESETS

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]
PAIR = {"kind": "share", "unit": "%", "indicator": None, "subject": "覆盖率", "theme": "property"}


def write(contents: Contents, preset: str = "text") -> bytes:
    steps: list[str] = []
    data = to_docx(contents, PRESETS[preset], steps.append)
    assert steps == [comparison.chart.title for comparison in contents.comparisons]
    return data


def read(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def text_of(document: Any) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def letters_of(paragraph: Any) -> str:
    """The text with that of its fields, which the library leaves out."""
    return "".join(text.text for text in paragraph._p.iter(qn("w:t")))


def xml_of(data: bytes, part: str = "word/document.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(part).decode("utf-8")


@pytest.mark.parametrize(("lang", "figure", "table"), [("zh", "图", "表"), ("en", "Figure", "Table")])
def test_each_comparison_has_figure_caption_and_table(
    lang: str, figure: str, table: str, make_contents: MakeContents
) -> None:
    contents = make_contents(lang=lang, themes=("grid",))
    data = write(contents)
    document, count = read(data), len(contents.comparisons)
    captions = [letters_of(paragraph) for paragraph in document.paragraphs if paragraph.style.name == "Caption"]

    assert len(document.inline_shapes) == len(document.tables) == count
    assert xml_of(data).count(f'w:instr="SEQ {figure} \\* ARABIC"') == count
    assert xml_of(data).count(f'w:instr="SEQ {table} \\* ARABIC"') == count
    titles = [comparison.chart.title for comparison in contents.comparisons]
    numbered = list(enumerate(titles, start=1))
    assert captions == [f"{kind} {number}  {title}" for number, title in numbered for kind in (figure, table)]
    for shape, drawn, comparison in zip(document.inline_shapes, document.tables, contents.comparisons, strict=True):
        assert shape.width <= TEXT_WIDTH
        assert shape._inline.docPr.get("descr") == comparison.chart.alt
        cells = [[cell.text for cell in row.cells] for row in drawn.rows]
        assert all(any(bar.text in line for line in cells) for bar in comparison.chart.bars)
        assert all(note in text_of(document) for note in (*comparison.chart.notes, comparison.chart.source))
    assert all(
        note in text_of(document) for one in contents.comparisons for note in (*one.chart.notes, one.chart.source)
    )


def test_every_value_leads_to_its_sentence(make_contents: MakeContents) -> None:
    contents = make_contents(themes=("grid",))
    data = write(contents)
    document = read(data)
    cited = [int(number) for number in re.findall(r'w:anchor="source_(\d+)"', xml_of(data))]
    ids = list(dict.fromkeys(row for comparison in contents.comparisons for row in comparison.ids()))

    assert sorted(set(cited)) == list(range(1, len(ids) + 1))
    for number, row in enumerate(ids, start=1):
        (entry,) = [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith(f"[{number}] ")]
        assert contents.row(row)["sentence"] in entry
        assert contents.row(row)["raw"] in entry
        assert f'w:name="source_{number}"' in xml_of(data)


def test_both_ends_of_a_pair_are_cited(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows(PAIR | {"role": "from", "value": 82.0}, PAIR | {"role": "to", "value": 87.0})
    (table,) = read(write(make_contents(rows))).tables

    assert table.rows[1].cells[-1].text == "[1][2]"


def test_who_did_not_report_is_named_without_a_number(make_contents: MakeContents) -> None:
    document = read(write(make_contents(indicators=("grids_total",))))
    rows = {row.cells[1].text: [cell.text for cell in row.cells] for row in document.tables[0].rows}

    assert rows["北京"] == ["", "北京", "", "未报告", ""]
    assert "未报告：北京" in text_of(document)


def test_chinese_has_a_face_of_its_own_in_every_style(make_contents: MakeContents) -> None:
    document = read(write(make_contents(indicators=("grids_total",))))

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        faces = document.styles[name].element.rPr.rFonts
        assert faces.get(qn("w:eastAsia")) == "Microsoft YaHei", name
        assert not [key for key in faces.attrib if "Theme" in key], name


def test_the_head_of_a_table_is_repeated_and_the_foot_counts_pages(make_contents: MakeContents) -> None:
    data = write(make_contents(indicators=("grids_total",)))
    footers = "".join(
        xml_of(data, name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.startswith("word/footer")
    )

    assert xml_of(data).count("<w:tblHeader/>") == 1
    assert 'w:instr="PAGE"' in footers
    assert "数据版本" in footers


@pytest.mark.parametrize(
    "row",
    [
        {"subject": "=HYPERLINK(1)"},
        {"subject": "控制\x00字符\x1b\ufffe", "region": "a\x01b", "sentence": "\x00", "raw": "\x08"},
        {"subject": "🙂" * 50},
        {"subject": "长" * 500, "sentence": "句" * 5000},
    ],
)
def test_any_text_gives_a_file_that_opens(
    row: dict[str, str], make_contents: MakeContents, make_rows: MakeRows
) -> None:
    document = read(write(make_contents(make_rows(row))))

    assert document.tables[0].rows[1].cells[-1].text == "[1]"


def test_a_picture_is_never_higher_than_a_page(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows(*({"region": f"区{number}", "value": 10.0 ** (number % 10)} for number in range(60)))
    document = read(write(make_contents(rows)))

    (shape,) = document.inline_shapes
    section = document.sections[0]
    assert shape.height <= section.page_height - section.top_margin - section.bottom_margin


def test_nothing_to_compare_is_said(make_contents: MakeContents, make_rows: MakeRows) -> None:
    assert "没有可比的统计" in text_of(read(write(make_contents(make_rows()))))
