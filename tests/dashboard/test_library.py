"""Imported documents beside the shipped ones: rows with their reviews, versions, texts, in pages and exports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.filters import Filters
from dashboard.ingest import Draft, to_document
from dashboard.library import NOTHING, judge_rows, read_imported, read_library
from dashboard.load import read_dataset
from dashboard.revise import correct, judge, to_entries
from dashboard.store import Facts, Store
from extract.table.record import REVIEWED_NAMES

# The rows that nobody has looked at, beside the first.
OPEN = ["unreviewed", "unreviewed"]


def review_first(store: Store, name: str, verdict: str, **entries: str) -> None:
    """Say something of the first row of a document."""
    row = judge_rows(store.rows(name), store.reviews(name)).rows[0]
    facts = store.documents()[0].facts
    said = correct(row, to_entries(row) | entries, facts, "甲") if entries else judge(row, verdict, "甲")
    store.add_review(name, said)


def test_an_empty_store_gives_nothing(store: Store) -> None:
    assert read_library(store) is NOTHING


def test_no_store_is_made_to_look_into_it(tmp_path: Path) -> None:
    assert read_imported(str(tmp_path / "none")) is NOTHING
    assert not (tmp_path / "none").exists()


def test_rows_have_the_form_of_the_shipped_table(store: Store, name: str, table_path: Path) -> None:
    rows, shipped = read_library(store).rows, read_dataset(table_path).select(Filters())

    assert list(rows.columns) == list(REVIEWED_NAMES)
    assert {column: str(rows[column].dtype) for column in ("value", "start", "raw", "flags")} == {
        column: str(shipped[column].dtype) for column in ("value", "start", "raw", "flags")
    }
    assert set(rows["review"]) == {"unreviewed"}


@pytest.mark.parametrize(
    ("verdict", "entries", "states", "value"),
    [
        ("accepted", {}, ["accepted", *OPEN], 85000),
        ("corrected", {"value": "8.4万"}, ["corrected", *OPEN], 84000),
        ("rejected", {}, OPEN, 22000),
    ],
)
def test_what_people_said_stands_in_the_rows_and_rejected_ones_are_gone(
    verdict: str, entries: dict[str, str], states: list[str], value: float, store: Store, name: str
) -> None:
    review_first(store, name, verdict, **entries)
    rows = read_library(store).rows

    assert (list(rows["review"]), rows["value"].iloc[0]) == (states, value)


def test_no_column_of_version_2_is_lost_on_the_way_to_the_pages(store: Store, draft: Draft, table_path: Path) -> None:
    cells = {
        "reporter": "浙江",
        "section": "一、目标",
        "status": "target",
        "period_basis": "inherited",
        "relative_to": "上年",
        "aggregation": "cumulative",
        "action": "新增",
        "of_row": "0123456789abcdef",
    }
    name = store.add(to_document(draft, ()), draft.rows.assign(**cells)).name
    review_first(store, name, "corrected", status="norm")

    data = read_dataset(table_path, read_library(store))
    rows = data.select(Filters(documents=(name,)))

    assert rows[list(cells)].to_dict("records") == [cells | {"status": "norm"}, cells, cells]
    assert data.count(Filters(statuses=("norm",))) == 1


def test_imported_rows_stand_beside_the_shipped_ones_under_another_version(
    store: Store, name: str, table_path: Path
) -> None:
    alone, both = read_dataset(table_path), read_dataset(table_path, read_library(store))

    assert len(both) == len(alone) + 3
    assert both.version != alone.version
    assert list(both.select(Filters(documents=(name,)))["raw"]) == ["8.5万个", "2.2万名", "数十次"]
    assert both.titles["zh"][name] == "2026年浙江省政府工作报告"


def test_the_version_changes_with_a_review_and_comes_back_with_its_undoing(
    store: Store, name: str, table_path: Path
) -> None:
    def version() -> str:
        return read_dataset(table_path, read_library(store)).version

    before = version()
    review_first(store, name, "accepted")
    assert version() != before
    store.undo_review(name)
    assert version() == before


def test_a_document_without_a_title_has_its_name(store: Store, draft: Draft) -> None:
    kept = store.add(replace(to_document(draft, ()), facts=Facts("")), draft.rows)

    assert read_library(store).documents[kept.name].titles == {"zh": "浙江", "en": "浙江"}
