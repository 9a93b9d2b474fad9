"""Documents, their texts and their statistics."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from dashboard.store.columns import LONG_TEXT

revision = "0001"
down_revision = None

# The columns of the tidy table as they were at this revision: type, and whether a cell may be null.
COLUMNS: tuple[tuple[str, str, bool], ...] = (
    ("id", "str", False),
    ("document", "str", False),
    ("report", "int", False),
    ("region", "str", True),
    ("province", "str", True),
    ("level", "str", True),
    ("theme", "str", False),
    ("indicator", "str", True),
    ("subject", "str", True),
    ("value", "float", False),
    ("value_high", "float", True),
    ("unit", "str", False),
    ("qualifier", "str", False),
    ("kind", "str", False),
    ("direction", "str", True),
    ("role", "str", True),
    ("period", "str", True),
    ("period_start", "date", True),
    ("period_end", "date", True),
    ("raw", "str", False),
    ("start", "int", False),
    ("end", "int", False),
    ("sentence", "str", False),
    ("rule", "str", False),
    ("flags", "str", False),
)


def upgrade() -> None:
    """Make the tables."""
    workspace = op.create_table(
        "workspace",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
    )
    op.bulk_insert(workspace, [{"id": 1, "revision": 0}])
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Unicode(255), nullable=False),
        sa.Column("file_name", LONG_TEXT, nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("title", LONG_TEXT, nullable=False),
        sa.Column("publisher", LONG_TEXT, nullable=False),
        sa.Column("address", LONG_TEXT, nullable=False),
        sa.Column("reference_date", sa.String(10), nullable=False),
        sa.Column("region", LONG_TEXT, nullable=False),
        sa.Column("province", LONG_TEXT, nullable=False),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("rules", LONG_TEXT, nullable=False),
        sa.Column("imported_at", sa.String(40), nullable=False),
        sa.Column("removed_at", sa.String(40)),
        sa.Column("row_count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        *(sa.UniqueConstraint(name, name=f"uq_documents_{name}") for name in ("name", "checksum", "text_hash")),
        sqlite_autoincrement=True,
    )
    create_texts()
    create_statistics()


def create_texts() -> None:
    """Make the table of texts."""
    op.create_table(
        "texts",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("text", LONG_TEXT, nullable=False),
        sa.Column("places", LONG_TEXT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_texts"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], "fk_texts_document_id", ondelete="CASCADE"),
    )


def create_statistics() -> None:
    """Make the table of statistics."""
    types: dict[str, Any] = {"str": LONG_TEXT, "int": sa.Integer(), "float": sa.Double(), "date": sa.String(10)}
    op.create_table(
        "statistics",
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(sa.Column(name, types[type_], nullable=nullable) for name, type_, nullable in COLUMNS),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_statistics"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], "fk_statistics_document_id", ondelete="CASCADE"),
    )
