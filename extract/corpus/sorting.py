"""
The sorted copy of a dataset: parts are in the order of the documents, so that a question about an indicator or a region
would read all of them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem

from extract.corpus.pairs import index_words, quote
from extract.corpus.parts import Record, read_dataset
from extract.corpus.sorted_copy import (
    DAY,
    FOLDER,
    ID_DIGITS,
    IDS,
    MANIFEST,
    OUTDATED,
    PAIRS,
    POSITION,
    REPORTED,
    REPORTS,
    ROWS,
    name_copy,
)
from extract.table.errors import OutputError
from extract.table.frame import SCHEMA
from extract.table.record import COLUMN_NAMES

# What readers look for together lies together: an indicator's rows, else those of a region.
ORDER: Final = 'indicator NULLS LAST, region, theme, period_end, document, report, start, "end"'
# The first two of them as one text, that of no indicator behind all others.
KEY: Final = "coalesce(indicator, chr(1114109)) || chr(1) || coalesce(region, '')"
CELLS: Final = {name: f'"{name}"' for name in COLUMN_NAMES} | {"region": "coalesce(region, '') AS region"}
FILES: Final = (ROWS, REPORTS, IDS, PAIRS)
GROUP_ROWS: Final = 100_000
# Small for its speed: texts that come again in a row group stand there once.
STYLE: Final[dict[str, Any]] = {"compression": "zstd", "compression_level": 3, "dictionary_pagesize_limit": 32 << 20}
# So many rows are sorted at once.
SLICE_ROWS: Final = 400_000
ID_GROUP_ROWS: Final = 20_000
# Sorting takes so much, and the rest goes to the disk.
MEMORY: Final = "300MB"
THREADS: Final = 2
# Columns with few enough values to be listed in the manifest, and how they are found.
LISTED: Final = {
    name: f'CAST("{name}" AS VARCHAR)'
    for name in (
        *("region", "province", "level", "theme", "indicator", "unit", "qualifier", "kind", "direction", "role"),
        *("rule", "flags", "report", "reporter", "status", "period_basis", "aggregation"),
    )
} | {"year": "year"}


def sort_dataset(fs: AbstractFileSystem, folder: str, parts: Mapping[str, Sequence[Record]]) -> bool:
    """
    Make the copy of a dataset, unless it has one; whether it was made.

    Who reads the copy that was there before can do so until the new one holds.

    Raises:
        OutputError:
            It can't be written; the dataset itself is whole.
    """
    place = f"{folder}/{FOLDER}"
    before, checksum = _find_copy(fs, place), _checksum(parts)
    try:
        if not any(parts.values()):
            _take_away(fs, f"{place}/{MANIFEST}", f"{place}/{OUTDATED}", place)
            return False
        if before != checksum:
            _add_copy(fs, folder, parts, checksum)
        # What another run has changed meanwhile is not in it.
        if _checksum(read_dataset(fs, folder)) == checksum:
            _take_away(fs, f"{place}/{OUTDATED}")
        else:
            fs.touch(f"{place}/{OUTDATED}")
    except (OSError, duckdb.Error) as error:
        raise OutputError(
            f"{place}: can't be written ({_say(error)}); make room and run again. The dataset itself is whole"
        ) from error
    with suppress(OSError):
        # Only what is known to be no other run's; of an old one that is still open somewhere the next run tries again.
        old = [f"{place}/{name}" for name in FILES]
        _take_away(fs, *old, *([f"{place}/{name_copy(before)}"] if before not in (None, checksum) else []))
    return before != checksum


def _take_away(fs: AbstractFileSystem, *paths: str) -> None:
    for path in paths:
        if fs.exists(path):
            fs.rm(path, recursive=True)


def _find_copy(fs: AbstractFileSystem, place: str) -> str | None:
    """The checksum of the copy that holds, None where there is none or one of its files is gone."""
    try:
        checksum = str(json.loads(fs.cat_file(f"{place}/{MANIFEST}"))["checksum"])
        files = [f"{place}/{name_copy(checksum)}/{name}" for name in FILES]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return checksum if all(map(fs.exists, files)) else None


def _add_copy(fs: AbstractFileSystem, folder: str, parts: Mapping[str, Sequence[Record]], checksum: str) -> None:
    """Make a copy beside the one that holds, and let it hold."""
    place = f"{folder}/{FOLDER}"
    with TemporaryDirectory(dir=_near(fs, folder), prefix=f"{FOLDER}-") as temporary:
        made = _make(fs, parts, Path(temporary))
        fs.makedirs(f"{place}/{name_copy(checksum)}", exist_ok=True)
        for name in FILES:
            _move(fs, Path(temporary) / name, f"{place}/{name_copy(checksum)}/{name}")
        manifest = Path(temporary) / MANIFEST
        manifest.write_text(json.dumps({"checksum": checksum} | made, ensure_ascii=False), encoding="utf-8")
        _move(fs, manifest, f"{place}/{MANIFEST}")


def _say(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _near(fs: AbstractFileSystem, folder: str) -> str | None:
    return folder if "file" in fs.protocol else None


def _move(fs: AbstractFileSystem, source: Path, target: str) -> None:
    if "file" in fs.protocol:
        source.replace(target)
    else:
        fs.put_file(str(source), target)


def _make(fs: AbstractFileSystem, parts: Mapping[str, Sequence[Record]], temporary: Path) -> dict[str, Any]:
    """Write the files into a folder here; what the manifest says of them."""
    paths, records = [path for path, its in parts.items() if its], _in_order(parts)
    with duckdb.connect() as connection:
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}")
        connection.execute(f"SET temp_directory = '{quote(temporary / 'spill')}'")
        connection.register("documents", _tabulate(records))
        _read_parts(connection, fs, paths)
        rows = temporary / ROWS
        _write_rows(connection, rows)
        connection.execute(f"CREATE VIEW sorted AS SELECT * FROM read_parquet('{quote(rows)}')")
        connection.execute(
            f"COPY (SELECT id[:{ID_DIGITS}] AS prefix, {POSITION} FROM sorted ORDER BY ALL)"
            f" TO '{quote(temporary / IDS)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ID_GROUP_ROWS})"
        )
        index_words(connection, rows, temporary)
        connection.execute(
            "COPY (SELECT document, title, documents.reported, report, region, rows FROM documents LEFT JOIN"
            " (SELECT document, report, mode(region) AS region, count(*) AS rows FROM sorted GROUP BY ALL)"
            f" USING (document) ORDER BY document, report) TO '{quote(temporary / REPORTS)}' (FORMAT parquet)"
        )
        values = {
            name: connection.execute(
                f"SELECT {value}, count(*) FROM sorted WHERE {value} IS NOT NULL GROUP BY 1 ORDER BY 1"
            ).fetchall()
            for name, value in LISTED.items()
        }
    shutil.rmtree(temporary / "spill", ignore_errors=True)
    return {"rows": sum(record.rows for record in records), "values": values}


def _write_rows(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """All rows in their order, slice by slice: no more memory is taken for more rows."""
    writer: pq.ParquetWriter | None = None
    count = 0
    for first, last in _slices(connection):
        sql = (
            f"SELECT row_number() OVER () - 1 + {count} AS {POSITION}, {', '.join(CELLS.values())}, {REPORTED},"
            f" {DAY} AS day, CAST(year({DAY}) AS VARCHAR) AS year"
            f" FROM (SELECT part.*, {REPORTED} FROM part LEFT JOIN documents USING (document)"
            f" WHERE {KEY} BETWEEN ? AND ? ORDER BY {ORDER})"
        )
        batches = connection.sql(sql, params=[first, last]).to_arrow_reader(GROUP_ROWS)
        # Opened on the columns, not on the rows: there may be none.
        writer = writer or pq.ParquetWriter(path, batches.schema, **STYLE)
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]), row_group_size=GROUP_ROWS)
            count += batch.num_rows
    if writer:
        writer.close()


def _slices(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Ranges of the sort key, each of about so many rows as are sorted at once."""
    first, size, key = None, 0, ""
    for key, count in connection.execute(f"SELECT {KEY} AS key, count(*) FROM part GROUP BY 1 ORDER BY 1").fetchall():
        first, size = first or key, size + count
        if size >= SLICE_ROWS:
            yield first, key
            first, size = None, 0
    # Of no rows at all one empty slice, which gives the file its columns.
    if first or not key:
        yield first or "", key


