"""Everything the app reads from the disk, checked on the way in; nothing else knows where rows or reports lie."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.citation import Document
from dashboard.colours import pick_colours
from dashboard.database import Database, DatabaseError, open_copy, open_rows
from dashboard.dataset import Dataset
from dashboard.ingest import Draft
from dashboard.library import NOTHING, Library, read_library
from dashboard.link import ReportKey
from dashboard.passage import Passage
from dashboard.sidecars import read_documents, read_populations
from dashboard.store import Known, Store, StoreError, default_place, open_store
from dashboard.table_file import LoadError, find_files, hash_files, read_rows
from dashboard.wording.codebook import Codebook, read_codebook
from extract.corpus.sorted_copy import FOLDER, MANIFEST, OUTDATED, read_manifest
from extract.reporters.reports import split_reports
from extract.table.errors import ReadError
from extract.table.record import Place, Report, text_hash
from extract.table.shipped import shipped

# Where `python -m dashboard --data` leaves the path for the script that Streamlit runs.
DATA_VARIABLE: Final = "GOVMETRICS_DATA"
VERSION_DIGITS: Final = 8
# In place of a store's revision, which counts from 0.
NO_STORE: Final = -1


def data_path() -> Path:
    """The table to show: the one asked for at start, else the shipped one."""
    return Path(os.environ.get(DATA_VARIABLE) or shipped("statistics.csv"))


def check_table(path: Path) -> None:
    """
    Find out whether a table can be shown; of a corpus with a sorted copy no row is read.

    Raises:
        LoadError:
            It can't.
    """
    opened = open_corpus(path, NOTHING, {}, read_codebook(shipped("codebook")))
    if opened:
        opened.database.close()
    else:
        read_rows(path)


def read_dataset(path: Path, library: Library = NOTHING) -> Dataset:
    """
    Read a table with the shipped codebook, denominators and sidecars, and the imported documents beside it.

    The version is that of the table; with imported documents it stands for their rows as well. Of a corpus with a
    sorted copy no row is read: it is asked where it lies.

    Raises:
        LoadError:
            See ``read_rows``.
    """
    documents = read_documents(shipped("sources")) | dict(library.documents)
    titles = {name: document.titles for name, document in documents.items()}
    codebook = replace(read_codebook(shipped("codebook")), documents=titles)
    opened = open_corpus(path, library, documents, codebook) or open_table(path, library, documents, codebook)
    checksum = opened.checksum
    if len(library):
        checksum = hashlib.sha256((checksum + library.checksum).encode()).hexdigest()
    return Dataset(
        database=opened.database,
        size=opened.size,
        checksum=checksum,
        version=checksum[:VERSION_DIGITS],
        codebook=codebook,
        populations=read_populations(shipped("reference", "population.csv")),
        documents=documents,
        colours=pick_colours(codebook.sort_regions(opened.regions)),
        listed=opened.listed,
        is_outdated=opened.is_outdated,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A table that can be asked, and what is known of it without asking."""

    database: Database
    size: int
    checksum: str
    regions: Collection[str]
    listed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_outdated: bool = False


def open_table(path: Path, library: Library, documents: Mapping[str, Document], codebook: Codebook) -> Opened:
    """A table that is read into memory."""
    rows = read_rows(path)
    checksum = hash_files(find_files(path))
    if len(library):
        rows = pd.concat([rows, library.rows], ignore_index=True)
    return Opened(open_rows(rows, dates_of(documents), codebook), len(rows), checksum, set(rows["region"]))


def open_corpus(path: Path, library: Library, documents: Mapping[str, Document], codebook: Codebook) -> Opened | None:
    """
    The sorted copy of a corpus, None where there is none.

    Raises:
        LoadError:
            Its files can't be read.
    """
    manifest = read_manifest(path)
    if manifest is None:
        return None
    try:
        database = open_copy(manifest.place, library.rows, dates_of(documents), codebook)
    except DatabaseError as error:
        raise LoadError("copy", path=manifest.place, reason=error) from error
    listed = {column: dict(counts) for column, counts in manifest.values.items()}
    for column, counts in listed.items():
        for value, count in library.rows[column].value_counts().items() if column in library.rows else ():
            counts[str(value)] = counts.get(str(value), 0) + int(count)
    if not listed.get("reporter", {}):
        # Nobody is named who speaks of others.
        listed["speaker"] = listed["region"]
    if len(library):
        # Their years are worked out where all rows are.
        listed.pop("year")
    size = manifest.rows + len(library.rows)
    return Opened(database, size, manifest.checksum, listed["region"], listed, manifest.is_outdated)


