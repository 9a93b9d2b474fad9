"""A corpus run: find what there is, have it read where the engine runs, and say what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from extract.corpus.engines import Engine, Lost
from extract.corpus.listing import Entry, Listing
from extract.corpus.parts import Record, find_output, name_part, read_dataset
from extract.corpus.sorting import sort_dataset
from extract.corpus.work import Outcome, Task, forget, probe, work
from extract.language.rulebook import fingerprint

# Of documents in one task: small enough for a bounded memory, large enough for parts that are read at once.
TASK_BYTES: Final = 4 << 20
TASK_DOCUMENTS: Final = 500


@dataclass(slots=True)
class Summary:
    """
    What a run did, in documents; ``rows`` and ``documents`` count the whole dataset, ``gone`` those no longer found.

    ``failures`` name each document that was not read, and why.
    """

    documents: int = 0
    rows: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    copies: int = 0
    failures: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


Advance = Callable[[int, int], None]


def run_corpus(
    listing: Listing, output: str, engine: Engine, reference_date: date | None, advance: Advance, *, prune: bool = False
) -> Summary:
    """
    Bring a dataset up to date with the documents found.

    Args:
        output:
            The dataset's folder, as a path or URL; made where it is not there.
        advance:
            Called after each task with the bytes and documents it was for.
        prune:
            Whether documents of the dataset that are not found any more are taken out of it.

    Raises:
        InputError:
            The dataset can't be read, or a worker is of another version.
        OutputError:
            It can't be written; what was done before stays.
    """
    fs, folder = find_output(output)
    address = str(fs.unstrip_protocol(folder)) if "file" not in fs.protocol else folder
    parts = {f"{address}/{path.rpartition('/')[2]}": records for path, records in read_dataset(fs, folder).items()}
    parts = _drop_doubles(parts)
    summary = Summary(failures=list(listing.problems), others=listing.others)
    if prune:
        parts = _prune(parts, listing, summary)
    tasks = plan(address, parts, listing, reference_date)
    parts |= _carry_out(tasks, engine, summary, advance)
    parts |= _carry_out(list(settle(parts, listing, reference_date)), engine, Summary(), lambda *_: None)
    records = [record for part in parts.values() for record in part]
    summary.documents, summary.rows = len(records), sum(record.rows for record in records)
    summary.copies = sum(record.copy_of is not None for record in records)
    summary.gone += sum(record.document not in listing.entries for record in records)
    return summary


def sort_output(output: str) -> bool:
    """
    Give a dataset its sorted copy, unless it has one; whether it was made.

    Raises:
        InputError, OutputError:
            The dataset can't be read, or the copy can't be written.
    """
    fs, folder = find_output(output)
    return sort_dataset(fs, folder, read_dataset(fs, folder))


def plan(
    folder: str, parts: Mapping[str, Sequence[Record]], listing: Listing, reference_date: date | None
) -> list[Task]:
    """A task for each part that is there, and tasks for the documents that are in none; the same on every engine."""
    rules = fingerprint()
    tasks = []
    known: set[str] = set()
    for part, records in parts.items():
        entries = tuple(listing.entries[one.document] for one in records if one.document in listing.entries)
        known.update(entry.name for entry in entries)
        if entries:
            tasks.append(Task(part, entries, tuple(records), rules, reference_date, _copies(records)))
    fresh = sorted((entry for entry in listing.entries.values() if entry.name not in known), key=_order)
    for batch in _batches(fresh):
        part = name_part(folder, (entry.name for entry in batch))
        tasks.append(Task(part, batch, (), rules, reference_date, {}))
    return tasks


def _order(entry: Entry) -> tuple[str, int, str]:
    """Documents of one file beside each other."""
    return (entry.address, entry.row, entry.name) if entry.row is not None else (entry.name, -1, entry.name)


def _batches(entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and (size + entry.size > TASK_BYTES or len(batch) == TASK_DOCUMENTS):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(entry)
        size += entry.size
    if batch:
        yield tuple(batch)


def _copies(records: Sequence[Record]) -> dict[str, str]:
    return {record.document: record.copy_of for record in records if record.copy_of}


def settle(parts: Mapping[str, Sequence[Record]], listing: Listing, reference_date: date | None) -> Iterator[Task]:
    """
    Tasks for the parts in which a document holds rows that another of the same text holds too, or lacks its own.

    Of equal texts the first by name holds the rows; the same whichever was read first.
    """
    first: dict[str, str] = {}
    for record in sorted((record for part in parts.values() for record in part), key=lambda one: one.document):
        first.setdefault(record.text_hash, record.document)
    for part, records in parts.items():
        wanted = {one.document: first[one.text_hash] for one in records if first[one.text_hash] != one.document}
        wrong = {one.document for one in records if one.copy_of != wanted.get(one.document)}
        entries = tuple(listing.entries[name] for name in sorted(wrong) if name in listing.entries)
        if entries:
            yield Task(part, entries, tuple(records), fingerprint(), reference_date, wanted)


def _carry_out(
    tasks: Sequence[Task], engine: Engine, summary: Summary, advance: Advance
) -> dict[str, tuple[Record, ...]]:
    """The documents of each part after its task; those that end their process are found out and left out."""
    done: dict[str, tuple[Record, ...]] = {}
    lost = []
    for task, outcome in engine.run(work, tasks):
        if isinstance(outcome, Lost):
            lost.append(task)
            continue
        done |= _note(outcome, summary)
        advance(task.size, len(task.entries))
    for task in lost:
        ending = _find_ending(task, engine)
        for again, outcome in engine.run(work, [replace(task, lost=ending)]):
            if isinstance(outcome, Lost):
                summary.failures.append(f"{again.part}: not written, {outcome.reason}; run again")
            else:
                done |= _note(outcome, summary)
        advance(task.size, len(task.entries))
    return done


def _note(outcome: Outcome, summary: Summary) -> dict[str, tuple[Record, ...]]:
    summary.new += outcome.new
    summary.changed += outcome.changed
    summary.failures += outcome.failures
    return {outcome.part: outcome.records} if outcome.records else {}


def _find_ending(task: Task, engine: Engine) -> frozenset[str]:
    """The documents at which the process ends, each tried by itself, so that no other is blamed."""
    ending = set()
    for entry in task.entries:
        for _, outcome in engine.run(probe, [replace(task, entries=(entry,))]):
            if isinstance(outcome, Lost):
                ending.add(entry.name)
    return frozenset(ending)


def _drop_doubles(parts: Mapping[str, tuple[Record, ...]]) -> dict[str, tuple[Record, ...]]:
    """
    Take a document out of every part but the first that holds it.

    A worker of a cluster may outlive its run, and write its part when the next run has cut the documents another way.
    """
    held: set[str] = set()
    left = {}
    for part, records in parts.items():
        again = frozenset(one.document for one in records if one.document in held)
        held.update(one.document for one in records)
        if kept := _take_out(part, records, again):
            left[part] = kept
    return left


def _prune(
    parts: Mapping[str, tuple[Record, ...]], listing: Listing, summary: Summary
) -> dict[str, tuple[Record, ...]]:
    """Take out the documents that are not found any more."""
    left = {}
    for part, records in parts.items():
        gone = frozenset(one.document for one in records if one.document not in listing.entries)
        summary.gone += len(gone)
        if kept := _take_out(part, records, gone):
            left[part] = kept
    return left


def _take_out(part: str, records: tuple[Record, ...], documents: frozenset[str]) -> tuple[Record, ...]:
    """What is left of a part without some documents."""
    kept = tuple(record for record in records if record.document not in documents)
    if len(kept) < len(records):
        forget(Task(part, (), records, fingerprint(), None, {}), documents)
    return kept
