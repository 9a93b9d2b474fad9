"""Spreadsheets (.csv, .xlsx) with a column of text → blocks: each row's headings and text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from extract.readers.blocks import Block, Content
from extract.readers.columns import Rows, find_columns
from extract.readers.encoding import decode
from extract.readers.package import open_package
from extract.readers.source import MOST_BYTES
from extract.table.errors import ReadError

_DELIMITERS: Final = (",", "\t", ";", "|")
_SAMPLE: Final = 50
_SAMPLE_LENGTH: Final = 200_000


def read_csv(data: bytes, name: str) -> Content:
    """
    The rows of a CSV file, whatever separates its cells.

    Raises:
        ReadError:
            It is no text, damaged, or has no column of running text.
    """
    text = decode(data, name)
    csv.field_size_limit(MOST_BYTES)
    try:
        rows = list(_cells(text, _find_delimiter(text)))
    except csv.Error as error:
        raise ReadError(name, "damaged", suffix=".csv") from error
    return _to_content([(1, 0, rows)], name)


def _find_delimiter(text: str) -> str:
    """What gives the most cells in the first rows; a comma where nothing separates any."""
    sample = text[:_SAMPLE_LENGTH]

    def count_cells(delimiter: str) -> int:
        widths = Counter(map(len, islice(_cells(sample, delimiter), _SAMPLE)))
        ((width, rows),) = widths.most_common(1) or [(1, 0)]
        return (width - 1) * rows

    return max(_DELIMITERS, key=count_cells)


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def read_workbook(data: bytes, name: str) -> Content:
    """
    The rows of every visible sheet of a workbook.

    Raises:
        ReadError:
            It is damaged, encrypted, a bomb, or no sheet has a column of running text.
    """
    with open_package(data, name, ".xlsx"):
        pass
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            tables = [
                (number, *_read_sheet(workbook, sheet.name))
                for number, sheet in enumerate(workbook.sheets_metadata, start=1)
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
    except PasswordError as error:
        raise ReadError(name, "encrypted_office") from error
    except (CalamineError, OSError, ValueError) as error:
        raise ReadError(name, "damaged", suffix=".xlsx") from error
    return _to_content(tables, name)


def _read_sheet(workbook: CalamineWorkbook, title: str) -> tuple[int, Rows]:
    """The rows above the first that holds something, and the rows from there on."""
    sheet = workbook.get_sheet_by_name(title)
    above = sheet.start[0] if sheet.start else 0
    return above, [[_to_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]


def _to_text(cell: object) -> str:
    """
    A cell as a person reads it.

    >>> _to_text(85000.0), _to_text(8.5), _to_text(None)
    ('85000', '8.5', '')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _to_content(tables: Iterable[tuple[int, int, Rows]], name: str) -> Content:
    blocks = [block for number, above, rows in tables for block in _blocks_of(number, above, rows)]
    if not blocks:
        raise ReadError(name, "no_text_column")
    return Content(tuple(blocks))


def _blocks_of(table: int, above: int, rows: Rows) -> Iterator[Block]:
    columns = find_columns(rows)
    if columns is None:
        return
    for number, row in enumerate(rows[columns.first :], start=above + columns.first + 1):
        text = _cell(row, columns.text)
        if not text:
            continue
        for column in columns.headings:
            if heading := _cell(row, column):
                yield Block(heading, table=table, row=number, is_heading=True)
        yield Block(text, table=table, row=number)


def _cell(row: Iterable[str], column: int) -> str:
    cells = list(row)
    return cells[column].strip() if column < len(cells) else ""
