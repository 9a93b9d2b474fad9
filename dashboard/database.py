"""
The statistics in DuckDB: a table in memory, or the sorted copy of a corpus on the disk with a few rows beside it.

Either way one view, ``statistics``: the columns of the tidy table with its review columns, dates as ISO text, and

- ``position``: the row's place in the order of the table, from 0;
- ``day``: the last day of its period; of a row without a stated period the day of its document. The earlier end of a
  from→to pair is older than its document, nobody knows by how much, and has none;
- ``year``: that of the day, as text;
- ``family``, ``topic``, ``speaker`` and others: see ``family_columns``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any, Final

import duckdb
import pandas as pd
import pyarrow as pa

from dashboard.clauses import Clause, all_of, any_of, literal, one_of
from dashboard.corpus_index import CorpusIndex, DatabaseError, asking
from dashboard.families import family_columns
from dashboard.mark import find_last_day
from dashboard.search import has_text
from dashboard.wording.codebook import Codebook
from extract.corpus.sorted_copy import DAY, IDS, PAIRS, REPORTED, REPORTS, ROWS
from extract.table.record import COLUMNS, REVIEW_COLUMNS, REVIEWED_COLUMNS, UNREVIEWED, Column

__all__ = ["KEPT", "Database", "DatabaseError", "open_copy", "open_rows"]
# What a question may take of the machine's memory; beyond it DuckDB uses the disk.
MEMORY: Final = "1GB"
# So many answers to each kind of question, and so many searches, are remembered.
KEPT: Final = 128
KEPT_SEARCHES: Final = 64
# The columns that the index of words is of; a word of so many letters is exact in it, and of a longer one so many rows
# are looked at.
INDEXED: Final = ("subject", "sentence", "period")
EXACT_LETTERS, MOST_VERIFIED = 2, 50_000
# Never null: "" where there is nothing to say.
BLANK: Final = ("region", "unit", "flags")
ARROW: Final = {"str": pa.string(), "date": pa.string(), "int": pa.int64(), "float": pa.float64()}
DERIVED: Final = f"SELECT *, CAST(year(day) AS VARCHAR) AS year FROM (SELECT *, {DAY} AS day FROM "


class Database:
    """
    The rows of one state of the data, shared between sessions.

    Each question has a cursor of its own, so that sessions may ask at the same time.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, index: CorpusIndex | None = None) -> None:
        self._connection = connection
        self._index = index
        self._searches: dict[Hashable, str] = {}
        self._words: list[str] = []
        self._numbers = count()
        # A search may be made by one session at a time; what it makes is for all.
        self._lock = RLock()

    def table(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The answer to a question, as Arrow."""
        with asking(), self._connection.cursor() as cursor:
            return cursor.sql(sql, params=list(values)).to_arrow_table()

    def frame(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """The answer to a question, as a frame."""
        found: pd.DataFrame = self.table(sql, values).to_pandas()
        return found

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer to a question of few rows, as tuples; null is None."""
        with asking(), self._connection.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    def remember(self, key: Hashable, find: Callable[[], Clause]) -> Clause:
        """What takes long to find, found once: the same condition by the places of the rows."""
        with self._lock:
            if key not in self._searches:
                clause = find()
                sql = f"SELECT position FROM statistics WHERE {clause.text}"
                self._searches[key] = self._keep(self.table(sql, clause.values))
                self._forget()
            # The latest used is the last to be forgotten.
            self._searches[key] = self._searches.pop(key)
            return Clause(f"position IN (SELECT position FROM {self._searches[key]})")

    def _keep(self, table: pa.Table) -> str:
        """A table under a name of its own."""
        name = f"found_{next(self._numbers)}"
        with asking(), self._connection.cursor() as cursor:
            cursor.register("arrived", table)
            cursor.execute(f"CREATE TABLE {name} AS SELECT * FROM arrived")
            cursor.unregister("arrived")
        return name

    def _forget(self) -> None:
        """Let the oldest searches go, and the words that they were made of."""
        while len(self._searches) > KEPT_SEARCHES:
            self._drop(self._searches.pop(next(iter(self._searches))))
        while self._words:
            self._drop(self._words.pop())

    def _drop(self, name: str) -> None:
        with asking(), self._connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {name}")

    def locate(self, ids: Iterable[str]) -> Clause:
        """The rows of these ids, by their places where there is an index of them."""
        asked = list(ids)
        by_id = one_of("id", asked)
        if self._index is None or not asked:
            return by_id
        places = one_of("position", self._index.places_of(asked))
        return all_of([any_of([places, self._index.others()]), by_id])

    def find_word(self, word: str) -> Clause | None:
        """The rows that hold a word in subject, sentence or period, while a search is made; None without an index."""
        found = self._index.find_word(word) if self._index else None
        if self._index is None or found is None:
            return None
        self._words.append(self._keep(pa.table({"position": found})))
        clause = Clause(f"position IN (SELECT position FROM {self._words[-1]})")
        texts = any_of(has_text(name, word) for name in INDEXED)
        if len(word) > EXACT_LETTERS and len(found) <= MOST_VERIFIED:
            clause = all_of([clause, texts])
        return any_of([clause, all_of([self._index.others(), texts])])

    def describe(self, document: str) -> tuple[str | None, str | None] | None:
        """Title and date of a document of a corpus, None where it is in none."""
        if self._index is None:
            return None
        found = self.rows("SELECT title, reported FROM reports WHERE document = ? LIMIT 1", [document])
        return (found[0][0], found[0][1]) if found else None

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory that fetches nothing from anywhere."""
    connection = duckdb.connect()
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    # A file's footer is read once, not at every question.
    connection.execute("SET parquet_metadata_cache = true")
    return connection


def open_rows(rows: pd.DataFrame, dates: Mapping[str, str], codebook: Codebook) -> Database:
    """
    A table in memory.

    Args:
        rows:
            The columns of REVIEWED_COLUMNS, in the order of the table.
        dates:
            The date of each document that has one, ISO and as precise as it is known.
    """
    connection = connect()
    add_rows(connection, "given", rows, dates)
    families = family_columns(codebook)
    connection.execute(f"CREATE TABLE statistics AS SELECT *, {families} FROM ({DERIVED} given)) ORDER BY position")
    connection.execute("DROP TABLE given")
    return Database(connection)


def open_copy(folder: Path, others: pd.DataFrame, dates: Mapping[str, str], codebook: Codebook) -> Database:
    """
    The sorted copy of a corpus as it lies in a folder, with further rows in memory behind it.

    Raises:
        DatabaseError:
            Its files can't be read.
    """
    with asking():
        return look_at(folder, others, dates, codebook)


def look_at(folder: Path, others: pd.DataFrame, dates: Mapping[str, str], codebook: Codebook) -> Database:
    """The same, with DuckDB's own errors."""
    connection = connect()
    reviews = ", ".join(
        f"CAST({'NULL' if (said := UNREVIEWED[column.name]) is None else literal(said)} AS VARCHAR) AS {column.name}"
        for column in REVIEW_COLUMNS
    )
    if lacking := [name for name in (ROWS, REPORTS, IDS, PAIRS) if not (folder / name).is_file()]:
        raise DatabaseError(f"{', '.join(lacking)}: not there")
    source = f"read_parquet({literal(str(folder / ROWS))})"
    known = {name for name, *_ in connection.execute(f"DESCRIBE FROM {source}").fetchall()}
    shown = ", ".join(select_column(column, known) for column in COLUMNS)
    connection.execute(
        f"CREATE VIEW kept AS SELECT position, {shown}, {reviews}, TRY_CAST({REPORTED} AS DATE) AS {REPORTED},"
        f" day, year FROM {source}"
    )
    add_rows(connection, "others", others, dates)
    (rows,) = connection.execute("SELECT count(*) FROM kept").fetchall()[0]
    connection.execute(f"UPDATE others SET position = position + {rows}")
    both = f"SELECT * FROM kept UNION ALL {DERIVED} others)" if len(others) else "SELECT * FROM kept"
    connection.execute(f"CREATE VIEW statistics AS SELECT *, {family_columns(codebook)} FROM ({both})")
    connection.execute(f"CREATE VIEW reports AS SELECT * FROM read_parquet({literal(str(folder / REPORTS))})")
    return Database(connection, CorpusIndex(connection, folder, rows))


def select_column(column: Column, known: Collection[str]) -> str:
    """A column of a copy, days as text; null where the copy is of a version of the table that did not have it yet."""
    name = f'"{column.name}"'
    if column.version > 1 and column.name not in known:
        return f"CAST(NULL AS VARCHAR) AS {name}"
    return f"CAST({name} AS VARCHAR) AS {name}" if column.type == "date" else name


def add_rows(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame, dates: Mapping[str, str]) -> None:
    """A table of tidy rows with their place and the day of their document."""
    fields = [pa.field(column.name, ARROW[column.type]) for column in REVIEWED_COLUMNS]
    days = {document: find_last_day(day) for document, day in dates.items()}
    blank = {name: rows[name].fillna("") for name in BLANK}
    cells = {column.name: rows[column.name] for column in REVIEWED_COLUMNS} | blank
    frame = pd.DataFrame({"position": range(len(rows)), **cells, REPORTED: rows["document"].map(days).astype(object)})
    schema = pa.schema([pa.field("position", pa.int64()), *fields, pa.field(REPORTED, pa.date32())])
    connection.register("arrived", to_table(frame, schema))
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arrived")
    connection.unregister("arrived")


def to_table(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """A frame in Arrow; what UTF-8 cannot hold, half a surrogate pair, becomes a question mark."""
    try:
        return pa.Table.from_pandas(frame, schema, preserve_index=False)
    except (UnicodeError, pa.ArrowException):
        repaired = frame.map(lambda cell: cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell)
        return pa.Table.from_pandas(repaired, schema, preserve_index=False)
