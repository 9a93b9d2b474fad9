"""What people said of rows, read and written over a connection; whoever calls holds the transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from dashboard.store.documents import now
from dashboard.store.records import StoredDocument
from dashboard.store.schema import DOCUMENTS, REVIEWS
from extract.table.reviews import Review

# A review, and when it was undone.
Said = tuple[Review, str | None]


def read_history(connection: sa.Connection, document: StoredDocument) -> list[Said]:
    """All that was said of a document's rows, in order."""
    return [(_to_review(row), row["undone_at"]) for row in connection.execute(_of(document)).mappings()]


def _of(document: StoredDocument) -> sa.Select[Any]:
    order = (REVIEWS.c.ordered_at, REVIEWS.c.position)
    return sa.select(REVIEWS).where(REVIEWS.c.document_id == document.id).order_by(*order)


def _to_review(row: sa.RowMapping) -> Review:
    plain = ("id", "row", "start", "end", "raw", "verdict", "reviewer", "at", "reason")
    return Review(**{name: row[name] for name in plain}, old=json.loads(row["old"]), new=json.loads(row["new"]))


def read_all(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> dict[str, list[Review]]:
    """The reviews that hold of the documents that meet the conditions, by name, in order of import."""
    query = (
        sa.select(DOCUMENTS.c.name, REVIEWS)
        .join(DOCUMENTS)
        .where(REVIEWS.c.undone_at.is_(None), *conditions)
        .order_by(DOCUMENTS.c.id, REVIEWS.c.ordered_at, REVIEWS.c.position)
    )
    found: dict[str, list[Review]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["name"], []).append(_to_review(row))
    return found


def append_review(connection: sa.Connection, document: StoredDocument, review: Review) -> None:
    """Add a review behind all that are there, whatever the clock says; one that is there already stays as it is."""
    query = sa.select(REVIEWS.c.id, REVIEWS.c.ordered_at).where(REVIEWS.c.document_id == document.id)
    there = {row.id: row.ordered_at for row in connection.execute(query)}
    if review.id not in there:
        _insert(connection, document, [(review, None, max([review.at, *there.values()]))])


def merge_history(connection: sa.Connection, document: StoredDocument, history: Sequence[Said]) -> int:
    """
    Bring in what another copy of the document knows: reviews that are lacking, each at its time, and what was undone.

    Returns:
        How many reviews are new or newly undone.
    """
    query = sa.select(REVIEWS.c.id, REVIEWS.c.undone_at).where(REVIEWS.c.document_id == document.id)
    here = {row.id: row.undone_at for row in connection.execute(query)}
    lacking: list[tuple[Review, str | None, str]] = []
    time, undone = "", 0
    for review, undone_at in history:
        time = max(time, review.at)
        if review.id not in here:
            lacking.append((review, undone_at, time))
        elif undone_at is not None and here[review.id] is None:
            undone += _undo(connection, document, review.id, undone_at)
    _insert(connection, document, lacking)
    return len(lacking) + undone


def undo_last(connection: sa.Connection, document: StoredDocument, reviewer: str | None) -> Review | None:
    """Undo the last review that holds, of one reviewer or of any; it, or None where there is none."""
    for review, undone_at in reversed(read_history(connection, document)):
        if undone_at is None and reviewer in (None, review.reviewer):
            _undo(connection, document, review.id, now())
            return review
    return None


def _undo(connection: sa.Connection, document: StoredDocument, review_id: str, undone_at: str) -> int:
    this = (REVIEWS.c.document_id == document.id, REVIEWS.c.id == review_id)
    connection.execute(sa.update(REVIEWS).where(*this).values(undone_at=undone_at))
    return 1


def _insert(
    connection: sa.Connection, document: StoredDocument, reviews: Sequence[tuple[Review, str | None, str]]
) -> None:
    rows = [
        asdict(review)
        | {name: json.dumps(dict(getattr(review, name)), ensure_ascii=False) for name in ("old", "new")}
        | {"document_id": document.id, "undone_at": undone_at, "ordered_at": ordered_at}
        for review, undone_at, ordered_at in reviews
    ]
    if rows:
        connection.execute(sa.insert(REVIEWS), rows)
