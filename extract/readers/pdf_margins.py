"""Running heads, feet and page numbers of a PDF: found by where they stand and that they come back."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from extract.readers.pdf_lines import Line

# The part of a page's height in which a running head or foot stands, and a page number.
_ZONE: Final = 0.12
_NUMBER_ZONE: Final = 0.15
# Of the pages, this part at least has a running head; odd and even pages may have their own.
_SHARE: Final = 0.3
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_FIGURES: Final = re.compile(r"\d+|[ivxlc]+$", re.IGNORECASE)
_EDGE: Final = r"[\s—–―－\-_·•.~|]*"
# — 3 —, 第3页, 第 3 页 共 9 页, 3/9, Page 3 of 9.
_PAGE_NUMBER: Final = re.compile(
    rf"{_EDGE}(?:第\s*\d{{1,4}}\s*页|[pP]age\s*\d{{1,4}})?{_EDGE}[,，（(]?\s*(?:[共/]|of)\s*\d{{1,4}}\s*页?[)）]?{_EDGE}"
    rf"|{_EDGE}第\s*\d{{1,4}}\s*页{_EDGE}"
    rf"|[—–―－\-_·•~]+\s*\d{{1,4}}\s*[—–―－\-_·•~]+"
    rf"|\d{{1,4}}\s*/\s*\d{{1,4}}|[pP](?:age|\.)\s*\d{{1,4}}(?:\s*of\s*\d{{1,4}})?"
)
_BARE_NUMBER: Final = re.compile(r"\d{1,4}")


def drop_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without its running head and foot and without its number."""
    running = _find_running(pages)
    shifts = _find_shifts(pages)
    return [[line for line in page if not (_key(line) in running or _is_page_number(line, shifts))] for page in pages]


def _find_running(pages: Sequence[Sequence[Line]]) -> set[tuple[str, bool]]:
    counts = Counter(key for page in pages for key in {_key(line) for line in page if _is_outer(line, _ZONE)})
    least = max(2, math.ceil(_SHARE * len(pages)))
    return {key for key, count in counts.items() if count >= least and _LETTERS.search(key[0])} - {("", True)}


def _key(line: Line) -> tuple[str, bool]:
    """What is the same on every page: a line's words in the margin; a line elsewhere has no key that counts."""
    if not _is_outer(line, _ZONE):
        return "", True
    return _FIGURES.sub("#", re.sub(r"\s+", "", line.text)), line.bottom > line.height / 2


def _is_outer(line: Line, zone: float) -> bool:
    middle = (line.top + line.bottom) / 2 / line.height
    return middle < zone or middle > 1 - zone


def _find_shifts(pages: Sequence[Sequence[Line]]) -> set[int]:
    """By how much the printed numbers differ from the count of pages: what two pages agree on, or none differs."""
    shifts: Iterable[int] = (
        int(line.text) - line.page
        for page in pages
        for line in page
        if _is_outer(line, _NUMBER_ZONE) and _BARE_NUMBER.fullmatch(line.text)
    )
    return {0} | {shift for shift, count in Counter(shifts).items() if count > 1}


def _is_page_number(line: Line, shifts: set[int]) -> bool:
    if not _is_outer(line, _NUMBER_ZONE):
        return False
    if _BARE_NUMBER.fullmatch(line.text):
        return int(line.text) - line.page in shifts
    return _PAGE_NUMBER.fullmatch(line.text) is not None
