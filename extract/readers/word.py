"""Word documents (.docx) → blocks in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from lxml import etree

from extract.language.rulebook import read_toml
from extract.readers.blocks import Block, Content
from extract.readers.furniture import pick_title
from extract.readers.package import Package, open_package
from extract.readers.word_xml import (
    CELL,
    PARAGRAPH,
    ROW,
    TABLE,
    Reading,
    W,
    children,
    is_on,
    read_paragraph,
    to_transitional,
)
from extract.table.errors import ReadError

_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_LEVELS: Final = tuple("012345678")
_DEEPEST: Final = 12


def read_word(data: bytes, name: str) -> Content:
    """
    The paragraphs, headings, tables, text boxes and notes of a Word document.

    Raises:
        ReadError:
            It is damaged, encrypted, a bomb, or declares entities.
    """
    with open_package(data, name, ".docx") as package:
        main = package.related("").get("officeDocument", "word/document.xml")
        document = package.find_part(main)
        body = None if document is None else to_transitional(document).find(f"{W}body")
        if body is None:
            raise ReadError(name, "damaged", suffix=".docx")
        parts = package.related(main)
        walker = _Walker(body, _heading_styles(package.find_part(parts.get("styles", ""))))
        blocks = [*walker.blocks_of(body)]
        for kind in ("footnote", "endnote"):
            blocks += walker.notes_of(package.find_part(parts.get(f"{kind}s", "")), kind)
        return Content(tuple(blocks), _find_title(package))


class _Walker:
    """Goes through a document and counts its pages and tables."""

    def __init__(self, body: etree._Element, heading_styles: frozenset[str]) -> None:
        self._headings = heading_styles
        self._mark, self._page = _find_page_mark(body)
        self._table = 0
        self._pages_of_notes: dict[tuple[str, str], int | None] = {}

    def blocks_of(self, container: etree._Element) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box."""
        for child in children(container):
            if child.tag == PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == TABLE:
                yield from self._rows(child)

    def notes_of(self, root: etree._Element | None, kind: str) -> Iterator[Block]:
        """The notes of one kind, each on the page that refers to it."""
        for note in () if root is None else to_transitional(root).iter(f"{W}{kind}"):
            key = (kind, note.get(f"{W}id", ""))
            if key in self._pages_of_notes:
                self._page = self._pages_of_notes[key]
                yield from self.blocks_of(note)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        self._turn_before(paragraph)
        reading = read_paragraph(paragraph, self._mark)
        is_heading = self._is_heading(paragraph)
        continues = False
        for piece in self._pieces(reading):
            text = piece if continues else piece.lstrip()
            if text.strip():
                yield Block(text.rstrip(), self._page, is_heading=is_heading, continues=continues)
                continues = True
        for box in reading.boxes:
            yield from self.blocks_of(box)

    def _pieces(self, reading: Reading) -> Iterator[str]:
        """The stretches of a paragraph, the pages counted on the way."""
        for number, piece in enumerate(reading.pieces):
            if number and self._page is not None:
                self._page += 1
            yield piece
        for note in reading.notes:
            self._pages_of_notes[note] = self._page

    def _turn_before(self, paragraph: etree._Element) -> None:
        mark = paragraph.find(f"{W}pPr/{W}pageBreakBefore")
        if self._mark == "br" and self._page is not None and mark is not None and is_on(mark):
            self._page += 1

    def _is_heading(self, paragraph: etree._Element) -> bool:
        level = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if level is not None:
            return level.get(f"{W}val") in _LEVELS
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return style is not None and style.get(f"{W}val") in self._headings

    def _rows(self, table: etree._Element) -> Iterator[Block]:
        rows = [row for row in children(table) if row.tag == ROW and row.find(f"{W}trPr/{W}del") is None]
        if _is_frame(rows):
            for cell in (cell for row in rows for cell in _cells(row)):
                yield from self.blocks_of(cell)
            return
        self._table += 1
        number = self._table
        for count, row in enumerate(rows, start=1):
            before = self._page
            cells = ["" if _is_merged(cell) else self._cell_text(cell) for cell in _cells(row)]
            text = "\t".join(cells).rstrip()
            if text:
                yield Block(text, before if before == self._page else self._page, number, count)

    def _cell_text(self, cell: etree._Element) -> str:
        """A cell is one text, however many paragraphs it has."""
        return " ".join(re.sub(r"\s+", " ", block.text) for block in self.blocks_of(cell))


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in children(row) if cell.tag == CELL]


def _is_merged(cell: etree._Element) -> bool:
    """Whether a cell only continues the one above or before it."""
    marks = (cell.find(f"{W}tcPr/{W}{name}") for name in ("vMerge", "hMerge"))
    return any(mark is not None and mark.get(f"{W}val", "continue") == "continue" for mark in marks)


def _is_frame(rows: Sequence[etree._Element]) -> bool:
    """Whether a table only frames running text: it has one column, and several paragraphs in a cell."""
    cells = [_cells(row) for row in rows]
    if any(len(row) != 1 for row in cells):
        return False
    return any(sum(child.tag in (PARAGRAPH, TABLE) for child in children(cell)) > 1 for (cell,) in cells)


def _find_page_mark(body: etree._Element) -> tuple[str, int | None]:
    """What begins a page in this document, and its first page; None where nothing does."""
    if next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None:
        return "lastRenderedPageBreak", 1
    breaks = (mark.get(f"{W}type") == "page" for mark in body.iter(f"{W}br"))
    if any(breaks) or any(map(is_on, body.iter(f"{W}pageBreakBefore"))):
        return "br", 1
    return "br", None


def _heading_styles(root: etree._Element | None) -> frozenset[str]:
    """The ids of the styles that make a heading: by their level, their name, or the style they are based on."""
    if root is None:
        return frozenset()
    styles = {style.get(f"{W}styleId", ""): style for style in to_transitional(root).iter(f"{W}style")}

    def is_heading(key: str) -> bool:
        for _ in range(_DEEPEST):
            style = styles.get(key)
            if style is None:
                return False
            level = style.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                return level.get(f"{W}val") in _LEVELS
            if _heading_style().fullmatch(_value(style, "name").strip()):
                return True
            key = _value(style, "basedOn")
        return False

    return frozenset(filter(is_heading, styles))


def _value(style: etree._Element, name: str) -> str:
    found = style.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _find_title(package: Package) -> str | None:
    """The title of the core properties, where a person gave it."""
    properties = package.find_part(package.related("").get("core-properties", "docProps/core.xml"))
    title = "" if properties is None else " ".join((properties.findtext(_TITLE) or "").split())
    return None if any(pattern.fullmatch(title) for pattern in _placeholders()) else pick_title(title)


@cache
def _heading_style() -> re.Pattern[str]:
    return re.compile(read_toml("documents.toml")["heading_style"]["pattern"])


@cache
def _placeholders() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in read_toml("documents.toml")["placeholder"])
