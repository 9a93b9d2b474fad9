"""A PDF's pages → the lines that are printed on them, with their places on the page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

_CJK: Final = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026]")
_DIGIT_OR_LATIN: Final = re.compile(r"[0-9A-Za-z.,%+\-]")
# In widths of a character: a gap that a blank makes, one beside figures, one between the cells of a table.
_BLANK: Final = 0.2
_SPACED: Final = 0.6
_CELL: Final = 1.0
# What the library writes for a hyphen at a line's end, and for a character that it can't name.
_SOFT_HYPHEN: Final = "\x02"
_FONT_NAME: Final = 128


@dataclass(frozen=True, slots=True)
class Line:
    """
    A printed line: its text, the page it is on (1-based), its box in points from the page's foot, its size of type.

    ``height`` and ``width`` are those of the page.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    font: str
    width: float
    height: float


def read_lines(page: pypdfium2.PdfPage, number: int) -> list[Line]:
    """The lines of a page in the order of the file; the parts of one printed line are one."""
    text_page = page.get_textpage()
    try:
        size = page.get_size()
        chars = [chr(pdfium.FPDFText_GetUnicode(text_page, index)) for index in range(text_page.count_chars())]
        lines: list[Line] = []
        for first, end in _stretches(chars):
            line = _read_line(text_page, chars, first, end, number, size)
            if line is None:
                continue
            if lines and _is_same_line(lines[-1], line):
                lines[-1] = _join_parts(lines[-1], line)
            else:
                lines.append(line)
        return lines
    finally:
        text_page.close()


def _stretches(chars: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and end of what stands between the line ends."""
    first = 0
    for index, char in enumerate((*chars, "\n")):
        if char in "\r\n":
            if index > first:
                yield first, index
            first = index + 1


def _read_line(
    text_page: pypdfium2.PdfTextPage,
    chars: Sequence[str],
    first: int,
    end: int,
    number: int,
    size: tuple[float, float],
) -> Line | None:
    filled = [index for index in range(first, end) if chars[index] > "\x1f" and not chars[index].isspace()]
    if not filled:
        return None
    head, tail, middle = filled[0], filled[-1], filled[len(filled) // 2]
    left, bottom, _, top = text_page.get_charbox(head, loose=True)
    _, bottom_of_tail, right, top_of_tail = text_page.get_charbox(tail, loose=True)
    type_size = _type_size(text_page, middle, top - bottom)
    return Line(
        _mend("".join(_spell(text_page, chars, index, type_size) for index in range(head, tail + 1))),
        number,
        left,
        right,
        min(bottom, bottom_of_tail),
        max(top, top_of_tail),
        type_size,
        _font(text_page, middle),
        *size,
    )


def _type_size(text_page: pypdfium2.PdfTextPage, index: int, height: float) -> float:
    """The size of type; some files scale a font of size 1, where only the character's box tells."""
    size = float(pdfium.FPDFText_GetFontSize(text_page, index))
    return size if size > 2 else max(1.0, height)


def _font(text_page: pypdfium2.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(_FONT_NAME)
    pdfium.FPDFText_GetFontInfo(text_page, index, buffer, _FONT_NAME, ctypes.c_int())
    return buffer.value.decode("utf-8", "replace")


def _spell(text_page: pypdfium2.PdfTextPage, chars: Sequence[str], at: int, size: float) -> str:
    """A character inside a line; a blank that only stands for a gap is kept where a reader would see one."""
    char = chars[at]
    if char != " ":
        return char if char >= " " or char in (_SOFT_HYPHEN, "\t") else ""
    if pdfium.FPDFText_IsGenerated(text_page, at) != 1:
        return char
    right = text_page.get_charbox(at - 1, loose=True)[2]
    left = text_page.get_charbox(at + 1, loose=True)[0]
    return gap_between(chars[at - 1], chars[at + 1], (left - right) / size)


def gap_between(before: str, after: str, gap: float) -> str:
    """
    What a gap between two characters stands for: a tab, a blank or nothing; it is measured in widths of a character.

    >>> gap_between("络", "8", 0.25), gap_between("P", "g", 0.25), gap_between("格", "8", 3.0)
    ('', ' ', '\\t')
    """
    if gap > _CELL:
        return "\t"
    foreign = [char for char in (before, after) if not _CJK.match(char)]
    if not foreign:
        return " " if gap >= _BLANK else ""
    is_figure = len(foreign) == 1 and _DIGIT_OR_LATIN.match(foreign[0]) is not None
    return "" if is_figure and gap < _SPACED else " "


def _mend(text: str) -> str:
    """Halves of rare characters are put together; what hyphens are left at a line's end are one character."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\ufffe", _SOFT_HYPHEN).rstrip("\ufffd").strip(" \u3000")


def _is_same_line(before: Line, after: Line) -> bool:
    """Whether a part stands right of another at the same height, as cells of a table do."""
    shared = min(before.top, after.top) - max(before.bottom, after.bottom)
    lower = min(before.top - before.bottom, after.top - after.bottom)
    return shared > 0.6 * lower and after.left >= before.right - 0.5 * after.size


def _join_parts(before: Line, after: Line) -> Line:
    gap = (after.left - before.right) / max(after.size, 1.0)
    between = gap_between(before.text[-1:], after.text[:1], gap)
    return Line(
        before.text + between + after.text,
        before.page,
        before.left,
        after.right,
        min(before.bottom, after.bottom),
        max(before.top, after.top),
        max(before.size, after.size),
        before.font,
        before.width,
        before.height,
    )
