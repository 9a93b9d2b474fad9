"""Line charts in every file: the picture, and the charts that Office draws itself."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as Xml

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from dashboard.export.contents import Contents
from dashboard.export.document import to_docx
from dashboard.export.presets import PRESETS
from dashboard.export.slides import to_pptx
from dashboard.export.svg import to_svg
from dashboard.export.webpage import to_html
from dashboard.export.workbook import to_xlsx
from dashboard.options import Options
from tests.dashboard.test_series import undated, year

pytestmark = pytest.mark.once

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]
SVG = "{http://www.w3.org/2000/svg}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LINE = Options(form="line")


@pytest.fixture
def rows(make_rows: MakeRows) -> pd.DataFrame:
    """Three years of one region with one missing, two values of another, and one of no known day."""
    return make_rows(
        *(year(2019, 60000), year(2020, 72000), year(2022, 85000, qualifier="over")),
        *(year(2020, 52000, region="山东"), year(2022, 49000, region="山东")),
        undated(2000, region="湖北"),
    )


def ignore(step: str) -> None:
    """Nobody waits."""


def chart_part(data: bytes) -> Xml.Element:
    """The only chart of an Office file."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    (name,) = (name for name in archive.namelist() if re.fullmatch(r"(ppt|xl)/charts/chart\w*\.xml", name))
    return Xml.fromstring(archive.read(name))


@pytest.mark.parametrize("name", PRESETS)
def test_a_picture_draws_each_series_with_its_name_and_last_value(
    name: str, rows: pd.DataFrame, make_contents: MakeContents
) -> None:
    (comparison,) = make_contents(rows, options=LINE).comparisons
    root = Xml.fromstring(to_svg(comparison.chart, PRESETS[name]))
    words = [element.text or "" for element in root.iter(f"{SVG}text")]
    lines = [
        path for path in root.iter(f"{SVG}path") if path.get("d", "").count("L") > 0 and path.get("fill") == "none"
    ]

    assert {"浙江", "≥8.5万个", "山东", "4.9万个", "2019", "2020", "2022"} <= set(words)
    assert any(path.get("d", "").count("L") == 2 for path in lines)
    if PRESETS[name].height:
        assert float(root.attrib["height"].removesuffix("pt")) >= PRESETS[name].height - 0.1


def test_a_slide_has_a_chart_on_an_axis_of_days_that_can_be_edited(
    rows: pd.DataFrame, make_contents: MakeContents
) -> None:
    data = to_pptx(make_contents(rows, options=LINE), ignore)
    (slide,) = Presentation(io.BytesIO(data)).slides
    (drawn,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    series = {one.name: list(one.values) for one in drawn.plots[0].series}
    sheet = openpyxl.load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob)).active

    assert series == {"浙江": [60000, 72000, 85000], "山东": [None, 52000, 49000]}
    assert [line[0] for line in sheet.values][1:] == [datetime(year, 12, 31) for year in (2019, 2020, 2022)]  # noqa: DTZ001
    assert [line[2] for line in sheet.values][1:] == [None, 52000, 49000]
    part = chart_part(data)
    assert [axis.tag for axis in part.iter() if axis.tag.endswith("Ax")].count(f"{CHART}dateAx") == 1
    labels = ["".join(label.itertext()) for label in part.iter(f"{CHART}dLbl")]
    assert [any(text in label for label in labels) for text in ("浙江 ≥8.5万个", "山东 4.9万个")] == [True, True]


def test_labels_of_a_slide_are_moved_apart(make_rows: MakeRows, make_contents: MakeContents) -> None:
    close = make_rows(*(year(number, 50, region=name) for name in ("浙江", "山东") for number in (2020, 2021)))
    part = chart_part(to_pptx(make_contents(close, options=LINE), ignore))
    shifts = [float(y.attrib["val"]) for label in part.iter(f"{CHART}dLbl") for y in label.iter(f"{CHART}y")]

    assert len(shifts) >= 1
    assert max(shifts) > 0.05


def test_a_workbook_draws_from_its_cells_with_numbers_and_days(rows: pd.DataFrame, make_contents: MakeContents) -> None:
    data = to_xlsx(make_contents(rows, options=LINE), ignore)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["图表"]
    cells = [
        [cell for cell in line if cell is not None] for line in sheet.iter_rows(min_row=4, max_row=8, values_only=True)
    ]
    part = chart_part(data)

    assert cells[0] == ["浙江", datetime(2019, 12, 31), "6万个", 60000, "个"]  # noqa: DTZ001
    assert cells[2] == ["浙江", datetime(2022, 12, 31), "≥8.5万个", 85000, "个"]  # noqa: DTZ001
    assert [line[0] for line in cells] == ["浙江"] * 3 + ["山东"] * 2
    assert [formula.text for formula in part.iter(f"{CHART}f") if "$D$" in (formula.text or "")] == [
        "图表!$D$4:$D$6",
        "图表!$D$7:$D$8",
    ]
    assert [style.attrib["val"] for style in part.iter(f"{CHART}scatterStyle")] == ["lineMarker"]


def test_a_workbook_names_close_lines_in_a_legend(make_rows: MakeRows, make_contents: MakeContents) -> None:
    close = make_rows(*(year(number, 50, region=name) for name in ("浙江", "山东") for number in (2020, 2021)))
    part = chart_part(to_xlsx(make_contents(close, options=LINE), ignore))

    assert part.find(f".//{CHART}legend") is not None
    assert part.find(f".//{CHART}dLbls") is None


@pytest.mark.parametrize(
    "difference",
    [{"period_end": "0850-12-31", "period_start": "0850-01-01"}, {"value_high": 90000.0}, {"subject": "=1+1\x00"}],
)
def test_every_file_can_be_made_of_odd_rows(
    difference: dict[str, Any], make_rows: MakeRows, make_contents: MakeContents
) -> None:
    contents = make_contents(make_rows(year(2020, 1), year(2021, 2, **difference)), options=LINE)

    assert Presentation(io.BytesIO(to_pptx(contents, ignore))).slides
    assert openpyxl.load_workbook(io.BytesIO(to_xlsx(contents, ignore))).sheetnames
    assert b"2020" in to_html(contents)
    assert zipfile.ZipFile(io.BytesIO(to_docx(contents, PRESETS["text"], ignore))).testzip() is None


def test_the_document_pictures_lines_and_cites_every_value(rows: pd.DataFrame, make_contents: MakeContents) -> None:
    contents = make_contents(rows, options=LINE)
    archive = zipfile.ZipFile(io.BytesIO(to_docx(contents, PRESETS["text"], ignore)))
    text = archive.read("word/document.xml").decode("utf-8")

    assert any(name.startswith("word/media/") for name in archive.namelist())
    assert "折线图" in text
    assert f"[{len(rows)}]" in text


def test_the_web_page_holds_the_lines(rows: pd.DataFrame, make_contents: MakeContents) -> None:
    page = to_html(make_contents(rows, options=LINE)).decode("utf-8")

    assert '"mode": "lines"' in page
    assert 'aria-label="折线图' in page
