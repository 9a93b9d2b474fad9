"""A workspace goes into one file and comes out of it whole, into an empty store, into another's, or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.store import Merge, Store, StoreError, archive, open_store, read_workspace, write_workspace
from extract.table.reviews import Review
from tests.store.examples import VERSION_2, document, review, statistics

Open = Callable[[str | Path], Store]
Parts = dict[str, bytes]
FIRST = "documents/1/"


@pytest.fixture
def other(open_at: Open, fresh: Path, tmp_path: Path) -> Store:
    """A colleague's store."""
    return open_at(shutil.copytree(fresh, tmp_path / "other"))


@pytest.fixture
def full(store: Store) -> Store:
    """A store with two documents and three reviews, one undone; and a removed document."""
    return fill(store)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """The file of such a store."""
    store = open_store(tmp_path_factory.mktemp("full"))
    yield write_workspace(fill(store))
    store.close()


def fill(store: Store) -> Store:
    """Put two documents, three reviews and a removed document into a store."""
    for name in ("甲", "乙", "丙"):
        store.add(
            document(name, text=f"{name}\0\ud83d。全省设立网格8.5万个\n\u2028"),
            statistics(count=3, raw=f"{name}\ud83d"),
        )
    for number in (1, 2, 3):
        store.add_review("甲", review(number))
    store.undo_review("甲")
    store.remove("丙")
    return store


def open_parts(data: bytes) -> Parts:
    """The parts of a workspace's file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def close_parts(parts: Parts) -> bytes:
    """A workspace's file of parts, with the checksums that they have."""
    manifest = json.loads(parts[archive.MANIFEST])
    manifest["parts"] = {n: hashlib.sha256(parts[n]).hexdigest() for n in parts if n != archive.MANIFEST}
    return zip_parts(parts | {archive.MANIFEST: json.dumps(manifest).encode()})


def change_byte(data: bytes, position: int) -> bytes:
    """A file in which one byte is another."""
    return data[:position] + bytes([data[position] ^ 0x55]) + data[position + 1 :]


def read(data: bytes) -> list[Any]:
    """What a file holds, without a store."""
    parcels = archive.Archive(data, "file").parcels()
    return [
        (parcel.document, parcel.rows.to_csv().encode("utf-8", "surrogatepass"), parcel.history) for parcel in parcels
    ]


