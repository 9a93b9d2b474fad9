from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest
from plotly.graph_objects import Figure
from plotly.offline import get_plotlyjs_version

from dashboard.arrange import arrange
from dashboard.captions import Chart, Context, make_chart, share_limits
from dashboard.charts import DARK, LIGHT, Look, draw_figure
from dashboard.colours import GREY
from dashboard.compare import make_panels
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.layout import pieces_of
from dashboard.load import read_dataset
from dashboard.options import Options
from dashboard.perhead import to_per_head
from extract.table.shipped import shipped

MakeRows = Callable[..., pd.DataFrame]
# What the small bundle of the engine draws.
ENGINE_TRACES = {"bar", "scatter"}


def chart_of(rows: pd.DataFrame, context: Context) -> Chart:
    (panel,) = make_panels(rows, rows, context.codebook)
    return make_chart(panel, context)


@pytest.mark.parametrize("options", [Options(), Options(form="dot"), Options(form="line")])
def test_every_text_has_the_face_with_chinese(
    options: Options, context: Context, dataset: Dataset, make_rows: MakeRows
) -> None:
    """The texts at the pointer take no face from the figure."""
    dated = [{"period": f"{year}年", "period_end": f"{year}-12-31", "value": float(year)} for year in (2020, 2021)]
    rows = make_rows(*dated)
    (panel,) = make_panels(rows, rows, context.codebook)
    layout = draw_figure(make_chart(panel, context, options), LIGHT)["layout"]

    assert "Governance Sans" in layout["font"]["family"]
    assert layout["hoverlabel"]["font"]["family"] == layout["font"]["family"]


@pytest.mark.parametrize("context", ["zh", "en"], indirect=True)
def test_a_chart_carries_all_that_it_needs_to_travel_alone(context: Context, dataset: Dataset) -> None:
    rows = dataset.select(Filters())
    (panel,) = make_panels(rows[rows["indicator"] == "grids_total"], rows, dataset.codebook)
    chart = make_chart(panel, context)
    is_zh = context.words.lang == "zh"

    assert ("网格数 · 浙江、仙林" if is_zh else "Grids · Zhejiang, Xianlin") == chart.title
    assert [("8.5万个" if is_zh else "85,000"), ("285个" if is_zh else "285")] == [bar.text for bar in chart.bars]
    assert chart.absent[:2] == (("北京", "山西") if is_zh else ("Beijing", "Shanxi"))
    assert context.version in chart.source
    assert all(bar.text in chart.alt for bar in chart.bars)
    assert any("省级、街道" in note or "province, sub-district" in note for note in chart.notes)


def test_an_indicator_that_cannot_be_compared_says_so(context: Context, dataset: Dataset) -> None:
    rows = dataset.select(Filters())[dataset.select(Filters())["indicator"] == "party_service_centres"]
    chart = chart_of(rows, context)

    assert chart.badge == "Definitions differ"
    assert any(note.startswith("Definitions differ") for note in chart.notes)


def test_per_head_names_denominator_date_and_source(context: Context, dataset: Dataset) -> None:
    rows = dataset.select(Filters())[dataset.select(Filters())["indicator"] == "grids_total"]
    (panel,) = make_panels(rows, rows, dataset.codebook)
    chart = make_chart(to_per_head(panel, dataset.populations, dataset.codebook), context)
    (note,) = [note for note in chart.notes if note.startswith("Denominator")]

    assert [bar.text for bar in chart.bars] == ["13", "10"]
    assert "Zhejiang 64,567,588" in note
    assert "2020-11-01" in note
    assert "Seventh National Population Census (No. 3)" in note


@pytest.mark.parametrize("context", ["zh"], indirect=True)
def test_a_denominator_s_source_is_said_in_the_reader_s_language(context: Context, dataset: Dataset) -> None:
    (panel,) = dataset.panels(Filters(indicators=("grids_total",)))
    notes = make_chart(to_per_head(panel, dataset.populations, dataset.codebook), context).notes

    assert any("仙林报告自述“28万人口”）" in note for note in notes)


def test_figures_per_head_are_written_with_the_digits_that_the_note_promises(
    context: Context, dataset: Dataset, make_rows: MakeRows
) -> None:
    """45,150 / 64,567,588 × 10,000 = 6.993."""
    rows = make_rows({"value": 45150.0}, {"region": "山东", "value": 101527.0})
    (panel,) = make_panels(rows, rows, context.codebook)
    chart = make_chart(to_per_head(panel, dataset.populations, dataset.codebook), context)

    assert [bar.text for bar in chart.bars] == ["10.0", "6.99"]


