"""Blocks of a document → its text, and where each stretch of it stands in the original."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.table.record import Place


@dataclass(frozen=True, slots=True)
class Block:
    """
    A paragraph, a heading, or a row of a table (its cells joined by tabs) as a reader found it.

    ``page`` is 1-based, None where the format has no fixed pages; ``table`` and ``row`` are 1-based, of a row only;
    a block that ``continues`` is the rest of the one before it, on the next page.
    """

    text: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    is_heading: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found: the blocks in order, and the document's title where it says one."""

    blocks: tuple[Block, ...]
    title: str | None = None


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[Place, ...]]:
    """
    The text of some blocks, one a line, and their places; paragraphs are counted on their page, else from the start.

    >>> compose([Block("一、成效"), Block("设立网格8.5万个。")])[0]
    '一、成效\\n设立网格8.5万个。'
    """
    parts: list[str] = []
    places: list[Place] = []
    length = 0
    counts: Counter[int | None] = Counter()
    for block in blocks:
        if parts and not block.continues:
            parts.append("\n")
            length += 1
        is_row = block.row is not None
        counts[block.page] += not is_row
        end = length + len(block.text)
        paragraph = None if is_row else counts[block.page]
        places.append(Place(length, end, block.page, paragraph, block.table, block.row, block.is_heading))
        parts.append(block.text)
        length = end
    return "".join(parts), tuple(places)


def find_place(places: Sequence[Place], start: int) -> Place | None:
    """
    The place that holds an offset, None between two of them.

    >>> find_place([Place(0, 4, paragraph=1), Place(5, 9, paragraph=2)], 6).paragraph
    2
    """
    index = bisect_right(places, start, key=lambda place: place.start) - 1
    return places[index] if index >= 0 and start < places[index].end else None
