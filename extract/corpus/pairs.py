"""
An index of pairs of characters, Chinese ones or Latin letters: which rows hold a pair in their subject, sentence or
period.

A word of two characters is such a pair, so that its rows are known without a look at the text. Rows are taken block by
block; a pair of a block is one row of the index, its rows' places in the block as numbers of 16 bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from extract.corpus.sorted_copy import BLOCK_ROWS, FIRST_HAN, FIRST_LATIN, LAST_HAN, LAST_LATIN, PAIRS, POSITION

UPPER_TO_LOWER: Final = np.uint32(ord("a") - ord("A"))
# Pairs read at once by who looks for one.
GROUP_ROWS: Final = 5_000
# Sorted at once.
SLICE_BYTES: Final = 32 << 20
TEXT: Final = "concat_ws(chr(10), subject, sentence, period)"
SCHEMA: Final = pa.schema([("pair", pa.uint32()), ("block", pa.uint32()), ("places", pa.binary())])


def index_words(connection: duckdb.DuckDBPyConnection, rows: Path, folder: Path) -> None:
    """Write the index of a file of rows, sorted by pair, into a folder."""
    unsorted = folder / "unsorted.parquet"
    with pq.ParquetWriter(unsorted, SCHEMA, compression="lz4") as writer:
        for number, texts in enumerate(_blocks(connection, rows)):
            writer.write_table(_index(number, texts))
    with pq.ParquetWriter(folder / PAIRS, SCHEMA, compression="zstd") as writer:
        for first, last in _ranges(connection, unsorted):
            sql = f"SELECT * FROM read_parquet('{quote(unsorted)}') WHERE pair BETWEEN ? AND ? ORDER BY pair, block"
            found = connection.sql(sql, params=[first, last]).to_arrow_table().cast(SCHEMA)
            writer.write_table(found, row_group_size=GROUP_ROWS)
    unsorted.unlink()


def _ranges(connection: duckdb.DuckDBPyConnection, unsorted: Path) -> Iterator[tuple[int, int]]:
    """Ranges of pairs with about so many bytes each: however many rows there are, few of them are sorted at once."""
    sql = f"SELECT pair, sum(octet_length(places)) FROM read_parquet('{quote(unsorted)}') GROUP BY 1 ORDER BY 1"
    first, size, pair = None, 0, None
    for pair, added in connection.execute(sql).fetchall():
        first, size = pair if first is None else first, size + added
        if size >= SLICE_BYTES:
            yield first, pair
            first, size = None, 0
    if first is not None and pair is not None:
        yield first, pair


def quote(path: Path | str) -> str:
    """A path as it stands between single quotes in SQL."""
    return str(path).replace("'", "''")


def _blocks(connection: duckdb.DuckDBPyConnection, rows: Path) -> Iterator[list[str]]:
    """The texts of the rows, in blocks."""
    (count,) = connection.execute(f"SELECT count(*) FROM read_parquet('{quote(rows)}')").fetchall()[0]
    for first in range(0, count, BLOCK_ROWS):
        sql = (
            f"SELECT {TEXT} FROM read_parquet('{quote(rows)}')"
            f" WHERE {POSITION} >= {first} AND {POSITION} < {first + BLOCK_ROWS} ORDER BY {POSITION}"
        )
        yield [text for (text,) in connection.execute(sql).fetchall()]


def _index(number: int, texts: list[str]) -> pa.Table:
    """The pairs of one block, each with the places of its rows."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    lengths = [len(text) + 1 for text in texts]
    places = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
    codes = np.where((codes >= ord("A")) & (codes <= ord("Z")), codes + UPPER_TO_LOWER, codes)
    is_han = (codes >= FIRST_HAN) & (codes <= LAST_HAN)
    is_latin = (codes >= FIRST_LATIN) & (codes <= LAST_LATIN)
    first = np.flatnonzero((is_han[:-1] & is_han[1:]) | (is_latin[:-1] & is_latin[1:]))
    pairs = (codes[first].astype(np.uint64) << np.uint64(16)) | codes[first + 1]
    keys = (pairs << np.uint64(16)) | places[first]
    # Sorted by hand: NumPy's unique hashes first, which takes five times as long.
    keys.sort()
    keys = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    pairs = keys >> np.uint64(16)
    offsets = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])) if len(keys) else np.empty(0, dtype=np.int64)
    pairs = pairs[offsets]
    data = (keys & np.uint64(0xFFFF)).astype("<u2").tobytes()
    ends = np.append(offsets, len(keys)).astype(np.int32) * 2
    cells = pa.Array.from_buffers(pa.binary(), len(pairs), [None, pa.py_buffer(ends.tobytes()), pa.py_buffer(data)])
    block = np.full(len(pairs), number, dtype=np.uint32)
    return pa.table([pa.array(pairs.astype(np.uint32)), pa.array(block), cells], schema=SCHEMA)
