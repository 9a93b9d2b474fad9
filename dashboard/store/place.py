"""Where a store lies: a folder or the address of a database → an engine; errors of a database → the store's."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import platformdirs
import sqlalchemy as sa
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from dashboard.store import sqlite
from dashboard.store.errors import StoreError

# A folder or the URL of a database.
STORE_VARIABLE: Final = "GOVMETRICS_STORE"
_FOLDER_CODES: Final = {
    errno.EACCES: "readonly",
    errno.EPERM: "readonly",
    errno.EROFS: "readonly",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENOTDIR: "not_folder",
    errno.EEXIST: "not_folder",
}


def default_place() -> str:
    """The folder or URL that the user has set, else the folder that the system keeps for a user's data."""
    return os.environ.get(STORE_VARIABLE) or platformdirs.user_data_dir("governance-metrics", appauthor=False)


def is_store(place: str) -> bool:
    """
    Whether a store is at a place, or may be: a server is asked only when its database is opened.

    Raises:
        StoreError:
            It is no address.
    """
    url = read_url(place)
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).is_file()


def find_url(place: str | Path) -> sa.URL:
    """
    The address of the database at a place; a folder is made where there is none.

    Raises:
        StoreError:
            It is no address, or the folder can't be made or written.
    """
    url = read_url(place)
    if url.get_backend_name() == "sqlite":
        _make_folder(sqlite.folder_of(url))
    return url


def read_url(place: str | Path) -> sa.URL:
    """
    The address of the database at a place; nothing is made.

    Raises:
        StoreError:
            It is no address, or that of a database in memory.
    """
    if "://" not in str(place):
        return sqlite.url_of(Path(place).expanduser().absolute())
    try:
        url = sa.make_url(str(place))
    except (ArgumentError, ValueError) as error:
        # Not the place itself: what can't be taken apart may hold a password.
        raise StoreError("url", place=str(place).partition("://")[0] + "://…") from error
    if url.get_backend_name() == "sqlite" and not sqlite.is_kept(url):
        raise StoreError("url", place=show(url))
    return url


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        code = _FOLDER_CODES.get(error.errno or 0, "unreachable")
        raise StoreError(code, place=str(folder), reason=error.strerror) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError("readonly", place=str(folder))


def show(url: sa.URL) -> str:
    """The place as a reader may see it: the file's path, or the address without its password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    # The query may hold a password too.
    return sa.URL.create(url.drivername, url.username, None, url.host, url.port, url.database).render_as_string()


def make_engine(url: sa.URL) -> sa.Engine:
    """
    The engine of a database; nothing is opened yet.

    Raises:
        StoreError:
            The kind of database is unknown, or its driver is not installed.
    """
    try:
        if url.get_backend_name() == "sqlite":
            return sqlite.make_engine(url)
        # A message shows no parameters: they hold the text of documents.
        return sa.create_engine(url, hide_parameters=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError("driver", place=show(url), reason=str(error)) from error


@contextmanager
def translating(url: sa.URL) -> Iterator[None]:
    """
    What a database complains of, in the store's words; a mistake of the program's is left as it is.

    Raises:
        StoreError:
            The database is locked, full, damaged, out of reach …
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreError("locked", place=show(url)) from error
    except (DataError, IntegrityError, ProgrammingError):
        raise
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise StoreError(_code_of(cause, url), place=show(url), reason=str(cause)) from error


def _code_of(error: BaseException | None, url: sa.URL) -> str:
    if url.get_backend_name() == "sqlite":
        return sqlite.code_of(error, sqlite.folder_of(url))
    return "unreachable"