def zip_parts(parts: Parts) -> bytes:
    """A ZIP file of parts as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def seen(store: Store) -> list[Any]:
    """All that a store shows of its documents, in the order of their names; but for ids and times of import."""
    return [
        (
            (one.name, one.file_name, one.format, one.checksum, one.facts, one.rules, one.rows, one.reviewed),
            (store.text(one.name), store.places(one.name), store.history(one.name)),
        )
        for one in sorted(store.documents(), key=lambda one: one.name)
    ]


def test_a_backup_comes_back_whole(full: Store, other: Store) -> None:
    merge = read_workspace(other, write_workspace(full))

    assert merge == Merge(added=("甲", "乙"), reviews=3)
    assert seen(other) == seen(full)
    pd.testing.assert_frame_equal(other.rows(), full.rows())
    assert other.removed() == []


def test_an_empty_store_makes_an_empty_file(store: Store, other: Store) -> None:
    assert read_workspace(other, write_workspace(store)) == Merge()


def test_the_same_file_again_changes_nothing(full: Store, other: Store) -> None:
    data = write_workspace(full)
    read_workspace(other, data)
    before = seen(other)

    assert read_workspace(other, data) == Merge(known=("甲", "乙"))
    assert read_workspace(full, data) == Merge(known=("甲", "乙"))
    assert seen(other) == before


def test_another_document_of_the_same_name_gets_a_number_and_its_rows_follow(full: Store, other: Store) -> None:
    other.add(document("甲", text="另一份"), statistics())

    assert read_workspace(other, write_workspace(full)).added == ("甲 (2)", "乙")
    assert list(other.rows()["document"]) == ["甲"] * 2 + ["甲 (2)"] * 3 + ["乙"] * 3
    assert len(other.reviews("甲 (2)")) == 2


def test_a_known_document_keeps_its_rows_and_gets_the_reviews_that_it_lacks(store: Store, other: Store) -> None:
    store.add(document("我的"), statistics(count=2))
    other.add(document("他的"), statistics(count=5))
    mine, theirs = review(1, reviewer="我"), review(2, id="theirs", reviewer="他")
    store.add_review("我的", mine)
    other.add_review("他的", theirs)

    assert read_workspace(store, write_workspace(other)) == Merge(known=("我的",), reviews=1)
    assert store.reviews("我的") == [mine, theirs]
    assert len(store.rows()) == 2


def test_two_that_exchange_their_files_say_the_same(store: Store, other: Store) -> None:
    for one in (store, other):
        one.add(document(), statistics())
    for number in range(1, 9):
        (store if number % 3 else other).add_review("报告", review(number, row="a"))
    store.undo_review("报告")
    data = write_workspace(other)
    read_workspace(other, write_workspace(store))
    read_workspace(store, data)

    assert store.history("报告") == other.history("报告")
    assert [said.id for said in store.reviews("报告")] == [f"review-{n}" for n in (1, 2, 3, 4, 5, 6, 7)]


def test_what_a_colleague_undid_is_undone(store: Store, other: Store) -> None:
    store.add(document(), statistics())
    store.add_review("报告", review())
    read_workspace(other, write_workspace(store))
    other.undo_review("报告")

    assert read_workspace(store, write_workspace(other)) == Merge(known=("报告",), reviews=1)
    assert (store.reviews("报告"), store.history("报告")) == ([], other.history("报告"))


def test_a_new_review_goes_behind_one_from_a_clock_that_is_fast(store: Store, other: Store) -> None:
    store.add(document(), statistics())
    read_workspace(other, write_workspace(store))
    other.add_review("报告", review(1, at="2099-01-01T00:00:00+00:00"))
    read_workspace(store, write_workspace(other))
    mine = review(2)
    store.add_review("报告", mine)

    assert store.reviews("报告")[-1] == mine
    assert store.undo_review("报告") == mine


def test_a_removed_document_is_back(full: Store) -> None:
    data = write_workspace(full)
    full.remove("甲")

    assert read_workspace(full, data) == Merge(known=("甲", "乙"), restored=("甲",))
    assert [one.name for one in full.documents()] == ["甲", "乙"]


class TestRefusal:
    """Whatever is wrong with the file: a message, and the store as it was."""

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda data: b"", "not_workspace"),
            (lambda data: "报告".encode(), "not_workspace"),
            (lambda data: zip_parts({"word/document.xml": b"<w/>"}), "not_workspace"),
            (lambda data: zip_parts({"manifest.json": b'{"format": "another"}'}), "not_workspace"),
            (lambda data: zip_parts({"manifest.json": b"{"}), "damaged_file"),
            (lambda data: zip_parts({"manifest.json": b"[]"}), "damaged_file"),
            (lambda data: zip_parts({"manifest.json": b"[" * 100_000}), "damaged_file"),
            (lambda data: data[: len(data) // 2], "damaged_file"),
            (lambda data: change_byte(data, data.index(b"text.txt") + 20), "checksum"),
        ],
    )
    def test_a_file_that_is_none_or_was_damaged(
        self, data: bytes, other: Store, change: Callable[[bytes], bytes], code: str
    ) -> None:
        self.check(other, change(data), code)

    def test_a_changed_part(self, data: bytes, other: Store) -> None:
        parts = open_parts(data)
        error = self.check(other, zip_parts(parts | {f"{FIRST}text.txt": b"changed"}), "checksum")

        assert error.fields["part"] == f"{FIRST}text.txt"

    def test_a_newer_file(self, data: bytes, other: Store) -> None:
        parts = open_parts(data)
        manifest = json.loads(parts[archive.MANIFEST]) | {"version": archive.VERSION + 1}
        self.check(other, zip_parts(parts | {archive.MANIFEST: json.dumps(manifest).encode()}), "newer")

    def test_any_changed_byte_is_noticed_or_changes_nothing(self, data: bytes) -> None:
        whole = read(data)
        outcomes = set()
        for position in range(0, len(data), 23):
            try:
                assert read(change_byte(data, position)) == whole
                outcomes.add("same")
            except StoreError as error:
                outcomes.add(error.code)

        assert outcomes >= {"checksum", "damaged_file"}
        assert outcomes <= {"checksum", "damaged_file", "not_workspace", "too_large", "newer", "same"}

    @pytest.mark.parametrize("limit", ["PART_BYTES", "ALL_BYTES"])
    def test_a_file_that_unpacks_to_too_much(
        self, data: bytes, other: Store, monkeypatch: pytest.MonkeyPatch, limit: str
    ) -> None:
        monkeypatch.setattr(archive, limit, 100)
        self.check(other, data, "too_large")

    @pytest.mark.parametrize("name", ["document.json", "text.txt", "places.json", "rows.jsonl", "reviews.jsonl"])
    def test_a_missing_part(self, data: bytes, other: Store, name: str) -> None:
        parts = open_parts(data)
        # Of the second document: the first has been read by then, and must not stay.
        del parts[f"documents/2/{name}"]
        self.check(other, close_parts(parts), "damaged_file")

    @pytest.mark.parametrize("name", ["document.json", "places.json", "rows.jsonl", "reviews.jsonl"])
    @pytest.mark.parametrize("content", [b"{", b"{}", b"1", b"null", b"[[1]]", b'{"a": 1}', b"\xff"])
    def test_a_part_that_holds_something_else(self, data: bytes, name: str, content: bytes) -> None:
        parts = open_parts(data)
        with pytest.raises(StoreError) as refused:
            read(close_parts(parts | {f"documents/2/{name}": content}))

        assert refused.value.code == "damaged_file"

    @pytest.mark.parametrize(
        ("name", "changes"),
        [
            ("document.json", {"checksum": "x"}),
            ("document.json", {"format": ""}),
            ("document.json", {"name": None}),
            ("document.json", {"facts": []}),
            ("rows.jsonl", {"value": "many"}),
            ("rows.jsonl", {"value": float("nan")}),
            ("rows.jsonl", {"value": None}),
            ("rows.jsonl", {"kind": "unheard"}),
            ("rows.jsonl", {"level": "planet"}),
            ("rows.jsonl", {"start": -1}),
            ("rows.jsonl", {"start": True}),
            ("rows.jsonl", {"report": 2**40}),
            ("rows.jsonl", {"period_start": "yesterday"}),
            ("rows.jsonl", {"raw": 8}),
            ("rows.jsonl", {"status": "hoped"}),
            ("rows.jsonl", {"period_basis": ""}),
            ("rows.jsonl", {"aggregation": "sum"}),
            ("rows.jsonl", {"of_row": 8}),
            ("reviews.jsonl", {"verdict": "perhaps"}),
            ("reviews.jsonl", {"id": "\ud83d"}),
            ("reviews.jsonl", {"id": "x" * 65}),
            ("reviews.jsonl", {"at": "<b>"}),
            ("reviews.jsonl", {"undone_at": 5}),
            ("reviews.jsonl", {"end": "11"}),
            ("reviews.jsonl", {"old": {"unheard": 1}}),
            ("reviews.jsonl", {"new": {"value": [1]}}),
        ],
    )
    def test_a_cell_that_does_not_fit(self, data: bytes, name: str, changes: dict[str, Any]) -> None:
        parts = open_parts(data)
        line = json.loads(parts[FIRST + name].decode("utf-8", "surrogatepass").split("\n")[0])
        with pytest.raises(StoreError) as refused:
            read(close_parts(parts | {FIRST + name: json.dumps(line | changes).encode()}))

        assert refused.value.code == "damaged_file"

    def check(self, store: Store, data: bytes, code: str) -> StoreError:
        """The error with which a store refuses a file; the store is as it was."""
        store.add(document("先前", text="先前"), statistics())
        before = (seen(store), store.revision())
        with pytest.raises(StoreError) as refused:
            read_workspace(store, data, "同事的.zip")

        assert (refused.value.code, refused.value.fields["place"]) == (code, "同事的.zip")
        assert (seen(store), store.revision()) == before
        return refused.value


def make_version_1(data: bytes) -> bytes:
    """The same workspace as a program wrote it that knew version 1 of the table only."""
    parts = open_parts(data)
    for name in (name for name in parts if name.endswith("rows.jsonl")):
        rows = [json.loads(line) for line in parts[name].decode("utf-8", "surrogatepass").split("\n") if line]
        older = ({column: cell for column, cell in row.items() if column not in VERSION_2} for row in rows)
        parts[name] = b"".join(json.dumps(row).encode() + b"\n" for row in older)
    manifest = json.loads(parts[archive.MANIFEST]) | {"version": 1}
    return close_parts(parts | {archive.MANIFEST: json.dumps(manifest).encode()})


def test_a_workspace_of_version_1_opens_and_its_later_columns_are_null(full: Store, other: Store) -> None:
    merge = read_workspace(other, make_version_1(write_workspace(full)))

    assert merge == Merge(added=("甲", "乙"), reviews=3)
    assert seen(other) == seen(full)
    pd.testing.assert_frame_equal(other.rows().drop(columns=[*VERSION_2]), full.rows().drop(columns=[*VERSION_2]))
    assert other.rows()[list(VERSION_2)].isna().all(axis=None)


def test_a_workspace_of_version_2_lacks_none_of_its_columns(full: Store, other: Store) -> None:
    data = write_workspace(full)
    assert json.loads(open_parts(data)[archive.MANIFEST])["version"] == 2
    parts = open_parts(make_version_1(data))
    manifest = json.loads(parts[archive.MANIFEST]) | {"version": 2}

    with pytest.raises(StoreError) as refused:
        read_workspace(other, close_parts(parts | {archive.MANIFEST: json.dumps(manifest).encode()}))

    assert (refused.value.code, other.documents()) == ("damaged_file", [])


def test_further_parts_and_columns_are_passed_over(full: Store, other: Store) -> None:
    parts = open_parts(write_workspace(full))
    line = json.loads(parts[f"{FIRST}rows.jsonl"].decode("utf-8", "surrogatepass").split("\n")[0]) | {"more": 1}
    parts |= {"../../etc/passwd": b"x", f"{FIRST}rows.jsonl": json.dumps(line).encode()}

    assert read_workspace(other, close_parts(parts)).added == ("甲", "乙")
    assert len(other.rows("甲")) == 1


def test_a_review_reaches_the_file_as_any_tool_can_read_it(full: Store) -> None:
    line = open_parts(write_workspace(full))[f"{FIRST}reviews.jsonl"].split(b"\n")[0]
    found = json.loads(line)

    assert found.pop("undone_at") is None
    assert Review(**found) == review(1)
    assert "看错一位" in line.decode()
