"""The tidy table in the reader's language: cells, search, order, conditions in words."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.captions import Context
from dashboard.cells import FIGURE, find, order, say, show
from dashboard.clauses import EVERYTHING, Clause
from dashboard.columns import Condition, Listing
from dashboard.dataset import Dataset
from dashboard.wording import LANGUAGES, load_words
from extract.table.record import REVIEWED_COLUMNS, REVIEWED_NAMES

MakeRows = Callable[..., pd.DataFrame]
Ask = Callable[[pd.DataFrame], Dataset]


@pytest.fixture
def rows(make_rows: MakeRows) -> pd.DataFrame:
    return make_rows(
        {"value": 1300.0, "qualifier": "over", "unit": "个", "region": "深圳", "level": "city"},
        {"region": "", "province": None, "level": None, "indicator": None, "subject": None, "unit": "", "value": 2.0},
        {"value": 300.0, "value_high": 500.0, "unit": "户", "flags": "vague;no_unit", "region": "北京"},
    )


def test_cells_are_in_the_reader_s_language_and_numbers_stay_numbers(rows: pd.DataFrame, context: Context) -> None:
    shown = show(rows, REVIEWED_NAMES, context)

    assert list(shown[FIGURE]) == ["≥1,300", "2", "300–500"]
    assert list(shown["value"]) == [1300.0, 2.0, 300.0]
    assert list(shown["region"]) == ["Shenzhen", "Region unknown", "Beijing"]
    assert shown.loc[0, "qualifier"] == "over"
    assert shown.loc[2, "flags"] == "rough number, lower bound, no unit in the text"
    assert shown.loc[1, ["province", "level", "indicator", "subject", "unit", "period"]].isna().all()


@pytest.mark.parametrize(
    ("context", "labels"),
    [
        ("en", ["Target", "inherited", "Mean", "Shenzhen", "=上年", "一、目标"]),
        ("zh", ["目标", "据本节", "平均", "深圳", "=上年", "一、目标"]),
    ],
    indirect=["context"],
)
def test_the_columns_of_version_2_are_shown_by_their_labels(
    labels: list[str], make_rows: MakeRows, context: Context
) -> None:
    cells = {
        "status": "target",
        "period_basis": "inherited",
        "aggregation": "mean",
        "reporter": "深圳",
        "relative_to": "=上年",
        "section": "一、目标",
    }
    shown = show(make_rows(cells, {}), tuple(cells), context)

    assert list(shown.loc[0]) == labels
    assert shown.loc[1].isna().all()


@pytest.mark.parametrize(
    ("text", "found"), [("target", ["1"]), ("norm", ["2"]), ("上年", ["0", "1"]), ("aim", []), ("省", ["2"])]
)
def test_the_columns_of_version_2_are_searched_as_they_are_shown(
    text: str, found: list[str], make_rows: MakeRows, context: Context, ask: Ask
) -> None:
    data = ask(
        make_rows(
            {"status": "actual", "relative_to": "上年"},
            {"status": "target", "relative_to": "上年同期"},
            {"status": "norm", "section": "全省标准"},
        )
    )
    listing = Listing(shown=("status", "relative_to", "section"), find=text)

    assert list(data.read(find(listing, data.vocabulary.cells, context))["id"]) == found


def test_statuses_are_sorted_as_they_are_listed(make_rows: MakeRows, context: Context, ask: Ask) -> None:
    data = ask(make_rows({"status": "norm"}, {}, {"status": "actual"}, {"status": "target"}))

    assert list_rows(data, EVERYTHING, order(Listing(sort="status"), data.vocabulary.cells, context)) == [2, 3, 0, 1]


@pytest.mark.parametrize("context", ["zh"], indirect=True)
def test_figures_are_written_as_the_language_does(rows: pd.DataFrame, context: Context) -> None:
    assert list(show(rows, ["value"], context)[FIGURE]) == ["≥1,300个", "2", "300–500户"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("", [0, 1, 2]), ("SHENZHEN", [0]), ("1,300", [0]), ("unknown", [1]), ("beijing rough", [2]), ("nowhere", [])],
)
def test_the_search_looks_at_what_is_shown(
    text: str, found: list[int], rows: pd.DataFrame, context: Context, ask: Ask
) -> None:
    data, listing = ask(rows), Listing(shown=("region", "value", "flags"), find=text)

    assert list_rows(data, find(listing, data.vocabulary.cells, context), Clause("position")) == found


def list_rows(data: Dataset, where: Clause, order: Clause) -> list[int]:
    """The places of the rows of a condition, in an order."""
    return [int(row) for row in data.page(where, 0, len(data), order)["id"]]


@pytest.mark.parametrize(
    ("column", "is_descending", "places"),
    [
        ("", False, [0, 1, 2]),
        ("value", False, [1, 2, 0]),
        ("value", True, [0, 2, 1]),
        ("value_high", True, [2, 0, 1]),
        ("region", False, [2, 0, 1]),
        ("level", False, [2, 0, 1]),
        ("level", True, [0, 2, 1]),
        ("unit", False, [0, 2, 1]),
    ],
)
def test_rows_are_sorted_with_nulls_last(
    column: str, is_descending: bool, places: list[int], rows: pd.DataFrame, context: Context, ask: Ask
) -> None:
    data, listing = ask(rows), Listing(sort=column, is_descending=is_descending)

    assert list_rows(data, EVERYTHING, order(listing, data.vocabulary.cells, context)) == places


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (Condition("kind", "in", ("share", "rate")), "Kind: Share, Rate or average"),
        (Condition("value", "between", ("10", "85000")), "Value from 10 to 85,000"),
        (Condition("value", "between", ("10", "")), "Value from 10"),
        (Condition("end", "between", ("", "12345")), "End offset up to 12345"),
        (Condition("subject", "has", ("网格", "员")), "Subject contains “网格 员”"),
        (Condition("period", "empty"), "Period is empty"),
        (Condition("period_end", "between", ("2021-01-01", "2021-12-31")), "Last day from 2021-01-01 to 2021-12-31"),
    ],
)
def test_a_condition_says_itself(condition: Condition, sentence: str, context: Context) -> None:
    assert say(condition, context) == sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_has_a_label_and_a_meaning(lang: str) -> None:
    texts = load_words(lang).texts
    terms = {column.name: column.values for column in REVIEWED_COLUMNS}
    labels = [texts[f"column.{column.name}"] for column in REVIEWED_COLUMNS]

    assert len(set(labels)) == len(REVIEWED_COLUMNS)
    assert all(texts[f"column.{column.name}_meaning"] for column in REVIEWED_COLUMNS)
    assert all(f"{family}.{code}" in texts for family, codes in terms.items() for code in codes)