@pytest.mark.parametrize(
    ("difference", "form", "ending", "text"),
    [
        ({}, "bar", "plain", "85,000"),
        ({"qualifier": "approx"}, "bar", "hatched", "≈85,000"),
        ({"qualifier": "over"}, "bar", "open", "≥85,000"),
        ({"qualifier": "at_least"}, "bar", "open", "≥85,000"),
        ({"qualifier": "nearly"}, "bar", "short", "<85,000"),
        ({"qualifier": "at_most"}, "bar", "short", "≤85,000"),
        ({"value": 300.0, "value_high": 500.0}, "interval", "plain", "300–500"),
        ({"kind": "change", "unit": "%", "value": 20.0, "direction": "down"}, "bar", "plain", "↓20%"),
        ({"kind": "change", "unit": "%", "value": -0.3, "direction": "down"}, "bar", "plain", "-0.3%"),
    ],
)
def test_qualifiers_ranges_and_falls_are_drawn(
    difference: dict[str, Any], form: str, ending: str, text: str, context: Context, make_rows: MakeRows
) -> None:
    chart = chart_of(make_rows(difference), context)
    (bar,) = chart.bars

    assert (form, ending, text) == (bar.form, bar.ending, bar.text)
    assert (ending != "plain") == any(piece.style == "hatched" for piece in pieces_of(bar, chart.axis()))
    assert (ending != "plain") == any("hatched" in note for note in chart.notes)
    assert (bar.stop < 0) == (difference.get("direction") == "down")


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_figure_marks_each_statistic_once_and_sets_every_colour(
    look: Any, context: Context, dataset: Dataset
) -> None:
    for panel in make_panels(dataset.select(Filters()), dataset.select(Filters()), dataset.codebook):
        figure = draw_figure(make_chart(panel, context), look)
        marked = {point[0] for trace in figure["data"] for point in trace["customdata"]}

        assert {end.id for end in panel.ends()} | {""} >= marked >= {end.id for end in panel.ends()}
        assert figure["layout"]["template"] == {}
        assert look.text == figure["layout"]["font"]["color"]
        assert all(trace["marker"]["color"] for trace in figure["data"] if "marker" in trace)


def test_a_subject_is_text_not_markup(context: Context, make_rows: MakeRows) -> None:
    figure = draw_figure(chart_of(make_rows({"subject": "<a href='x'>网格</a>&"}), context), LIGHT)
    texts = [text for trace in figure["data"] for text in trace.get("text", [])]

    assert any("&lt;a href='x'&gt;网格&lt;/a&gt;&amp;" in text for text in texts)
    assert not any("<a " in text for text in texts)


def test_an_axis_of_zeros_has_a_length(context: Context, make_rows: MakeRows) -> None:
    assert chart_of(make_rows({"value": 0.0}), context).limits() == (0.0, 1.0)


def drawn(rows: pd.DataFrame, options: Options, context: Context, dataset: Dataset) -> list[Chart]:
    panels = make_panels(rows, rows, context.codebook)
    arranged = [arrange(panel, options, dataset.populations, context.codebook) for panel in panels]
    return [make_chart(panel, context, options) for panel in arranged]


@pytest.mark.parametrize(
    ("differences", "options", "start", "is_said"),
    [
        (
            [{}, {"region": "山东", "period": "去年"}],
            Options(),
            "Values of different periods: Shandong (去年); Zhejiang (no",
            True,
        ),
        ([{"period": "去年"}, {"region": "山东", "period": "去年"}], Options(), "Values of different periods", False),
        ([{}], Options(measure="per_head"), "Figures per 10,000 are derived", True),
        ([{}], Options(scale="log"), "Bars start at zero", True),
        ([{}], Options(form="dot", scale="log"), "Bars start at zero", False),
        ([{"value": 0.0}], Options(form="dot", scale="log"), "No value above zero", True),
        ([{"value": 0.0}, {}], Options(form="dot", scale="log"), "Zero and negative values", True),
        ([{}], Options(order="fixed"), "In the fixed order of regions", True),
        ([{}], Options(order="population"), "By number of residents", True),
        ([{}, {"region": "深圳", "level": "city"}], Options(), "Totals grow with the size", True),
        ([{}], Options(reference="median"), "Fewer than 3 regions", True),
        ([{"indicator": None}], Options(measure="per_head"), "Statistics without an indicator", True),
        ([{"indicator": "full_time_grid_workers"}], Options(measure="per_head"), "Only one region reported it", True),
        # Grade C says once that there is no figure per head, and why.
        ([{"indicator": "party_service_centres"}], Options(measure="per_head"), "Definitions are not comp", False),
        ([{"indicator": "party_service_centres"}], Options(), "Comparability: ", True),
    ],
)
def test_notes_say_what_was_done_and_what_was_refused(
    differences: list[dict[str, Any]],
    options: Options,
    start: str,
    is_said: bool,
    context: Context,
    make_rows: MakeRows,
    dataset: Dataset,
) -> None:
    (chart,) = drawn(make_rows(*differences), options, context, dataset)

    assert is_said == any(note.startswith(start) for note in chart.notes)