def dates_of(documents: Mapping[str, Document]) -> dict[str, str]:
    """The date of each document that has one."""
    return {name: document.date for name, document in documents.items() if document.date}


@st.cache_resource(show_spinner=False, max_entries=4, on_release=Dataset.close)
def load_dataset(path: Path, changed: tuple[float, ...], revision: int) -> Dataset:
    """
    The dataset of a path and of the store, read once for all sessions, and again where the file's time of change or the
    store's revision differs.
    """
    del changed  # Only a part of the cache's key.
    store = find_store() if revision != NO_STORE else None
    return read_dataset(path, read_library(store) if store else NOTHING)


def load_present(path: Path) -> tuple[Dataset, StoreError | None]:
    """
    The dataset as it is now; without the imported documents, and with the reason, where the store can't be read.

    Raises:
        LoadError:
            The table can't be shown.
    """
    changed = find_change(path)
    try:
        return load_dataset(path, changed, load_store(default_place()).revision()), None
    except StoreError as error:
        return load_dataset(path, changed, NO_STORE), error


def find_change(path: Path) -> tuple[float, ...]:
    """
    When the sorted copy of a corpus was made and when it was outdated, or when a table last changed; 0 for never.

    A corpus itself changes with every document that is read.
    """
    of_copy = (find_time(path / FOLDER / MANIFEST), find_time(path / FOLDER / OUTDATED))
    return of_copy if any(of_copy) else (find_time(path),)


def find_time(path: Path) -> float:
    """When a file last changed; 0 where it is not there."""
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


@st.cache_resource(show_spinner=False, max_entries=4, on_release=Store.close)
def load_store(place: str) -> Store:
    """The store at a place, opened once for all sessions; what can't be opened is tried again."""
    return open_store(place)


def find_store() -> Store | None:
    """The store of imported documents; None where it can't be opened, which leaves the shipped table."""
    try:
        return load_store(default_place())
    except StoreError:
        return None


def load_source(document: str) -> str | None:
    """
    The text of a document, line ends as they are; None where it is neither shipped nor imported.

    A document's name comes from the table, so one that leads out of the folder has no text.
    """
    folder = shipped("sources").resolve()
    path = (folder / f"{document}.txt").resolve()
    if path.is_relative_to(folder) and path.is_file():
        return path.read_bytes().decode("utf-8-sig", "replace")
    with suppress(StoreError):
        store = find_store()
        return store.text(document) if store else None
    return None


def load_report(report: ReportKey) -> Passage | None:
    """The text of one report without its neighbours in the document; None where the text is not to be had."""
    source = load_source(report.document)
    if source is None:
        return None
    for part in divide(source):
        if part.number == report.number:
            return Passage(source[part.start : part.end], part.start)
    return None


@lru_cache(maxsize=64)
def divide(source: str) -> tuple[Report, ...]:
    """The reports of a text; to find them takes longer than to read it."""
    return split_reports(source)


def load_places(document: str) -> tuple[Place, ...]:
    """Where stretches of an imported document stand in its file; none of a shipped one."""
    with suppress(StoreError):
        store = find_store()
        return store.places(document) if store else ()
    return ()


def find_names() -> set[str]:
    """The names of the shipped documents, which no imported one may take."""
    return {path.stem for path in shipped("sources").glob("*.txt")}


def refuse_twin(draft: Draft, store: Store) -> None:
    """
    Refuse a file that is there already.

    Raises:
        Known:
            It, or another with the same text, was imported, and perhaps removed.
        ReadError:
            Its text is a shipped one.
    """
    digest = text_hash(draft.text)
    for document in (*store.documents(), *store.removed()):
        if document.checksum == draft.checksum or document.text_hash == digest:
            raise Known(document)
    for name in find_names():
        if text_hash(load_source(name) or "") == digest:
            raise ReadError(draft.name, "shipped", title=name)
