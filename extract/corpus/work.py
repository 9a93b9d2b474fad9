"""
One task: some documents → their part of the dataset. Runs in any process on any machine, and may run twice.

A task says all that its outcome depends on, so that a second try, on another worker, writes the same part.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem

from extract.corpus.listing import DATE, TEXT, Entry, check_schema, show
from extract.corpus.parts import Record, drop_part, read_rows, write_part
from extract.language.rulebook import fingerprint
from extract.pipeline import extract_text, stated_date
from extract.readers import MOST_BYTES, Source, parse_sidecar, read_document, read_safely
from extract.table.errors import ExtractError, InputError, OutputError, ReadError
from extract.table.frame import SCHEMA, to_arrow
from extract.table.record import text_hash


@dataclass(frozen=True, slots=True)
class Task:
    """
    A part to be brought up to date.

    ``records`` say what is in it now, ``entries`` what to read; a document of the one and not of the other stays.
    ``copies`` name the documents whose rows stand under another's; ``lost`` those that end the process that reads them.
    """

    part: str
    entries: tuple[Entry, ...]
    records: tuple[Record, ...]
    rules: str
    reference_date: date | None
    copies: Mapping[str, str]
    lost: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """In bytes of the documents."""
        return sum(entry.size for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task did: the documents of the part now, how many were new or changed, and why others were not read."""

    part: str
    records: tuple[Record, ...]
    new: int
    changed: int
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The bytes of a document and of its sidecar; or why there are none."""

    entry: Entry
    data: bytes = b""
    sidecar: bytes = b""
    fault: ExtractError | None = None

    @property
    def checksum(self) -> str:
        digest = hashlib.sha256(self.data)
        digest.update(b"\0" + self.sidecar)
        return digest.hexdigest()


def work(task: Task) -> Outcome:
    """
    Bring one part up to date: what is unchanged is kept, what is new or changed is read and extracted.

    Raises:
        InputError:
            This process has other rules than the task was made for.
        OutputError:
            The part can't be written.
    """
    check_rules(task.rules)
    known = {record.document: record for record in task.records}
    made: dict[str, tuple[Record, pa.Table]] = {}
    failures = []
    for reading in read_all(task.entries, task.lost):
        name = reading.entry.name
        try:
            if reading.fault:
                raise reading.fault
            if not _is_current(known.get(name), reading.checksum, task):
                made[name] = _extract(reading, task)
        except ExtractError as error:
            failures.append(str(error))
    kept = [record for record in task.records if record.document not in made]
    if made:
        _write(task.part, kept, made)
    records = (*kept, *(record for record, _ in made.values()))
    changed = sum(name in known for name in made)
    return Outcome(task.part, records, len(made) - changed, changed, tuple(failures))


def check_rules(rules: str) -> None:
    """
    Refuse a task that was made under other rules.

    Raises:
        InputError:
            A worker runs another version of the program than the one that gives out the work.
    """
    if rules != fingerprint():
        raise InputError(
            f"a worker has the rules {fingerprint()}, and this program {rules}; install the same version on both"
        )


def probe(task: Task) -> None:
    """Read a task's documents and extract, for nothing but to see whether the process outlives it."""
    for reading in read_all(task.entries, frozenset()):
        try:
            if not reading.fault:
                _extract(reading, task)
        except ExtractError:
            continue


def _is_current(record: Record | None, checksum: str, task: Task) -> bool:
    return record is not None and (record.checksum, record.rules, record.reference_date, record.copy_of) == (
        checksum,
        task.rules,
        _write_date(task.reference_date),
        task.copies.get(record.document),
    )


