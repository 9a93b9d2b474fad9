"""Comparisons → an Excel workbook: the statistics, charts on their own cells, indicators, sources, and the filters."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.citation import full_document
from dashboard.export.contents import Announce, Comparison, Contents, clean
from dashboard.export.native import Entry, has_lows, list_entries, say_drawing
from dashboard.export.native_lines import FIRST_YEAR, list_tracks
from dashboard.export.office import EAST_ASIAN, to_property
from dashboard.export.sheet_chart import ROW_HEIGHT, make_chart
from dashboard.export.sheet_lines import make_lines
from dashboard.naming import Context, name_units
from dashboard.tabular import FORMULA
from dashboard.wording.codebook import Indicator
from extract.table.record import REVIEWED_COLUMNS

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": EAST_ASIAN, "font_size": 10},
}
SHEETS: Final = ("data", "charts", "indicators", "sources", "filters")
# Widths in letters: of a column of long texts, and of the others at most.
LONG_WIDTH, MOST_WIDTH, LEAST_WIDTH = 60, 30, 8
LONG: Final = ("sentence",)
# Excel allows no higher row, in points.
MOST_HEIGHT: Final = 409
# From here on letters are as wide as two.
WIDE: Final = 0x2E80
SOURCE_COLUMNS: Final = ("region", "subject", "raw", "period", "sentence", "document", "report", "start", "end", "id")
SOURCE_WIDTHS: Final = (6, 10, 24, 18, 14, 80, 40, 6, 10, 10, 18)
INDICATOR_WIDTHS: Final = (28, 24, 50, 18, 50, 10, 40, 60)
FILTER_WIDTHS: Final = (20, 90)
# Where a chart stands beside its cells.
CHART_WIDTHS: Final = (30, 14, 14, 14, 10, 8)
CHART_COLUMN, CHART_TEXT = len(CHART_WIDTHS), sum(CHART_WIDTHS)
LATIN: Final = re.compile(rb'<a:latin typeface="([^"]*)"/>')
Cell = object


@dataclass(frozen=True, slots=True)
class Formats:
    """How cells look; ``quoted`` is a text that stays one when it is edited, whatever it begins with."""

    head: Any
    title: Any
    note: Any
    date: Any
    quoted: Any
    wrapped: Any


def to_xlsx(contents: Contents, announce: Announce) -> bytes:
    """The workbook; numbers are numbers, and no text is ever run as a formula."""
    words = contents.context.words
    target = io.BytesIO()
    book = Workbook(target, OPTIONS)
    book.set_properties(
        {
            "title": to_property(contents.title),
            "subject": to_property(contents.sentence),
            "author": words("app.title"),
            "created": datetime.fromisoformat(contents.made),
        }
    )
    formats = make_formats(book)
    sheets = {name: book.add_worksheet(words(f"workbook.{name}")) for name in SHEETS}
    for sheet in sheets.values():
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    write_data(sheets["data"], contents, formats)
    write_charts(book, sheets["charts"], contents, formats, announce)
    write_indicators(sheets["indicators"], contents, formats)
    write_sources(sheets["sources"], contents, formats)
    write_filters(sheets["filters"], contents, formats)
    book.close()
    return name_east_asian(target.getvalue())


def make_formats(book: Workbook) -> Formats:
    """The looks that the sheets share."""
    return Formats(
        head=book.add_format({"bold": True, "bg_color": "#e8edf2", "bottom": 1, "text_wrap": True, "valign": "top"}),
        title=book.add_format({"bold": True, "font_size": 12, "quote_prefix": True}),
        note=book.add_format({"font_color": "#5c6773", "text_wrap": True, "valign": "top", "quote_prefix": True}),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
        quoted=book.add_format({"quote_prefix": True}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top", "align": "left", "quote_prefix": True}),
    )


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, formats: Formats, look: Any = None) -> None:
    """A number, a day or a text as what it is; nothing where nothing is known."""
    if cell is None or cell is pd.NA or (isinstance(cell, float) and pd.isna(cell)):
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats.date)  # noqa: DTZ001
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, look)
    else:
        text = clean(str(cell))
        sheet.write_string(row, column, text[:32767], look or (formats.quoted if FORMULA.match(text) else None))


def write_table(
    sheet: Worksheet,
    top: int,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    formats: Formats,
    widths: Sequence[float] = (),
) -> int:
    """
    A head and its rows.

    Args:
        widths:
            Of the columns, in letters, where texts are broken into lines; each row is as high as its texts need.

    Returns:
        The row after the last one.
    """
    for column, head in enumerate(heads):
        sheet.write_string(top, column, clean(head), formats.head)
    row = top
    for row, cells in enumerate(rows, start=top + 1):
        for column, cell in enumerate(cells):
            write_cell(sheet, row, column, cell, formats, formats.wrapped if widths else None)
        if widths:
            lines = max(-(-count_letters(cell) // int(width)) for cell, width in zip(cells, widths, strict=False))
            sheet.set_row(row, min(MOST_HEIGHT, ROW_HEIGHT * max(1, lines)))
    return row + 1


def count_letters(cell: Cell) -> int:
    """How wide a cell's text is, a Chinese letter counting for two."""
    text = "" if cell is None else str(cell)
    return len(text) + sum(ord(letter) > WIDE for letter in text)


