"""Where the rows of an id, or of a word, stand in the sorted copy of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from dashboard.clauses import Clause, literal, one_of
from extract.corpus.sorted_copy import BLOCK_ROWS, ID_DIGITS, IDS, PAIRS, pairs_of

Places = NDArray[np.int64]


class DatabaseError(Exception):
    """A question that has no answer: its files are gone, damaged or changed, or the machine has no room."""


@contextmanager
def asking() -> Iterator[None]:
    """What DuckDB says of a failure, as the app's own error in one line."""
    try:
        yield
    except duckdb.Error as error:
        raise DatabaseError(str(error).partition("\n")[0]) from error


class CorpusIndex:
    """The index files of a copy of so many ``rows``; other rows follow them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, rows: int) -> None:
        self._connection = connection
        self._ids, self._pairs = (literal(str(folder / name)) for name in (IDS, PAIRS))
        self._rows = rows

    def others(self) -> Clause:
        """The rows that are not in it."""
        return Clause(f"position >= {self._rows}")

    def places_of(self, ids: Iterable[str]) -> list[int]:
        """Where rows stand that may have these ids: few more than there are ids."""
        prefixes = one_of("prefix", sorted({row_id[:ID_DIGITS] for row_id in ids}))
        found = self._ask(f"SELECT position FROM read_parquet({self._ids}) WHERE {prefixes.text}", prefixes.values)
        return [place for (place,) in found]

    def find_word(self, word: str) -> Places | None:
        """
        Where every two characters of a word that follow each other are there, in order; None for a word that has none.

        Of a word of two characters these are the rows that hold it.
        """
        pairs = pairs_of(word)
        return None if pairs is None else reduce(np.intersect1d, map(self._places, dict.fromkeys(pairs)))

    def _places(self, pair: int) -> Places:
        sql = f"SELECT block, places FROM read_parquet({self._pairs}) WHERE pair = ? ORDER BY block"
        blocks = [
            np.frombuffer(places, dtype="<u2").astype(np.int64) + block * BLOCK_ROWS
            for block, places in self._ask(sql, [pair])
        ]
        return np.concatenate(blocks) if blocks else np.empty(0, dtype=np.int64)

    def _ask(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with asking(), self._connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()
