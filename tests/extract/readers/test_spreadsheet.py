"""Spreadsheets: which column is the text, who reports, and the row that the spreadsheet shows."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest

from extract.language.rulebook import read_toml
from extract.pipeline import extract_statistics
from extract.readers import Source, read_document
from extract.readers.columns import held_by
from extract.table.errors import ReadError

TEXT, OTHER = "全省设立网格8.5万个，占四成。", "建成车站36座，占一半。"


def read_csv(*rows: tuple[object, ...], delimiter: str = ",") -> Source:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return read_document(target.getvalue().encode(), "reports.csv")


def lines_of(source: Source) -> list[tuple[str, int | None, int | None, bool]]:
    return [(source.text[p.start : p.end], p.table, p.row, p.is_heading) for p in source.places]


@pytest.mark.parametrize("header", ["正文", "内容", "Text", "全 文", "content"])
def test_the_text_column_is_the_one_that_says_so(header: str) -> None:
    source = read_csv(("编号", "备注", header), (1, "这是一段很长很长的备注，比正文还要长，也有标点。", TEXT))

    assert lines_of(source) == [(TEXT, 1, 2, False)]


def test_else_it_is_the_one_that_holds_most_of_the_text() -> None:
    source = read_csv(("编号", "说明"), (1, TEXT), (2, OTHER))

    assert lines_of(source) == [(TEXT, 1, 2, False), (OTHER, 1, 3, False)]


def test_without_a_header_every_row_is_read() -> None:
    assert lines_of(read_csv((1, TEXT), (2, OTHER))) == [(TEXT, 1, 1, False), (OTHER, 1, 2, False)]


def test_title_region_and_date_stand_before_the_text() -> None:
    header = ("日期", "地区", "标题", "正文")
    source = read_csv(header, ("2026-02-03", "浙江", "工作报告", TEXT), ("", "山东", "", OTHER))

    assert [line[0] for line in lines_of(source)] == ["工作报告", "浙江", "2026-02-03", TEXT, "山东", OTHER]
    assert [line[2:] for line in lines_of(source)] == [(2, True)] * 3 + [(2, False), (3, True), (3, False)]


def test_each_row_reports_for_its_region() -> None:
    source = read_csv(("地区", "正文"), ("浙江", TEXT), ("山东", OTHER))
    found = {row.raw: row.region for row in extract_statistics(source.text, source.name)}

    assert (found["8.5万个"], found["36座"]) == ("浙江", "山东")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_whatever_separates_the_cells(delimiter: str) -> None:
    assert lines_of(read_csv(("编号", "正文"), (1, TEXT), (2, OTHER), delimiter=delimiter))[0] == (TEXT, 1, 2, False)


def test_a_cell_of_several_lines_is_one_row() -> None:
    source = read_csv(("正文",), (f"{TEXT}\n{OTHER}",), (OTHER,))

    assert [line[:3] for line in lines_of(source)] == [(f"{TEXT}\n{OTHER}", 1, 2), (OTHER, 1, 3)]


def test_every_sheet_is_a_table_and_rows_are_counted_as_shown() -> None:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first["C4"], first["D4"] = "日期", "正文"
    first["C6"], first["D6"] = datetime.date(2026, 2, 3), TEXT
    second, hidden = book.create_sheet("数字"), book.create_sheet("隐藏")
    second.append(["年份", 85000])
    hidden.append([OTHER])
    hidden.sheet_state = "hidden"
    book.create_sheet("文字").append([OTHER])
    target = io.BytesIO()
    book.save(target)

    assert lines_of(read_document(target.getvalue(), "reports.xlsx")) == [
        ("2026-02-03", 1, 6, True),
        (TEXT, 1, 6, False),
        (OTHER, 4, 1, False),
    ]


@pytest.mark.parametrize("rows", [(("年份", "网格数"), (2023, 85000)), (("地区",), ("浙江",)), (("正文",), ("",))])
def test_without_running_text_it_is_refused(rows: tuple[tuple[object, ...], ...]) -> None:
    with pytest.raises(ReadError, match="no column of running text; name that column"):
        read_csv(*rows)


class TestRules:
    @pytest.mark.parametrize("row", read_toml("documents.toml")["column"], ids=lambda row: row["holds"])
    def test_a_column_is_known_by_its_example(self, row: dict[str, str]) -> None:
        assert held_by(row["example"]) == row["holds"]

    def test_no_name_stands_twice(self) -> None:
        names = [name for row in read_toml("documents.toml")["column"] for name in row["names"]]

        assert len(names) == len(set(names))

    @pytest.mark.parametrize("header", ["网格数", "数量", "党员人数", "备注", ""])
    def test_what_is_no_such_column(self, header: str) -> None:
        assert held_by(header) is None
