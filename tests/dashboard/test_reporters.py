"""Who says it and whom it is about: filters, links, who is missing, and what stands beside regions for reference."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.arrange import arrange, rank_marks
from dashboard.captions import Context, make_chart
from dashboard.colours import REFERENCE
from dashboard.compare import Panel
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.link import Link, from_params, to_params
from dashboard.nesting import told
from dashboard.options import Options
from dashboard.standing import find_standings
from dashboard.wording import load_words
from tests.dashboard.shown import parts

MakeRows = Callable[..., pd.DataFrame]
Ask = Callable[[pd.DataFrame], Dataset]
OpenApp = Callable[..., AppTest]
NATION = {"region": "全国", "province": None, "level": "country"}
EAST = {"region": "东部地区", "province": None, "level": "group"}
HANGZHOU = {"region": "杭州", "level": "city"}
SAID = (
    {"reporter": "浙江"},
    {"reporter": "浙江", "indicator": None} | HANGZHOU,
    {"reporter": "浙江", "indicator": None} | NATION,
    {"reporter": "山东", "region": "山东", "province": "山东", "indicator": None},
    {"reporter": "山东", "indicator": None} | NATION,
    # Of a table that names no reporter.
    {"region": "仙林", "province": "江苏", "level": "subdistrict", "indicator": None},
)


@pytest.fixture
def said(make_rows: MakeRows, ask: Ask) -> Dataset:
    return ask(make_rows(*SAID))


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(reporters=("浙江",)), "012"),
        (Filters(reporters=("仙林",)), "5"),
        (Filters(reporters=(told("浙江", "全国"),)), "2"),
        (Filters(reporters=(told("浙江", "浙江"), "山东")), "034"),
        (Filters(reporters=("浙江",), regions=("全国",)), "2"),
        (Filters(regions=("全国",)), "24"),
        (Filters(regions=("浙江",)), "0"),
        (Filters(reporters=(told("山东", "杭州"),)), ""),
    ],
)
def test_a_reporter_is_all_that_it_says_or_what_it_says_of_a_place(filters: Filters, ids: str, said: Dataset) -> None:
    assert "".join(said.select(filters)["id"]) == ids


def test_places_stand_below_the_reporters_who_speak_of_them(said: Dataset) -> None:
    assert said.choices(Filters())["reporters"] == {
        "仙林": 1,
        "浙江": 3,
        told("浙江", "浙江"): 1,
        told("浙江", "全国"): 1,
        told("浙江", "杭州"): 1,
        "山东": 2,
        told("山东", "山东"): 1,
        told("山东", "全国"): 1,
    }
    assert set(said.vocabulary.values["reporters"]) == set(said.choices(Filters())["reporters"])
    # A chosen value stays on offer, even one that leaves nothing beside the others.
    chosen = Filters(reporters=(told("山东", "全国"),), regions=("杭州",))
    assert said.choices(chosen)["reporters"][told("山东", "全国")] == 0


@pytest.mark.parametrize(
    ("filters", "speakers", "reporters"),
    [
        (Filters(), {"浙江", "山东", "仙林"}, {"浙江", "山东", "仙林"}),
        (Filters(regions=("全国",)), {"浙江", "山东"}, set()),
        (Filters(regions=("杭州",)), {"浙江"}, set()),
        (Filters(reporters=("山东",)), {"山东"}, {"山东"}),
    ],
)
def test_only_who_speaks_of_itself_can_be_missing(
    filters: Filters, speakers: set[str], reporters: set[str], said: Dataset
) -> None:
    assert set(said.tallies.speakers(filters)) == speakers
    assert set(said.tallies.reporters(filters)) == reporters


def test_what_was_not_mentioned_is_said_of_reporters_alone(said: Dataset) -> None:
    (panel,) = [one for one in said.panels(Filters()) if one.indicator]

    assert panel.regions() == ("浙江",)
    assert panel.missing == ("仙林", "山东")


@pytest.mark.parametrize(
    ("filters", "params"),
    [
        (Filters(reporters=("浙江", "山东")), {"rp": "zj~sd"}),
        (Filters(reporters=(told("浙江", "全国"),)), {"rp": "zj.cn"}),
        (Filters(regions=("全国", "仙林")), {"r": "cn~xianlin"}),
    ],
)
def test_links_hold_reporters_and_old_ones_open(filters: Filters, params: dict[str, str], said: Dataset) -> None:
    assert to_params(Link(filters), said.codebook) == params
    assert from_params(params, said.vocabulary, said.codebook) == (Link(filters), ())


def test_a_reporter_that_is_not_there_is_named(said: Dataset) -> None:
    link, unknown = from_params({"rp": "zj.sd~sd", "r": "mars"}, said.vocabulary, said.codebook)

    assert link.filters == Filters(reporters=("山东",))
    assert set(unknown) == {"zj.sd", "mars"}


def test_reporters_say_themselves_in_both_languages(said: Dataset) -> None:
    filters = Filters(reporters=("山东", told("浙江", "全国"), told("浙江", "浙江")))

    assert filters.say(load_words("zh"), said.codebook) == "报告方：山东、浙江所说的全国、浙江自身"
    assert filters.say(load_words("en"), said.codebook) == "Reporter: Shandong, Zhejiang on China, Zhejiang on itself"


@pytest.mark.once
def test_the_filter_lists_reporters_and_what_each_says_of_others(
    open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    lists = lists_of(open_app, make_rows(*SAID), tmp_path)
    shown = {
        one["head"]["text"] if one["kind"] == "section" else one["text"]: [
            below["text"] for below in one.get("choices", ())
        ]
        for one in lists["reporters"]["choices"]
    }

    assert shown == {"仙林": [], "浙江": ["浙江自身", "全国", "杭州"], "山东": ["山东自身", "全国"]}
    assert (lists["reporters"]["is_open"], lists["regions"]["is_open"]) == (True, False)


@pytest.mark.once
def test_where_all_speak_of_themselves_one_list_is_enough(
    open_app: OpenApp, make_rows: MakeRows, tmp_path: Path
) -> None:
    lists = lists_of(open_app, make_rows({"reporter": "浙江"}, {"region": "山东"}), tmp_path)

    assert "reporters" not in lists
    assert lists["regions"]["is_open"]


def lists_of(open_app: OpenApp, rows: pd.DataFrame, folder: Path) -> dict[str, dict[str, Any]]:
    """The lists of values beside the overview, by field."""
    rows.to_csv(folder / "made.csv", index=False)
    app = open_app(folder / "made.csv", "overview", lang="zh")
    forms = [json.loads(form["parts"]) for form in parts(app, "form")]
    return {part["name"]: part for form in forms for part in form if part["kind"] == "checks"}


@pytest.mark.once
def test_the_matrix_has_a_column_for_each_reporter(open_app: OpenApp, make_rows: MakeRows, tmp_path: Path) -> None:
    """Places that are only spoken of have none, and their statistics count with who says them."""
    made = tmp_path / "made.csv"
    make_rows(*SAID).to_csv(made, index=False)
    matrix, documents, *_ = parts(open_app(made, "overview", lang="zh"), "link_table")

    assert [cell["text"] for cell in matrix["head"]] == ["主题", "仙林", "浙江", "山东", "合计"]
    assert [cell["text"] for cell in matrix["rows"][0]] == ["网格治理", "1", "3", "2", "6"]
    assert "rp=zj" in matrix["rows"][0][2]["href"]
    assert documents["rows"][0][2]["text"] == "仙林、浙江、山东"


RATES = {"kind": "rate", "unit": "%", "indicator": "community_workers_total", "subject": "比例"}


def compared(made: pd.DataFrame, ask: Ask, **options: str) -> Panel:
    data = ask(made)
    (panel,) = data.panels(Filters())
    return arrange(panel, Options(**options), data.populations, data.codebook)


@pytest.mark.parametrize("kind", [{}, {"kind": "rate", "unit": "%"}])
def test_what_is_for_reference_is_never_ranked(kind: dict[str, str], make_rows: MakeRows, ask: Ask) -> None:
    """A total as little as a rate, though it were the largest or the smallest."""
    places = (NATION | {"value": 900.0}, {"value": 2.0}, EAST | {"value": 0.1}, {"region": "山东", "value": 5.0})
    panel = compared(make_rows(*(kind | place for place in places)), ask)

    assert [mark.region for mark in panel.marks] == ["山东", "浙江", "全国", "东部地区"]
    assert panel.groups == ("", "", "reference", "reference")
    assert rank_marks(panel) == (1, 2, None, None)
    assert (panel.breadth, panel.regions(), panel.references()) == (2, ("山东", "浙江"), ("全国", "东部地区"))


def test_regions_of_several_levels_stay_apart_beside_what_is_for_reference(make_rows: MakeRows, ask: Ask) -> None:
    panel = compared(make_rows(NATION, {"region": "成都", "level": "city"}, {}), ask)

    assert panel.groups == ("provincial", "city", "reference")


def test_a_median_is_of_regions_alone(make_rows: MakeRows, ask: Ask) -> None:
    rates = [{"region": region, "value": value} for region, value in (("浙江", 1.0), ("山东", 2.0), ("湖北", 3.0))]
    nation = [NATION | {"value": value, "raw": f"{value}%"} for value in (50.0, 60.0)]
    panel = compared(make_rows(*(RATES | row for row in (*rates, *nation))), ask, reference="median")

    assert panel.median is not None
    assert (panel.median.value, panel.median.count) == (2.0, 3)
    assert compared(make_rows(RATES, RATES | NATION), ask, reference="median").median_refusal == "few"


@pytest.mark.parametrize("context", ["zh"], indirect=True)
def test_the_only_rate_for_reference_is_a_line(make_rows: MakeRows, ask: Ask, context: Context) -> None:
    nation, shandong = NATION | {"value": 4.0}, {"value": 3.0, "region": "山东"}
    panel = compared(make_rows(*(RATES | row for row in ({"value": 5.0}, nation, shandong))), ask)
    chart = make_chart(panel, context, Options(highlight="山东"))
    bar = chart.bars[-1]

    assert chart.reference is not None
    assert (chart.reference.value, chart.reference.text) == (4.0, "全国 4%")
    assert (bar.region, bar.group, bar.colour) == ("全国（参照）", "参照（不排名）", REFERENCE)
    assert (bar.is_muted, chart.bars[0].is_muted) == (False, True)
    assert bar.form == "bar"
    assert "参照：全国。不与各地排名，不计入中位数。" in chart.notes
    assert chart.title.startswith("社区工作者人数 · 浙江、山东")


def test_a_total_for_reference_leaves_the_regions_their_room(make_rows: MakeRows, ask: Ask, context: Context) -> None:
    chart = make_chart(compared(make_rows({}, NATION | {"value": 9e9}), ask), context)

    assert [(bar.region, bar.form) for bar in chart.bars] == [("Zhejiang", "bar"), ("China (reference)", "text")]
    assert max(chart.values()) == 85000
    assert chart.reference is None
    assert any("written, not drawn" in note for note in chart.notes)


def test_alone_it_is_drawn_and_named(make_rows: MakeRows, ask: Ask, context: Context) -> None:
    chart = make_chart(compared(make_rows(NATION), ask), context)

    assert (chart.bars[0].form, chart.bars[0].group) == ("bar", "")
    assert "China" in chart.title


def test_a_region_s_place_is_among_regions(make_rows: MakeRows, ask: Ask) -> None:
    rows = make_rows({"value": 3.0}, NATION | {"value": 9.0}, {"region": "山东", "value": 5.0})
    data = ask(rows)
    own = find_standings(rows[rows["region"] == "浙江"], rows, data.populations, data.codebook)
    nation = find_standings(rows[rows["region"] == "全国"], rows, data.populations, data.codebook)

    assert [(one.rank, one.count, one.share) for one in own] == [(2, 2, 0.6)]
    assert [(one.rank, one.refusal) for one in nation] == [(None, "reference")]
