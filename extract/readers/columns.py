"""Which columns of a spreadsheet hold text, and which say who reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.rulebook import read_toml

# Above the header there may be a title.
_HEADER_WITHIN: Final = 5
# A cell of running text is as long, or has the marks of a sentence; a column of it holds this part of all prose.
_PROSE_LENGTH: Final = 15
_SENTENCE: Final = re.compile(r"[。；！？，]")
_PROSE_SHARE: Final = 0.6
# What is put before the text, in this order: a place alone on a line opens a report.
_HEADINGS: Final = ("title", "region", "date")

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """``text`` is the column of the text, ``headings`` those put before it; data begins at the row ``first``."""

    text: int
    headings: tuple[int, ...]
    first: int


def find_columns(rows: Rows) -> Columns | None:
    """
    The columns of a table with running text, None where it has none.

    >>> find_columns([["地区", "正文"], ["浙江", "设立网格8.5万个。"]])
    Columns(text=1, headings=(0,), first=1)
    """
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        held = [held_by(cell) for cell in row]
        if "text" in held:
            return Columns(held.index("text"), _headings(held), index + 1)
    return _guess(rows)


def held_by(header: str) -> str | None:
    """
    What a column holds by its header: text, region, title, date, or None where the name says none of them.

    >>> held_by("发布 时间"), held_by("网格数")
    ('date', None)
    """
    return _names().get(re.sub(r"\s+", "", header).lower())


@cache
def _names() -> dict[str, str]:
    rows = read_toml("documents.toml")["column"]
    return {name.replace(" ", ""): row["holds"] for row in rows for name in row["names"]}


def _headings(held: Sequence[str | None]) -> tuple[int, ...]:
    return tuple(held.index(kind) for kind in _HEADINGS if kind in held)


def _guess(rows: Rows) -> Columns | None:
    """Without such a header: the column that holds most of the prose."""
    width = max(map(len, rows), default=0)
    amounts = [_amount(rows, column) for column in range(width)]
    if not sum(amounts) or max(amounts) < _PROSE_SHARE * sum(amounts):
        return None
    text = amounts.index(max(amounts))
    first = next(index for index, row in enumerate(rows) if text < len(row) and is_prose(row[text]))
    held = [held_by(cell) for cell in rows[first - 1]] if first else []
    return Columns(text, _headings(held), first)


def _amount(rows: Rows, column: int) -> int:
    return sum(len(row[column]) for row in rows if column < len(row) and is_prose(row[column]))


def is_prose(cell: str) -> bool:
    """
    Whether a cell holds running text.

    >>> is_prose("设立网格8.5万个，占四成。"), is_prose("浙江"), is_prose("85000")
    (True, False, False)
    """
    letters = sum(char.isalpha() for char in cell)
    return 2 * letters > len(cell) and (len(cell) >= _PROSE_LENGTH or _SENTENCE.search(cell) is not None)