def _write_date(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _extract(reading: _Reading, task: Task) -> tuple[Record, pa.Table]:
    name = reading.entry.name
    source = _parse(reading)
    record = Record(
        document=name,
        checksum=reading.checksum,
        text_hash=text_hash(source.text),
        rules=task.rules,
        reference_date=_write_date(task.reference_date),
        rows=0,
        title=source.title,
        copy_of=task.copies.get(name),
    )
    if record.copy_of:
        return record, SCHEMA.empty_table()
    day = task.reference_date or source.reference_date or stated_date(source.text)
    frame = extract_text(source.text, name, day, source.headings)
    try:
        return replace(record, rows=len(frame), date=_write_date(day)), to_arrow(frame)
    except (UnicodeError, pa.ArrowException) as error:
        address = show(reading.entry)
        raise InputError(f"{address}: holds characters that can't be encoded ({error}); repair it") from error


def _parse(reading: _Reading) -> Source:
    address = show(reading.entry)
    if reading.entry.row is not None:
        day = date.fromisoformat(reading.sidecar.decode()) if reading.sidecar else None
        return Source(reading.entry.name, reading.data.decode(), day)
    # A process that is a worker already may have no children; what dies in it is named by its master.
    read = read_document if multiprocessing.current_process().daemon else read_safely
    try:
        source = read(reading.data, address)
    except ExtractError:
        raise
    except Exception as error:
        raise ReadError(address, "reader_crashed") from error
    return replace(source, reference_date=parse_sidecar(reading.sidecar, address) if reading.sidecar else None)


def read_all(entries: tuple[Entry, ...], lost: frozenset[str]) -> Iterator[_Reading]:
    """The bytes of some documents, one after the other; of each once, those that are lost as a fault."""
    rows: dict[str, dict[int, Entry]] = {}
    for entry in entries:
        if entry.name in lost:
            yield _Reading(entry, fault=InputError(f"{show(entry)}: ends the process that reads it; leave it out"))
        elif entry.row is None:
            yield _read_file(entry)
        else:
            rows.setdefault(entry.address, {})[entry.row] = entry
    for address, wanted in rows.items():
        yield from _read_rows(address, wanted)


def _read_file(entry: Entry) -> _Reading:
    try:
        fs, path = fsspec.url_to_fs(entry.address)
        data = fs.cat_file(path, end=MOST_BYTES + 1)
        return _Reading(entry, data, _read_sidecar(fs, posixpath.splitext(path)[0] + ".toml"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        fault = InputError(f"{entry.address}: can't be read ({reason}); run again once it is there")
        return _Reading(entry, fault=fault)


def _read_sidecar(fs: AbstractFileSystem, path: str) -> bytes:
    try:
        content: bytes = fs.cat_file(path)
    except FileNotFoundError:
        return b""
    return content


def _read_rows(address: str, wanted: dict[int, Entry]) -> Iterator[_Reading]:
    """The wanted rows of a Parquet file; each that was read is taken out of *wanted*, what is left has a fault."""
    try:
        fs, path = fsspec.url_to_fs(address)
        with fs.open(path, "rb") as opened:
            file = pq.ParquetFile(opened)
            check_schema(file.schema_arrow, address)
            yield from _pick_rows(file, wanted)
        fault: ExtractError = InputError(f"{address}: has lost rows since it was listed; run again")
    except InputError as error:
        fault = error
    except (OSError, ValueError, pa.ArrowException) as error:
        fault = InputError(f"{address}: can't be read ({error}); run again once it is whole")
    yield from (_Reading(entry, fault=fault) for entry in wanted.values())


def _pick_rows(file: pq.ParquetFile, wanted: dict[int, Entry]) -> Iterator[_Reading]:
    columns = [name for name in (TEXT, DATE) if name in file.schema_arrow.names]
    first = 0
    for group in range(file.num_row_groups):
        count = file.metadata.row_group(group).num_rows
        here = [row for row in wanted if first <= row < first + count]
        if here:
            table = file.read_row_group(group, columns)
            for row in here:
                cells = {name: table[name][row - first].as_py() for name in columns}
                yield _read_cells(wanted.pop(row), cells)
        first += count


def _read_cells(entry: Entry, cells: Mapping[str, Any]) -> _Reading:
    day = cells.get(DATE)
    try:
        stated = date.fromisoformat(day).isoformat() if isinstance(day, str) else _day_of(day)
    except ValueError:
        fault = InputError(f"{show(entry)}: {DATE} is {day!r}; write it as 2022-09-30")
        return _Reading(entry, fault=fault)
    text = cells[TEXT] or ""
    return _Reading(entry, text.encode("utf-8", "surrogatepass"), stated.encode())


def _day_of(day: Any) -> str:
    if day is None:
        return ""
    if isinstance(day, datetime):
        return day.date().isoformat()
    if isinstance(day, date):
        return day.isoformat()
    raise ValueError(day)


def _write(part: str, kept: list[Record], made: Mapping[str, tuple[Record, pa.Table]]) -> None:
    try:
        fs, path = fsspec.url_to_fs(part)
        tables = [table for _, table in made.values()]
        if kept:
            tables.append(read_rows(fs, path, [record.document for record in kept]))
    except (OSError, ValueError, pa.ArrowException) as error:
        raise OutputError(f"{part}: can't be read again ({error}); run again, or choose another folder") from error
    write_part(fs, path, tables, [*kept, *(record for record, _ in made.values())])


def forget(task: Task, documents: frozenset[str]) -> None:
    """Take documents out of a part, and the part away where none is left."""
    fs, path = fsspec.url_to_fs(task.part)
    kept = [record for record in task.records if record.document not in documents]
    if kept:
        write_part(fs, path, [read_rows(fs, path, [record.document for record in kept])], kept)
    else:
        drop_part(fs, path)
