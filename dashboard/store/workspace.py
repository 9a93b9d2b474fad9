"""A whole workspace as one file, for a colleague or as a backup, and back."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from dashboard.store import documents as docs
from dashboard.store.archive import Archive, Parcel, pack
from dashboard.store.records import Merge, NewDocument, StoredDocument
from dashboard.store.reviews import merge_history, read_history
from dashboard.store.schema import DOCUMENTS
from dashboard.store.store import Store
from extract.table.record import text_hash

# What the file is called where nobody gave it another name.
FILE_NAME = "workspace.zip"


def write_workspace(store: Store) -> bytes:
    """The file of all kept documents, with their rows and all that people said of these, undone reviews included."""
    with store.reading() as connection:
        return pack(_read_parcels(connection), docs.now())


def _read_parcels(connection: sa.Connection) -> Iterator[Parcel]:
    for document in docs.list_documents(connection, docs.KEPT):
        new = NewDocument(
            name=document.name,
            file_name=document.file_name,
            format=document.format,
            checksum=document.checksum,
            text=docs.read_text(connection, document),
            places=docs.read_places(connection, document),
            facts=document.facts,
            rules=document.rules,
        )
        rows = docs.read_rows(connection, DOCUMENTS.c.id == document.id)
        yield Parcel(new, rows, read_history(connection, document))


def read_workspace(store: Store, data: bytes, name: str = FILE_NAME) -> Merge:
    """
    Bring the documents of a workspace's file into the store, all of them or none.

    A document that is known by its text or file keeps its rows and gets the reviews that it lacks, each at its time, so
    that two copies that exchange their files say the same; one that had been removed is back.

    Args:
        data:
            The file's bytes.
        name:
            What messages call the file.

    Raises:
        StoreError:
            not_workspace, newer, too_large, checksum or damaged_file, or what a store may raise; nothing was changed.
    """
    archive = Archive(data, name)
    added: list[str] = []
    known: list[str] = []
    restored: list[str] = []
    reviews = 0
    with store.writing() as connection:
        for parcel in archive.parcels():
            new = parcel.document
            document = docs.find_known(connection, new.checksum, text_hash(new.text))
            if document is None:
                document = docs.insert_document(connection, new, parcel.rows)
                added.append(document.name)
            else:
                known.append(document.name)
                restored += _restore(connection, document)
            reviews += merge_history(connection, document, parcel.history)
    return Merge(tuple(added), tuple(known), reviews, tuple(restored))


def _restore(connection: sa.Connection, document: StoredDocument) -> list[str]:
    """Bring a document back that was removed; its name, or nothing where it was there."""
    if document.removed_at is None:
        return []
    docs.update_document(connection, document, removed_at=None)
    return [document.name]