def _read_parts(connection: duckdb.DuckDBPyConnection, fs: AbstractFileSystem, paths: Sequence[str]) -> None:
    """The rows of all parts, as ``part``; columns that a part's version of the table did not have yet are null."""
    if "file" not in fs.protocol:
        connection.register_filesystem(fs)
    addresses = paths if "file" in fs.protocol else [fs.unstrip_protocol(path) for path in paths]
    columns = ", ".join(f'"{name}"' for name in COLUMN_NAMES)
    listed = ", ".join(f"'{quote(address)}'" for address in addresses)
    # Every column with its type, where all parts lack some.
    connection.register("header", SCHEMA.empty_table())
    connection.execute(
        f"CREATE VIEW part AS SELECT {columns} FROM (FROM header UNION ALL BY NAME"
        f" FROM read_parquet([{listed}], hive_partitioning = false, union_by_name = true))"
    )


def _tabulate(records: Iterable[Record]) -> pa.Table:
    """What is known of each document, a row each."""
    schema = pa.schema([("document", pa.string()), ("title", pa.string()), (REPORTED, pa.string())])
    rows = [{"document": one.document, "title": one.title, REPORTED: one.date} for one in records]
    return pa.Table.from_pylist(rows, schema)


def _in_order(parts: Mapping[str, Sequence[Record]]) -> list[Record]:
    return sorted((record for its in parts.values() for record in its), key=lambda one: one.document)


def _checksum(parts: Mapping[str, Sequence[Record]]) -> str:
    """The same for the same rows, wherever and in whatever parts they lie."""
    digest = hashlib.sha256()
    for one in _in_order(parts):
        digest.update(
            f"{one.document}\t{one.text_hash}\t{one.rules}\t{one.rows}\t{one.date}\n".encode("utf-8", "surrogatepass")
        )
    return digest.hexdigest()
