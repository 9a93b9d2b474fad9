"""All that is particular to SQLite: the file, how a transaction begins, how durable it is, what its errors mean."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection

FILE_NAME: Final = "workspace.db"
# How long a statement waits for another process before it gives up.
BUSY_SECONDS: Final = 5.0
# SQLite tells a full disk from a broken one only where a write says so; growing its index of the log does not.
SCARCE_BYTES: Final = 1 << 20
# https://www.sqlite.org/rescode.html, the lower byte
_CODES: Final = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_PERM: "readonly",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    # "no such table": a file of ours that lacks a part.
    sqlite3.SQLITE_ERROR: "damaged",
}


def make_engine(url: sa.URL) -> sa.Engine:
    """An engine that waits for others, checks foreign keys, and begins its transactions itself."""
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, record: object) -> None:
    # Python would begin transactions too late, and commit before changes of tables.
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in ("foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A writer takes its turn at the start: one that first reads and then writes could only fail.
    is_writer = connection.get_execution_options().get("writer", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")


def use_wal(engine: sa.Engine) -> None:
    """Let readers go on while one writes; stays with the file. Does not wait by itself where others hold the file."""
    connection = engine.raw_connection()
    deadline = time.monotonic() + BUSY_SECONDS
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL").close()
                return
            except sqlite3.OperationalError as error:
                if code_of(error, None) != "locked" or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
    finally:
        connection.close()


def code_of(error: BaseException | None, folder: Path | None) -> str:
    """The store's code for an error of SQLite; ``folder`` holds the file."""
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if primary in _CODES:
        return _CODES[primary]
    return "full" if folder is not None and _is_scarce(folder) else "unreachable"


def _is_scarce(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < SCARCE_BYTES
    except OSError:
        return False


def folder_of(url: sa.URL) -> Path:
    """The folder of a database's file."""
    return Path(str(url.database)).parent


def url_of(folder: Path) -> sa.URL:
    """The address of the database in a folder."""
    return sa.URL.create("sqlite", database=str(folder / FILE_NAME))


def is_kept(url: sa.URL) -> bool:
    """Whether the address names a file; a database in memory would be gone with its connection."""
    name: Any = url.database
    return bool(name) and name != ":memory:" and not name.startswith("file:")
