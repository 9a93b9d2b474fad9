from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from dashboard.arrange import arrange
from dashboard.captions import Chart, Context, make_chart
from dashboard.charts import SIZES
from dashboard.compare import make_panels
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.layout import BOLD, fit_sizes, fit_ticks, lay_out
from dashboard.options import Options
from dashboard.typesetting import measure

MakeRows = Callable[..., pd.DataFrame]
LONG = {
    "subject": "志愿服务参与群众和党员的总人次",
    "unit": "人次",
    "qualifier": "approx",
    "value": 1155000.0,
    "role": "from",
    "period": "2016年",
}


def chart_of(rows: pd.DataFrame, options: Options, context: Context, dataset: Dataset) -> Chart:
    (panel,) = make_panels(rows, rows, context.codebook)
    return make_chart(arrange(panel, options, dataset.populations, context.codebook), context, options)


@pytest.mark.parametrize("context", ["zh", "en"], indirect=True)
@pytest.mark.parametrize("form", ["bar", "dot"])
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_nothing_written_is_wider_than_the_narrowest_card(
    form: str, scale: str, context: Context, make_rows: MakeRows, dataset: Dataset
) -> None:
    rows = make_rows(
        LONG,
        {"unit": "人次", "role": "to", "value": 2300000.0},
        {"unit": "人次", "region": "山东", "value": 2299999.0, "qualifier": "over", "period": "去年以来"},
        {"unit": "人次", "region": "一个名字很长很长很长很长很长很长很长很长的地方", "value": 12.0},
        {"unit": "人次", "region": "山西", "value": 1e9, "qualifier": "nearly"},
    )
    chart = chart_of(rows, Options(form=form, scale=scale), context, dataset)
    axis = chart.axis()

    for row in lay_out(chart, SIZES):
        label = measure(row.name, SIZES.letter) * BOLD + measure("".join(row.details[:1]), SIZES.letter)
        value = measure(row.bar.text if row.bar else "", SIZES.letter)
        assert label <= SIZES.width
        assert all(measure(line, SIZES.letter) <= SIZES.width for line in row.details[1:])
        if row.value and row.value.line == "mark":
            place = axis.place(row.value.x)
            assert value <= (place if row.value.is_left else 1 - place) * SIZES.width
        elif row.value and row.value.line == "name":
            assert label + value <= SIZES.width
        else:
            assert value <= SIZES.width


def test_a_long_label_loses_what_is_counted_not_when(make_rows: MakeRows, context: Context, dataset: Dataset) -> None:
    (row,) = lay_out(chart_of(make_rows(LONG | {"subject": "很长" * 200}), Options(), context, dataset), SIZES)

    assert row.details[-1].endswith("… · 2016年")


@pytest.mark.parametrize(
    ("difference", "pieces", "dots"),
    [
        ({}, [], ["full"]),
        ({"qualifier": "approx"}, [], ["hollow"]),
        ({"qualifier": "over"}, ["arrow"], ["full", "right"]),
        ({"qualifier": "nearly"}, ["arrow"], ["full", "left"]),
        ({"value_high": 90000.0}, ["line"], ["full", "full"]),
        # More than 20 % down lies further left.
        ({"kind": "change", "unit": "%", "value": 20.0, "direction": "down", "qualifier": "over"},
         ["arrow"], ["full", "left"]),
    ],
)  # fmt: skip
def test_dots_show_qualifiers_and_ranges(
    difference: dict[str, Any],
    pieces: list[str],
    dots: list[str],
    make_rows: MakeRows,
    context: Context,
    dataset: Dataset,
) -> None:
    (row,) = lay_out(chart_of(make_rows(difference), Options(form="dot"), context, dataset), SIZES)

    assert pieces == [piece.style for piece in row.pieces]
    assert dots == [dot.shape for dot in row.dots]


def test_both_ends_of_a_pair_are_their_own_rows(make_rows: MakeRows, context: Context, dataset: Dataset) -> None:
    rows = make_rows({"role": "from", "id": "a", "raw": "8万"}, {"role": "to", "id": "b", "raw": "9万"})
    (row,) = lay_out(chart_of(rows, Options(), context, dataset), SIZES)

    assert [(dot.shape, dot.point.id, dot.point.raw) for dot in row.dots] == [
        ("hollow", "a", "8万"),
        ("full", "b", "9万"),
    ]


def test_headings_marks_and_absent_regions_stand_in_that_order(context: Context, dataset: Dataset) -> None:
    rows = dataset.select(Filters())[dataset.select(Filters())["indicator"] == "grids_total"]
    (panel,) = make_panels(rows, dataset.select(Filters()), dataset.codebook)
    laid = lay_out(make_chart(arrange(panel, Options(), {}, dataset.codebook), context), SIZES)

    assert [row.kind for row in laid] == ["heading", "mark", "heading", "mark"] + ["absent"] * 6
    assert laid[-1].details == ("not reported",)
    assert [row.bottom for row in laid[:-1]] == [row.top for row in laid[1:]]


def test_many_regions_have_closer_rows(make_rows: MakeRows, context: Context, dataset: Dataset) -> None:
    names = [name for name in dataset.codebook.regions if name][:31]
    chart = chart_of(make_rows(*({"region": name} for name in names)), Options(), context, dataset)
    rows = lay_out(chart, fit_sizes(chart, SIZES))

    assert len(rows) == 31
    assert rows[-1].bottom / 31 == pytest.approx(30, abs=2)


def test_the_texts_of_ticks_stay_apart(make_rows: MakeRows, context: Context, dataset: Dataset) -> None:
    rows = make_rows({"value": 1.2e6}, {"value": 2.3e6, "region": "山东"})
    chart = chart_of(rows, Options(form="dot", scale="log"), context, dataset)
    ticks = fit_ticks(chart, SIZES)
    places = [chart.axis().place(value) * SIZES.width for value, _ in ticks]

    assert len(ticks) > 1
    assert all(last - first > measure("5 million", 12) for first, last in pairwise(places))


@pytest.mark.parametrize("context", ["zh", "en"], indirect=True)
def test_a_heading_too_long_for_its_line_goes_on_in_the_next(
    context: Context, make_rows: MakeRows, dataset: Dataset
) -> None:
    """No heading of the app's own is, so one is made."""
    rows = make_rows({}, {"region": "仙林", "province": "江苏", "level": "subdistrict", "value": 285.0})
    chart = chart_of(rows, Options(), context, dataset)
    groups = [bar.group for bar in chart.bars]
    long = " ".join([groups[-1]] * 3)
    stretched = replace(chart, bars=(*chart.bars[:-1], replace(chart.bars[-1], group=long)))

    assert groups == [row.name for row in lay_out(chart, SIZES) if row.kind == "heading"]
    headings = [row.name for row in lay_out(stretched, SIZES) if row.kind == "heading"]
    assert "".join("".join(headings[1:]).split()) == "".join(long.split())
    assert all(measure(name, SIZES.letter) * BOLD <= SIZES.width for name in headings)
