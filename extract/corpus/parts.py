"""
The dataset on the disk: Parquet files, each of which also tells in its footer which documents it holds.

Rows and what is known of their documents are one file, which appears whole or not at all: whatever ends a run at
whatever moment, the dataset is valid, and a later run sees what there is.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem

from extract.corpus.sorted_copy import FOLDER, MANIFEST, OUTDATED
from extract.table.errors import InputError, OutputError
from extract.table.frame import SCHEMA

_KEY = b"governance-metrics.documents"
_NAME = "part-{}.parquet"
_NAME_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Record:
    """
    What the dataset knows of a document.

    ``checksum`` is of what was read (sidecar included), ``text_hash`` of its text; ``rules`` the version of what made
    its rows, ``reference_date`` the one that was asked for, ``date`` the one that was taken (ISO); ``copy_of`` the
    document of the same text that holds the rows of both.
    """

    document: str
    checksum: str
    text_hash: str
    rules: str
    reference_date: str | None
    rows: int
    title: str | None = None
    copy_of: str | None = None
    date: str | None = None


def find_output(address: str) -> tuple[AbstractFileSystem, str]:
    """
    The file system and folder of a dataset, made where it is not there.

    Raises:
        OutputError:
            It can't be made, or files lie there that are no part of a dataset of this program.
    """
    try:
        fs, folder = fsspec.url_to_fs(address)
        fs.makedirs(folder, exist_ok=True)
        return fs, folder.rstrip("/")
    except (OSError, ValueError, ImportError) as error:
        raise OutputError(f"{address}: can't be used ({error}); choose another folder with -o") from error


def read_dataset(fs: AbstractFileSystem, folder: str) -> dict[str, tuple[Record, ...]]:
    """
    The parts of a dataset, each with its documents.

    Raises:
        InputError:
            A file there was not written by this program, or is damaged.
    """
    fs.invalidate_cache()
    return {path: read_records(fs, path) for path in sorted(fs.glob(f"{folder}/*.parquet"))}


def read_records(fs: AbstractFileSystem, path: str) -> tuple[Record, ...]:
    """The documents of one part."""
    try:
        with fs.open(path, "rb") as file:
            metadata = pq.read_metadata(file).metadata or {}
        return tuple(Record(**record) for record in json.loads(metadata[_KEY]))
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise InputError(
            f"{path}: is no part of a dataset of this program, or is damaged; move it away, or choose another folder"
        ) from error


def read_rows(fs: AbstractFileSystem, path: str, documents: Collection[str]) -> pa.Table:
    """The rows of some documents of a part; columns that its version of the table did not have yet are null."""
    if not documents:
        return SCHEMA.empty_table()
    with fs.open(path, "rb") as file:
        table = pq.ParquetFile(file).read()
    kept = table.filter(pc.is_in(table["document"], pa.array(list(documents)))).replace_schema_metadata(None)
    return pa.concat_tables([SCHEMA.empty_table(), kept], promote_options="default")


def write_part(fs: AbstractFileSystem, path: str, tables: Sequence[pa.Table], records: Iterable[Record]) -> None:
    """
    Put a part in its place, with its documents and rows in order.

    Raises:
        OutputError:
            It can't be written; what was there before is untouched.
    """
    whole = pa.concat_tables([SCHEMA.empty_table(), *tables])
    whole = whole.sort_by([("document", "ascending"), ("start", "ascending"), ("end", "ascending")])
    told = json.dumps([asdict(record) for record in sorted(records, key=lambda one: one.document)], ensure_ascii=False)
    buffer = io.BytesIO()
    pq.write_table(whole.replace_schema_metadata({_KEY: told.encode()}), buffer, compression="zstd")
    try:
        _put(fs, path, buffer.getvalue())
    except OSError as error:
        raise OutputError(
            f"{path}: can't be written ({error.strerror or error}); make room or choose another folder, and run again:"
            " what is done stays done"
        ) from error


def _put(fs: AbstractFileSystem, path: str, content: bytes) -> None:
    _outdate(fs, path)
    if "file" not in fs.protocol:
        # One request: an object store shows the object whole or not at all.
        fs.pipe_file(path, content)
        return
    place = Path(path)
    temporary = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def drop_part(fs: AbstractFileSystem, path: str) -> None:
    """Take away a part of which no document is left."""
    _outdate(fs, path)
    fs.rm_file(path)


def _outdate(fs: AbstractFileSystem, path: str) -> None:
    """Mark the sorted copy as outdated before a part changes: it would pass for one of the new rows."""
    place = f"{path.rpartition('/')[0]}/{FOLDER}"
    if fs.exists(f"{place}/{MANIFEST}") and not fs.exists(f"{place}/{OUTDATED}"):
        fs.touch(f"{place}/{OUTDATED}")


def name_part(folder: str, documents: Iterable[str]) -> str:
    """The path of the part of some new documents: the same documents give the same path on every machine."""
    digest = hashlib.sha256("\n".join(documents).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{folder}/{_NAME.format(digest[:_NAME_DIGITS])}"
