from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard.captions import Chart, Context, make_chart
from dashboard.charts import DARK, LIGHT, draw_figure
from dashboard.compare import make_panels, to_per_head
from dashboard.dataset import Dataset
from dashboard.layout import pieces_of

MakeRows = Callable[..., pd.DataFrame]


def chart_of(rows: pd.DataFrame, context: Context) -> Chart:
    (panel,) = make_panels(rows, rows, context.codebook)
    return make_chart(panel, context)


@pytest.mark.parametrize("context", ["zh", "en"], indirect=True)
def test_a_chart_carries_all_that_it_needs_to_travel_alone(context: Context, dataset: Dataset) -> None:
    rows = dataset.rows
    (panel,) = make_panels(rows[rows["indicator"] == "grids_total"], rows, dataset.codebook)
    chart = make_chart(panel, context)
    is_zh = context.words.lang == "zh"

    assert ("网格数 · 浙江、仙林" if is_zh else "Grids · Zhejiang, Xianlin") == chart.title
    assert [("8.5万个" if is_zh else "85,000"), ("285个" if is_zh else "285")] == [bar.text for bar in chart.bars]
    assert chart.missing.startswith("未报告：北京、山西" if is_zh else "Not reported: Beijing, Shanxi")
    assert context.version in chart.source
    assert all(bar.text in chart.alt for bar in chart.bars)
    assert any("省级、街道" in note or "province, sub-district" in note for note in chart.notes)


def test_an_indicator_that_cannot_be_compared_says_so(context: Context, dataset: Dataset) -> None:
    rows = dataset.rows[dataset.rows["indicator"] == "party_service_centres"]
    chart = chart_of(rows, context)

    assert chart.badge == "Definitions differ"
    assert any(note.startswith("Definitions differ") for note in chart.notes)


def test_per_head_names_denominator_date_and_source(context: Context, dataset: Dataset) -> None:
    rows = dataset.rows[dataset.rows["indicator"] == "grids_total"]
    (panel,) = make_panels(rows, rows, dataset.codebook)
    chart = make_chart(to_per_head(panel, dataset.populations, dataset.codebook), context)
    (note,) = [note for note in chart.notes if note.startswith("Denominator")]

    assert [bar.text for bar in chart.bars] == ["13", "10"]
    assert "Zhejiang 64,567,588" in note
    assert "2020-11-01" in note
    assert "第七次全国人口普查公报" in note


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
    for panel in make_panels(dataset.rows, dataset.rows, dataset.codebook):
        figure = draw_figure(make_chart(panel, context), look)
        marked = {point[0] for trace in figure["data"] for point in trace.get("customdata", [])}

        assert {end.id for mark in panel.marks for end in (mark, mark.end) if end} == marked
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
