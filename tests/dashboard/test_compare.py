from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard.compare import Panel, make_panels
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.outlines import rank_panels
from dashboard.perhead import to_per_head
from dashboard.wording.codebook import Codebook

MakeRows = Callable[..., pd.DataFrame]


def panels_of(dataset: Dataset, indicator: str) -> list[Panel]:
    rows = dataset.select(Filters())
    return make_panels(rows[rows["indicator"] == indicator], rows, dataset.codebook)


def test_every_statistic_is_in_exactly_one_panel(dataset: Dataset) -> None:
    panels = make_panels(dataset.select(Filters()), dataset.select(Filters()), dataset.codebook)
    marked = [end.id for panel in panels for mark in panel.marks for end in (mark, mark.end) if end]

    assert sorted(dataset.select(Filters())["id"]) == sorted(marked)
    assert len(panels) == len({panel.key for panel in panels})


@pytest.mark.parametrize(
    ("indicator", "regions", "missing"),
    [
        # A and B by value, C and S in the fixed administrative order.
        ("party_members_sent_down", ["山东", "湖北", "深圳"], {"北京", "山西", "仙林", "浙江", "成都"}),
        ("grids_total", ["浙江", "仙林"], {"北京", "山西", "山东", "湖北", "深圳", "成都"}),
        ("party_service_centres", ["山东", "深圳", "深圳", "深圳"], {"北京", "山西", "仙林", "浙江", "湖北", "成都"}),
        ("new_group_service_stations", ["仙林", "浙江"], {"北京", "山西", "山东", "湖北", "深圳", "成都"}),
    ],
)
def test_the_grade_decides_the_order(indicator: str, regions: list[str], missing: set[str], dataset: Dataset) -> None:
    (panel,) = panels_of(dataset, indicator)

    assert regions == [mark.region for mark in panel.marks]
    assert missing == set(panel.missing)


def test_several_statistics_of_a_region_stay_apart(dataset: Dataset) -> None:
    (panel,) = panels_of(dataset, "party_service_centres")

    assert [mark.value for mark in panel.marks if mark.region == "深圳"] == [1.0, 10.0, 1800.0]


@pytest.mark.parametrize(
    ("differences", "count"),
    [
        ([{}, {"region": "山东"}], 1),
        (
            [
                {"indicator": "community_workers_total", "unit": "名"},
                {"indicator": "community_workers_total", "unit": "人"},
            ],
            1,
        ),
        ([{}, {"kind": "rate"}], 2),
        ([{}, {"unit": "%", "kind": "share"}], 2),
        ([{"kind": "change", "unit": "%"}, {"kind": "change", "unit": "百分点"}], 2),
        ([{"indicator": None, "unit": "个"}, {"indicator": None, "unit": "项"}], 2),
        ([{"indicator": None, "theme": "grid"}, {"indicator": None, "theme": "other"}], 2),
        ([{"indicator": "of_another_codebook"}, {}], 2),
    ],
)
def test_unlike_units_and_kinds_never_share_an_axis(
    differences: list[dict[str, Any]], count: int, make_rows: MakeRows, codebook: Codebook
) -> None:
    rows = make_rows(*differences)

    assert count == len(make_panels(rows, rows, codebook))


def test_two_ends_of_a_movement_are_one_mark(dataset: Dataset) -> None:
    (panel,) = panels_of(dataset, "property_service_satisfaction")
    (mark,) = panel.marks

    assert mark.end is not None
    assert (mark.value, mark.end.value) == (82.0, 87.0)


def test_an_end_without_its_start_stands_alone(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows({"role": "to"}, {"role": "from"}, {"role": "to", "region": "山东"})
    (panel,) = make_panels(rows, rows, codebook)

    assert len(panel.marks) == 3
    assert all(mark.end is None for mark in panel.marks)


def test_a_region_filtered_out_is_not_called_missing(dataset: Dataset) -> None:
    rows = dataset.select(Filters())
    scope = rows[rows["region"].isin(["浙江", "山东"])]
    (panel,) = make_panels(scope[scope["indicator"] == "grids_total"], scope, dataset.codebook)

    assert panel.missing == ("山东",)


def test_a_region_that_reported_under_another_theme_is_not_called_missing(
    make_rows: MakeRows, codebook: Codebook
) -> None:
    rows = make_rows({}, {"region": "湖北", "theme": "epidemic"}, {"region": "成都", "indicator": None})
    (panel,) = make_panels(rows[rows["theme"] == "grid"].head(1), rows, codebook)

    assert panel.missing == ("成都",)
    assert panel.filtered == ("湖北",)
    assert panel.elsewhere == ()


def test_a_region_in_the_panel_beside_is_not_called_filtered_out(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows({}, {"region": "湖北", "kind": "share", "unit": "%"}, {"region": "山东"})
    panel, _ = make_panels(rows.head(2), rows, codebook)

    assert (panel.elsewhere, panel.filtered) == (("湖北",), ("山东",))


def test_per_head_divides_by_residents_and_keeps_the_source_s_digits(dataset: Dataset) -> None:
    (panel,) = panels_of(dataset, "grids_total")
    scaled = to_per_head(panel, dataset.populations, dataset.codebook)

    # 85,000 / 64,567,588 × 10,000 = 13.16; 285 / 280,000 × 10,000 = 10.18; both have two digits to claim.
    assert [(mark.region, mark.value) for mark in scaled.marks] == [("浙江", 13.0), ("仙林", 10.0)]
    assert scaled.is_per_head


@pytest.mark.parametrize(
    ("indicator", "refusal"),
    [
        ("party_service_centres", "grade"),
        ("full_time_grid_workers", "single"),
        ("property_service_satisfaction", "not_count"),
        ("grids_total", None),
    ],
)
def test_per_head_is_refused_with_a_reason(indicator: str, refusal: str | None, dataset: Dataset) -> None:
    (panel,) = panels_of(dataset, indicator)
    scaled = to_per_head(panel, dataset.populations, dataset.codebook)

    assert refusal == scaled.refusal
    assert (refusal is None) == scaled.is_per_head


def test_a_region_without_a_population_of_its_level_is_named(make_rows: MakeRows, dataset: Dataset) -> None:
    rows = make_rows({}, {"region": "陈仓", "level": "county"}, {"region": "山东", "level": "city"})
    (panel,) = make_panels(rows, rows, dataset.codebook)
    scaled = to_per_head(panel, dataset.populations, dataset.codebook)

    assert scaled.regions() == ("浙江",)
    assert {"陈仓", "山东"} == set(scaled.without_population)


def test_the_comparison_of_most_regions_comes_first(dataset: Dataset) -> None:
    first = rank_panels(make_panels(dataset.select(Filters()), dataset.select(Filters()), dataset.codebook))[0]

    assert first.indicator is not None
    assert first.indicator.id == "party_members_sent_down"


def test_coverage_counts_every_row_once(dataset: Dataset) -> None:
    counts = dataset.tallies.coverage(Filters(), "speaker")

    assert len(dataset.select(Filters())) == counts.to_numpy().sum()
    assert counts.loc["property", "成都"] == 12
    assert counts.loc["grid", "北京"] == 0
    assert list(counts.columns) == ["北京", "山西", "仙林", "浙江", "山东", "湖北", "深圳", "成都"]
