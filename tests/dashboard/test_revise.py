"""What a person fills in → a review: what changes, what follows from it, what can't be read."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.revise import EntryError, add, correct, judge, list_others, next_after, sort_queue, to_entries
from dashboard.store import Facts
from extract.table.record import COLUMN_NAMES, UNREVIEWED
from extract.table.reviews import BY_PERSON, apply_reviews

ROW: dict[str, Any] = (
    dict.fromkeys(COLUMN_NAMES)
    | dict(UNREVIEWED)
    | {
        "id": "a",
        "document": "d",
        "report": 1,
        "region": "浙江",
        "province": "浙江",
        "level": "province",
        "theme": "grid",
        "indicator": "grids_total",
        "subject": "网格",
        "value": 85000.0,
        "unit": "个",
        "qualifier": "exact",
        "kind": "count",
        "period": "今年",
        "period_start": "2026-01-01",
        "period_end": "2026-02-03",
        "raw": "8.5万个",
        "start": 4,
        "end": 9,
        "sentence": "设立网格8.5万个。",
        "rule": "numeral",
        "flags": "",
        "reporter": "浙江",
        "section": "一、上年工作",
        "status": "actual",
    }
)
FACTS = Facts("t", reference_date="2026-02-03")


def change(**entries: str) -> dict[str, Any]:
    """The columns that a review changes for these entries."""
    return dict(correct(ROW, to_entries(ROW) | entries, FACTS, "甲").new)


@pytest.mark.parametrize(
    ("entries", "new"),
    [
        ({}, {}),
        ({"value": "8.4万"}, {"value": 84000.0}),
        ({"value": "84,000"}, {"value": 84000.0}),
        ({"value_high": "9万"}, {"value_high": 90000.0}),
        ({"unit": ""}, {"unit": ""}),
        ({"qualifier": "nearly", "direction": "up"}, {"qualifier": "nearly", "direction": "up"}),
        ({"indicator": "", "theme": "other"}, {"indicator": None, "theme": "other"}),
        ({"subject": " 微网格 "}, {"subject": "微网格"}),
        ({"region": "浙江省杭州市"}, {"region": "杭州", "level": "city"}),
        ({"region": ""}, {"region": None, "province": None, "level": None}),
        ({"period": "去年"}, {"period": "去年", "period_start": "2025-01-01", "period_end": "2025-12-31"}),
        (
            {"period": "近来", "period_start": "2026-01-15"},
            {"period": "近来", "period_start": "2026-01-15"},
        ),
        ({"period": ""}, {"period": None, "period_start": None, "period_end": None}),
        ({"status": "target", "aggregation": "mean"}, {"status": "target", "aggregation": "mean"}),
        ({"status": ""}, {"status": None}),
        ({"period_basis": "inherited"}, {"period_basis": "inherited"}),
        ({"relative_to": " 上年 ", "action": "新增"}, {"relative_to": "上年", "action": "新增"}),
        ({"reporter": "浙江省杭州市"}, {"reporter": "杭州"}),
        ({"reporter": "某公司"}, {"reporter": "某公司"}),
        ({"of_row": "b"}, {"of_row": "b"}),
    ],
)
def test_only_what_is_different_is_changed_with_what_follows_from_it(
    entries: dict[str, str], new: dict[str, Any]
) -> None:
    assert change(**entries) == new


def test_a_form_that_changes_nothing_accepts_the_row() -> None:
    assert correct(ROW, to_entries(ROW), FACTS, "甲").verdict == "accepted"


def test_a_correction_keeps_the_old_value_who_when_and_why() -> None:
    review = correct(ROW, to_entries(ROW) | {"value": "8.4万"}, FACTS, "甲", "看错")

    assert (review.verdict, review.old, review.reviewer, review.reason) == (
        "corrected",
        {"value": 85000.0},
        "甲",
        "看错",
    )
    assert review.at.endswith("+00:00")


@pytest.mark.parametrize(
    ("column", "text"),
    [("value", "很多"), ("value", ""), ("value_high", "x"), ("period_start", "去年"), ("period_end", "2026-13-01")],
)
def test_what_cant_be_read_is_named(column: str, text: str) -> None:
    with pytest.raises(EntryError) as caught:
        change(**{column: text})
    assert (caught.value.column, caught.value.text) == (column, text)


def test_an_added_row_is_whole_and_known_as_a_persons() -> None:
    review = add(ROW | {"id": "b", "start": 20, "end": 25}, to_entries(ROW) | {"value": "3"}, FACTS, "甲")
    (_, row) = apply_reviews([ROW], [review]).rows

    assert (row["id"], row["value"], row["rule"], row["review"]) == ("b", 3.0, BY_PERSON, "added")


def test_a_corrected_status_is_in_the_row_with_the_status_that_was_read() -> None:
    (row,) = apply_reviews([ROW], [correct(ROW, to_entries(ROW) | {"status": "norm"}, FACTS, "甲")]).rows

    assert (row["status"], row["original"], row["section"]) == ("norm", '{"status": "actual"}', "一、上年工作")


def test_a_row_may_belong_to_any_other_row_of_its_document() -> None:
    rows = [
        ROW | {"review": "unreviewed"},
        ROW | {"id": "b", "raw": "3个"},
        ROW | {"id": "c", "subject": None},
        ROW | {"id": "d", "raw": "3个"},
        ROW | {"id": "e", "review": "rejected"},
    ]

    assert list_others(ROW, rows) == {"b": "网格 3个", "c": "8.5万个", "d": "网格 3个 (2)"}


def test_what_nobody_has_looked_at_comes_first_and_flagged_rows_before_the_rest() -> None:
    rows = [
        ROW | {"id": "done", "review": "accepted", "start": 0},
        ROW | {"id": "plain", "start": 1},
        ROW | {"id": "flagged", "flags": "vague", "start": 2},
    ]

    assert [row["id"] for row in sort_queue(rows)] == ["flagged", "plain", "done"]


@pytest.mark.parametrize(
    ("current", "following"),
    [("b", "c"), ("c", "a"), ("done", "a"), ("none", "a")],
)
def test_after_a_verdict_the_next_open_row_is_looked_at(current: str, following: str) -> None:
    queue = [ROW | {"id": name} for name in "abc"] + [ROW | {"id": "done", "review": "accepted"}]

    assert next_after(queue, current) == following


def test_after_the_last_open_row_there_is_none() -> None:
    assert next_after([ROW], "a") == ""


def test_a_verdict_alone_changes_nothing() -> None:
    review = judge(ROW, "rejected", "甲")

    assert (review.verdict, dict(review.old), dict(review.new)) == ("rejected", {}, {})


@pytest.mark.parametrize(
    ("flags", "entries", "left"),
    [
        ("period_unresolved;vague", {"period": "去年"}, "vague"),
        ("period_unresolved", {"period": "近来"}, "period_unresolved"),
        ("no_unit;no_subject", {"unit": "个", "subject": "网格"}, ""),
        ("region_unknown", {"region": "杭州"}, ""),
    ],
)
def test_what_a_person_filled_in_is_flagged_no_longer(flags: str, entries: dict[str, str], left: str) -> None:
    row = ROW | {"flags": flags, "period": None, "period_start": None, "period_end": None}
    (shown,) = apply_reviews([row], [correct(row, to_entries(row) | entries, FACTS, "甲")]).rows

    assert shown["flags"] == left


@pytest.mark.parametrize(
    ("entries", "column"),
    [
        ({"value": "10", "value_high": "5"}, "value_high"),
        ({"period_start": "2025-1-1"}, "period_start"),
        ({"period_start": "20250101"}, "period_start"),
        ({"period_start": "2026-02-01", "period_end": "2026-01-01"}, "period_end"),
    ],
)
def test_what_can_not_be_is_refused_with_its_column(entries: dict[str, str], column: str) -> None:
    with pytest.raises(EntryError) as caught:
        change(**entries)
    assert caught.value.column == column