def freeze(sheet: Worksheet, rows: int, columns: int) -> None:
    """The head stays in sight and on every printed page, and filters each column."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(rows - 1, 0), columns - 1)


def write_data(sheet: Worksheet, contents: Contents, formats: Formats) -> None:
    """Every statistic that passes the filters, with all columns of the tidy table."""
    words, rows = contents.context.words, contents.rows
    heads = [words(f"column.{column.name}") for column in REVIEWED_COLUMNS]
    end = write_table(sheet, 0, heads, (to_cells(cells) for cells in rows.itertuples(index=False)), formats)
    freeze(sheet, end, len(heads))
    for place, column in enumerate(REVIEWED_COLUMNS):
        sheet.set_column(place, place, width_of(column.name, rows[column.name]))


def to_cells(cells: Iterable[Any]) -> list[Cell]:
    """The cells of a row in the order of REVIEWED_COLUMNS, days as days."""
    return [
        to_date(cell) if column.type == "date" and isinstance(cell, str) else cell
        for column, cell in zip(REVIEWED_COLUMNS, cells, strict=True)
    ]


def to_date(text: str) -> Cell:
    """An ISO day; as text where a workbook can't count it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.year >= FIRST_YEAR else text


def width_of(name: str, cells: pd.Series[Any]) -> float:
    """The width of a column: what its longest cell needs."""
    if name in LONG:
        return LONG_WIDTH
    longest = max((count_letters(cell) for cell in cells.dropna()), default=0)
    return max(LEAST_WIDTH, min(MOST_WIDTH, longest + 2))


