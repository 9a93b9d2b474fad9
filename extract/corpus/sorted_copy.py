"""
How the sorted copy of a corpus lies on the disk, for those who make it and those who ask it questions.

It stands in a folder of the dataset whose name readers of a dataset leave out, so that no row is read twice. Each copy
has a folder of its own there, and the manifest, written last, names the one that holds: so who reads a copy sees one
state of the dataset, whole, while another is made. Before any part of the dataset changes it is marked as outdated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

FOLDER, MANIFEST, OUTDATED = "_sorted", "manifest.json", "outdated"
# All rows in one order; the documents with their reports; where the row of an id stands, and those of a pair of
# characters.
ROWS, REPORTS, IDS, PAIRS = "rows.parquet", "reports.parquet", "ids.parquet", "pairs.parquet"
# Columns beside those of the tidy table: the place in the order, and the date of the document.
POSITION, REPORTED = "position", "reported"
# So many hex digits of an id find its row among a few; all of them would take as much room as the rows.
ID_DIGITS: Final = 6
# Of the checksum of a copy, for the name of its folder.
NAME_DIGITS: Final = 16
# Of pairs of characters: rows in a block, and the characters of which words are, Chinese ones and Latin letters.
BLOCK_ROWS: Final = 1 << 16
FIRST_HAN, LAST_HAN = 0x3400, 0x9FFF
FIRST_LATIN, LAST_LATIN = ord("a"), ord("z")
# The last day of a row's period; of a row without a stated period the day of its document. The earlier end of a from→to
# pair is older than its document, nobody knows by how much, and has none.
DAY: Final = (
    "coalesce(TRY_CAST(period_end AS DATE), CASE WHEN period IS NULL AND role IS DISTINCT FROM 'from'"
    f" THEN TRY_CAST({REPORTED} AS DATE) END)"
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What a copy says of itself.

    ``place`` is the folder of its files; ``checksum`` stands for all rows; ``values`` are those of some columns as
    text, each with the number of its rows, null left out; ``is_outdated`` says that a run has changed the dataset
    since, or changes it.
    """

    place: Path
    rows: int
    checksum: str
    values: Mapping[str, Mapping[str, int]]
    is_outdated: bool


def pairs_of(word: str) -> list[int] | None:
    """
    The pairs of a word as the index has them, case aside; None for a word of one character, or of others than Chinese
    ones or Latin letters.

    >>> [hex(pair) for pair in pairs_of("网格员")]
    ['0x7f51683c', '0x683c5458']
    """
    codes = [ord(letter) for letter in word.lower()]
    scripts = ((FIRST_HAN, LAST_HAN), (FIRST_LATIN, LAST_LATIN))
    is_of_one = any(all(first <= code <= last for code in codes) for first, last in scripts)
    if len(codes) < 2 or not is_of_one:
        return None
    return [(first << 16) | second for first, second in pairwise(codes)]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a dataset's copy, None where the dataset has none that is whole."""
    place = folder / FOLDER
    try:
        told = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        values = {name: {str(value): int(count) for value, count in its} for name, its in told["values"].items()}
        copy = place / name_copy(told["checksum"])
        if not copy.is_dir():
            return None
        return Manifest(
            place=copy,
            rows=int(told["rows"]),
            checksum=told["checksum"],
            # Without regions there is nothing to show it by.
            values=values | {"region": values["region"]},
            is_outdated=(place / OUTDATED).exists(),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def name_copy(checksum: str) -> str:
    """The folder of the copy of those rows for which a checksum, a hexadecimal number, stands."""
    return f"{int(checksum, 16):064x}"[:NAME_DIGITS]
