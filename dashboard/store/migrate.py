"""Bring a database to the tables of this version; one of a newer version is refused and left as it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory

from dashboard.store.errors import StoreError


@cache
def revisions() -> ScriptDirectory:
    """The revisions that this version knows."""
    return ScriptDirectory(str(Path(__file__).parent / "migrations"))


def is_current(connection: sa.Connection, place: str) -> bool:
    """
    Whether the database has the tables of this version; it is only read.

    Raises:
        StoreError:
            Its tables are those of a newer version.
    """
    heads = MigrationContext.configure(connection).get_current_heads()
    if not set(heads) <= {script.revision for script in revisions().walk_revisions()}:
        raise StoreError("newer", place=place)
    return heads == tuple(revisions().get_heads())


def migrate(connection: sa.Connection, target: str = "head") -> None:
    """Run the revisions that the database lacks, inside the connection's transaction."""
    context = MigrationContext.configure(connection, opts={"fn": _find_steps(target)})
    with Operations.context(context):
        context.run_migrations()


def _find_steps(target: str) -> Any:
    def find_steps(heads: tuple[str, ...], context: MigrationContext) -> list[MigrationStep]:
        """The steps from the database's revision up to the target, oldest first."""
        scripts = list(revisions().iterate_revisions(target, heads or "base"))
        return [MigrationStep.upgrade_from_script(revisions().revision_map, script) for script in reversed(scripts)]

    return find_steps
