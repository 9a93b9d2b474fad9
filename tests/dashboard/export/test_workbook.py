from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.export.contents import Contents
from dashboard.export.workbook import to_xlsx
from dashboard.options import Options
from extract.table.record import REVIEWED_NAMES

pytestmark = pytest.mark.once

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]
SHEETS = {
    "zh": ["数据", "图表", "指标说明", "来源", "筛选"],
    "en": ["Data", "Charts", "Indicators", "Sources", "Filters"],
}


def write(contents: Contents) -> bytes:
    steps: list[str] = []
    data = to_xlsx(contents, steps.append)
    assert steps == [comparison.chart.title for comparison in contents.comparisons]
    return data


def read(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def column(sheet: Worksheet, place: int) -> list[Any]:
    return [line[place] for line in sheet.iter_rows(min_row=2, values_only=True)]


def charts_of(data: bytes) -> list[str]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = [name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    return [
        archive.read(name).decode("utf-8")
        for name in sorted(names, key=lambda name: int("".join(filter(str.isdigit, name))))
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_data_are_all_there_as_numbers_days_and_texts(lang: str, make_contents: MakeContents) -> None:
    contents = make_contents(lang=lang)
    book = read(write(contents))
    sheet = book.worksheets[0]

    assert book.sheetnames == SHEETS[lang]
    assert sheet.max_row == len(contents.rows) + 1
    assert column(sheet, REVIEWED_NAMES.index("value")) == list(contents.rows["value"])
    assert column(sheet, REVIEWED_NAMES.index("raw")) == list(contents.rows["raw"])
    days = [f"{day:%Y-%m-%d}" for day in column(sheet, REVIEWED_NAMES.index("period_start")) if day]
    assert days == list(contents.rows["period_start"].dropna())
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(len(REVIEWED_NAMES))}{sheet.max_row}"


def test_a_chart_is_drawn_from_the_cells_beside_it(make_contents: MakeContents) -> None:
    contents = make_contents(themes=("grid",))
    data = write(contents)
    sheet = read(data)["图表"]
    found = charts_of(data)

    assert len(found) == len(contents.comparisons)
    for xml, comparison in zip(found, contents.comparisons, strict=True):
        *_, values = re.findall(r"<c:val><c:numRef><c:f>图表!\$(\w+)\$(\d+)(?::\$\w+\$(\d+))?</c:f>", xml)
        letter, first, last = values
        cells = [sheet[f"{letter}{row}"].value for row in range(int(first), int(last or first) + 1)]
        bars = comparison.chart.bars
        assert cells == [bar.stop for bar in bars] + [None] * len(comparison.chart.absent)
        assert all(f"<a:t>{escape(bar.text)}</a:t>" in xml for bar in bars)
        assert all(f'val="{bar.colour.removeprefix("#").upper()}"' in xml for bar in bars)


def test_every_statistic_has_its_sentence_and_every_document_its_citation(make_contents: MakeContents) -> None:
    contents = make_contents()
    sheet = read(write(contents))["来源"]
    count = len(contents.rows)

    assert column(sheet, 5)[:count] == list(contents.rows["sentence"])
    assert column(sheet, 10)[:count] == list(contents.rows["id"])
    assert "《全国城市基层党建工作经验交流座谈会发言摘登(8篇)》" in str(column(sheet, 1)[-1])


def test_indicators_and_filters_are_told(make_contents: MakeContents) -> None:
    contents = make_contents(indicators=("grids_total",))
    book = read(write(contents))
    told = dict(book["筛选"].iter_rows(min_row=2, max_col=2, values_only=True))

    assert next(book["指标说明"].iter_rows(min_row=2, max_col=3, values_only=True)) == (
        "grids_total",
        "网格数",
        "Grids",
    )
    assert told["条件"] == contents.sentence
    assert told["统计条数"] == len(contents.rows)
    assert told["数据版本"] == contents.context.version


@pytest.mark.parametrize(
    ("rows", "series"),
    [
        ([{"value": 300.0, "value_high": 500.0}], 2),
        ([{"value": 1.0}, {"region": "北京", "value": 1e9}], 1),
        ([{"region": f"区{number}", "value": float(number)} for number in range(30)], 1),
    ],
)
def test_ranges_are_two_series_and_many_marks_one_chart(
    rows: list[dict[str, Any]], series: int, make_contents: MakeContents, make_rows: MakeRows
) -> None:
    (xml,) = charts_of(write(make_contents(make_rows(*rows))))

    assert xml.count("<c:ser>") == series


def test_a_log_axis_stays_one(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows({"value": 1.0}, {"region": "北京", "value": 1e9})
    (xml,) = charts_of(write(make_contents(rows, options=Options(form="dot", scale="log"))))

    assert '<c:logBase val="10"/>' in xml


def test_who_did_not_report_has_no_number(make_contents: MakeContents) -> None:
    sheet = read(write(make_contents(indicators=("grids_total",))))["图表"]
    cells = {line[0]: line[1:4] for line in sheet.iter_rows(values_only=True)}

    assert cells["浙江（省级） 网格"] == ("8.5万个", 85000, "个")
    assert cells["北京 未报告"] == (None, None, None)


def test_chinese_has_a_face_of_its_own_in_cells_and_charts(make_contents: MakeContents) -> None:
    data = write(make_contents(themes=("grid",)))

    assert {cell.font.name for line in read(data)["数据"].iter_rows() for cell in line} == {"Microsoft YaHei"}
    for xml in charts_of(data):
        assert xml.count("<a:latin") == xml.count('<a:ea typeface="Microsoft YaHei"/>') > 0


@pytest.mark.parametrize(
    "row",
    [
        {"subject": "=HYPERLINK(1)", "region": "=1+1", "sentence": "@SUM(1)", "value": -5.0, "unit": "+x"},
        {"subject": "控制\x00字符\x1b\ufffe", "sentence": "\x01"},
        {"subject": "🙂" * 50, "sentence": "句" * 40000},
        {"subject": "https://example.org/", "unit": "007"},
        {"section": "=1+1", "relative_to": "+1", "action": "=x", "reporter": "@x", "status": "target"},
    ],
)
def test_no_text_runs_or_becomes_a_number(
    row: dict[str, Any], make_contents: MakeContents, make_rows: MakeRows
) -> None:
    contents = make_contents(make_rows(row))
    book = read(write(contents))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]

    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    (value,) = column(book.worksheets[0], REVIEWED_NAMES.index("value"))
    assert value == contents.rows["value"].iloc[0]
    risky = [cell for cell in cells if cell.data_type == "s" and str(cell.value).startswith(("=", "@", "+"))]
    assert all(cell.quotePrefix for cell in risky)


def test_nothing_to_compare_is_said(make_contents: MakeContents, make_rows: MakeRows) -> None:
    book = read(write(make_contents(make_rows())))

    assert book["图表"]["A1"].value == "没有可比的统计。"
    assert book["数据"].max_row == 1


def test_an_axis_has_zero_on_it_and_charts_that_share_it_have_the_same(
    make_contents: MakeContents, make_rows: MakeRows
) -> None:
    rows = make_rows({"value": 97.0}, {"value": 5.0, "indicator": "community_workers_total"})
    found = charts_of(write(make_contents(rows, options=Options(axis="shared"))))
    ends = [re.findall(r'<c:(max|min) val="([\d.]+)"', xml) for xml in found]

    assert len(found) == 2
    assert ends[0] == ends[1]
    assert float(dict(ends[0])["min"]) == 0
    assert float(dict(ends[0])["max"]) > 97


def test_the_start_of_a_range_is_lighter_and_said_to_be(make_contents: MakeContents, make_rows: MakeRows) -> None:
    data = write(make_contents(make_rows({"value": 300.0, "value_high": 500.0})))
    (xml,) = charts_of(data)

    assert xml.count("<a:alpha") == 1
    assert "pattFill" not in xml
    assert "浅色为起始或下限，深色为结束或上限。" in column(read(data)["图表"], 0)
