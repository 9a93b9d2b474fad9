"""What people said of rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.columns import LONG_TEXT

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reviews",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("row", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("raw", LONG_TEXT, nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("reviewer", LONG_TEXT, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", LONG_TEXT, nullable=False),
        sa.Column("old", LONG_TEXT, nullable=False),
        sa.Column("new", LONG_TEXT, nullable=False),
        sa.Column("ordered_at", sa.String(40), nullable=False),
        sa.Column("undone_at", sa.String(40)),
        sa.PrimaryKeyConstraint("position", name="pk_reviews"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], "fk_reviews_document_id", ondelete="CASCADE"),
        sa.UniqueConstraint("document_id", "id", name="uq_reviews_document_id"),
        sqlite_autoincrement=True,
    )