@pytest.mark.parametrize(
    ("differences", "title"),
    [
        ([{}], "Grids · Zhejiang"),
        ([{"period": "2016年"}], "Grids · Zhejiang · 2016年"),
        ([{}, {"region": "山东", "period": "2016年"}], "Grids · Zhejiang, Shandong"),
        ([{"region": name} for name in ("山东", "浙江", "山西", "湖北")], "Grids · 4 regions"),
    ],
)
def test_a_title_says_what_where_and_when(
    differences: list[dict[str, Any]], title: str, context: Context, make_rows: MakeRows
) -> None:
    assert title == chart_of(make_rows(*differences), context).title


def test_an_alt_text_says_form_and_finding_and_lists_few_values(
    context: Context, make_rows: MakeRows, dataset: Dataset
) -> None:
    names = [name for name in dataset.codebook.regions if name][:31]
    rows = make_rows(*({"region": name, "value": 1000.0 + place} for place, name in enumerate(names)))
    (many,), (few,) = (drawn(each, Options(form="dot"), context, dataset) for each in (rows, rows.head(3)))

    assert many.alt.startswith("Dot plot: Grids · 31 regions (statistics: 31, regions: 31)")
    assert f"Highest: {many.bars[0].region} 1,030; lowest: {many.bars[-1].region} 1,000." in many.alt
    assert "1,015" not in many.alt
    assert all(bar.text in few.alt for bar in few.bars)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_highlighted_region_keeps_its_colour(
    look: Look, context: Context, make_rows: MakeRows, dataset: Dataset
) -> None:
    rows = make_rows({}, {"region": "山东"}, {"region": "山西"})
    (chart,) = drawn(rows, Options(highlight="山东"), context, dataset)
    figure = draw_figure(chart, look)
    colours = figure["data"][0]["marker"]["color"]
    texts = [text for trace in figure["data"] for text in trace.get("text", [])]

    assert {dataset.colours["山东"], GREY} == set(colours)
    assert [dataset.colours["山东"]] == [bar.colour for bar in chart.bars if not bar.is_muted]
    assert [text[3:11] for text in texts if text.startswith("<b>")] == ["Shandong"]


def test_charts_that_measure_the_same_share_their_axis(context: Context, make_rows: MakeRows, dataset: Dataset) -> None:
    rows = make_rows({}, {"indicator": None, "value": 1e9}, {"indicator": None, "kind": "share", "unit": "%"})
    charts = share_limits(drawn(rows, Options(form="dot"), context, dataset))
    limits = {chart.measure: {each.limits() for each in charts if each.measure == chart.measure} for chart in charts}
    said = [chart.notes[-1][:9] for chart in charts]

    assert [len(ends) for ends in limits.values()] == [1, 1]
    assert said == ["Same axis", "Same axis", "An axis o"]
    assert max(high for ends in limits.values() for _, high in ends) > 1e9


def test_each_end_of_a_pair_leads_to_its_own_row(context: Context, make_rows: MakeRows) -> None:
    rows = make_rows({"role": "from", "period": "2016年"}, {"role": "to", "value": 9e4, "period": "2017年"})
    figure = draw_figure(chart_of(rows, context), LIGHT)
    (dots,) = [trace for trace in figure["data"] if trace.get("mode") == "markers"]

    assert [[row, *hover.split("<br>")[1:3]] for row, hover in dots["customdata"]] == [
        ["0", "85,000", "2016年"],
        ["1", "90,000", "2017年"],
    ]


def test_an_axis_of_dots_is_written_as_readers_write_numbers(
    context: Context, make_rows: MakeRows, dataset: Dataset
) -> None:
    (chart,) = drawn(
        make_rows({"value": 1.0}, {"region": "山东", "value": 1e9}), Options(form="dot", scale="log"), context, dataset
    )
    axis = draw_figure(chart, LIGHT)["layout"]["xaxis"]

    assert axis["type"] == "log"
    assert axis["range"][0] < 0 < 9 < axis["range"][1]
    assert "1 million" in axis["ticktext"]


@pytest.mark.parametrize("options", [Options(), Options(form="dot", scale="log", reference="median", highlight="浙江")])
def test_every_figure_of_the_shipped_rows_is_one_that_plotly_knows(context: Context, options: Options) -> None:
    """The page sends them unchecked; a property that plotly does not have is an error here."""
    data = read_dataset(shipped("statistics.csv"))
    for panel in data.panels(Filters()):
        figure = draw_figure(
            make_chart(arrange(panel, options, data.populations, data.codebook), context, options), LIGHT
        )

        assert len(Figure(figure).data) == len(figure["data"])
        assert {trace["type"] for trace in figure["data"]} <= ENGINE_TRACES


def test_the_engine_of_the_page_is_that_of_the_library() -> None:
    """A figure is checked by the one and drawn by the other."""
    engine = files("dashboard").joinpath("static/plotly-basic.min.js").read_text(encoding="utf-8")

    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in engine[:200]
