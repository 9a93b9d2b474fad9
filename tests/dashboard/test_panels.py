"""Panels of more statistics than can be looked at: spreads, which say that they are none of the figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import panels
from dashboard.arrange import arrange
from dashboard.captions import Context, make_chart
from dashboard.compare import Panel
from dashboard.dataset import Dataset
from dashboard.export.formats import FORMATS
from dashboard.export.presets import PRESETS
from dashboard.exports import collect, compare_panels
from dashboard.filters import Filters
from dashboard.options import Options
from dashboard.tabular import tabulate
from dashboard.wording import LANGUAGES, load_words

MakeRows = Callable[..., pd.DataFrame]
Ask = Callable[[pd.DataFrame], Dataset]
# Five counties of one province, three of another.
VALUES = {"浙江": (10.0, 20.0, 30.0, 40.0, 1000.0), "湖北": (5.0, 6.0, 7.0)}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "MOST_MARKS", 4)


def counties(**fields: Any) -> list[dict[str, Any]]:
    return [
        {"region": f"{province}{number}县", "province": province, "level": "county", "value": value, **fields}
        for province, values in VALUES.items()
        for number, value in enumerate(values)
    ]


@pytest.fixture
def data(few: None, make_rows: MakeRows, ask: Ask) -> Dataset:
    return ask(make_rows(*counties()))


@pytest.fixture
def panel(data: Dataset) -> Panel:
    (panel,) = data.panels(Filters())
    return panel


def test_each_province_is_one_mark_over_its_middle_half(panel: Panel) -> None:
    marks = {mark.region: mark for mark in panel.marks}

    assert [mark.region for mark in panel.marks] == ["浙江", "湖北"]
    assert (marks["浙江"].value, marks["浙江"].high, marks["浙江"].level) == (20.0, 40.0, "county")
    assert marks["浙江"].spread == panels.Spread(5, 5, 30.0)
    assert panel.summary == panels.Summary(8, 8, 1, undated=8)


def test_a_mark_leads_to_the_statistic_in_the_middle(panel: Panel, data: Dataset) -> None:
    rows = data.rows_of([mark.id for mark in panel.marks])

    assert sorted(rows["value"]) == [6.0, 30.0]


def test_few_enough_are_drawn_one_by_one(data: Dataset) -> None:
    (panel,) = data.panels(Filters(provinces=("湖北",)))

    assert [mark.value for mark in panel.marks] == [7.0, 6.0, 5.0]
    assert panel.summary is None


def test_without_an_indicator_each_subject_is_one_mark(few: None, make_rows: MakeRows, ask: Ask) -> None:
    rows = [*counties(indicator=None, subject="村"), *counties(indicator=None, subject="镇")[:2]]
    (panel,) = ask(make_rows(*rows)).panels(Filters())

    assert [(mark.subject, mark.region) for mark in panel.marks] == [("村", ""), ("镇", "")]


def test_a_fall_is_below_zero_and_a_pair_counts_once(few: None, make_rows: MakeRows, ask: Ask) -> None:
    falls = counties(kind="change", unit="%", direction="down", indicator=None)
    (panel,) = ask(make_rows(*falls, falls[0] | {"role": "from", "value": 99.0})).panels(Filters())

    assert panel.summary is not None
    assert panel.summary.count == 8
    assert {mark.spread.median for mark in panel.marks if mark.spread} == {-15.0}


def test_the_latest_of_many_may_be_few(few: None, make_rows: MakeRows, ask: Ask) -> None:
    rows = [
        {"value": float(year), "period": f"{year}年", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        for year in range(2010, 2020)
    ]
    (panel,) = ask(make_rows(*rows)).panels(Filters(), None, "latest")

    assert [mark.value for mark in panel.marks] == [2019.0]
    assert panel.earlier == 9


def test_the_smallest_groups_are_left_out_and_counted(
    data: Dataset, monkeypatch: pytest.MonkeyPatch, context: Context
) -> None:
    monkeypatch.setattr(panels, "MOST_SPREADS", 1)
    (panel,) = data.panels(Filters())

    assert [mark.region for mark in panel.marks] == ["浙江"]
    assert context.words("note.spread_left_out", count=3) in make_chart(panel, context).notes


@pytest.mark.parametrize("options", [Options(measure="per_head"), Options(reference="median"), Options(form="line")])
def test_what_is_not_fair_is_refused_with_a_reason(
    options: Options, panel: Panel, data: Dataset, context: Context
) -> None:
    chart = make_chart(arrange(panel, options, data.populations, data.codebook), context, options)
    reasons = [context.words(f"note.{name}_spread") for name in ("refusal", "median", "line")]

    assert chart.form == "bar"
    assert len(set(reasons) & set(chart.notes)) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_say_what_a_spread_is(lang: str, panel: Panel, data: Dataset) -> None:
    words = load_words(lang)
    context = Context(words, data.codebook, {}, data.colours, data.version)
    chart = make_chart(panel, context)

    assert words("note.spread_province", count=8, regions=8) in chart.notes
    assert words("chart.where_count", count=8) in chart.title
    assert all(str(count) in bar.text for bar, count in zip(chart.bars, (5, 3), strict=True))
    table = tabulate(panel, context)
    assert list(table[words("tabular.median")]) == [30.0, 6.0]
    assert words("tabular.rank") not in table


def test_every_format_takes_spreads(panel: Panel, data: Dataset) -> None:
    words = load_words("zh")
    comparisons = compare_panels([panel], Options(), data, words, lambda _: "")
    contents = collect(comparisons, Filters(), data, words, "", "2026-11-26")

    for name, kind in FORMATS.items():
        assert kind.make(contents, PRESETS["text"], lambda step: None), name


def test_what_is_of_no_known_day_is_kept_and_told(data: Dataset, context: Context) -> None:
    (panel,) = data.panels(Filters(), None, "latest")

    assert (panel.undated, panel.earlier) == (8, 0)
    assert context.words("note.undated", count=8) in make_chart(panel, context).notes


def test_the_earlier_ends_of_pairs_are_not_figures_left_out(few: None, make_rows: MakeRows, ask: Ask) -> None:
    rows = [row | {"role": role} for row in counties(indicator=None) for role in ("from", "to")]
    (panel,) = ask(make_rows(*rows)).panels(Filters(), None, "latest")

    assert panel.summary is not None
    assert (panel.summary.count, panel.earlier) == (8, 0)


def test_earlier_ends_alone_are_drawn_one_by_one(few: None, make_rows: MakeRows, ask: Ask) -> None:
    (panel,) = ask(make_rows(*counties(indicator=None, role="from"))).panels(Filters())

    assert len(panel.marks) == 8
