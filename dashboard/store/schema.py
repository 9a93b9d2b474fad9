"""
The tables of the store as they are now; ``migrations/`` holds how they came to be, and a test that both say the same.

    workspace    one row: the revision, which grows with every change
    documents    what is known of each document, removed ones included
    texts        a document's text and where its stretches stand in the file
    statistics   the extractor's rows: the columns of COLUMNS
    reviews      what people said of rows: only ever added to, an undone one keeps its row
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

from dashboard.store.columns import AnyName, AnyText
from extract.table.record import COLUMNS

METADATA: Final = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
# ISO days and times stay text: they are compared and shown as such, and every database sorts them alike.
_TYPES: Final[dict[str, Any]] = {"str": AnyText, "int": sa.Integer, "float": sa.Double, "date": sa.String(10)}

WORKSPACE: Final = sa.Table(
    "workspace",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
)

DOCUMENTS: Final = sa.Table(
    "documents",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", AnyName, nullable=False, unique=True),
    sa.Column("file_name", AnyText, nullable=False),
    sa.Column("format", sa.String(40), nullable=False),
    sa.Column("checksum", sa.String(64), nullable=False, unique=True),
    sa.Column("text_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("title", AnyText, nullable=False),
    sa.Column("publisher", AnyText, nullable=False),
    sa.Column("address", AnyText, nullable=False),
    sa.Column("reference_date", sa.String(10), nullable=False),
    sa.Column("region", AnyText, nullable=False),
    sa.Column("province", AnyText, nullable=False),
    sa.Column("level", sa.String(40), nullable=False),
    sa.Column("rules", AnyText, nullable=False),
    sa.Column("imported_at", sa.String(40), nullable=False),
    sa.Column("removed_at", sa.String(40)),
    # Written with the rows, so that a listing counts none, and a check finds a document that is not whole.
    sa.Column("row_count", sa.Integer, nullable=False),
    # An id is never given twice, not even after its document is erased.
    sqlite_autoincrement=True,
)


def _owner() -> sa.Column[int]:
    return sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False)


TEXTS: Final = sa.Table(
    "texts",
    METADATA,
    _owner(),
    sa.Column("text", AnyText, nullable=False),
    sa.Column("places", AnyText, nullable=False),
    sa.PrimaryKeyConstraint("document_id"),
)

STATISTICS: Final = sa.Table(
    "statistics",
    METADATA,
    _owner(),
    sa.Column("position", sa.Integer, nullable=False),
    *(sa.Column(column.name, _TYPES[column.type], nullable=column.nullable) for column in COLUMNS),
    sa.PrimaryKeyConstraint("document_id", "position"),
)

REVIEWS: Final = sa.Table(
    "reviews",
    METADATA,
    sa.Column("position", sa.Integer, primary_key=True),
    _owner(),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("row", sa.String(64), nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("raw", AnyText, nullable=False),
    sa.Column("verdict", sa.String(40), nullable=False),
    sa.Column("reviewer", AnyText, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("reason", AnyText, nullable=False),
    sa.Column("old", AnyText, nullable=False),
    sa.Column("new", AnyText, nullable=False),
    # Where it stands among the others: by time, but never before one that was there when it was made.
    sa.Column("ordered_at", sa.String(40), nullable=False),
    sa.Column("undone_at", sa.String(40)),
    sa.UniqueConstraint("document_id", "id"),
    sqlite_autoincrement=True,
)
