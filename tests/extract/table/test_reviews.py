"""What people said of rows: states, old values, and reviews that outlive a new extraction."""

from __future__ import annotations

import json
from typing import Any

import pytest

from extract.table.record import COLUMN_NAMES
from extract.table.reviews import BY_PERSON, Review, apply_reviews

ROW: dict[str, Any] = dict.fromkeys(COLUMN_NAMES) | {
    "id": "a",
    "start": 4,
    "end": 8,
    "raw": "8.5万个",
    "value": 85000.0,
    "unit": "个",
    "qualifier": "exact",
    "rule": "plain",
}


def review(verdict: str, **fields: Any) -> Review:
    usual = {"id": verdict, "row": "a", "start": 4, "end": 8, "raw": "8.5万个", "reviewer": "甲", "at": "2026-01-01"}
    return Review(verdict=verdict, **usual | fields)


FIX = review("corrected", old={"value": 85000.0}, new={"value": 84000.0}, reason="漏看一行")


@pytest.mark.parametrize(
    ("reviews", "state", "value"),
    [
        ([], "unreviewed", 85000),
        ([review("accepted")], "accepted", 85000),
        ([review("rejected")], "rejected", 85000),
        ([review("rejected"), review("accepted")], "accepted", 85000),
        ([FIX], "corrected", 84000),
        ([FIX, review("accepted")], "corrected", 84000),
        ([FIX, review("rejected")], "rejected", 84000),
        ([review("corrected", old={"value": 85000.0}, new={"value": 85000.0})], "accepted", 85000),
    ],
)
def test_the_last_verdict_holds_and_what_was_corrected_stays(reviews: list[Review], state: str, value: float) -> None:
    (row,) = apply_reviews([ROW], reviews).rows

    assert (row["review"], row["value"]) == (state, value)


def test_the_first_value_who_when_and_why_stay_with_the_row() -> None:
    again = review("corrected", old={"value": 84000.0}, new={"value": 83000.0}, reviewer="乙", at="2026-01-02")
    (row,) = apply_reviews([ROW], [FIX, again]).rows

    assert json.loads(row["original"]) == {"value": 85000.0}
    assert (row["reviewer"], row["reviewed_at"], row["reason"]) == ("乙", "2026-01-02", "漏看一行")


def test_a_value_put_back_is_no_correction_any_more() -> None:
    back = review("corrected", old={"value": 84000.0}, new={"value": 85000.0})
    (row,) = apply_reviews([ROW], [FIX, back]).rows

    assert (row["value"], row["original"], row["review"]) == (85000, None, "accepted")


def test_the_rows_given_are_not_changed() -> None:
    apply_reviews([ROW], [FIX])

    assert ROW["value"] == 85000.0


@pytest.mark.parametrize(
    ("now", "is_found"),
    [
        ({"id": "b"}, True),
        ({"id": "b", "start": 3, "raw": "近8.5万个"}, True),
        ({"id": "b", "raw": "8.6万个"}, False),
        ({"id": "b", "start": 40, "end": 44}, False),
    ],
    ids=["the same span", "a longer one", "another quote", "elsewhere"],
)
def test_a_review_outlives_a_new_extraction_or_is_reported(now: dict[str, Any], is_found: bool) -> None:
    found = apply_reviews([ROW | now], [FIX])

    assert found.rows[0]["value"] == (84000 if is_found else 85000)
    assert found.stale == (() if is_found else (FIX,))


def test_a_correction_of_what_the_rules_now_read_otherwise_holds_and_is_reported() -> None:
    found = apply_reviews([ROW | {"value": 86000.0}], [FIX])

    assert (found.rows[0]["value"], found.overtaken) == (84000, (FIX,))


ADDED = review(
    "added", row="c", start=20, end=22, raw="三个", new=ROW | {"id": "c", "start": 20, "value": 3.0, "rule": BY_PERSON}
)


def test_an_added_row_takes_its_place_and_stays_added() -> None:
    accepted = review("accepted", row="c", start=20, end=22, raw="三个")
    rows = apply_reviews([ROW], [ADDED, review("rejected", row="c"), accepted]).rows

    assert [(row["id"], row["review"], row["original"]) for row in rows] == [
        ("a", "unreviewed", None),
        ("c", "added", None),
    ]


def test_a_row_that_the_rules_now_find_themselves_is_not_there_twice() -> None:
    found = ROW | {"id": "d", "start": 20, "end": 22, "raw": "三个", "value": 4.0}
    (row,) = apply_reviews([found], [ADDED]).rows

    assert (row["id"], row["value"], row["review"]) == ("d", 3.0, "corrected")
