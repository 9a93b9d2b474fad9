"""What is kept comes back: documents, rows, reviews, and what was undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.store import Facts, Known, Store, StoreError
from dashboard.store.columns import escape, unescape
from extract.table.record import text_hash
from extract.table.reviews import apply_reviews
from tests.store.examples import document, review, statistics

Open = Callable[[str | Path], Store]


def test_a_document_comes_back_as_it_was_given(store: Store) -> None:
    new = document()
    kept = store.add(new, statistics())

    assert (kept.name, kept.file_name, kept.format, kept.checksum) == ("报告", "报告.docx", "docx", new.checksum)
    assert (kept.facts, kept.rules, kept.rows, kept.reviewed) == (new.facts, "rules-1", 2, 0)
    assert kept.text_hash == text_hash(new.text)
    assert kept.removed_at is None
    assert store.documents() == [kept]
    assert store.document("报告") == kept
    assert (store.text("报告"), store.places("报告")) == (new.text, new.places)
    pd.testing.assert_frame_equal(store.rows("报告"), statistics(document="报告"))


@pytest.mark.parametrize(
    "text", ["", "\0", "前\0后", "\ud83d", "\ud83d\ude00", "\x1a0000\x1a", "a\r\nb\u2028\ufeff", "\\u0000"]
)
def test_no_character_is_lost(store: Store, text: str) -> None:
    rows = statistics(count=1, raw=text, sentence=text)
    store.add(document(text=text, facts=Facts(title=text, region=text)), rows)
    store.add_review("报告", review(raw=text, reason=text, old={"unit": text}, new={"unit": text}))

    (said,) = store.reviews("报告")
    (kept,) = store.documents()
    assert (store.text("报告"), kept.facts.title, kept.facts.region) == (text, text, text)
    assert store.rows()[["raw", "sentence"]].to_numpy().tolist() == [[text, text]]
    assert (said.raw, said.reason, said.old, said.new) == (text, text, {"unit": text}, {"unit": text})


@given(st.text(st.characters(codec=None) | st.sampled_from("\0\x1a\ud800\udfff0d"), max_size=40))
def test_any_text_can_be_encoded_and_comes_back(text: str) -> None:
    stored = escape(text)

    assert unescape(stored) == text
    assert b"\0" not in stored.encode("utf-8")


def test_a_text_of_millions_of_characters_is_kept(store: Store) -> None:
    text = "全省设立网格8.5万个。" * 300_000
    store.add(document(text=text), statistics(text, count=3))

    assert store.text("报告") == text


def test_rows_of_all_documents_stand_in_order_of_import(store: Store) -> None:
    for name in ("乙", "甲"):
        store.add(document(name, text=name), statistics(name, count=3))
    store.add(document("空", text="空"), statistics(count=0))

    assert list(store.rows()["document"]) == ["乙"] * 3 + ["甲"] * 3
    assert list(store.rows()["value"]) == [85000.0, 85001.0, 85002.0] * 2
    pd.testing.assert_frame_equal(store.rows("空"), statistics(count=0))
    pd.testing.assert_frame_equal(store.rows("没有"), statistics(count=0))


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["报告", "报告", "报告"], ["报告", "报告 (2)", "报告 (3)"]),
        (["报告 (2)", "报告", "报告"], ["报告 (2)", "报告", "报告 (3)"]),
        (["Report", "report"], ["Report", "report (2)"]),
        (["  ", " 报告 "], ["1", "报告"]),
        (["长" * 300, "长" * 300], ["长" * 200, "长" * 200 + " (2)"]),
    ],
)
def test_each_document_has_a_name_of_its_own(store: Store, wanted: list[str], names: list[str]) -> None:
    kept = [store.add(document(name, text=str(number)), statistics()) for number, name in enumerate(wanted)]

    assert [one.name for one in kept] == names
    assert list(store.rows()["document"].unique()) == names


def test_the_same_file_or_text_is_not_kept_twice(store: Store) -> None:
    new = document()
    kept = store.add(new, statistics())

    for again in (replace(new, text="别的"), replace(new, checksum="0" * 64), replace(new, name="另一个")):
        with pytest.raises(Known) as known:
            store.add(again, statistics())
        assert (known.value.code, known.value.document) == ("known", kept)
    assert store.documents() == [kept]


def test_the_database_itself_refuses_the_same_file_twice(store: Store) -> None:
    store.add(document(), statistics())
    copy = (
        "INSERT INTO documents SELECT 99, 'n', file_name, format, {}, {}, title, publisher, address, reference_date, "
    )
    rest = "region, province, level, rules, imported_at, removed_at, row_count FROM documents"

    with sqlite3.connect(store.place) as connection:
        for checksum, digest in (("checksum", "'other'"), ("'other'", "text_hash")):
            with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
                connection.execute(copy.format(checksum, digest) + rest)
    connection.close()


@pytest.mark.parametrize("shared", [True, False], ids=["threads", "processes' stores"])
def test_of_two_tabs_at_once_one_wins(store: Store, open_at: Open, shared: bool) -> None:
    stores = [store if shared else open_at(Path(store.place).parent) for _ in range(4)]
    start = Barrier(4)

    def add(number: int) -> str:
        start.wait()
        try:
            return stores[number].add(document(f"报告{number}"), statistics(count=50)).name
        except Known as known:
            return known.document.name

    with ThreadPoolExecutor(4) as pool:
        names = set(pool.map(add, range(4)))

    assert [kept.name for kept in store.documents()] == list(names)
    assert len(store.rows()) == 50


def test_many_threads_write_and_read_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # How long a turn may be waited for is no matter here: other tests, and other programs, may have the cores.
    monkeypatch.setattr("dashboard.store.sqlite.BUSY_SECONDS", 60.0)

    def work(number: int) -> int:
        name = store.add(document(text=str(number)), statistics(count=10)).name
        store.add_review(name, review())
        return len(store.rows(name))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(24))) == [10] * 24
    assert {one.reviewed for one in store.documents()} == {1}
    assert store.revision() == 48


class TestRemoval:
    def test_a_removed_document_is_hidden_everywhere_and_comes_back_whole(self, store: Store) -> None:
        kept = store.add(document(), statistics())
        store.add_review("报告", review())
        before = (store.documents(), store.reviews("报告"))

        store.remove("报告")

        (removed,) = store.removed()
        assert (removed.id, removed.removed_at is None) == (kept.id, False)
        assert (store.documents(), store.document("报告"), store.text("报告"), store.places("报告")) == (
            [],
            None,
            None,
            (),
        )
        assert (len(store.rows()), len(store.rows("报告"))) == (0, 0)
        assert (store.reviews("报告"), store.all_reviews(), store.history("报告")) == ([], {}, [])
        store.restore("报告")
        assert (store.documents(), store.reviews("报告"), store.removed()) == (*before, [])

    def test_a_removed_file_given_again_is_known(self, store: Store) -> None:
        store.add(document(), statistics())
        store.remove("报告")

        with pytest.raises(Known) as known:
            store.add(document(), statistics())

        assert known.value.document == store.removed()[0]

    def test_an_erased_document_leaves_nothing(self, store: Store) -> None:
        store.add(document(), statistics())
        store.add_review("报告", review())
        store.remove("报告")
        store.erase("报告")

        assert store.removed() == []
        with sqlite3.connect(store.place) as connection:
            tables = ("documents", "texts", "statistics", "reviews")
            counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
        connection.close()
        assert counts == [0, 0, 0, 0]
        assert store.add(document(), statistics()).id == 2

    @pytest.mark.parametrize(
        ("setup", "call"),
        [
            ("", "remove"),
            ("", "restore"),
            ("", "erase"),
            ("add", "restore"),
            ("add", "erase"),
            ("remove", "remove"),
            ("remove", "replace_rows"),
            ("remove", "add_review"),
            ("remove", "undo_review"),
        ],
    )
    def test_what_is_not_there_is_said_so(self, store: Store, setup: str, call: str) -> None:
        if setup:
            store.add(document(), statistics())
        if setup == "remove":
            store.remove("报告")
        arguments = {"replace_rows": (statistics(), "rules-2"), "add_review": (review(),)}.get(call, ())
        revision = store.revision()

        with pytest.raises(StoreError) as missing:
            getattr(store, call)("报告", *arguments)

        assert (missing.value.code, missing.value.fields["name"]) == ("missing", "报告")
        assert store.revision() == revision


class TestReviews:
    def test_reviews_come_back_in_order(self, store: Store) -> None:
        store.add(document(), statistics())
        said = [review(3), review(1, verdict="accepted", old={}, new={}), review(2)]
        for one in said:
            store.add_review("报告", one)

        assert store.reviews("报告") == said
        assert store.all_reviews() == {"报告": said}
        assert store.documents()[0].reviewed == 3

    def test_the_same_review_twice_is_one(self, store: Store) -> None:
        store.add(document(), statistics())
        store.add_review("报告", review())
        store.add_review("报告", review(reason="anders"))

        assert store.reviews("报告") == [review()]

    def test_the_last_review_that_holds_is_undone_and_stays_in_the_history(self, store: Store) -> None:
        store.add(document(), statistics())
        said = [review(1), review(2, reviewer="乙"), review(3, row="row-1")]
        for one in said:
            store.add_review("报告", one)

        assert store.undo_review("报告", "乙") == said[1]
        assert store.undo_review("报告") == said[2]
        assert store.undo_review("报告", "乙") is None
        assert store.reviews("报告") == [said[0]]
        assert [(one, undone is None) for one, undone in store.history("报告")] == [
            (said[0], True),
            (said[1], False),
            (said[2], False),
        ]
        assert store.documents()[0].reviewed == 1

    def test_rows_reviewed_twice_count_once(self, store: Store) -> None:
        store.add(document(), statistics())
        store.add_review("报告", review(1, row="a"))
        store.add_review("报告", review(2, row="a"))

        assert store.documents()[0].reviewed == 1

    def test_reviews_outlive_a_new_extraction(self, store: Store) -> None:
        store.add(document(), statistics())
        row = store.rows("报告").iloc[0]
        store.add_review("报告", review(row=row["id"], start=int(row["start"]), end=int(row["end"]), raw=row["raw"]))
        kept = store.replace_rows("报告", statistics(count=5), "rules-2", Facts(title="改了"))

        assert (kept.rows, kept.rules, kept.facts, kept.reviewed) == (5, "rules-2", Facts(title="改了"), 1)
        reviewed = apply_reviews(store.rows("报告").to_dict("records"), store.reviews("报告"))
        assert [one["review"] for one in reviewed.rows] == ["corrected"] + ["unreviewed"] * 4

    def test_a_new_extraction_leaves_the_facts_that_nobody_changed(self, store: Store) -> None:
        before = store.add(document(), statistics())

        assert store.replace_rows("报告", statistics(count=0), "rules-2").facts == before.facts
        assert len(store.rows("报告")) == 0


def test_the_revision_grows_with_every_change_of_any_process(store: Store, open_at: Open) -> None:
    other = open_at(Path(store.place).parent)
    seen = [store.revision()]
    for change in (
        lambda: other.add(document(), statistics()),
        lambda: store.add_review("报告", review()),
        lambda: other.undo_review("报告"),
        lambda: store.replace_rows("报告", statistics(), "rules-2"),
        lambda: other.remove("报告"),
        lambda: store.restore("报告"),
        lambda: other.remove("报告"),
        lambda: other.erase("报告"),
    ):
        change()
        seen.append(store.revision())
        assert other.revision() == seen[-1]

    assert seen == sorted(set(seen))


def test_a_failed_import_changes_nothing(store: Store) -> None:
    store.add(document(), statistics())
    before = (store.documents(), store.revision())

    with pytest.raises(Exception, match="NOT NULL"):
        store.add(document(text="别的"), statistics(value=Decimal("nan")))

    assert (store.documents(), store.revision()) == before


def test_what_is_kept_outlives_the_program(store: Store, open_at: Open) -> None:
    store.add(document(), statistics())
    store.add_review("报告", review())
    before = (store.documents(), store.reviews("报告"))
    store.close()

    again = open_at(Path(store.place).parent)

    assert (again.documents(), again.reviews("报告")) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.sampled_from(["add", "remove", "restore", "erase", "review", "undo"]), max_size=12))
def test_documents_and_rows_agree_after_any_changes(store: Store, steps: list[str]) -> None:
    for number, step in enumerate(steps):
        kept, removed = [one.name for one in store.documents()], [one.name for one in store.removed()]
        if step == "add":
            text = f"{store.revision()}"
            store.add(document(text=text), statistics(text, count=number))
        elif step == "remove" and kept:
            store.remove(kept[0])
        elif step in ("restore", "erase") and removed:
            getattr(store, step)(removed[0])
        elif step == "review" and kept:
            store.add_review(kept[-1], review(number + 1, id=f"{store.revision()}"))
        elif step == "undo" and kept:
            store.undo_review(kept[-1])

    for one in store.documents():
        assert one.rows == len(store.rows(one.name))
        assert one.reviewed == len({said.row for said in store.reviews(one.name)})
    assert sum(one.rows for one in store.documents()) == len(store.rows())
