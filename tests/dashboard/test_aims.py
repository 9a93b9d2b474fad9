"""How aims, norms, spans and resolved times look and read: on charts, in notes, alt text, tables, and on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from plotly.graph_objects import Figure
from streamlit.testing.v1 import AppTest

from dashboard.captions import Chart, Context, make_chart
from dashboard.charts import CLEAR, LIGHT, draw_figure
from dashboard.compare import Panel, make_panels
from dashboard.headlines import draw_lines
from dashboard.notes import table_notes
from dashboard.options import Options
from dashboard.tabular import tabulate
from dashboard.wording import LANGUAGES, load_words
from dashboard.wording.moment import write_time
from extract.table.record import COLUMN_NAMES
from tests.dashboard.shown import comparisons, parts

MakeRows = Callable[..., pd.DataFrame]
OpenApp = Callable[..., AppTest]
AIM = {"status": "target", "period": "今年", "period_start": "2026-01-01", "period_end": "2026-12-31"}
NORM = {"status": "norm"}
RESULT = {"status": "actual", "period": "2025年", "period_start": "2025-01-01", "period_end": "2025-12-31"}
FALL = {"kind": "change", "unit": "%", "direction": "down", "value": 3.0}


def panels_of(rows: pd.DataFrame, context: Context) -> list[Panel]:
    return make_panels(rows, rows, context.codebook)


def chart_of(rows: pd.DataFrame, context: Context, options: Options | None = None) -> Chart:
    (panel,) = panels_of(rows, context)
    return make_chart(panel, context, options)


@pytest.mark.parametrize("difference", [{}, {"qualifier": "approx"}, {"qualifier": "over"}, {"value_high": 9e4}, FALL])
@pytest.mark.parametrize("status", [AIM, NORM])
def test_the_bar_of_an_aim_is_hollow_and_open_where_it_ends(
    status: dict[str, Any], difference: dict[str, Any], context: Context, make_rows: MakeRows
) -> None:
    """Whatever its qualifier is, which the sign before the value says."""
    chart = chart_of(make_rows(status | difference), context)
    figure = draw_figure(chart, LIGHT)
    (bar,), (trace,) = chart.bars, [trace for trace in figure["data"] if trace["type"] == "bar"]
    outline = [shape for shape in figure["layout"]["shapes"] if shape["line"]["color"] == bar.colour]

    Figure(figure)
    assert trace["marker"]["color"] == [CLEAR]
    assert "pattern" not in trace["marker"]
    assert trace["customdata"][0][0] == "0"
    assert len(outline) == 3
    assert [shape for shape in outline if shape["x0"] == shape["x1"] == bar.stop] == []
    assert [shape["y0"] < shape["y1"] for shape in outline if shape["x0"] == shape["x1"] == bar.start] == [True]


def test_the_bar_of_a_result_is_full(context: Context, make_rows: MakeRows) -> None:
    chart = chart_of(make_rows(RESULT), context)
    figure = draw_figure(chart, LIGHT)

    assert figure["data"][0]["marker"]["color"] == [chart.bars[0].colour]
    assert chart.bars[0].colour not in [shape["line"]["color"] for shape in figure["layout"]["shapes"]]


@pytest.mark.parametrize(
    ("options", "second"),
    [
        (Options(form="dot"), {"region": "山东"}),
        (Options(form="line"), {"period_start": "2027-01-01", "period_end": "2027-12-31"}),
    ],
)
def test_a_dot_of_an_aim_is_a_hollow_square(
    options: Options, second: dict[str, Any], context: Context, make_rows: MakeRows
) -> None:
    chart = chart_of(make_rows(AIM, AIM | second | {"qualifier": "over"}), context, options)
    (dots,) = [trace for trace in draw_figure(chart, LIGHT)["data"] if trace["mode"] == "markers"]

    assert dots["marker"]["symbol"] == ["square", "square"]
    assert dots["marker"]["color"] == [LIGHT.ground, LIGHT.ground]


@pytest.mark.parametrize(("difference", "style"), [({}, "hollow"), (FALL, "hollow-left")])
def test_a_small_multiple_draws_the_same_sign(
    difference: dict[str, Any], style: str, context: Context, make_rows: MakeRows
) -> None:
    (line,) = draw_lines(chart_of(make_rows(AIM | difference), context))

    assert [stroke.style for stroke in line.strokes] == [style]


@pytest.mark.parametrize(
    ("context", "status", "name", "notes"),
    [
        (
            "zh",
            AIM,
            "网格数（目标）",
            ("没有地区报告结果，这里都是目标。", "空心条：目标，不是结果。", "目标不排名次，不与结果并列。"),
        ),
        ("zh", NORM, "网格数（规定）", ("空心条：规定，不是结果。", "规定不排名次，不与结果并列。")),
        (
            "en",
            AIM,
            "Grids (target)",
            ("No region reported a result; these are targets.", "Hollow bar: a target, not a result."),
        ),
        ("en", NORM, "Grids (norm)", ("Norms have no rank and do not stand among results.",)),
    ],
    indirect=["context"],
)
def test_title_notes_and_alt_text_say_what_it_is(
    context: Context, status: dict[str, Any], name: str, notes: tuple[str, ...], make_rows: MakeRows
) -> None:
    rows = make_rows(status, status | {"region": "山东", "value": 1.0}, status | {"region": "湖北", "value": 2.0})
    chart = chart_of(rows, context)

    assert chart.title.startswith(name)
    assert name in chart.alt
    assert set(notes) <= set(chart.notes)
    # Nothing is the highest of aims.
    assert not any(word in chart.alt for word in ("最高", "Highest"))


@pytest.mark.parametrize("context", LANGUAGES, indirect=True)
@pytest.mark.parametrize("status", ["target", "norm"])
def test_the_table_heads_them_by_their_word(status: str, context: Context, make_rows: MakeRows) -> None:
    words = context.words
    rows = make_rows({"status": status}, {"status": status, "region": "山东"}, {"region": "湖北"})
    result, other = (panel for panel in panels_of(rows, context))
    table = tabulate(other, context)

    assert list(table[words("tabular.status")]) == [words.term("aim", status)] * 2
    assert words("tabular.rank") not in table
    assert words("tabular.status") not in tabulate(result, context)
    assert words(f"aim.table_{status}") in table_notes(other, context)


def test_a_result_s_chart_names_who_has_an_aim_only(context: Context, make_rows: MakeRows) -> None:
    result, aim = panels_of(make_rows(RESULT, AIM | {"region": "山东"}), context)

    assert "No result reported, only a target or a norm: Shandong." in make_chart(result, context).notes
    assert any("or as a result" in note and "Zhejiang" in note for note in make_chart(aim, context).notes)


@pytest.mark.parametrize(
    ("context", "difference", "name"),
    [
        ("zh", {}, "网格数（5 年间）"),
        ("en", {}, "Grids (over 5 years)"),
        ("zh", {"aggregation": "mean"}, "网格数（5 年年均）"),
        ("en", {"aggregation": "mean"}, "Grids (yearly mean over 5 years)"),
        ("en", {"period_start": "2024-06-01"}, "Grids (over 2 years)"),
        ("en", {"period_start": "2024-09-01"}, "Grids (over more than a year)"),
        ("en", {"period_start": "2025-12-31", "aggregation": "cumulative"}, "Grids (running total)"),
        ("en", {"status": "target"}, "Grids (target, over 5 years)"),
    ],
    indirect=["context"],
)
def test_a_span_of_years_stands_in_title_and_table(
    context: Context, difference: dict[str, Any], name: str, make_rows: MakeRows
) -> None:
    five = RESULT | {"period_start": "2021-01-01"} | difference
    (panel,) = panels_of(make_rows(five), context)
    chart = make_chart(panel, context)

    assert chart.title.startswith(f"{name} · ")
    assert tabulate(panel, context)[context.words("tabular.span")].notna().all()
    assert any("一年的数字" in note or "single year" in note for note in chart.notes)


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2025-01-01", "2025-12-31", "2025年", "2025"),
        ("2021-01-01", "2025-12-31", "2021—2025年", "2021–2025"),
        ("2022-08-01", "2022-08-31", "2022年8月", "August 2022"),
        ("2022-01-01", "2022-09-30", "2022年1月至9月", "January–September 2022"),
        ("2021-12-01", "2022-02-28", "2021年12月至2022年2月", "December 2021 – February 2022"),
        ("2022-01-01", "2022-09-29", "2022年1月1日至9月29日", "1 January – 29 September 2022"),
        ("2021-12-31", "2022-01-05", "2021年12月31日至2022年1月5日", "31 December 2021 – 5 January 2022"),
        ("2025-12-31", "2025-12-31", "2025年12月31日", "31 December 2025"),
        (None, "2020-12-31", "至2020年12月31日", "to 31 December 2020"),
        ("2020-03-01", None, "2020年3月1日起", "from 1 March 2020"),
        (None, None, "", ""),
        ("9999-01-01", "9999-12-31", "9999年1月1日至12月31日", "1 January – 31 December 9999"),
    ],
)
def test_a_time_is_written_as_short_as_it_can_be(first: str | None, last: str | None, zh: str, en: str) -> None:
    days = [day and date.fromisoformat(day) for day in (first, last)]

    assert [write_time(*days, load_words(lang)) for lang in LANGUAGES] == [zh, en]


AUGUST = {"status": "actual", "period": "今年8月", "period_start": "2022-08-01", "period_end": "2022-08-31"}
INHERITED = RESULT | {"period": None, "period_basis": "inherited"}


@pytest.mark.parametrize(
    ("context", "difference", "label", "hover"),
    [
        ("zh", AUGUST, "2022年8月", "2022年8月（今年8月）"),
        ("en", AUGUST, "August 2022", "August 2022 (今年8月)"),
        ("zh", RESULT, "2025年", "2025年"),
        ("en", RESULT, "2025", "2025"),
        ("zh", INHERITED, "2025年（据本节）", "2025年（据本节）"),
        ("en", INHERITED, "2025 (from the section)", "2025 (from the section)"),
        ("zh", {"period": "去年"}, "去年", "去年"),
        ("zh", {}, "", ""),
    ],
    indirect=["context"],
)
def test_a_mark_carries_its_resolved_time(
    context: Context, difference: dict[str, Any], label: str, hover: str, make_rows: MakeRows
) -> None:
    (panel,) = panels_of(make_rows(difference), context)
    chart = make_chart(panel, context)
    table = tabulate(panel, context)

    assert chart.bars[0].period == label
    assert chart.bars[0].points[0].period == hover
    assert hover in draw_figure(chart, LIGHT)["data"][0]["customdata"][0][1]
    assert table[context.words("tabular.period")].tolist() == [label or None]


def test_where_a_time_comes_from_is_a_note_and_no_difference(context: Context, make_rows: MakeRows) -> None:
    notes = chart_of(make_rows(RESULT, INHERITED | {"region": "山东"}), context).notes

    assert not any(note.startswith("Values of different periods") for note in notes)
    assert any(note.startswith("“From the section”") and note.endswith("title: Shandong.") for note in notes)


@pytest.fixture
def path(make_rows: MakeRows, tmp_path: Path) -> Path:
    """A result and an aim under headings that hold markup, and an indicator with nothing but an aim."""
    rows = make_rows(
        RESULT | {"section": "一、<b>回顾</b>"},
        AIM | {"section": "二、目标", "value": 90000.0, "raw": "9万个"},
        AIM | {"region": "山东", "indicator": "volunteers", "unit": "名", "subject": "志愿者"},
    )
    rows[list(COLUMN_NAMES)].to_csv(tmp_path / "made.csv", index=False)
    return tmp_path / "made.csv"


def words_of(app: AppTest) -> str:
    shown = (*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info)
    return "\n".join(str(item.value) for item in shown).replace("\\", "")


@pytest.mark.once
@pytest.mark.parametrize(
    ("lang", "titles", "only"),
    [
        ("zh", ["网格数", "网格数（目标）", "志愿者人数（目标）"], "没有地区报告结果，这里都是目标。"),
        ("en", ["Grids", "Grids (target)", "Volunteers (target)"], "No region reported a result; these are targets."),
    ],
)
def test_the_comparison_heads_aims_by_their_word(
    lang: str, titles: list[str], only: str, path: Path, open_app: OpenApp
) -> None:
    shown = comparisons(open_app(path, lang=lang, z="all"))

    assert sorted(one["heading"]["title"].partition(" · ")[0] for one in shown) == sorted(titles)
    assert [only in one["foot"]["lines"] for one in shown] == ["olunteer" in t or "志愿" in t for t in titles]


@pytest.mark.once
@pytest.mark.parametrize(
    ("lang", "only", "heading"),
    [
        ("zh", "没有地区报告结果，这里都是目标。", "目标"),
        ("en", "No region reported a result; these are targets.", "Target"),
    ],
)
def test_an_indicator_of_aims_only_says_so(lang: str, only: str, heading: str, path: Path, open_app: OpenApp) -> None:
    app = open_app(path, "indicator", lang=lang, m="volunteers")

    assert [info.value for info in app.info] == [only]
    assert heading in [item.value for item in app.subheader]
    assert all(heading.casefold() in code.value.casefold() for code in app.code[:2])


@pytest.mark.once
def test_the_overview_says_that_there_are_aims_only(make_rows: MakeRows, tmp_path: Path, open_app: OpenApp) -> None:
    rows = make_rows(AIM, AIM | {"region": "山东"})
    rows[list(COLUMN_NAMES)].to_csv(tmp_path / "aims.csv", index=False)
    app = open_app(tmp_path / "aims.csv", "overview", lang="en")

    assert any(text.value.startswith("No comparable result was reported") for text in app.caption)


@pytest.mark.once
@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("zh", "网格 · 2025年 · 章节：一、<b>回顾</b>", "网格 · 目标 · 2026年（今年） · 章节：二、目标"),
        ("en", "网格 · 2025 · Section: 一、<b>回顾</b>", "网格 · target · 2026 (今年) · Section: 二、目标"),
    ],
)
def test_a_region_s_figures_name_their_sections(
    lang: str, first: str, second: str, path: Path, open_app: OpenApp
) -> None:
    """As plain text: the component writes none of it as markup."""
    (data,) = parts(open_app(path, "region", lang=lang, g="zj"), "figures")
    shown = [figure for theme in data["themes"] for figure in theme["figures"]]

    assert [figure["details"] for figure in shown] == [first, second]
    assert shown[1]["place"] == load_words(lang)("region_page.refusal_target")
    assert shown[1]["share"] is None


@pytest.mark.once
@pytest.mark.parametrize(("lang", "section"), [("zh", "章节：一、<b>回顾</b>"), ("en", "Section: 一、<b>回顾</b>")])
def test_a_mark_of_a_report_and_its_sentence_name_their_section(
    lang: str, section: str, path: Path, open_app: OpenApp
) -> None:
    (text,) = parts(open_app(path, "source", lang=lang), "marked_text")
    app = open_app(path, "compare", lang=lang, s="0")

    assert section in text["marks"][0]["details"]
    assert load_words(lang)("aim.target") in text["marks"][1]["details"]
    assert any(section in caption.value.replace("\\", "") for caption in app.caption)
