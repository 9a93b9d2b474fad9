"""The scorer of meaning: what counts as right in each field, and the words for each error."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from extract.pipeline import extract_text
from extract.table.meaning import pool_meaning, score_meaning

TEXT = "2023年，全市设立网格8.5万个，比上年增长5%。"
GRIDS: dict[str, Any] = {
    "raw": "8.5万个",
    "start": 12,
    "end": 17,
    "value": 85000,
    "unit": "个",
    "qualifier": "exact",
    "subject": "网格",
    "status": "actual",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "period_basis": "stated",
    "theme": "grid",
    "relative_to": None,
    "aggregation": None,
    "action": None,
    "of_start": None,
    "region": None,
}
GROWTH: dict[str, Any] = GRIDS | {
    "raw": "5%",
    "start": 23,
    "end": 25,
    "value": 5,
    "unit": "%",
    "relative_to": "上年",
    "of_start": 12,
}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return extract_text(TEXT)


def test_the_answers_stand_in_the_text() -> None:
    assert [answer["raw"] for answer in (GRIDS, GROWTH)] == [
        TEXT[answer["start"] : answer["end"]] for answer in (GRIDS, GROWTH)
    ]


def test_everything_right(table: pd.DataFrame) -> None:
    result = score_meaning([GRIDS, GROWTH], table)

    assert result.errors == ()
    assert set(result.figures().values()) == {2, 1.0}
    assert result.asked["links"] == result.asked["relative_to_set"] == 1
    assert "aggregation_set" not in result.figures()


@pytest.mark.parametrize(
    ("field", "wrong", "asked"),
    [
        ("status", {"status": "target"}, "status"),
        ("when", {"period_start": "2022-01-01"}, "when"),
        ("when", {"period_end": "2022-12-31"}, "year"),
        ("period_basis", {"period_basis": "inherited"}, "period_basis"),
        ("subject", {"subject": "社工"}, "subject"),
        ("aggregation", {"aggregation": "mean"}, "aggregation_set"),
        ("relative_to", {"relative_to": "上年"}, "relative_to"),
        ("of_row", {"of_start": 22}, "links"),
    ],
)
def test_one_field_wrong(field: str, wrong: dict[str, Any], asked: str, table: pd.DataFrame) -> None:
    result = score_meaning([GRIDS | wrong], table)

    assert [error.split()[0] for error in result.errors] == [field]
    assert result.figures()[asked] == 0.0


@pytest.mark.parametrize(
    "accepted",
    [
        {"status": "target", "status_also": ["actual"]},
        {"subject": "“网格”"},
        {"period_end": None, "period_end_also": ["2023-12-31"]},
        {"relative_to": "上年", "relative_to_also": [None]},
    ],
)
def test_further_answers_are_accepted(accepted: dict[str, Any], table: pd.DataFrame) -> None:
    assert score_meaning([GRIDS | accepted], table).errors == ()


def test_a_base_may_be_longer_or_shorter_by_half(table: pd.DataFrame) -> None:
    assert score_meaning([GROWTH | {"relative_to": "上年末"}], table).figures()["relative_to"] == 1.0
    assert score_meaning([GROWTH | {"relative_to": "上年同期数据"}], table).figures()["relative_to"] == 0.0


def test_a_missing_row_is_wrong_in_every_field(table: pd.DataFrame) -> None:
    missing = GRIDS | {"raw": "2023", "start": 0, "end": 4}
    result = score_meaning([missing], table)

    assert set(result.figures().values()) == {1, 0.0}


def test_optional_answers_and_those_without_meaning_are_not_asked(table: pd.DataFrame) -> None:
    bare = {name: cell for name, cell in GRIDS.items() if name != "status"}

    assert score_meaning([GRIDS | {"optional": True}, bare], table).asked == {}


def test_documents_are_pooled_over_their_counts(table: pd.DataFrame) -> None:
    right, wrong = score_meaning([GRIDS], table), score_meaning([GRIDS | {"status": "norm"}], table)

    assert pool_meaning([right, wrong]).figures()["status"] == 0.5
    assert pool_meaning([right, wrong]).errors == wrong.errors
