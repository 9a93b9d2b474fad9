"""Running heads, feet and page numbers of a PDF: found by where they stand and that they come back."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from extract.language.rulebook import expand, read_toml
from extract.readers.pdf_lines import Line

# The part of a page's height in which a running head or foot stands, and a page number.
_ZONE: Final = 0.12
_NUMBER_ZONE: Final = 0.15
# Of the pages, this part at least has a running head; odd and even pages may have their own.
_SHARE: Final = 0.3
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_NUMBER: Final = re.compile(r"(?<![\d.])\d{1,4}(?![\d.])")
_BARE_NUMBER: Final = re.compile(r"\d{1,4}")


def drop_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without its running head and foot and without its number."""
    running, shifts = _find_running(pages), _find_shifts(pages)
    return [
        [line for line in page if running.isdisjoint(_keys(line)) and not _is_page_number(line, shifts)]
        for page in pages
    ]


def _find_running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """What stands in the margin of many pages."""
    counts = Counter(key for page in pages for key in {key for line in page for key in _keys(line)})
    least = max(2, math.ceil(_SHARE * len(pages)))
    return {key for key, count in counts.items() if count >= least}


def _keys(line: Line) -> set[str]:
    """
    What is the same on every page of a line in the margin: all of it, or all but its first or last number, which grows
    with the pages. Other numbers count as letters do, so that no statistic is taken for a running head.
    """
    if not _is_outer(line, _ZONE) or not _LETTERS.search(line.text):
        return set()
    text = re.sub(r"\s+", "", line.text)
    numbers = list(_NUMBER.finditer(text))
    grown = (f"{text[: n.start()]}{int(n[0]) - line.page:+d}{text[n.end() :]}" for n in (*numbers[:1], *numbers[-1:]))
    return {text, *grown}


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


@cache
def _page_number() -> re.Pattern[str]:
    """The forms of a page's number in ``rules/documents.toml``; a bare number is none of them."""
    rules = read_toml("documents.toml")
    return re.compile(expand("|".join(row["pattern"] for row in rules["page_number"]), rules["fragment"]))


def _is_page_number(line: Line, shifts: set[int]) -> bool:
    if not _is_outer(line, _NUMBER_ZONE):
        return False
    if _BARE_NUMBER.fullmatch(line.text):
        return int(line.text) - line.page in shifts
    return _page_number().fullmatch(line.text) is not None
