"""Line charts: what is said of them, and what the page draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from plotly.graph_objects import Figure
from streamlit.testing.v1 import AppTest

from dashboard.arrange import arrange
from dashboard.captions import Chart, Context, make_chart, share_limits
from dashboard.charts import DARK, LIGHT, draw_figure
from dashboard.citation import Document
from dashboard.colours import GREY
from dashboard.compare import make_panels
from dashboard.dataset import Dataset
from dashboard.figure import SIZES
from dashboard.filters import Filters
from dashboard.options import Options
from dashboard.tabular import tabulate
from dashboard.timeline import span
from tests.dashboard.shown import comparisons, parts
from tests.dashboard.test_series import SHARE, undated, unstated, year

MakeRows = Callable[..., pd.DataFrame]
LINE = Options(form="line")


@pytest.fixture
def draw(dataset: Dataset, context: Context) -> Callable[..., Chart]:
    """The chart of a panel of rows under options."""

    def make(rows: pd.DataFrame, options: Options = LINE) -> Chart:
        (panel,) = make_panels(rows, rows, dataset.codebook)
        return make_chart(arrange(panel, options, dataset.populations, dataset.codebook), context, options)

    return make


def trace_of(figure: dict[str, Any], mode: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["mode"] == mode]


@pytest.mark.parametrize(
    ("rows", "options", "note"),
    [
        ([year(2020, 1), year(2021, 2)], LINE, "Lines join reported values only"),
        ([year(2020, 1), year(2021, 2, region="山东")], LINE, "No region has two values"),
        ([undated(1), undated(2)], LINE, "No value has a period that can be dated"),
        ([year(2020, 1), year(2021, 2), undated(9, region="山东")], LINE, "can't be dated (1): Shandong."),
        (
            [year(2020, 1), year(2021, 2), year(2021, 3, document="another")],
            LINE,
            "Documents give different values: all are drawn, and lines join values of the same document only: "
            "Zhejiang 2021 2, 3.",
        ),
        ([year(2020, 1), year(2021, 2), year(2021, 3)], LINE, "One document gives more than one value"),
        ([year(2020, 1), year(2021, 2, subject="全科网格")], LINE, "different words for the same indicator"),
        ([year(2020, 1), year(2021, 2, period_start="2021-12-01")], LINE, "Periods of unlike length"),
        ([year(2020, 1), year(2021, 2, value_high=3.0)], LINE, "the line joins upper ends"),
        ([year(2020, 1), year(2021, 2, qualifier="over")], LINE, "≥ triangle pointing away from zero"),
        ([year(2020, 1), year(2021, 2, qualifier="nearly")], LINE, "< triangle pointing towards zero"),
        ([year(2020, 1), year(2021, 2, qualifier="approx")], LINE, "≈ hollow point"),
        (
            [year(2020, 1), year(2021, 2), year(2021, 3, region="仙林", level="subdistrict")],
            LINE,
            "of lines of different levels compare the course",
        ),
        ([year(2020, 1), year(2021, 2, period="今年")], LINE, "Periods as written: 2021 (今年)."),
        ([year(2020, 0), year(2021, 2)], replace(LINE, scale="log"), "not on a logarithmic scale and not drawn"),
        ([year(2020, 1), year(2021, 2)], replace(LINE, reference="median"), "No median across lines"),
        (
            [year(2020, 1, indicator="party_service_centres"), year(2021, 2, indicator="party_service_centres")],
            LINE,
            "Definitions differ: the heights of lines are not compared",
        ),
        (
            [
                year(2020, 8, **SHARE, role="from"),
                year(2020, 9, **SHARE, role="to"),
                year(2021, 9, **SHARE),
            ],
            LINE,
            "only the later value is drawn (1): Zhejiang",
        ),
    ],
)
def test_notes_say_what_lines_do_not(
    rows: list[dict[str, Any]], options: Options, note: str, draw: Callable[..., Chart], make_rows: MakeRows
) -> None:
    chart = draw(make_rows(*rows), options)

    assert any(note in one for one in chart.notes), chart.notes


def test_a_panel_without_lines_is_drawn_as_bars_with_all_that_bars_have(
    draw: Callable[..., Chart], make_rows: MakeRows
) -> None:
    rows = make_rows(year(2020, 1), year(2021, 2, region="山东"))
    refused, bars = draw(rows), draw(rows, Options())

    assert (refused.form, refused.series) == ("bar", ())
    assert draw_figure(refused, LIGHT) == draw_figure(bars, LIGHT)
    assert set(bars.notes) < set(refused.notes)


def test_the_alt_text_says_form_first_and_last_value_and_direction(
    draw: Callable[..., Chart], make_rows: MakeRows
) -> None:
    rows = make_rows(
        *(year(2020, 3), year(2021, 2), year(2022, 1)),
        *(year(2020, 4, region="山东"), year(2022, 6, region="山东")),
        year(2022, 5, region="湖北"),
    )
    alt = draw(rows).alt

    assert alt.startswith("Line chart: ")
    assert "Zhejiang: 3 (2020) to 1 (2022), down" in alt
    assert "Shandong: 4 (2020) to 6 (2022), up" in alt
    assert "Hubei: 5 (2022)" in alt


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_figure_is_one_that_plotly_draws(
    look: Any, draw: Callable[..., Chart], make_rows: MakeRows, context: Context
) -> None:
    figure = draw_figure(draw(make_rows(year(2019, 1), year(2020, 2), year(2022, 3))), look)
    (line,), (spots,), (texts,) = (trace_of(figure, mode) for mode in ("lines", "markers", "text"))

    Figure(figure)
    assert {trace["type"] for trace in figure["data"]} == {"scatter"}
    assert line["x"] == [*spots["x"], None]
    assert [way[0] for way in spots["customdata"]] == ["0", "1", "2"]
    assert all("2019" in hover for _, hover in spots["customdata"][:1])
    assert any("3" in text for text in texts["text"])
    assert figure["layout"]["xaxis"]["ticktext"] == ["2019", "2020", "2022"]
    # Three years lie as far apart as three years do.
    first, second, third = spots["x"]
    assert (third - second) / (second - first) == pytest.approx(2, abs=0.01)


def test_one_spot_of_two_documents_names_both(draw: Callable[..., Chart], make_rows: MakeRows) -> None:
    chart = draw(make_rows(year(2020, 1), year(2020, 1, document="another"), year(2021, 2)))
    (spots,) = trace_of(draw_figure(chart, LIGHT), "markers")

    assert len(spots["x"]) == 2
    assert all(name in spots["customdata"][0][1] for name in ("report-2020", "another"))


@pytest.mark.parametrize(
    ("difference", "symbol"),
    [
        ({}, "circle"),
        ({"qualifier": "approx"}, "circle"),
        ({"qualifier": "at_least"}, "triangle-up"),
        ({"qualifier": "at_most"}, "triangle-down"),
    ],
)
def test_a_qualifier_is_drawn(
    difference: dict[str, str], symbol: str, draw: Callable[..., Chart], make_rows: MakeRows
) -> None:
    marker = trace_of(draw_figure(draw(make_rows(year(2020, 1), year(2021, 2, **difference))), LIGHT), "markers")[0][
        "marker"
    ]

    assert marker["symbol"] == ["circle", symbol]
    assert (marker["color"][1] == LIGHT.ground) == (difference == {"qualifier": "approx"})


def test_a_bound_of_a_fall_points_away_from_zero_too(draw: Callable[..., Chart], make_rows: MakeRows) -> None:
    fall = SHARE | {"kind": "change", "direction": "down"}
    chart = draw(make_rows(year(2020, 10, **fall), year(2021, 20, **fall, qualifier="over")))
    spot = chart.series[0].spots[-1]

    assert (spot.value, spot.shape) == (-20, "down")


def test_two_series_of_one_colour_differ_in_their_dashes(draw: Callable[..., Chart], make_rows: MakeRows) -> None:
    rows = [year(number, number % 9, **SHARE | {"subject": name}) for name in "甲乙" for number in (2020, 2021)]
    first, second = draw(make_rows(*rows)).series

    assert first.colour == second.colour
    assert first.dash != second.dash
    assert {first.name, second.name} == {"Zhejiang 甲", "Zhejiang 乙"}


def test_a_highlighted_region_stands_before_the_others(draw: Callable[..., Chart], make_rows: MakeRows) -> None:
    rows = make_rows(*(year(number, 1, region=region) for region in ("浙江", "山东") for number in (2020, 2021)))
    behind, front = draw(rows, replace(LINE, highlight="山东")).series

    assert (behind.is_muted, behind.colour, front.is_muted) == (True, GREY, False)


def test_no_line_passes_over_a_zero_that_a_log_scale_has_no_place_for(
    draw: Callable[..., Chart], make_rows: MakeRows
) -> None:
    chart = draw(make_rows(year(2020, 1), year(2021, 0), year(2022, 3)), replace(LINE, scale="log"))

    assert chart.is_log
    assert [[spot.value for spot in chain] for chain in chart.series[0].chains] == [[1], [3]]


def test_labels_never_lie_over_each_other(draw: Callable[..., Chart], make_rows: MakeRows) -> None:
    regions = ("浙江", "山东", "湖北", "山西", "北京", "深圳", "成都", "仙林", "广东", "江苏")
    rows = make_rows(
        *(year(number, 50 + place / 10, region=name) for place, name in enumerate(regions) for number in (2020, 2021))
    )
    plane = span(draw(rows), SIZES)
    lines = sorted(middle for curve in plane.curves for _, middle in (*curve.label.name, *curve.label.value))

    assert len(lines) == 2 * len(regions)
    assert all(after - before >= plane.letter for before, after in pairwise(lines))
    assert lines[0] > 0
    assert lines[-1] < plane.height


def test_figures_per_head_are_joined_too(draw: Callable[..., Chart], make_rows: MakeRows) -> None:
    rows = make_rows(
        *(year(2020, 60000), year(2021, 64567.588)),
        year(2021, 285, region="仙林", level="subdistrict", province="江苏"),
    )
    chart = draw(rows, replace(LINE, measure="per_head"))

    assert {line.name: [spot.value for spot in line.spots] for line in chart.series} == {
        "Zhejiang (province)": [9.29, 10.0],
        "Xianlin (sub-district)": [10.2],
    }


def test_lines_of_one_unit_share_an_axis(draw: Callable[..., Chart], make_rows: MakeRows) -> None:
    charts = [draw(make_rows(year(2020, 1), year(2021, value))) for value in (2, 1000)]
    first, second = share_limits(charts)

    assert first.limits() == second.limits()


@pytest.mark.parametrize(
    ("context", "periods", "note"),
    [
        ("zh", ["报告日期 2022-09", "报告日期 2024-01-14"], "原文未写时间的数值画在其报告的日期（2 条）：浙江。"),
        (
            "en",
            ["report of 2022-09", "report of 2024-01-14"],
            "Values without a stated period stand at the date of their report (2): Zhejiang.",
        ),
    ],
    indirect=["context"],
)
def test_reports_of_several_years_that_state_no_period_become_a_line(
    context: Context, periods: list[str], note: str, make_rows: MakeRows, ask: Callable[[pd.DataFrame], Dataset]
) -> None:
    dates = {"old": "2022-09", "new": "2024-01-14"}
    data = replace(
        ask(make_rows(unstated(8, "new"), unstated(7, "old"))),
        documents={name: Document({}, date=day) for name, day in dates.items()},
    )
    (panel,) = data.panels(Filters())
    chart = make_chart(panel, context, LINE)

    assert chart.form == "line"
    assert [spot.points[0].period for spot in chart.series[0].spots] == periods
    assert all(period in chart.alt for period in periods)
    assert note in chart.notes


def test_the_table_of_the_view_lists_period_value_and_region(
    dataset: Dataset, context: Context, make_rows: MakeRows
) -> None:
    rows = make_rows(year(2020, 1), year(2021, 2))
    (panel,) = make_panels(rows, rows, dataset.codebook)
    table = tabulate(panel, context)

    assert list(table["Period"]) == ["2021", "2020"]
    assert list(table["Value"]) == [2, 1]


def test_the_same_words_of_several_years_are_told_apart_among_bars_too(
    draw: Callable[..., Chart], make_rows: MakeRows
) -> None:
    chart = draw(make_rows(year(2020, 1, period="今年"), year(2021, 2, period="今年")), Options())

    assert "今年" not in chart.title
    assert "Values of different periods: Zhejiang (2021); Zhejiang (2020)." in chart.notes


def test_lines_are_offered_where_there_are_any(
    make_rows: MakeRows, open_app: Callable[..., AppTest], tmp_path: Any
) -> None:
    def forms(rows: pd.DataFrame, **params: str) -> list[str]:
        path = tmp_path / "table.csv"
        rows.to_csv(path, index=False)
        (form,) = find_forms(
            [json.loads(data["parts"]) for data in parts(open_app(path, i="grids_total", **params), "form")]
        )
        return [choice["value"] for choice in form["choices"]]

    lines, none = make_rows(year(2020, 1), year(2021, 2)), make_rows(year(2020, 1))
    assert forms(lines) == ["bar", "dot", "line"]
    assert forms(none) == ["bar", "dot"]
    assert forms(none, c="line") == ["bar", "dot", "line"]


def find_forms(part: Any) -> Iterator[dict[str, Any]]:
    """The choices of a form among the parts of a page, however deep they stand."""
    if isinstance(part, dict) and part.get("kind") == "radios" and part["name"] == "form":
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from find_forms(inner)


def test_the_page_draws_lines_from_a_link(make_rows: MakeRows, open_app: Callable[..., AppTest], tmp_path: Any) -> None:
    path = tmp_path / "table.csv"
    make_rows(year(2020, 1), year(2021, 2)).to_csv(path, index=False)
    (comparison,) = comparisons(open_app(path, lang="en", i="grids_total", c="line"))

    assert comparison["figure"]["alt"].startswith("Line chart")
    assert [trace["mode"] for trace in comparison["figure"]["figure"]["data"]] == ["lines", "markers", "text"]
