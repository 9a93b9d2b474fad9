from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard.arrange import arrange, rank_marks
from dashboard.compare import Panel, make_panels
from dashboard.dataset import Dataset
from dashboard.options import Options

MakeRows = Callable[..., pd.DataFrame]


def arranged(rows: pd.DataFrame, options: Options, dataset: Dataset, **differences: Any) -> Panel:
    (panel,) = make_panels(rows, rows, dataset.codebook)
    return arrange(replace(panel, **differences), options, dataset.populations, dataset.codebook)


def provinces(make_rows: MakeRows, *values: float, **same: Any) -> pd.DataFrame:
    names = ("山西", "浙江", "山东", "湖北")
    return make_rows(*({"region": name, "value": value, **same} for name, value in zip(names, values, strict=False)))


@pytest.mark.parametrize(
    ("indicator", "order", "regions"),
    [
        # Grade B: residents are 101.5 (山东), 64.6 (浙江) and 34.9 million (山西).
        ("grids_total", "value", ["浙江", "山西", "山东"]),
        ("grids_total", "fixed", ["山西", "浙江", "山东"]),
        ("grids_total", "population", ["山东", "浙江", "山西"]),
        # Grade C is never put in another order than the fixed one.
        ("party_service_centres", "value", ["山西", "浙江", "山东"]),
        ("party_service_centres", "population", ["山西", "浙江", "山东"]),
        # Without an indicator nothing is ranked by value.
        (None, "value", ["山西", "浙江", "山东"]),
        (None, "population", ["山东", "浙江", "山西"]),
    ],
)
def test_the_order_is_the_reader_s_as_far_as_the_grade_allows(
    indicator: str | None, order: str, regions: list[str], make_rows: MakeRows, dataset: Dataset
) -> None:
    rows = provinces(make_rows, 20.0, 30.0, 10.0, indicator=indicator)

    assert regions == [mark.region for mark in arranged(rows, Options(order=order), dataset).marks]


def test_a_region_without_a_population_is_last_by_population(make_rows: MakeRows, dataset: Dataset) -> None:
    rows = make_rows({"region": "陈仓"}, {"region": "山西"})

    assert arranged(rows, Options(order="population"), dataset).regions() == ("山西", "陈仓")


@pytest.mark.parametrize(
    ("kind", "measure", "groups", "regions"),
    [
        ("count", "absolute", ("provincial", "provincial", "city", "local"), ["北京", "浙江", "深圳", "仙林"]),
        ("money", "absolute", ("provincial", "provincial", "city", "local"), ["北京", "浙江", "深圳", "仙林"]),
        ("rate", "absolute", (), ["仙林", "深圳", "北京", "浙江"]),
        # By residents: 0.28 (仙林), 17.6, 21.9 and 64.6 million.
        ("count", "per_head", (), ["仙林", "深圳", "北京", "浙江"]),
    ],
)
def test_totals_of_different_levels_stand_apart(
    kind: str, measure: str, groups: tuple[str, ...], regions: list[str], make_rows: MakeRows, dataset: Dataset
) -> None:
    rows = make_rows(
        {"region": "浙江", "value": 10.0, "kind": kind},
        {"region": "仙林", "level": "subdistrict", "value": 40.0, "kind": kind},
        {"region": "北京", "level": "municipality", "value": 20.0, "kind": kind},
        {"region": "深圳", "level": "city", "value": 30.0, "kind": kind},
    )
    panel = arranged(rows, Options(measure=measure), dataset)

    assert groups == panel.groups
    assert regions == [mark.region for mark in panel.marks]


def test_an_unknown_level_is_a_group_of_its_own_and_last(make_rows: MakeRows, dataset: Dataset) -> None:
    rows = make_rows({"region": "某地", "level": None, "value": 9e9}, {})

    assert arranged(rows, Options(), dataset).groups == ("provincial", "unknown")


@pytest.mark.parametrize(
    ("differences", "median", "is_exact", "refusal"),
    [
        ([{}, {"region": "山东", "value": 70000.0}, {"region": "山西", "value": 10.0}], 70000.0, True, None),
        ([{}, {"region": "山东", "value": 7.0}, {"region": "山西", "qualifier": "over"}], 85000.0, False, None),
        ([{"kind": "change", "unit": "%", "region": name, "value": 20.0, "direction": direction} for name, direction in
          (("山东", "down"), ("山西", "down"), ("浙江", "up"))], -20.0, True, None),
        ([{}, {"region": "山东"}], None, None, "few"),
        ([{}, {"region": "山东"}, {"region": "山西"}, {"region": "山西", "value": 1.0}], None, None, "several"),
        ([{}, {"region": "山东"}, {"region": "山西", "value_high": 9e5}], None, None, "several"),
        ([{}, {"region": "山东"}, {"region": "深圳", "level": "city"}], None, None, "levels"),
        ([{"indicator": "party_service_centres", "region": name} for name in ("山东", "山西", "浙江")],
         None, None, "grade"),
    ],
)  # fmt: skip
def test_a_median_is_drawn_only_where_it_is_fair(
    differences: list[dict[str, Any]],
    median: float | None,
    is_exact: bool | None,
    refusal: str | None,
    make_rows: MakeRows,
    dataset: Dataset,
) -> None:
    panel = arranged(make_rows(*differences), Options(reference="median"), dataset)

    assert refusal == panel.median_refusal
    assert median == (panel.median and panel.median.value)
    assert is_exact == (panel.median and panel.median.is_exact)


def test_no_median_is_made_unasked(make_rows: MakeRows, dataset: Dataset) -> None:
    panel = arranged(provinces(make_rows, 1.0, 2.0, 3.0), Options(), dataset)

    assert (panel.median, panel.median_refusal) == (None, None)


@pytest.mark.parametrize(
    ("differences", "order", "ranks"),
    [
        ([{"region": "山东", "value": 3.0}, {"value": 2.0}, {"region": "山西", "value": 2.0}], "value", (1, 2, 2)),
        ([{"region": "山东", "value": 3.0}, {"value": 2.0}], "fixed", (None, None)),
        # A city among provinces has nobody to be ranked with.
        ([{}, {"region": "山东", "value": 1.0}, {"region": "深圳", "level": "city"}], "value", (1, 2, None)),
        ([{}, {"region": "山东"}, {"region": "山东", "value": 1.0}], "value", (None, None, None)),
        ([{"indicator": "party_service_centres"}, {"indicator": "party_service_centres", "region": "山东"}],
         "value", (None, None)),
    ],
)  # fmt: skip
def test_a_rank_is_given_only_where_it_is_fair(
    differences: list[dict[str, Any]],
    order: str,
    ranks: tuple[int | None, ...],
    make_rows: MakeRows,
    dataset: Dataset,
) -> None:
    assert ranks == rank_marks(arranged(make_rows(*differences), Options(order=order), dataset))
