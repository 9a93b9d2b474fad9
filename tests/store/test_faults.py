"""Disks that are full, files that are damaged, others that hold the store: a message, and nothing half-saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.store import Store, StoreError, open_store, sqlite
from tests.store.examples import document, review, statistics

Open = Callable[[str | Path], Store]
TEXT = "全省设立网格8.5万个，组建率82%。" * 2000


def fill(store: Store) -> StoreError:
    """Import documents until one is refused."""
    for number in range(1000):
        try:
            store.add(document(f"报告{number}", text=f"{number}{TEXT}"), statistics(count=20))
        except StoreError as error:
            return error
    raise AssertionError("the disk was never full")


def check_whole(store: Store, count: int) -> None:
    """Every document is there with its text and rows, and no more than these."""
    kept = store.documents()
    assert [one.name for one in kept] == [f"报告{number}" for number in range(count)]
    assert [store.text(one.name) for one in kept] == [f"{number}{TEXT}" for number in range(count)]
    assert [len(store.rows(one.name)) for one in kept] == [20] * count
    assert len(store.rows()) == 20 * count
    with sqlite3.connect(store.place) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_full_disk_refuses_a_document_and_takes_it_once_there_is_room(small_disk: Path, open_at: Open) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(500_000))
    store = open_at(small_disk / "store")

    error = fill(store)
    count = len(store.documents())
    full = error.code
    check_whole(store, count)
    ballast.unlink()
    store.add(document(f"报告{count}", text=f"{count}{TEXT}"), statistics(count=20))

    assert full == "full"
    assert count > 0
    check_whole(store, count + 1)


def test_a_full_disk_refuses_a_new_store(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(4_000_000))

    with pytest.raises(StoreError) as refused:
        open_store(small_disk / "store")

    assert refused.value.code == "full"


def test_a_file_that_may_not_grow_refuses_a_document_and_stays_whole(store: Store, open_at: Open) -> None:
    sa.event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 150"))
    store.close()

    error = fill(store)
    count = len(store.documents())

    assert error.code == "full"
    assert count > 0
    check_whole(store, count)
    roomy = open_at(Path(store.place).parent)
    roomy.add(document(f"报告{count}", text=f"{count}{TEXT}"), statistics(count=20))
    check_whole(roomy, count + 1)


def test_a_store_that_another_holds_is_refused_after_a_while(
    tmp_path: Path, open_at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    store = open_at(tmp_path)
    store.add(document(), statistics())
    other = sqlite3.connect(store.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError) as refused:
        store.add_review("报告", review())
    assert (refused.value.code, refused.value.fields["place"]) == ("locked", store.place)
    assert [kept.name for kept in store.documents()] == ["报告"]
    other.execute("ROLLBACK")
    other.close()
    store.add_review("报告", review())
    assert store.reviews("报告") == [review()]


def test_a_fresh_store_that_another_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / "workspace.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StoreError) as refused:
        open_store(tmp_path)

    other.close()
    assert refused.value.code == "locked"


class TestDamage:
    @pytest.mark.parametrize(
        "content",
        [b"this is a letter, no database\n" * 100, b"SQLite format 3\0" + bytes(5000)],
        ids=["text", "header"],
    )
    def test_a_file_that_is_no_database_is_refused_and_left(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "workspace.db"
        file.write_bytes(content)

        with pytest.raises(StoreError) as refused:
            open_store(tmp_path)

        assert refused.value.code == "damaged"
        assert file.read_bytes() == content

    @pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
    def test_a_file_that_was_cut_off_is_noticed(self, tmp_path: Path, open_at: Open, keep: float) -> None:
        store = self.fill_and_close(tmp_path, open_at)
        file = Path(store.place)
        content = file.read_bytes()
        file.write_bytes(content[: int(len(content) * keep)])

        assert self.noticed(tmp_path) == "damaged"

    def test_overwritten_pages_are_noticed(self, tmp_path: Path, open_at: Open) -> None:
        store = self.fill_and_close(tmp_path, open_at)
        file = Path(store.place)
        content = file.read_bytes()
        file.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))

        assert self.noticed(tmp_path) == "damaged"

    def test_a_changed_text_is_noticed(self, tmp_path: Path, open_at: Open) -> None:
        store = self.fill_and_close(tmp_path, open_at)
        with sqlite3.connect(store.place) as connection:
            connection.execute("UPDATE texts SET text = text || '。'")
        connection.close()

        assert self.noticed(tmp_path) == "damaged"

    def test_a_missing_table_is_noticed(self, tmp_path: Path, open_at: Open) -> None:
        store = self.fill_and_close(tmp_path, open_at)
        with sqlite3.connect(store.place) as connection:
            connection.execute("DROP TABLE texts")
        connection.close()

        assert self.noticed(tmp_path) == "damaged"

    def fill_and_close(self, folder: Path, open_at: Open) -> Store:
        """A closed store with some documents."""
        store = open_at(folder)
        for number in range(3):
            store.add(document(text=f"{number}{TEXT}"), statistics(count=300))
        store.close()
        return store

    def noticed(self, folder: Path) -> str:
        """The code of the error that someone meets who reads all that a store holds."""
        with pytest.raises(StoreError) as noticed:
            read_all(folder)
        return noticed.value.code


def read_all(folder: Path) -> None:
    """Read all that a store holds."""
    store = open_store(folder)
    try:
        store.rows()
        for kept in store.documents():
            store.text(kept.name)
    finally:
        store.close()
