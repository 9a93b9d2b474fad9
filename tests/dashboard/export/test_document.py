from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor

from dashboard.export.contents import Contents
from dashboard.export.document import TEXT_WIDTH, to_docx
from dashboard.export.presets import PRESETS
from dashboard.options import Options

pytestmark = pytest.mark.once

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


def test_a_statistic_cited_again_keeps_its_number(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows(PAIR | {"role": "from", "value": 82.0}, PAIR | {"role": "to", "value": 87.0})
    contents = make_contents(rows)
    document = read(write(replace(contents, comparisons=contents.comparisons * 2)))

    assert [table.rows[1].cells[-1].text for table in document.tables] == ["[1][2]", "[1][2]"]
    assert re.findall(r"^\[(\d+)\] ", text_of(document), re.MULTILINE) == ["1", "2"]


@pytest.mark.parametrize(
    ("rows", "options", "expected"),
    [
        (({"value": 300.0, "value_high": 500.0, "qualifier": "range"},), Options(), ["300–500个"]),
        (({"value": 7800.0, "qualifier": "at_least"},), Options(), ["≥7,800个"]),
        (
            ({"value": 1.0}, {"value": 1e9, "region": "山东"}),
            Options(form="dot", scale="log"),
            ["10亿个", "1个"],
        ),
    ],
)
def test_values_stand_as_they_are_written(
    rows: tuple[dict[str, Any], ...],
    options: Options,
    expected: list[str],
    make_contents: MakeContents,
    make_rows: MakeRows,
) -> None:
    (table,) = read(write(make_contents(make_rows(*rows), options=options))).tables
    place = [cell.text for cell in table.rows[0].cells].index("数值（写法）")

    assert [row.cells[place].text for row in table.rows[1:]] == expected


def test_figures_per_head_stand_with_their_denominator(make_contents: MakeContents) -> None:
    contents = make_contents(lang="en", options=Options(measure="per_head"), indicators=("community_workers_total",))
    (comparison,) = contents.comparisons
    document = read(write(contents))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]

    assert comparison.panel.is_per_head
    assert all(bar.text in cells for bar in comparison.chart.bars)
    assert "Per 10,000 residents" in text_of(document)
    assert "Denominator: residents." in text_of(document)


def test_who_did_not_report_is_named_without_a_number(make_contents: MakeContents) -> None:
    document = read(write(make_contents(indicators=("grids_total",))))
    rows = {row.cells[1].text: [cell.text for cell in row.cells] for row in document.tables[0].rows}

    assert rows["北京"] == ["", "北京", "", "未报告", ""]


def test_chinese_has_a_face_of_its_own_in_every_style(make_contents: MakeContents) -> None:
    document = read(write(make_contents(indicators=("grids_total",))))

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        faces = document.styles[name].element.rPr.rFonts
        assert faces.get(qn("w:eastAsia")) == "Microsoft YaHei", name
        assert not [key for key in faces.attrib if "Theme" in key], name


@pytest.mark.parametrize(("lang", "hints"), [("zh", {"eastAsia"}), ("en", {None})])
def test_quotation_marks_take_the_face_of_the_words_around_them(
    lang: str, hints: set[str | None], make_contents: MakeContents
) -> None:
    body = read(write(make_contents(lang=lang, indicators=("grids_total",)))).element.body
    faces = [run.rPr.rFonts if run.rPr is not None else None for run in body.iter(qn("w:r"))]

    assert {None if face is None else face.get(qn("w:hint")) for face in faces} == hints


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("en", "en-US")])
def test_styles_say_their_language_and_are_not_blue(lang: str, tag: str, make_contents: MakeContents) -> None:
    document = read(write(make_contents(lang=lang, indicators=("grids_total",))))

    for name in ("Normal", "Title", "Heading 1", "Caption"):
        style = document.styles[name]
        language = style.element.rPr.find(qn("w:lang"))
        assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == (tag, "zh-CN"), name
        assert style.font.color.rgb == RGBColor(0x1B, 0x24, 0x30), name
        assert style.font.color.theme_color is None, name


def test_properties_say_title_filters_and_day(make_contents: MakeContents) -> None:
    contents = make_contents(themes=("grid",))
    properties = read(write(contents)).core_properties

    assert (properties.title, properties.subject) == (contents.title, contents.sentence)
    assert properties.created == datetime(2026, 11, 23, tzinfo=UTC)


def test_addresses_are_links_where_an_app_is_running(make_contents: MakeContents) -> None:
    contents = make_contents(themes=("grid",))
    comparisons = tuple(replace(comparison, address="") for comparison in contents.comparisons)
    count = len(comparisons)

    for made, links in ((contents, count + 1), (replace(contents, address="", comparisons=comparisons), 0)):
        assert xml_of(write(made)).count("<w:hyperlink r:id=") == links


def test_the_head_of_a_table_is_repeated_and_the_foot_counts_pages(make_contents: MakeContents) -> None:
    data = write(make_contents(indicators=("grids_total",)))
    footers = "".join(
        xml_of(data, name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.startswith("word/footer")
    )

    (table,) = read(data).tables
    assert xml_of(data).count("<w:tblHeader/>") == 1
    assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert xml_of(data).count("<w:cantSplit/>") == len(table.rows)
    assert 'w:instr="PAGE"' in footers
    assert 'w:instr="NUMPAGES"' in footers
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


def test_a_long_title_gives_a_file_that_opens(make_contents: MakeContents, make_rows: MakeRows) -> None:
    contents = make_contents(make_rows({"period": "期" * 500}, {"period": "期" * 500, "region": "山东"}))
    document = read(write(contents))

    assert len(contents.title) > 500
    assert document.paragraphs[0].text == contents.title
    assert contents.title.startswith(document.core_properties.title)


def test_a_picture_is_never_higher_than_a_page(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows(*({"region": f"区{number}", "value": 10.0 ** (number % 10)} for number in range(60)))
    document = read(write(make_contents(rows)))

    (shape,) = document.inline_shapes
    section = document.sections[0]
    assert shape.height <= section.page_height - section.top_margin - section.bottom_margin


def test_where_many_did_not_report_a_line_names_them_and_no_row(
    make_contents: MakeContents, make_rows: MakeRows
) -> None:
    silent = [{"region": f"区{number}", "indicator": "volunteers"} for number in range(20)]
    document = read(write(make_contents(make_rows({}, *silent), indicators=("grids_total",))))

    assert len(document.tables[0].rows) == 2
    assert all(f"区{number}" in text_of(document) for number in range(20))


def test_nothing_to_compare_is_said(make_contents: MakeContents, make_rows: MakeRows) -> None:
    assert "没有可比的统计" in text_of(read(write(make_contents(make_rows()))))
