"""The scorer: what counts as right, what is a don't-care, and the words for each error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract.pipeline import extract_text
from extract.table.errors import InputError
from extract.table.evaluate import FIELDS, Score, pool, read_gold, score

TEXT = "浙江省委组织部\n今年，全省设立网格8.5万个，新增社工近2000名。"


def answer(raw: str, **cells: Any) -> dict[str, Any]:
    """A hand-made answer for a piece of TEXT: an exact count of 浙江 for this year, but for what is given."""
    start = TEXT.index(raw)
    place = {"raw": raw, "start": start, "end": start + len(raw), "optional": False}
    usual = {"value_high": None, "qualifier": "exact", "kind": "count", "direction": None, "role": None}
    return place | usual | {"region": "浙江", "period": "今年"} | cells


GRIDS = answer("8.5万个", value=85000, unit="个", theme="grid", subject="网格", indicator="grids_total")
WORKERS = answer(
    "近2000名",
    value=2000,
    unit="名",
    qualifier="nearly",
    direction="up",
    theme="workforce",
    subject="社工",
    indicator="community_workers_added",
)

RATES = ("precision", "recall", "f1", *FIELDS)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return extract_text(TEXT)


def figures(gold: list[dict[str, Any]], table: pd.DataFrame) -> dict[str, float]:
    return score(gold, table).figures()


def test_everything_right(table: pd.DataFrame) -> None:
    result = score([GRIDS, WORKERS], table)

    assert result.errors == ()
    assert result.figures() == {"gold": 2, "predicted": 2, "right": 2} | dict.fromkeys(RATES, 1.0)


def test_a_missing_and_a_spurious_row(table: pd.DataFrame) -> None:
    missing = {**GRIDS, "start": 0, "end": 3, "raw": "浙江省"}
    result = score([missing, WORKERS], table)

    assert [error.split()[0] for error in result.errors] == ["spurious", "missed"]
    assert {"gold": 2, "predicted": 2, "right": 1, "f1": 0.5}.items() <= result.figures().items()


@pytest.mark.parametrize("cells", [{"value": 8500}, {"value_high": 90000}, {"unit": "名"}])
def test_value_upper_end_and_unit_decide_whether_a_match_is_right(cells: dict[str, Any], table: pd.DataFrame) -> None:
    result = score([{**GRIDS, **cells}, WORKERS], table)

    assert [error.split()[0] for error in result.errors] == ["wrong"]
    assert {"predicted": 2, "right": 1}.items() <= result.figures().items()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("qualifier", "over"),
        ("kind", "rate"),
        ("direction", "down"),
        ("role", "to"),
        ("region", "湖北"),
        ("theme", "demands"),
    ],
)
def test_a_wrong_field_is_counted_and_named(name: str, other: str, table: pd.DataFrame) -> None:
    result = score([{**GRIDS, name: other}, WORKERS], table)

    assert [error.split()[0] for error in result.errors] == [name]
    assert result.figures()[name] == 0.5
    assert result.figures()["f1"] == 1.0


def test_further_accepted_answers(table: pd.DataFrame) -> None:
    lenient = {**GRIDS, "theme": "demands", "theme_also": ["grid"], "period": None, "period_also": ["今年"]}

    assert score([lenient, WORKERS], table).errors == ()


def test_an_indicator_where_the_codebook_has_none_is_an_error(table: pd.DataFrame) -> None:
    assert figures([{**GRIDS, "indicator": None}, WORKERS], table)["indicator"] == 0.5


def test_a_field_without_its_key_is_not_asked(table: pd.DataFrame) -> None:
    without = [{name: cell for name, cell in row.items() if name != "indicator"} for row in (GRIDS, WORKERS)]

    assert "indicator" not in figures(without, table)


def test_an_optional_answer_neither_helps_nor_hurts(table: pd.DataFrame) -> None:
    wrong = {**GRIDS, "optional": True, "value": 1}
    not_found = {**GRIDS, "optional": True, "start": 0, "end": 3, "raw": "浙江省"}

    assert {"gold": 1, "predicted": 1, "f1": 1.0}.items() <= figures([wrong, WORKERS], table).items()
    assert {"gold": 2, "predicted": 2, "f1": 1.0}.items() <= figures([not_found, GRIDS, WORKERS], table).items()


def test_half_of_the_longer_span_has_to_overlap(table: pd.DataFrame) -> None:
    start, end = GRIDS["start"], GRIDS["end"]
    just = {**GRIDS, "end": 2 * end - start}
    short = {**GRIDS, "end": 2 * end - start + 1}

    assert figures([just, WORKERS], table)["right"] == 2
    assert figures([short, WORKERS], table)["right"] == 1


def test_documents_are_pooled_over_their_counts(table: pd.DataFrame) -> None:
    one = score([GRIDS, WORKERS], table)
    other = score([GRIDS], table.head(0))

    expected = {"gold": 3, "predicted": 2, "right": 2, "precision": 1.0, "recall": 0.6667, "f1": 0.8}

    assert expected.items() <= pool([one, other]).figures().items()


def test_nothing_against_nothing(table: pd.DataFrame) -> None:
    assert score([], table.head(0)) == Score()


def test_answers_are_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{json.dumps(GRIDS)}\n\n{json.dumps(WORKERS)}\n", encoding="utf-8-sig")

    assert read_gold(file) == [GRIDS, WORKERS]


@pytest.mark.parametrize("content", ["no JSON", "[1, 2]", '{"start": 1}', "7"])
def test_what_are_no_answers_is_refused_with_the_file_named(content: str, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=r"gold\.jsonl: .*give hand-made answers"):
        read_gold(file)


def test_missing_answers_are_refused_with_the_file_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gold\.jsonl"):
        read_gold(tmp_path / "gold.jsonl")


@pytest.mark.parametrize(
    "answer",
    [
        {"start": 6, "end": 10, "value": 120, "unit": "个"},
        {"start": 6, "end": 10, "value": "120", "unit": "个", "raw": "120个"},
        {"start": 6, "end": 10, "value": 120, "unit": None, "raw": "120个"},
        ["120个"],
    ],
    ids=["no raw", "value in quotes", "no unit", "no object"],
)
def test_answers_that_can_not_be_judged_are_refused_by_number(tmp_path: Path, answer: object) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(answer), encoding="utf-8")

    with pytest.raises(InputError, match=r"gold\.jsonl: answer 1 lacks"):
        read_gold(file)
