"""What belongs to the page and not to the report: buttons, sizes of type, ways to share. The words are data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Final

from extract.language.rulebook import read_rows
from extract.readers.blocks import Block

COLUMNS: Final = ("words", "standing", "example")
# alone: a block of these is dropped; together: from two of them on; beside: only next to such as are dropped.
STANDINGS: Final = ("alone", "together", "beside")
_ENOUGH: Final = 2
_LONGEST: Final = 80
_MARKS: Final = r"[\s\u3000\xa0|｜>＞»《》【】\[\]（）()<＜：:·•,，、。.×＋+\-—_/／\d]"


def drop_furniture(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """
    The blocks that say something: those of nothing but furniture are left out, headings and rows of tables never.

    >>> [block.text for block in drop_furniture([Block("【字号：大 中 小】"), Block("下载率达82%。")])]
    ['下载率达82%。']
    """
    kept: list[Block] = []
    for is_tiny, run in groupby(blocks, key=is_tiny_furniture):
        stretch = list(run)
        if not (is_tiny and _is_furniture(stretch)):
            kept += stretch
    return tuple(kept)


def pick_title(*titles: str) -> str | None:
    """
    The first title that says something: a page's button may stand where its title belongs.

    >>> pick_title("下载", "2026年政府工作报告"), pick_title("【打印】 下载", "")
    ('2026年政府工作报告', None)
    """
    return next((title for title in titles if not _pattern().fullmatch(title)), None)


def is_tiny_furniture(block: Block) -> bool:
    """Whether a block holds nothing but words and marks of furniture."""
    if block.is_heading or block.row is not None or len(block.text) > _LONGEST:
        return False
    return _pattern().fullmatch(block.text) is not None


def _is_furniture(stretch: list[Block]) -> bool:
    standings = [standing for block in stretch for standing in _standings(block.text)]
    return "alone" in standings or standings.count("together") >= _ENOUGH


def _standings(text: str) -> Iterator[str]:
    for match in _pattern_of_words().finditer(text):
        yield _words()[match[0]]


@cache
def _words() -> dict[str, str]:
    rows = read_rows("furniture.csv", COLUMNS)
    return {row["words"]: row["standing"] for row in sorted(rows, key=lambda row: -len(row["words"]))}


@cache
def _pattern_of_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _words())))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"(?>{_pattern_of_words().pattern}|{_MARKS})*+")
