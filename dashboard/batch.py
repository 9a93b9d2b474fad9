"""Files on their way in: one after the other, piece by piece, until each is read, failed or stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final

from dashboard.ingest import Draft
from dashboard.store import Merge, StoreError
from extract.readers import MOST_BYTES, clean_name
from extract.table.errors import ReadError

WAITING, READ, FAILED, STOPPED = "waiting", "read", "failed", "stopped"
STATES: Final = (WAITING, READ, FAILED, STOPPED)
# What the app has words for.
Fault = ReadError | StoreError


@dataclass(slots=True)
class Entry:
    """
    One file and what became of it: ``rows`` found once it is read, what a workspace brought (``merge``), or the
    ``error`` that it failed with.
    """

    name: str
    size: int
    state: str = WAITING
    rows: int = 0
    merge: Merge | None = None
    error: Fault | None = None

    def fail(self, error: Fault) -> None:
        """Nothing comes of it."""
        self.state, self.error = FAILED, error

    def succeed(self, rows: int, merge: Merge | None = None) -> None:
        """It is read, with so many statistics found; or it was a workspace."""
        self.state, self.rows, self.merge = READ, rows, merge


@dataclass(slots=True)
class Batch:
    """
    The files of one drop. At most one of them is in memory: first in ``held``, then with what is ``reading``.

    A file that is empty or too large fails before any of it is sent.
    """

    id: str
    entries: list[Entry]
    held: bytearray = field(default_factory=bytearray)
    reading: Future[Draft | Merge] | None = None

    def place(self) -> int | None:
        """The number of the file that comes next, None where all are done."""
        return next((place for place, entry in enumerate(self.entries) if entry.state == WAITING), None)

    def count_done(self) -> int:
        """How many files are no longer waited for."""
        return sum(entry.state != WAITING for entry in self.entries)

    def wish(self) -> tuple[int, int] | None:
        """Which piece is wanted next: the file's number, and from which byte; None where nothing is."""
        place = self.place()
        return None if place is None or self.reading or self.is_here(place) else (place, len(self.held))

    def is_here(self, place: int) -> bool:
        """Whether all bytes of a file have come."""
        return len(self.held) >= self.entries[place].size

    def take(self, place: int, start: int, data: bytes) -> None:
        """Keep a piece, if it is the wanted one; a piece without bytes means that the file has shrunk meanwhile."""
        if self.wish() != (place, start):
            return
        if not data:
            self.entries[place].fail(ReadError(clean_name(self.entries[place].name), "changed"))
            self.held.clear()
            return
        self.held += data

    def read(self, submit: Callable[[bytes], Future[Draft | Merge]]) -> Future[Draft | Merge] | None:
        """The reading of the file that has come, begun once; None where none has."""
        place = self.place()
        if self.reading is None and place is not None and self.is_here(place):
            self.reading = submit(bytes(self.held))
            self.held.clear()
        return self.reading

    def stop(self) -> None:
        """No further file is wanted."""
        for entry in self.entries:
            if entry.state == WAITING:
                entry.state = STOPPED
        self.held.clear()
        self.reading = None


def start_batch(name: str, files: Sequence[tuple[str, int]]) -> Batch:
    """A batch of files by name and size; what can't be taken has failed already."""
    batch = Batch(name, [Entry(file, size) for file, size in files])
    for entry in batch.entries:
        if entry.size == 0:
            entry.fail(ReadError(clean_name(entry.name), "empty"))
        elif entry.size > MOST_BYTES:
            entry.fail(too_large(entry.name, entry.size))
    return batch


def too_large(name: str, size: int) -> ReadError:
    """The error of a file that is over the limit."""
    mega = 1024 * 1024
    return ReadError(clean_name(name), "too_large", size=-(-size // mega), limit=MOST_BYTES // mega)
