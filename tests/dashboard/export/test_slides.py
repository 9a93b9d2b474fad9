from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from dashboard.export.contents import Contents
from dashboard.export.slides import HEIGHT, WIDTH, to_pptx
from dashboard.layout import BOLD
from dashboard.options import Options
from dashboard.typesetting import wrap

pytestmark = pytest.mark.once

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]
PAIR = {"kind": "share", "unit": "%", "indicator": None, "subject": "覆盖率", "theme": "property"}


def read(contents: Contents) -> Any:
    steps: list[str] = []
    deck = Presentation(io.BytesIO(to_pptx(contents, steps.append)))
    assert steps == [comparison.chart.title for comparison in contents.comparisons]
    return deck


def chart_of(slide: Any) -> Any:
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    return chart


def text_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_comparison_has_a_slide_with_a_chart_that_can_be_edited(lang: str, make_contents: MakeContents) -> None:
    contents = make_contents(lang=lang, themes=("grid",))
    deck = read(contents)

    assert len(deck.slides) == len(contents.comparisons)
    for slide, comparison in zip(deck.slides, contents.comparisons, strict=True):
        chart, drawn = comparison.chart, chart_of(slide)
        text = text_of(slide)
        assert slide.shapes.title.text_frame.text == chart.title
        assert all(words in text for words in (chart.subtitle, chart.source, contents.sentence, *chart.notes))
        series, count = drawn.plots[0].series[-1], len(chart.bars)
        values = [bar.stop for bar in chart.bars]
        assert list(series.values)[:count] == values
        assert [point.data_label.text_frame.text for point in list(series.points)[:count]] == [
            b.text for b in chart.bars
        ]
        sheet = openpyxl.load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob)).active
        assert [line[-1] for line in sheet.values][1 : 1 + count] == values


def test_who_did_not_report_is_named_and_has_no_value(make_contents: MakeContents) -> None:
    (slide,) = read(make_contents(indicators=("grids_total",))).slides
    plot = chart_of(slide).plots[0]
    values = dict(zip(plot.categories, plot.series[0].values, strict=True))

    assert values["浙江（省级） 网格"] == 85000
    assert values["北京 未报告"] is None


def test_the_speaker_s_notes_quote_every_sentence(make_contents: MakeContents) -> None:
    contents = make_contents(indicators=("grids_total",))
    (slide,) = read(contents).slides
    notes = slide.notes_slide.notes_text_frame.text

    assert all(contents.row(row)["sentence"] in notes for row in contents.comparisons[0].ids())
    assert "全国城市基层党建工作经验交流座谈会发言摘登(8篇)" in notes


