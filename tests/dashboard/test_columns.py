"""A condition on any column of the table, and its code in a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.columns import (
    CHOICE_COLUMNS,
    DEFAULT_COLUMNS,
    LETTERS,
    Condition,
    Listing,
    from_params,
    modes_of,
    to_params,
)
from dashboard.dataset import Dataset
from dashboard.wording.codebook import Codebook
from extract.table.record import REVIEWED_NAMES

MakeRows = Callable[..., pd.DataFrame]
Ask = Callable[[pd.DataFrame], Dataset]
EVERY_KIND = Listing(
    shown=("sentence", "id", "value"),
    conditions=(
        Condition("report", "in", ("1", "2")),
        Condition("region", "in", ("北京", "浙江")),
        Condition("indicator", "filled"),
        Condition("subject", "has", ("网格", "员")),
        Condition("value", "between", ("10.5", "500")),
        Condition("unit", "in", ("个", "%")),
        Condition("period_start", "between", ("2021-01-01", "")),
        Condition("flags", "empty"),
    ),
    find="社区",
    sort="value",
    is_descending=True,
)


def keep(listing: Listing, data: Dataset) -> list[int]:
    """The places of the rows that a listing lets through."""
    return [int(row) for row in data.read(listing.where())["id"]]


@pytest.fixture
def rows(make_rows: MakeRows) -> pd.DataFrame:
    return make_rows(
        {"subject": "专职网格员", "value": 10.0, "unit": "名", "period_start": "2021-01-01"},
        {"subject": "网格", "value": 500.0, "flags": "vague;no_unit", "unit": "", "kind": "share"},
        {"subject": None, "value": 85000.0, "value_high": 90000.0, "region": "", "report": 2, "flags": "no_unit"},
    )


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        (Condition("kind", "in", ("share",)), [1]),
        (Condition("kind", "in", ("share", "count")), [0, 1, 2]),
        (Condition("report", "in", ("2",)), [2]),
        (Condition("flags", "in", ("no_unit",)), [1, 2]),
        (Condition("flags", "in", ("vague",)), [1]),
        (Condition("flags", "empty"), [0]),
        (Condition("unit", "filled"), [0, 2]),
        (Condition("region", "empty"), [2]),
        (Condition("subject", "has", ("网格",)), [0, 1]),
        (Condition("subject", "has", ("员", "网格")), [0]),
        (Condition("subject", "empty"), [2]),
        (Condition("value", "between", ("10", "500")), [0, 1]),
        (Condition("value", "between", ("", "499.9")), [0]),
        (Condition("value", "between", ("501", "")), [2]),
        (Condition("value_high", "between", ("", "100000")), [2]),
        (Condition("start", "between", ("1", "1")), [1]),
        (Condition("period_start", "between", ("2021-01-01", "2021-01-01")), [0]),
        (Condition("period_start", "between", ("", "2020-12-31")), []),
        (Condition("period_start", "empty"), [1, 2]),
    ],
)
def test_a_condition_keeps_the_rows_that_meet_it(
    condition: Condition, kept: list[int], rows: pd.DataFrame, ask: Ask
) -> None:
    assert keep(Listing().put(condition), ask(rows)) == kept


def test_conditions_on_several_columns_must_all_be_met(rows: pd.DataFrame, ask: Ask) -> None:
    data = ask(rows)
    listing = Listing().put(Condition("subject", "has", ("网格",))).put(Condition("value", "between", ("100", "")))

    assert keep(listing, data) == [1]
    assert keep(listing.drop("value"), data) == [0, 1]


def test_a_column_has_one_condition_and_an_open_one_is_none() -> None:
    listing = Listing().put(Condition("kind", "in", ("share",))).put(Condition("kind", "in", ("count",)))

    assert listing.conditions == (Condition("kind", "in", ("count",)),)
    assert listing.put(Condition("kind", "in")) == Listing()
    assert Listing().put(Condition("value", "between", ("", ""))) == Listing()


def test_no_row_is_no_trouble(rows: pd.DataFrame, ask: Ask) -> None:
    none = replace(ask(rows.iloc[:0]), documents={})

    assert keep(EVERY_KIND, none) == []
    assert dict(none.vocabulary.cells) == dict.fromkeys(CHOICE_COLUMNS, ())


def test_every_column_can_be_asked_about() -> None:
    assert all(modes_of(name) for name in REVIEWED_NAMES)
    assert modes_of("value_high") == ("between", "empty", "filled")
    assert modes_of("id") == ("has",)


def test_values_are_those_of_the_rows(rows: pd.DataFrame, ask: Ask) -> None:
    cells = ask(rows).vocabulary.cells

    assert cells["flags"] == ("no_unit", "vague")
    assert cells["unit"] == ("个", "名")
    assert cells["region"] == ("浙江",)


def test_a_link_brings_the_same_listing_back(dataset: Dataset) -> None:
    values = dataset.vocabulary.cells
    params = to_params(EVERY_KIND, dataset.codebook)

    assert from_params(params, values, dataset.codebook) == (EVERY_KIND, ())
    assert params["u"] == "waj"
    assert to_params(Listing(), dataset.codebook) == {}
    assert from_params({}, values, dataset.codebook) == (Listing(), ())


def test_a_later_version_of_the_table_leaves_the_letters_of_columns_alone() -> None:
    letters = "".join(LETTERS[name] for name in ("id", "flags", "review", "reason", "reporter", "of_row"))

    assert letters == "ayzDEL"
    assert len(set(LETTERS.values())) == len(LETTERS) == len(REVIEWED_NAMES)


def test_codes_are_ascii_but_for_what_the_reader_typed(codebook: Codebook) -> None:
    listing = Listing().put(Condition("unit", "in", ("个",))).put(Condition("region", "in", ("浙江", "陈仓")))

    assert to_params(listing, codebook)["f"].isascii()


@pytest.mark.parametrize(
    ("params", "unknown"),
    [
        ({"f": "nothing.in.a"}, ("nothing.in.a",)),
        ({"f": "kind.between.1_2"}, ("kind.between.1_2",)),
        ({"f": "kind.in.share.bribe"}, ("bribe",)),
        ({"f": "value.between.a_b"}, ("value.between.a_b",)),
        ({"f": "value.between.nan_inf"}, ("value.between.nan_inf",)),
        ({"f": "period_start.between.2021-13-01_"}, ("period_start.between.2021-13-01_",)),
        ({"f": "unit.empty~value.empty"}, ("value.empty",)),
        ({"u": "a!"}, ("!",)),
        ({"a": "price.desc"}, ("price",)),
    ],
)
def test_what_a_link_says_and_the_data_lacks_is_named(
    params: dict[str, str], unknown: tuple[str, ...], codebook: Codebook
) -> None:
    values = dict.fromkeys(CHOICE_COLUMNS, ("share", "count"))
    listing, named = from_params(params, values, codebook)

    assert named == unknown
    assert listing.sort == ""
    assert set(listing.shown) <= {*DEFAULT_COLUMNS, "id"}
