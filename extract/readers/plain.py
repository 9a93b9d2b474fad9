"""Plain text and Markdown: every character is kept, lines are paragraphs."""

from __future__ import annotations

import re
from typing import Final

from extract.table.record import Place

_LINE: Final = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
_HEADING: Final = re.compile(r"#{1,6}\s")


def place_lines(text: str) -> tuple[Place, ...]:
    """
    The places of a plain text: its lines that hold something are its paragraphs.

    >>> [(place.start, place.end, place.paragraph) for place in place_lines("一、成效\\n\\n设立网格。")]
    [(0, 4, 1), (6, 11, 2)]
    """
    lines = enumerate(_LINE.finditer(text), start=1)
    return tuple(Place(line.start(), line.end(), paragraph=number) for number, line in lines)


def place_markdown(text: str) -> tuple[Place, ...]:
    """
    The same of Markdown, whose headings open with #.

    >>> [place.is_heading for place in place_markdown("# 成效\\n设立网格。")]
    [True, False]
    """
    return tuple(
        Place(place.start, place.end, paragraph=place.paragraph, is_heading=bool(_HEADING.match(text, place.start)))
        for place in place_lines(text)
    )
