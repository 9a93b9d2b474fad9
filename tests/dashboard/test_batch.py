"""Files on their way in: which piece is wanted next, what fails before it is sent, what a stop leaves."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from dashboard.batch import Batch, Entry, start_batch
from extract.readers import MOST_BYTES


def read(batch: Batch) -> bytes | None:
    """What is handed to the reader, if anything."""
    handed: list[bytes] = []

    def submit(data: bytes) -> Future[object]:
        handed.append(data)
        return Future()

    batch.read(submit)  # type: ignore[arg-type]
    return handed[0] if handed else None


def test_pieces_are_asked_for_one_after_the_other_until_the_file_is_whole() -> None:
    batch = start_batch("x", [("a.txt", 6)])

    assert batch.wish() == (0, 0)
    batch.take(0, 0, b"1234")
    assert (batch.wish(), read(batch)) == ((0, 4), None)
    batch.take(0, 4, b"56")
    assert (batch.wish(), read(batch)) == (None, b"123456")


def test_the_next_file_is_asked_for_only_when_the_one_before_is_done() -> None:
    batch = start_batch("x", [("a.txt", 1), ("b.txt", 1)])
    batch.take(0, 0, b"1")
    read(batch)

    assert (batch.wish(), batch.held) == (None, bytearray())
    batch.reading = None
    batch.entries[0].succeed(3)
    assert (batch.wish(), batch.count_done()) == ((1, 0), 1)


@pytest.mark.parametrize(("place", "start"), [(1, 0), (0, 4), (0, 1)], ids=["another file", "further on", "between"])
def test_a_piece_that_nobody_asked_for_is_left_out(place: int, start: int) -> None:
    batch = start_batch("x", [("a.txt", 9), ("b.txt", 9)])
    batch.take(place, start, b"12345")

    assert batch.wish() == (0, 0)


@pytest.mark.parametrize(
    ("size", "code", "message"),
    [
        (0, "empty", "is empty"),
        (MOST_BYTES + 1, "too_large", "has 65 MB, and a file may have 64 MB"),
        (200 << 20, "too_large", "has 200 MB, and a file may have 64 MB"),
    ],
)
def test_what_is_empty_or_too_large_fails_before_any_of_it_is_sent(size: int, code: str, message: str) -> None:
    batch = start_batch("x", [("a.pdf", size), ("b.txt", 1)])
    error = batch.entries[0].error

    assert error is not None
    assert (error.code, message in str(error), batch.wish()) == (code, True, (1, 0))


def test_a_file_of_just_the_limit_is_taken() -> None:
    assert start_batch("x", [("a.pdf", MOST_BYTES)]).wish() == (0, 0)


def test_a_file_that_shrank_meanwhile_fails_and_the_next_one_is_read() -> None:
    batch = start_batch("x", [("a.txt", 9), ("b.txt", 1)])
    batch.take(0, 0, b"1234")
    batch.take(0, 4, b"")

    assert [entry.error and entry.error.code for entry in batch.entries] == ["changed", None]
    assert batch.wish() == (1, 0)


def test_a_stop_leaves_what_is_done_and_asks_for_nothing_more() -> None:
    batch = start_batch("x", [("a.txt", 1), ("b.txt", 9), ("c.txt", 9)])
    batch.entries[0].succeed(2)
    batch.take(1, 0, b"1234")
    batch.stop()

    assert [entry.state for entry in batch.entries] == ["read", "stopped", "stopped"]
    assert (batch.wish(), batch.held, batch.reading) == (None, bytearray(), None)


def test_five_hundred_files_are_one_batch() -> None:
    batch = start_batch("x", [(f"{number}.txt", 1) for number in range(500)])
    for number in range(500):
        batch.take(number, 0, b"1")
        read(batch)
        batch.reading = None
        batch.entries[number].succeed(0)

    assert (batch.count_done(), batch.place()) == (500, None)


def test_an_entry_begins_without_a_result() -> None:
    assert (Entry("a.txt", 1).state, Entry("a.txt", 1).error) == ("waiting", None)
