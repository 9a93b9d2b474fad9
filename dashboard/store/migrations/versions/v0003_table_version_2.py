"""The columns that version 2 of the tidy table brought; in the rows that are there already they are null."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dashboard.store.columns import LONG_TEXT

revision = "0003"
down_revision = "0002"

# The columns as they were at this revision; all of them hold text.
COLUMNS: tuple[str, ...] = (
    *("reporter", "section", "status", "period_basis"),
    *("relative_to", "aggregation", "action", "of_row"),
)


def upgrade() -> None:
    """Add the columns."""
    for name in COLUMNS:
        op.add_column("statistics", sa.Column(name, LONG_TEXT, nullable=True))
