"""Documents and their statistics, read and written over a connection; whoever calls holds the transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, fields
from datetime import UTC, datetime
from itertools import count
from typing import Final

import pandas as pd
import sqlalchemy as sa

from dashboard.store.errors import Known
from dashboard.store.records import Facts, NewDocument, StoredDocument
from dashboard.store.schema import DOCUMENTS, REVIEWS, STATISTICS, TEXTS
from dashboard.store.tidy import to_records, to_table
from extract.table.record import COLUMN_NAMES, Place, text_hash

# Of a longer wanted name the beginning: the column ends at 255, and a number may follow.
NAME_LENGTH: Final = 200
KEPT: Final = DOCUMENTS.c.removed_at.is_(None)
REMOVED: Final = DOCUMENTS.c.removed_at.is_not(None)
_FACTS: Final = tuple(field.name for field in fields(Facts))
_REVIEWED: Final = (
    sa.select(sa.func.count(REVIEWS.c.row.distinct()))
    .where(REVIEWS.c.document_id == DOCUMENTS.c.id, REVIEWS.c.undone_at.is_(None))
    .scalar_subquery()
    .label("reviewed")
)


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def list_documents(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[StoredDocument]:
    """The documents that meet the conditions, in order of import."""
    query = sa.select(DOCUMENTS, _REVIEWED).where(*conditions).order_by(DOCUMENTS.c.id)
    return [_to_document(row) for row in connection.execute(query).mappings()]


def _to_document(row: sa.RowMapping) -> StoredDocument:
    return StoredDocument(
        **{name: row[name] for name in ("id", "name", "file_name", "format", "checksum", "text_hash", "rules")},
        facts=Facts(*(row[name] for name in _FACTS)),
        imported_at=row["imported_at"],
        removed_at=row["removed_at"],
        rows=row["row_count"],
        reviewed=row["reviewed"],
    )


def find_document(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> StoredDocument | None:
    """The first document that meets the conditions, None where none does."""
    return next(iter(list_documents(connection, *conditions)), None)


def find_known(connection: sa.Connection, checksum: str, digest: str) -> StoredDocument | None:
    """The document that has the same file, else the one that has the same text."""
    same_file = find_document(connection, DOCUMENTS.c.checksum == checksum)
    return same_file or find_document(connection, DOCUMENTS.c.text_hash == digest)


def insert_document(connection: sa.Connection, new: NewDocument, rows: pd.DataFrame) -> StoredDocument:
    """
    Keep a document under a name of its own, with its text and rows.

    Raises:
        Known:
            Its file or its text is there already.
    """
    digest = text_hash(new.text)
    if known := find_known(connection, new.checksum, digest):
        raise Known(known)
    stored = {name: getattr(new, name) for name in ("file_name", "format", "checksum", "rules")}
    connection.execute(
        sa.insert(DOCUMENTS).values(
            **stored,
            **asdict(new.facts),
            name=free_name(connection, new.name),
            text_hash=digest,
            imported_at=now(),
            row_count=0,
        )
    )
    query = sa.select(DOCUMENTS.c.id).where(DOCUMENTS.c.checksum == new.checksum)
    document_id: int = connection.execute(query).scalar_one()
    connection.execute(sa.insert(TEXTS).values(document_id=document_id, text=new.text, places=write_places(new.places)))
    write_rows(connection, read_again(connection, document_id), rows)
    return read_again(connection, document_id)


def read_again(connection: sa.Connection, document_id: int) -> StoredDocument:
    """A document that is there, as it is now."""
    (document,) = list_documents(connection, DOCUMENTS.c.id == document_id)
    return document


def free_name(connection: sa.Connection, wanted: str) -> str:
    """The wanted name, with a number behind it where it is taken; letters of either case are the same name."""
    taken = {name.casefold() for name in connection.scalars(sa.select(DOCUMENTS.c.name))}
    base = wanted.strip()[:NAME_LENGTH] or "1"
    names = (base if number == 1 else f"{base} ({number})" for number in count(1))
    return next(name for name in names if name.casefold() not in taken)


def update_document(connection: sa.Connection, document: StoredDocument, **changes: object) -> None:
    """Write columns of a document anew."""
    connection.execute(sa.update(DOCUMENTS).where(DOCUMENTS.c.id == document.id).values(**changes))


def write_facts(connection: sa.Connection, document: StoredDocument, facts: Facts, rules: str) -> None:
    """Write what a person says of a document, and the rules that its rows come from."""
    update_document(connection, document, **asdict(facts), rules=rules)


def delete_document(connection: sa.Connection, document: StoredDocument) -> None:
    """Delete a document with all that belongs to it."""
    connection.execute(sa.delete(DOCUMENTS).where(DOCUMENTS.c.id == document.id))


def read_text(connection: sa.Connection, document: StoredDocument) -> str:
    """A document's text."""
    query = sa.select(TEXTS.c.text).where(TEXTS.c.document_id == document.id)
    text: str = connection.execute(query).scalar_one()
    return text


def read_places(connection: sa.Connection, document: StoredDocument) -> tuple[Place, ...]:
    """Where the stretches of a document's text stand in its file."""
    query = sa.select(TEXTS.c.places).where(TEXTS.c.document_id == document.id)
    return tuple(Place(*place) for place in json.loads(connection.execute(query).scalar_one()))


def write_places(places: Sequence[Place]) -> str:
    """Places as JSON, a list each: a long document has tens of thousands."""
    return json.dumps([astuple(place) for place in places], separators=(",", ":"))


def read_rows(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> pd.DataFrame:
    """The extractor's rows of the documents that meet the conditions, in order of import."""
    query = (
        sa.select(*(STATISTICS.c[name] for name in COLUMN_NAMES))
        .join(DOCUMENTS)
        .where(*conditions)
        .order_by(STATISTICS.c.document_id, STATISTICS.c.position)
    )
    return to_table([tuple(row) for row in connection.execute(query).all()])


def write_rows(connection: sa.Connection, document: StoredDocument, rows: pd.DataFrame) -> None:
    """Put rows in the place of those that a document has."""
    connection.execute(sa.delete(STATISTICS).where(STATISTICS.c.document_id == document.id))
    owned = [
        row | {"document_id": document.id, "position": position, "document": document.name}
        for position, row in enumerate(to_records(rows))
    ]
    if owned:
        connection.execute(sa.insert(STATISTICS), owned)
    update_document(connection, document, row_count=len(owned))
