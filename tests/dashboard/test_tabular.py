from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.arrange import arrange
from dashboard.captions import Context, make_chart
from dashboard.compare import make_panels
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.options import Options
from dashboard.tabular import column_names, tabulate, to_tsv

MakeRows = Callable[..., pd.DataFrame]


def table_of(rows: pd.DataFrame, options: Options, context: Context, dataset: Dataset) -> pd.DataFrame:
    """The table with the codes of its columns."""
    (panel,) = make_panels(rows, rows, context.codebook)
    table = tabulate(arrange(panel, options, dataset.populations, context.codebook), context)
    return table.rename(columns={label: name for name, label in column_names(context.words).items()})


@pytest.mark.parametrize("options", [Options(), Options(measure="per_head"), Options(order="population")])
def test_the_table_is_the_chart_s_view_in_the_same_order(options: Options, context: Context, dataset: Dataset) -> None:
    for panel in make_panels(dataset.select(Filters()), dataset.select(Filters()), dataset.codebook):
        arranged = arrange(panel, options, dataset.populations, dataset.codebook)
        chart, table = make_chart(arranged, context, options), tabulate(arranged, context)
        marks = table.head(len(chart.bars))

        assert [bar.id for bar in chart.bars] == list(marks["ID"])
        assert [bar.text for bar in chart.bars] == list(marks["Value as written"])
        assert ["not reported"] * len(panel.missing) == list(table["Value as written"][len(marks) :])
        assert table["Value"][len(marks) :].isna().all()


@pytest.mark.parametrize("context", ["zh"], indirect=True)
def test_a_pair_has_start_end_and_change(context: Context, dataset: Dataset) -> None:
    rows = dataset.select(Filters())[dataset.select(Filters())["indicator"] == "property_service_satisfaction"]
    (row,) = table_of(rows, Options(), context, dataset).to_dict("records")

    # 82 % → 87 %: five percentage points, 6.1 % of 82.
    assert (row["start"], row["stop"], row["difference"], row["ratio"]) == (82.0, 87.0, 5.0, 6.1)
    assert (row["text"], row["raw"]) == ("82% → 87%", "82% → 87%")
    assert row["id"] != row["end_id"]


def test_columns_are_there_only_where_a_row_fills_them(make_rows: MakeRows, context: Context, dataset: Dataset) -> None:
    plain = set(table_of(make_rows({}), Options(), context, dataset).columns)
    rows = make_rows({"value_high": 9e4}, {"region": "山东"}, {"region": "深圳", "level": "city"})
    more = set(table_of(rows, Options(), context, dataset).columns) - plain

    assert {"group", "rank", "high"} == more
    assert {"residents", "as_of"} <= set(table_of(rows, Options(measure="per_head"), context, dataset).columns)


def test_a_change_from_zero_has_no_ratio_and_a_fall_is_below_zero(
    make_rows: MakeRows, context: Context, dataset: Dataset
) -> None:
    pair = table_of(
        make_rows({"role": "from", "value": 0.0}, {"role": "to", "value": 5.0}), Options(), context, dataset
    )
    fall = table_of(
        make_rows({"kind": "change", "unit": "%", "value": 20.0, "direction": "down"}), Options(), context, dataset
    )

    assert list(pair["difference"]) == [5.0]
    assert "ratio" not in pair
    assert (fall["text"][0], fall["value"][0]) == ("↓20%", -20.0)


def test_pasted_text_is_one_line_a_row_and_runs_nothing(
    make_rows: MakeRows, context: Context, dataset: Dataset
) -> None:
    rows = make_rows({"subject": "=HYPERLINK(1)\t换\n行", "raw": "+1"}, {"region": "山东", "value": 0.5})
    (panel,) = make_panels(rows, rows, context.codebook)
    table = tabulate(panel, context)
    header, *lines = to_tsv(table).split("\n")

    assert list(table.columns) == header.split("\t")
    assert [len(table.columns)] * 2 == [line.count("\t") + 1 for line in lines]
    assert "'=HYPERLINK(1) 换 行" in lines[0].split("\t")
    assert {"'+1", "85000"} <= set(lines[0].split("\t"))
    assert "0.5" in lines[1].split("\t")