def write_charts(book: Workbook, sheet: Worksheet, contents: Contents, formats: Formats, announce: Announce) -> None:
    """Under each other, each comparison's cells with its chart beside them and its notes below."""
    set_widths(sheet, CHART_WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    top = 0
    for comparison in contents.comparisons:
        announce(comparison.chart.title)
        top = write_comparison(book, sheet, top, comparison, contents, formats) + 2
    if not contents.comparisons:
        sheet.write_string(0, 0, contents.context.words("export.nothing"))


def write_comparison(
    book: Workbook, sheet: Worksheet, top: int, comparison: Comparison, contents: Contents, formats: Formats
) -> int:
    """One comparison from row ``top`` on; the row after it."""
    chart, words = comparison.chart, contents.context.words
    lay_out = line_block if chart.form == "line" else bar_block
    block = lay_out(book, sheet.get_name(), top + 3, comparison, contents)
    write_cell(sheet, top, 0, chart.title, formats, formats.title)
    subtitle = " · ".join(part for part in (chart.badge, chart.subtitle) if part)
    sheet.write_string(top + 1, 0, clean(subtitle), formats.quoted)
    end = write_table(sheet, top + 2, block.heads, block.rows, formats)
    sheet.insert_chart(top, CHART_COLUMN, block.drawn, {"description": clean(chart.alt)})
    lines = [*say_drawing(block.entries, words), *([chart.reference.text] if chart.reference else [])]
    lines += [chart.missing, *chart.notes, chart.source]
    for line in filter(None, (*lines, comparison.address)):
        sheet.merge_range(end, 0, end, CHART_COLUMN - 1, "", formats.note)
        write_cell(sheet, end, 0, line, formats, formats.note)
        sheet.set_row(end, ROW_HEIGHT * -(-count_letters(line) // CHART_TEXT))
        end += 1
    return max(end, top + block.height)


@dataclass(frozen=True, slots=True)
class Block:
    """The cells of a comparison, the chart drawn from them, and how many rows it is high."""

    entries: list[Entry]
    heads: list[str]
    rows: list[list[Cell]]
    drawn: Any
    height: int


def bar_block(book: Workbook, sheet: str, top: int, comparison: Comparison, contents: Contents) -> Block:
    """A row a mark, from row ``top`` on."""
    words, entries = contents.context.words, list_entries(comparison.chart)
    lows = [words("native.low")] if has_lows(entries) else []
    units = [mark.unit for mark in comparison.panel.marks]
    rows: list[list[Cell]] = [
        [entry.category, text_of(entry.low_text, entry.text), *([entry.low] if lows else []), entry.value, unit]
        for entry, unit in zip(entries, [*units, *[None] * (len(entries) - len(units))], strict=True)
    ]
    heads = [words("workbook.category"), words("workbook.text"), *lows, words("native.value"), words("column.unit")]
    return Block(entries, heads, rows, *make_chart(book, sheet, comparison.chart, entries, top))


def line_block(book: Workbook, sheet: str, top: int, comparison: Comparison, contents: Contents) -> Block:
    """A row a day of each stretch of a line, from row ``top`` on."""
    words, tracks = contents.context.words, list_tracks(comparison.chart)
    entries = [entry for track in tracks for entry in track.entries.values()]
    lows = [words("native.low")] if has_lows(entries) else []
    unit = name_units(comparison.panel, contents.context) or None
    rows: list[list[Cell]] = [
        [track.name, to_date(day.isoformat()), entry.text, *([entry.low] if lows else []), entry.value, unit]
        for track in tracks
        for day, entry in track.entries.items()
    ]
    names = ("workbook.category", "column.period_end", "workbook.text")
    heads = [*(words(name) for name in names), *lows, words("native.value"), words("column.unit")]
    return Block(entries, heads, rows, *make_lines(book, sheet, comparison.chart, tracks, top))


def text_of(low: str, text: str) -> str | None:
    """The value as readers write it, both ends of a pair."""
    return " → ".join(part for part in (low, text) if part) or None


def write_indicators(sheet: Worksheet, contents: Contents, formats: Formats) -> None:
    """What the indicators mean and how far they can be compared; below them what the columns mean."""
    context, words = contents.context, contents.context.words
    names = dict.fromkeys(contents.rows["indicator"].dropna())
    known = [context.codebook.indicators[name] for name in names if name in context.codebook.indicators]
    rows = [describe(indicator, context) for indicator in known]
    heads = ["id", "zh", "en", words("column.theme")]
    heads += [words(f"workbook.{name}") for name in ("definition", "units", "grade", "note")]
    set_widths(sheet, INDICATOR_WIDTHS)
    end = write_table(sheet, 0, heads, rows, formats, INDICATOR_WIDTHS)
    freeze(sheet, end, len(heads))
    columns = [[one.name, words(f"column.{one.name}"), words(f"column.{one.name}_meaning")] for one in REVIEWED_COLUMNS]
    heads = [words("workbook.column"), "", words("workbook.meaning")]
    write_table(sheet, end + 1, heads, columns, formats, INDICATOR_WIDTHS)


def describe(indicator: Indicator, context: Context) -> list[Cell]:
    """What the codebook says of an indicator in the reader's language."""
    words = context.words
    return [
        indicator.id,
        indicator.labels["zh"],
        indicator.labels["en"],
        context.codebook.theme_label(indicator.theme, words.lang),
        indicator.definitions.get(words.lang),
        " ".join(indicator.units),
        words(f"indicator_page.grade_{indicator.grade or 'none'}"),
        indicator.notes.get(words.lang),
    ]


def write_sources(sheet: Worksheet, contents: Contents, formats: Formats) -> None:
    """For each statistic the sentence that it stands in and the place; below them the documents."""
    words = contents.context.words
    titles = contents.rows["document"].replace(contents.context.titles)
    cells = contents.rows[list(SOURCE_COLUMNS)].assign(document=titles)
    rows = [[number, *row] for number, row in enumerate(cells.itertuples(index=False), start=1)]
    heads = [words("workbook.number"), *(words(f"column.{name}") for name in SOURCE_COLUMNS)]
    set_widths(sheet, SOURCE_WIDTHS)
    end = write_table(sheet, 0, heads, rows, formats, SOURCE_WIDTHS)
    freeze(sheet, end, len(heads))
    sheet.write_string(end + 1, 1, words("workbook.documents"), formats.head)
    for row, document in enumerate(contents.documents.values(), start=end + 2):
        write_cell(sheet, row, 1, full_document(document, words), formats)


def write_filters(sheet: Worksheet, contents: Contents, formats: Formats) -> None:
    """What was selected, of which data, when."""
    words = contents.context.words
    rows: list[list[Cell]] = [
        [words("workbook.selection"), contents.sentence],
        [words("workbook.rows"), len(contents.rows)],
        [words("workbook.comparisons"), len(contents.comparisons)],
        [words("workbook.version"), contents.context.version],
        [words("workbook.made"), contents.made],
        [words("workbook.address"), contents.address or None],
    ]
    set_widths(sheet, FILTER_WIDTHS)
    write_table(sheet, 0, [words("workbook.what"), words("workbook.which")], rows, formats, FILTER_WIDTHS)
    sheet.freeze_panes(1, 0)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """The widths of a sheet's columns from the first on."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def name_east_asian(data: bytes) -> bytes:
    """The workbook with a face for Chinese beside each Latin one of its charts, which the library does not write."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for member in source.infolist():
            part = source.read(member)
            if member.filename.startswith("xl/charts/"):
                part = LATIN.sub(rb'<a:latin typeface="\1"/><a:ea typeface="\1"/>', part)
            result.writestr(member, part)
    return target.getvalue()
