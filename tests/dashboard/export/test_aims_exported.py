"""Aims and norms in files: hollow in every picture and native chart, headed by their word, never among results."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_FILL, MSO_LINE

from dashboard.export.contents import Contents
from dashboard.export.document import to_docx
from dashboard.export.presets import PRESETS
from dashboard.export.slides import to_pptx
from dashboard.export.svg import to_svg
from dashboard.export.webpage import to_html
from dashboard.export.workbook import to_xlsx
from dashboard.options import Options

pytestmark = pytest.mark.once

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]
YEAR = {"period_start": "2026-01-01", "period_end": "2026-12-31"}
NEXT = {"period_start": "2027-01-01", "period_end": "2027-12-31"}
WORD = {
    ("zh", "target"): "（目标）",
    ("zh", "norm"): "（规定）",
    ("en", "target"): "(target)",
    ("en", "norm"): "(norm)",
}


@pytest.fixture(params=["target", "norm"])
def status(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rows(status: str, make_rows: MakeRows) -> pd.DataFrame:
    """A result and two aims or norms, one of them about so much."""
    return make_rows(
        {"status": "actual", **YEAR},
        {"status": status, "value": 90000.0, **YEAR},
        {"status": status, "value": 70000.0, "region": "山东", "qualifier": "approx", **YEAR},
    )


def ignore(step: str) -> None:
    """Nobody waits for the steps of an export here."""


def slides_of(contents: Contents) -> list[Any]:
    return list(Presentation(io.BytesIO(to_pptx(contents, ignore))).slides)


def chart_of(slide: Any) -> Any:
    (shape,) = (shape for shape in slide.shapes if shape.has_chart)
    return shape.chart


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_format_has_them_apart_under_their_word(
    lang: str, status: str, rows: pd.DataFrame, make_contents: MakeContents
) -> None:
    contents = make_contents(rows, lang)
    result, other = (comparison.chart for comparison in contents.comparisons)
    word, note = WORD[lang, status], contents.context.words(f"aim.bar_{status}")
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(contents, ignore)))
    cells = [str(cell) for line in book.worksheets[1].iter_rows(values_only=True) for cell in line if cell]
    page = to_html(contents).decode("utf-8")

    assert word in other.title
    assert word not in result.title
    assert [slide.shapes.title.text_frame.text for slide in slides_of(contents)] == [result.title, other.title]
    texts = [shape.text_frame.text for shape in slides_of(contents)[1].shapes if shape.has_text_frame]
    assert any(note in text for text in texts)
    assert {result.title, other.title, note} <= set(cells)
    assert other.title in page
    assert note in page
    assert note in to_svg(other, PRESETS["text"]).decode("utf-8")


def test_powerpoint_draws_them_hollow(rows: pd.DataFrame, make_contents: MakeContents) -> None:
    result, other = (chart_of(slide).plots[0].series[0] for slide in slides_of(make_contents(rows)))

    assert [point.format.fill.type for point in list(other.points)[:2]] == [MSO_FILL.BACKGROUND] * 2
    assert [point.format.line.dash_style for point in list(other.points)[:2]] == [MSO_LINE.DASH] * 2
    assert result.points[0].format.fill.type == MSO_FILL.SOLID
    assert [point.data_label.text_frame.text for point in list(other.points)[:2]] == ["9万个", "≈7万个"]


@pytest.mark.parametrize("form", ["dot", "line"])
def test_powerpoint_marks_them_with_hollow_squares(
    form: str, status: str, make_rows: MakeRows, make_contents: MakeContents
) -> None:
    rows = make_rows({"status": status, **YEAR}, {"status": status, **NEXT})
    (slide,) = slides_of(make_contents(rows, options=Options(form=form)))
    (series,) = chart_of(slide).plots[0].series

    for point in list(series.points)[:2]:
        assert point.marker.style == XL_MARKER_STYLE.SQUARE
        assert point.marker.format.fill.type == MSO_FILL.BACKGROUND


def xlsx_charts(contents: Contents) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(to_xlsx(contents, ignore)))
    names = sorted(name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name))
    return [archive.read(name).decode("utf-8") for name in names]


def test_excel_draws_them_hollow(rows: pd.DataFrame, make_contents: MakeContents) -> None:
    result, other = xlsx_charts(make_contents(rows))
    outline = '<c:spPr><a:noFill/><a:ln w="19050"><a:solidFill>'

    assert other.count(outline) == 2
    assert other.count('<a:prstDash val="dash"/>') == 2
    assert "pattFill" not in other
    assert outline not in result


@pytest.mark.parametrize("form", ["dot", "line"])
def test_excel_marks_them_with_hollow_squares(
    form: str, status: str, make_rows: MakeRows, make_contents: MakeContents
) -> None:
    rows = make_rows({"status": status, **YEAR}, {"status": status, **NEXT})
    (chart,) = xlsx_charts(make_contents(rows, options=Options(form=form)))

    assert '<c:symbol val="square"/>' in chart
    assert "<a:noFill/>" in chart


def test_a_picture_leaves_the_end_of_their_bars_open(rows: pd.DataFrame, make_contents: MakeContents) -> None:
    result, other = (comparison.chart for comparison in make_contents(rows).comparisons)
    full, hollow = (to_svg(chart, PRESETS["text"]).decode("utf-8") for chart in (result, other))

    for bar in other.bars:
        assert len(re.findall(rf'<path d="M[\d. ]+(?:L[\d. ]+){{3}}" fill="none" stroke="{bar.colour}"', hollow)) == 1
        assert f'fill="{bar.colour}"' not in hollow.partition("</defs>")[2]
    assert f'fill="{result.bars[0].colour}"' in full.partition("</defs>")[2]


@pytest.mark.parametrize("form", ["dot", "line"])
def test_a_picture_has_hollow_squares(form: str, status: str, make_rows: MakeRows, make_contents: MakeContents) -> None:
    rows = make_rows({"status": status, **YEAR}, {"status": status, **NEXT})
    (comparison,) = make_contents(rows, options=Options(form=form)).comparisons
    picture = to_svg(comparison.chart, PRESETS["text"]).decode("utf-8")

    colour = (comparison.chart.bars or comparison.chart.series)[0].colour
    assert len(re.findall(rf'<rect [^>]+ fill="#ffffff" stroke="{colour}"', picture)) == 2
    assert "<circle" not in picture


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_word_has_a_column_with_their_word(
    lang: str, status: str, rows: pd.DataFrame, make_contents: MakeContents
) -> None:
    contents = make_contents(rows, lang)
    words = contents.context.words
    document = docx.Document(io.BytesIO(to_docx(contents, PRESETS["text"], ignore)))
    result, other = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]

    assert words("tabular.status") not in result[0]
    assert other[0][0] == words("tabular.status")
    assert [line[0] for line in other[1:]] == [words.term("aim", status)] * 2
    assert [WORD[lang, status] in text for text in described] == [False, True]


def test_the_page_to_take_away_draws_them_hollow(rows: pd.DataFrame, make_contents: MakeContents) -> None:
    page = to_html(make_contents(rows)).decode("utf-8")

    assert json.dumps("rgba(0,0,0,0)") in page
    assert page.count('<th scope="col">性质</th>') == 1