def test_a_value_that_is_not_exact_is_hatched(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows({"qualifier": "over"}, {"region": "北京", "value": 1.0})
    (slide,) = read(make_contents(rows)).slides
    series = chart_of(slide).plots[0].series[0]

    assert [series.points[place].format.fill.type.name for place in (0, 1)] == ["PATTERNED", "SOLID"]


@pytest.mark.parametrize(
    ("rows", "series"),
    [
        (
            [PAIR | {"role": "from", "value": 82.0}, PAIR | {"role": "to", "value": 87.0, "start": 9}],
            [(82.0,), (87.0,)],
        ),
        ([{"value": 300.0, "value_high": 500.0}], [(300.0,), (500.0,)]),
    ],
)
def test_pairs_and_ranges_are_two_series(
    rows: list[dict[str, Any]], series: list[tuple[float]], make_contents: MakeContents, make_rows: MakeRows
) -> None:
    (slide,) = read(make_contents(make_rows(*rows))).slides

    assert [one.values[:1] for one in chart_of(slide).plots[0].series] == series


def test_a_log_axis_stays_one(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows({"value": 1.0}, {"region": "北京", "value": 1e9})
    (slide,) = read(make_contents(rows, options=Options(form="dot", scale="log"))).slides

    assert '<c:logBase val="10"/>' in chart_of(slide)._chartSpace.xml


@pytest.mark.parametrize("form", ["bar", "dot"])
def test_an_axis_has_zero_on_it_however_close_the_values_are(
    form: str, make_contents: MakeContents, make_rows: MakeRows
) -> None:
    rows = make_rows(PAIR | {"value": 95.0}, PAIR | {"region": "北京", "value": 97.0})
    (slide,) = read(make_contents(rows, options=Options(form=form))).slides
    axis = chart_of(slide).value_axis

    assert axis.minimum_scale == 0
    assert axis.maximum_scale > 97


def test_charts_that_share_an_axis_share_it_on_slides_too(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows({"value": 100.0}, {"value": 5.0, "indicator": "community_workers_total"})
    slides = read(make_contents(rows, options=Options(axis="shared"))).slides
    axes = [chart_of(slide).value_axis for slide in slides]

    assert len(axes) == 2
    assert axes[0].maximum_scale == axes[1].maximum_scale > 100
    assert axes[0].minimum_scale == axes[1].minimum_scale == 0


def test_falls_have_room_left_of_zero(make_contents: MakeContents, make_rows: MakeRows) -> None:
    fall = PAIR | {"kind": "change", "direction": "down", "value": 20.0}
    (slide,) = read(make_contents(make_rows(fall, {**fall, "region": "北京", "direction": "up"}))).slides
    axis = chart_of(slide).value_axis

    assert axis.minimum_scale < -20 < 20 < axis.maximum_scale


def test_a_log_axis_goes_from_decade_to_decade(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows({"value": 5.0}, {"region": "北京", "value": 3e8})
    (slide,) = read(make_contents(rows, options=Options(form="dot", scale="log"))).slides
    axis = chart_of(slide).value_axis

    assert axis.minimum_scale in (0.01, 0.1, 1.0)
    assert axis.maximum_scale in (1e9, 1e10, 1e11)
    assert axis.major_unit == 10


def test_the_start_of_a_pair_is_not_hatched_as_if_it_were_not_exact(
    make_contents: MakeContents, make_rows: MakeRows
) -> None:
    rows = make_rows(PAIR | {"role": "from", "value": 82.0}, PAIR | {"role": "to", "value": 87.0, "start": 9})
    (slide,) = read(make_contents(rows)).slides
    fills = [series.points[0].format.fill for series in chart_of(slide).plots[0].series]

    assert [fill.type.name for fill in fills] == ["SOLID", "SOLID"]
    assert fills[0].fore_color.brightness > fills[1].fore_color.brightness


def test_letters_stay_readable_and_bars_slim(make_contents: MakeContents, make_rows: MakeRows) -> None:
    many = make_rows(*({"region": f"区{number}", "value": 10.0 + number} for number in range(30)))
    ((first,), (last,)) = (read(make_contents(rows)).slides for rows in (many, make_rows({})))

    assert chart_of(first).font.size >= Pt(7)
    assert chart_of(last).plots[0].gap_width > 200


def test_a_long_subject_leaves_its_bar_room(make_contents: MakeContents, make_rows: MakeRows) -> None:
    (slide,) = read(make_contents(make_rows({"subject": "长" * 500}))).slides
    (category,) = chart_of(slide).plots[0].categories

    assert len(category) < 40
    assert "长" * 500 in slide.notes_slide.notes_text_frame.text


def test_chinese_has_a_face_of_its_own_in_every_text(make_contents: MakeContents) -> None:
    data = to_pptx(make_contents(themes=("grid",)), lambda step: None)
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = [name for name in archive.namelist() if name.startswith(("ppt/slides/slide", "ppt/charts/chart"))]

    for part in parts:
        xml = archive.read(part).decode("utf-8")
        assert xml.count("<a:latin") == xml.count('<a:ea typeface="Microsoft YaHei"/>') > 0, part


@pytest.mark.parametrize(
    "row",
    [
        {"subject": "=HYPERLINK(1)"},
        {"subject": "控制\x00字符\x1b\ufffe", "region": "a\x01b"},
        {"subject": "🙂" * 50},
        {"subject": "长" * 500},
        {"sentence": "\x00" * 3 + "句" * 5000},
    ],
)
def test_any_text_gives_a_file_that_opens_and_runs_nothing(
    row: dict[str, str], make_contents: MakeContents, make_rows: MakeRows
) -> None:
    (slide,) = read(make_contents(make_rows(row))).slides
    workbook = openpyxl.load_workbook(io.BytesIO(chart_of(slide).part.chart_workbook.xlsx_part.blob))

    assert {cell.data_type for line in workbook.active.iter_rows() for cell in line} <= {"s", "n"}


def test_thirty_regions_and_a_long_title_stay_on_the_slide(make_contents: MakeContents, make_rows: MakeRows) -> None:
    rows = make_rows(*({"region": f"区{number}" + "长" * 60, "value": 10.0 ** (number % 10)} for number in range(30)))
    (slide,) = read(make_contents(rows)).slides

    assert len(list(chart_of(slide).plots[0].categories)) == 30
    assert '<c:tickLblSkip val="1"/><c:noMultiLvlLbl' in chart_of(slide)._chartSpace.xml.replace("\n", "").replace(
        "  ", ""
    )
    for shape in slide.shapes:
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= Pt(WIDTH)
        assert shape.top + shape.height <= Pt(HEIGHT)


@pytest.mark.parametrize("title", ["Party members who were sent down to residential communities " * 2, "长标题" * 170])
def test_a_title_has_room_above_the_subtitle_in_a_wider_face_too(title: str, make_contents: MakeContents) -> None:
    """In letters a fifth wider, as those are that a program takes where it lacks a face."""
    contents = make_contents(indicators=("grids_total",))
    (comparison,) = contents.comparisons
    long = replace(comparison, chart=replace(comparison.chart, title=title))
    (slide,) = Presentation(io.BytesIO(to_pptx(replace(contents, comparisons=(long,)), lambda _: None))).slides
    shape = slide.shapes.title
    size = shape.text_frame.paragraphs[0].runs[0].font.size.pt
    lines = len(wrap(title, size * BOLD * 1.2, shape.width.pt))

    assert shape.text_frame.vertical_anchor == MSO_ANCHOR.BOTTOM
    assert lines * size * 1.2 <= shape.height.pt


def test_nothing_to_compare_is_said(make_contents: MakeContents, make_rows: MakeRows) -> None:
    (slide,) = read(make_contents(make_rows())).slides

    assert "没有可比的统计" in text_of(slide)
