"""Which documents a run is to read: a directory, a pattern, a list or a Parquet file, on any file system of fsspec."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem

from extract.readers import SUFFIXES
from extract.table.errors import InputError

PARQUET: Final = ".parquet"
# Files that say something of the documents beside them.
_COMPANIONS: Final = (".toml",)
_WILDCARDS: Final = frozenset("*?[")
# The first lines tell a list of documents from a document.
_HEAD_BYTES: Final = 4096
TEXT, NAME, DATE = "text", "document", "reference_date"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One document to be read.

    ``name`` is what its rows carry; ``address`` a path or URL; ``size`` in bytes; ``row`` its 0-based row where the
    file is a Parquet file with a document a row.
    """

    name: str
    address: str
    size: int
    row: int | None = None


@dataclass(slots=True)
class Listing:
    """The documents found, by name; what could not be found, and the suffixes of files that are no documents."""

    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)

    def add(self, entry: Entry) -> None:
        """Take a document; of two with one name the second is a problem."""
        known = self.entries.setdefault(entry.name, entry)
        if known != entry:
            self.problems.append(
                f"{show(entry)}: is called {entry.name}, as {show(known)} is; run the two into folders of their own"
            )

    def take(self, found: Iterable[tuple[str, dict[str, Any]]], root: str) -> None:
        """Take those files of a listing that are documents, named by their way from the root."""
        for path, info in found:
            name = posixpath.relpath(path, root) if root else path
            base = posixpath.basename(path)
            suffix = posixpath.splitext(base)[1].lower()
            if base.startswith((".", "~$")) or info["type"] == "directory" or suffix in _COMPANIONS:
                continue
            if suffix not in SUFFIXES:
                self.others[suffix or "(none)"] += 1
            elif info["type"] != "file":
                target = info.get("destination", "no file")
                self.problems.append(f"{path}: leads nowhere ({target}); restore or remove it")
            else:
                self.add(Entry(name, path, int(info["size"])))


def show(entry: Entry) -> str:
    """A document as a message names it."""
    return entry.address if entry.row is None else f"{entry.address}, row {entry.row + 1}"


def list_documents(inputs: Sequence[str]) -> Listing:
    """
    The documents of some directories, patterns, lists, Parquet files and single documents.

    Raises:
        InputError:
            One of them does not exist, can't be listed, or is a Parquet file without texts.
    """
    listing = Listing()
    for given in inputs:
        try:
            _list_one(given, listing)
        except (OSError, ValueError, ImportError, pa.ArrowException) as error:
            raise InputError(f"{given}: can't be listed ({error}); check the address and the rights to it") from error
    return listing


def _list_one(given: str, listing: Listing) -> None:
    fs, path = fsspec.url_to_fs(given)
    if _WILDCARDS & set(path) and not fs.exists(path):
        _list_pattern(fs, path, given, listing)
    elif fs.isdir(path):
        listing.take(_with_protocol(fs, fs.find(path, detail=True)), _full(fs, path))
    elif not fs.isfile(path):
        raise InputError(f"{given}: is not there; name a directory, a pattern, a list, a Parquet file or a document")
    elif path.lower().endswith(PARQUET):
        _list_rows(fs, path, _full(fs, path), listing)
    elif (lines := _read_list(fs, path)) is not None:
        _list_lines(fs, path, lines, listing)
    else:
        listing.add(Entry(posixpath.basename(path), _full(fs, path), int(fs.size(path))))


def _list_pattern(fs: AbstractFileSystem, path: str, given: str, listing: Listing) -> None:
    found = fs.glob(path, detail=True)
    if not found:
        raise InputError(f"{given}: fits no file; check the pattern, and quote it from the shell")
    fixed = path[: min(path.index(char) for char in _WILDCARDS if char in path)]
    listing.take(_with_protocol(fs, found), _full(fs, posixpath.dirname(fixed)))


def _list_lines(fs: AbstractFileSystem, path: str, lines: Sequence[str], listing: Listing) -> None:
    """The documents that a list names, a line each, from the list's own folder where a line is no whole address."""
    for line in lines:
        target, place = _resolve(fs, path, line)
        if target.isfile(place):
            listing.add(Entry(line, _full(target, place), int(target.size(place))))
        else:
            listing.problems.append(f"{line}: is listed in {path}, but is not there; correct the list")


def _resolve(fs: AbstractFileSystem, path: str, line: str) -> tuple[AbstractFileSystem, str]:
    if "://" in line:
        found: tuple[AbstractFileSystem, str] = fsspec.url_to_fs(line)
        return found
    return fs, posixpath.join(posixpath.dirname(path), line)


def _read_list(fs: AbstractFileSystem, path: str) -> list[str] | None:
    """The lines of a list of documents; None where the file is a document itself."""
    if posixpath.splitext(path)[1].lower() not in (".txt", ".list", ""):
        return None
    try:
        first = next(_lines(fs.cat_file(path, end=_HEAD_BYTES).decode("utf-8-sig", "ignore")), "")
        if not first or len(first) == _HEAD_BYTES or not _leads_on(fs, path, first):
            return None
        return list(_lines(fs.cat_file(path).decode("utf-8-sig")))
    except UnicodeError:
        return None


def _leads_on(fs: AbstractFileSystem, path: str, line: str) -> bool:
    try:
        target, place = _resolve(fs, path, line)
        return bool(target.isfile(place))
    except (OSError, ValueError):
        return False


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _list_rows(fs: AbstractFileSystem, path: str, address: str, listing: Listing) -> None:
    """A document a row; the texts themselves are only measured."""
    with fs.open(path, "rb") as opened:
        file = pq.ParquetFile(opened)
        check_schema(file.schema_arrow, address)
        mean = sum(_text_bytes(file, group) for group in range(file.num_row_groups)) // max(1, file.metadata.num_rows)
        named = NAME in file.schema_arrow.names
        stem = posixpath.splitext(posixpath.basename(path))[0]
        row = 0
        for batch in file.iter_batches(columns=[NAME] if named else []):
            names = batch.column(0).to_pylist() if named else [None] * batch.num_rows
            for name in names:
                listing.add(Entry(str(name) if name else f"{stem}#{row + 1}", address, mean, row))
                row += 1


def check_schema(schema: pa.Schema, address: str) -> None:
    """
    Whether a Parquet file holds texts.

    Raises:
        InputError:
            It has no column of them.
    """
    if TEXT not in schema.names or not (
        pa.types.is_string(schema.field(TEXT).type) or pa.types.is_large_string(schema.field(TEXT).type)
    ):
        there = ", ".join(f"{one.name} ({one.type})" for one in schema)
        raise InputError(
            f"{address}: has no column {TEXT!r} of strings, but {there or 'none at all'};"
            f" name the column of texts {TEXT}"
            f" (and those of names and dates, where there are any, {NAME} and {DATE})"
        )


def _text_bytes(file: pq.ParquetFile, group: int) -> int:
    columns = file.metadata.row_group(group)
    return sum(
        columns.column(place).total_uncompressed_size
        for place in range(columns.num_columns)
        if columns.column(place).path_in_schema == TEXT
    )


def _full(fs: AbstractFileSystem, path: str) -> str:
    """The address by which any process finds a file again."""
    return path if "file" in fs.protocol else str(fs.unstrip_protocol(path))


def _with_protocol(fs: AbstractFileSystem, found: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((_full(fs, path), info) for path, info in sorted(found.items()))
