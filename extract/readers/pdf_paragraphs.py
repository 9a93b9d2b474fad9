"""The lines of a PDF → paragraphs: Chinese prose breaks a line anywhere, in the middle of a number too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Final

from extract.language.rulebook import read_toml
from extract.readers.blocks import Block
from extract.readers.pdf_lines import Line

# In widths of a character.
_INDENT: Final = 1.2
_TOLERANCE: Final = 0.6
_NARROW: Final = 0.55
# Of the lines, so many share a margin; and so many make a page that has margins of its own.
_MARGIN_SHARE: Final = 0.05
_ENOUGH_LINES: Final = 8
_SIZE_JUMP: Final = 1.08
_HEADING_JUMP: Final = 1.15
_GAP_JUMP: Final = 1.45
_LONGEST_HEADING: Final = 60
_LONGEST_CELL: Final = 12
# What no line is broken in: figures and words, and with each character the marks that may not open or end a line.
_UNIT: Final = r"(?:[0-9A-Za-z.,:∶%/+×~～\-]+|.)"
_OPENING: Final = r"[“‘（《「『【(\[]*"
_CLOSING: Final = r"[，。、；：？！）》」』】％,.;:?!)\]]*"
_UNBREAKABLE: Final = re.compile(
    rf"{_OPENING}{_UNIT}(?:{_CLOSING}[“”‘’—…·]+{_UNIT}?)*{_CLOSING}(?:[0-9A-Za-z.%，、％]*[0-9A-Za-z.%％]{_CLOSING})?"
)
# A line that ends like this goes on, however short it is.
_UNFINISHED: Final = re.compile(r"[，、；（“‘《〈]$")
_NEVER_FIRST: Final = re.compile(r"[，。、；：？！）》」』】”’％]")
_LATIN: Final = re.compile(r"[A-Za-z,;:)]")
_SOFT_HYPHEN: Final = "\x02"


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end, and how far apart they are."""

    left: float
    right: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Body:
    """The usual size and face of type of a document."""

    size: float
    font: str


def join_lines(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """The paragraphs of a document; one that runs over the end of a page is a block on each."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    body, common = _find_body(lines), _find_margins(lines)
    before, margins_before = None, common
    stretch: list[Line] = []
    continues = False
    for page in pages:
        margins = _find_margins(page) if len(page) >= _ENOUGH_LINES else common
        for line in page:
            if before is not None:
                starts = _is_start(before, line, margins_before, margins)
                if starts or line.page != before.page:
                    yield _to_block(stretch, body, continues, None if starts else line)
                    stretch, continues = [], not starts
            stretch.append(line)
            before, margins_before = line, margins
    yield _to_block(stretch, body, continues, None)


def _find_body(lines: Sequence[Line]) -> Body:
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        fonts[line.font] += len(line.text)
    return Body(sizes.most_common(1)[0][0], fonts.most_common(1)[0][0])


def _find_margins(lines: Sequence[Line]) -> Margins:
    size = median(line.size for line in lines)
    pitches = [
        before.bottom - after.bottom
        for before, after in pairwise(lines)
        if before.page == after.page and 0 < before.bottom - after.bottom < 4 * size
    ]
    left = _outermost((-line.left for line in lines), size)
    return Margins(-left, _outermost((line.right for line in lines), size), median(pitches or [1.5 * size]))


def _outermost(edges: Iterable[float], size: float) -> float:
    """The outermost edge that several lines share; a single one that sticks out sets no margin."""
    ordered = sorted(edges, reverse=True)
    least = max(2, round(_MARGIN_SHARE * len(ordered)))
    for index, edge in enumerate(ordered):
        near = ordered[index + least - 1 : index + least]
        if near and edge - near[0] <= _TOLERANCE * size:
            return edge
    return ordered[0]


def _is_start(before: Line, line: Line, margins_before: Margins, margins: Margins) -> bool:
    """Whether a paragraph begins with a line."""
    if _NEVER_FIRST.match(line.text):
        return False
    if not 1 / _SIZE_JUMP < line.size / before.size < _SIZE_JUMP:
        return True
    if _is_row(line.text) or _is_row(before.text):
        return True
    if line.left > margins.left + _INDENT * line.size:
        return True
    if line.page == before.page:
        step = before.bottom - line.bottom
        if step < 0 or step > max(_GAP_JUMP * margins.pitch, 1.2 * line.size):
            return True
    return _has_room(before, line, margins_before)


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table: short texts with wide gaps between; prose may have a gap as well."""
    return "\t" in text and max(map(len, text.split("\t"))) <= _LONGEST_CELL


def _has_room(before: Line, line: Line, margins: Margins) -> bool:
    """Whether what opens a line would still have stood on the one before: then that one was ended on purpose."""
    if _UNFINISHED.search(before.text) or (before.text[-1].isdigit() and _pattern("counted").match(line.text)):
        return False
    token = _UNBREAKABLE.match(line.text)
    needed = sum(_NARROW if char.isascii() else 1.0 for char in (token[0] if token else ""))
    return margins.right - before.right > (needed + _TOLERANCE) * before.size


def _to_block(stretch: Sequence[Line], body: Body, continues: bool, following: Line | None) -> Block:
    text = stretch[0].text
    for line in stretch[1:]:
        text = text.removesuffix(_SOFT_HYPHEN) + _between(text, line.text) + line.text
    if following is not None:
        text += _between(text, following.text)
    is_heading = not continues and following is None and _is_heading(stretch, text, body)
    return Block(text.replace(_SOFT_HYPHEN, "-"), stretch[0].page, is_heading=is_heading, continues=continues)


def _between(before: str, after: str) -> str:
    """Latin words keep a blank where a line ended between them; nothing stands between Chinese characters."""
    is_latin = _LATIN.match(before[-1:]) and re.match(r"[A-Za-z(]", after)
    return " " if is_latin and not before.endswith(_SOFT_HYPHEN) else ""


def _is_heading(stretch: Sequence[Line], text: str, body: Body) -> bool:
    if len(text) > _LONGEST_HEADING or "\t" in text or text.endswith(tuple("。；，;,")):
        return False
    line = stretch[0]
    has_own_face = line.font != body.font and _pattern("heading_font").search(line.font) is not None
    return line.size >= _HEADING_JUMP * body.size or (has_own_face and len(stretch) == 1)


@cache
def _pattern(section: str) -> re.Pattern[str]:
    return re.compile(read_toml("documents.toml")[section]["pattern"])
