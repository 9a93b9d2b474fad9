"""The store: imported documents, their rows, and what people said of them; each call is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from dashboard.store import documents as docs
from dashboard.store import place as places
from dashboard.store import reviews as said
from dashboard.store import sqlite
from dashboard.store.errors import StoreError
from dashboard.store.migrate import is_current, migrate
from dashboard.store.records import Facts, NewDocument, StoredDocument
from dashboard.store.schema import DOCUMENTS, WORKSPACE
from extract.table.record import Place, text_hash
from extract.table.reviews import Review


class Store:
    """
    What is kept, shared by threads and processes.

    Of a document that was removed nothing is found but in ``removed``. Every call may raise StoreError (locked, full,
    damaged, unreachable …), one that changes a document also "missing" where there is none of that name.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.place = places.show(engine.url)
        self._writer = engine.execution_options(writer=True)
        self._turn = Lock()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the store throughout."""
        with places.translating(self.engine.url), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that changes the store: all of it or nothing, one after the other."""
        with self._taking_turn(), places.translating(self.engine.url), self._writer.begin() as connection:
            # First, so that on any database the others wait here and then see what this one wrote.
            connection.execute(sa.update(WORKSPACE).values(revision=WORKSPACE.c.revision + 1))
            yield connection

    @contextmanager
    def _taking_turn(self) -> Iterator[None]:
        # Threads queue here, where the longest waiting is next; at the database itself one could wait in vain.
        if not self._turn.acquire(timeout=sqlite.BUSY_SECONDS):
            raise StoreError("locked", place=self.place)
        try:
            yield
        finally:
            self._turn.release()

    def revision(self) -> int:
        """A number that grows with every committed change, by whichever process."""
        with self.reading() as connection:
            revision: int = connection.execute(sa.select(WORKSPACE.c.revision)).scalar_one()
            return revision

    def documents(self) -> list[StoredDocument]:
        """The kept documents, in order of import."""
        with self.reading() as connection:
            return docs.list_documents(connection, docs.KEPT)

    def removed(self) -> list[StoredDocument]:
        """The documents of which the import was undone, in order of import."""
        with self.reading() as connection:
            return docs.list_documents(connection, docs.REMOVED)

    def document(self, name: str) -> StoredDocument | None:
        """A kept document by name."""
        with self.reading() as connection:
            return docs.find_document(connection, docs.KEPT, DOCUMENTS.c.name == name)

    def text(self, name: str) -> str | None:
        """A document's text exactly as it was added; None where there is no such document."""
        with self.reading() as connection:
            document = docs.find_document(connection, docs.KEPT, DOCUMENTS.c.name == name)
            if document is None:
                return None
            text = docs.read_text(connection, document)
        if text_hash(text) != document.text_hash:
            raise StoreError("damaged", place=self.place, reason=name)
        return text

    def places(self, name: str) -> tuple[Place, ...]:
        """Where the stretches of a document's text stand in its file."""
        with self.reading() as connection:
            document = docs.find_document(connection, docs.KEPT, DOCUMENTS.c.name == name)
            return docs.read_places(connection, document) if document else ()

    def rows(self, name: str | None = None) -> pd.DataFrame:
        """The extractor's rows of one kept document or of all, as ``extract.table.frame`` types them."""
        only = () if name is None else (DOCUMENTS.c.name == name,)
        with self.reading() as connection:
            return docs.read_rows(connection, docs.KEPT, *only)

    def add(self, new: NewDocument, rows: pd.DataFrame) -> StoredDocument:
        """
        Keep a document and its rows; ``document`` in these becomes the name that it gets.

        Raises:
            Known:
                The same file or the same text is there already, perhaps removed.
        """
        with self.writing() as connection:
            return docs.insert_document(connection, new, rows)

    def replace_rows(self, name: str, rows: pd.DataFrame, rules: str, facts: Facts | None = None) -> StoredDocument:
        """Put the rows of a new extraction in the place of a document's rows; what people said of them stays."""
        with self.writing() as connection:
            document = self._find(connection, docs.KEPT, name)
            docs.write_rows(connection, document, rows)
            docs.write_facts(connection, document, facts or document.facts, rules)
            return docs.read_again(connection, document.id)

    def remove(self, name: str) -> None:
        """Undo an import: the document is hidden everywhere, and can come back."""
        with self.writing() as connection:
            docs.update_document(connection, self._find(connection, docs.KEPT, name), removed_at=docs.now())

    def restore(self, name: str) -> None:
        """Bring a removed document back, with all that was said of it."""
        with self.writing() as connection:
            docs.update_document(connection, self._find(connection, docs.REMOVED, name), removed_at=None)

    def erase(self, name: str) -> None:
        """Delete a removed document for good."""
        with self.writing() as connection:
            docs.delete_document(connection, self._find(connection, docs.REMOVED, name))

    def reviews(self, name: str) -> list[Review]:
        """What holds of what people said of a document's rows, in order."""
        return [review for review, undone_at in self.history(name) if undone_at is None]

    def all_reviews(self) -> dict[str, list[Review]]:
        """The reviews that hold, by document; documents without any are left out."""
        with self.reading() as connection:
            return said.read_all(connection, docs.KEPT)

    def history(self, name: str) -> list[said.Said]:
        """All that people said of a document's rows, in order, each with when it was undone."""
        with self.reading() as connection:
            document = docs.find_document(connection, docs.KEPT, DOCUMENTS.c.name == name)
            return said.read_history(connection, document) if document else []

    def add_review(self, name: str, review: Review) -> None:
        """Keep what a person said, at once; the same review (by id) given again changes nothing."""
        with self.writing() as connection:
            said.append_review(connection, self._find(connection, docs.KEPT, name), review)

    def undo_review(self, name: str, reviewer: str | None = None) -> Review | None:
        """Let the last review that holds, of one reviewer or of any, hold no longer; None where there is none."""
        with self.writing() as connection:
            return said.undo_last(connection, self._find(connection, docs.KEPT, name), reviewer)

    def close(self) -> None:
        """Close the connections; the next call opens them anew."""
        self.engine.dispose()

    def _find(self, connection: sa.Connection, state: sa.ColumnElement[bool], name: str) -> StoredDocument:
        document = docs.find_document(connection, state, DOCUMENTS.c.name == name)
        if document is None:
            raise StoreError("missing", name=name, place=self.place)
        return document


def open_store(place: str | Path) -> Store:
    """
    Open the store at a place, made where there is none, brought to this version where it is older.

    Args:
        place:
            A folder, in which the file is ``workspace.db``, or the URL of a database as SQLAlchemy writes it.

    Raises:
        StoreError:
            The place can't be used, or its store is of a newer version; nothing there was changed.
    """
    url = places.find_url(place)
    engine = places.make_engine(url)
    try:
        with places.translating(url):
            _bring_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def _bring_up(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        current = is_current(connection, places.show(engine.url))
    if not current:
        _migrate(engine)
    if engine.dialect.name == "sqlite":
        sqlite.use_wal(engine)


def _migrate(engine: sa.Engine) -> None:
    place = places.show(engine.url)
    try:
        with engine.execution_options(writer=True).begin() as connection:
            # Asked again: another process may have been here while this one waited for its turn.
            if not is_current(connection, place):
                migrate(connection)
    except DBAPIError:
        # Where a database lets two processes make tables at once, the second fails, and finds them made.
        with engine.begin() as connection:
            if not is_current(connection, place):
                raise
