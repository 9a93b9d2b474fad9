"""A document → its reports and who reports in each; cases in ``cases/sections.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.rulebook import expand, read_rows, read_toml
from extract.reporters.gazetteer import FORM_COLUMNS, find_places, load_gazetteer, settle
from extract.reporters.reports import split_reports
from extract.reporters.signatures import load_wording, read_issuer
from extract.table.record import LEVELS, Report
from extract.table.shipped import shipped

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "sections.toml").read_text(encoding="utf-8"))["case"]
GOLD_DIR = Path(os.environ.get("GOLD_DIR", Path(__file__).parents[4] / "shared"))


def who(text: str, marked: Sequence[tuple[int, int]] = ()) -> list[tuple[str | None, str | None, str | None]]:
    return [(report.region, report.province, report.level) for report in split_reports(text, marked)]


def assert_cover(text: str, reports: tuple[Report, ...]) -> None:
    assert [report.number for report in reports] == list(range(1, len(reports) + 1))
    assert [report.start for report in reports] == [0, *(report.end for report in reports[:-1])]
    assert reports[-1].end == len(text)
    assert all(report.level in (None, *LEVELS) for report in reports)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_document_is_divided_and_its_regions_named(case: dict[str, Any]) -> None:
    text = case["text"]
    marked = [(text.index(line), text.index(line) + len(line)) for line in case.get("marked", ())]
    reports = split_reports(text, marked)
    assert_cover(text, reports)
    assert who(text, marked) == [tuple(cell or None for cell in row[:3]) for row in case["reports"]]
    for report, row in zip(reports, case["reports"], strict=True):
        assert text[report.start : report.end].strip().startswith(row[3])


def test_the_eight_reports() -> None:
    text = shipped("sources", "urban-party-building-speeches.txt").read_text(encoding="utf-8-sig")
    assert who(text) == [
        ("北京", "北京", "municipality"),
        ("山西", "山西", "province"),
        ("浙江", "浙江", "province"),
        ("山东", "山东", "province"),
        ("湖北", "湖北", "province"),
        ("深圳", "广东", "city"),
        ("成都", "四川", "city"),
        ("仙林", "江苏", "subdistrict"),
    ]


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("lijiang", ("丽江", "云南", "city")),
        ("chencang", ("陈仓", "陕西", "county")),
        ("gansu2026", ("甘肃", "甘肃", "province")),
        ("hezuohua1955", ("全国", None, "country")),
    ],
)
def test_documents_of_one_report(name: str, region: tuple[str, str, str]) -> None:
    path = GOLD_DIR / "gold" / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    assert who(path.read_text(encoding="utf-8-sig")) == [region]


def test_work_reports_of_thirty_provinces() -> None:
    paths = sorted((GOLD_DIR / "corpus").glob("*-2026.txt"))
    if not paths:
        pytest.skip(f"{GOLD_DIR / 'corpus'} is not on this machine")
    for path in paths:
        (place,) = load_gazetteer().forms[path.stem.removesuffix("-2026")][:1]
        assert who(path.read_text(encoding="utf-8-sig")) == [(place.short, place.province, place.level)], path.stem


PIECES = st.sampled_from(
    [
        "北京市委组织部",
        "【浙江】",
        "一、",
        "二、山西太原：",
        "案例一：",
        "\n",
        "\r\n",
        "　",
        "。",
        "，",
        "全省",
        "我国",
        "鼓楼区",
        "12个",
        "省委组织部",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))
def test_reports_cover_any_text(text: str) -> None:
    assert_cover(text, split_reports(text))


@given(st.text(st.characters(), max_size=200))
def test_reports_cover_any_unicode(text: str) -> None:
    assert_cover(text, split_reports(text))


def test_a_long_line_is_one_report() -> None:
    text = "全省新建社区12个，浙江省网格员 3 名；" * 100_000
    assert who(text) == [("浙江", "浙江", "province")]


@pytest.mark.parametrize(
    ("written", "name", "province"),
    [
        ("内蒙古", "内蒙古自治区", "内蒙古"),
        ("恩施州", "恩施土家族苗族自治州", "湖北"),
        ("安塞县", "安塞区", "陕西"),
        ("宁蒗县", "宁蒗彝族自治县", "云南"),
        ("南京鼓楼", "鼓楼区", "江苏"),
        ("浙江省 杭州市", "杭州市", "浙江"),
        ("海南", "海南省", "海南"),
        ("吉林市", "吉林市", "吉林"),
        ("黑龙江省龙江县", "龙江县", "黑龙江"),
    ],
)
def test_written_places(written: str, name: str, province: str) -> None:
    (mention,) = find_places(written)
    place = settle(mention.candidates, ())
    assert place is not None
    assert (written[mention.start : mention.end], place.name, place.province) == (written, name, province)


@pytest.mark.parametrize(
    "text", ["湖北公安机关", "四川资源丰富", "社会长治久安", "建成新县城", "创新和改革", "农村合作社"]
)
def test_ordinary_words_are_no_counties(text: str) -> None:
    certain = [mention.candidates[0].level for mention in find_places(text) if mention.is_certain]
    assert certain in ([], ["province"])


@pytest.mark.parametrize(
    ("name", "short", "level"),
    [
        ("内蒙古自治区", "内蒙古", "province"),
        ("重庆市", "重庆", "municipality"),
        ("恩施土家族苗族自治州", "恩施", "city"),
        ("陈仓区", "陈仓", "county"),
        ("沛县", "沛县", "county"),
        ("郊区", "郊区", "county"),
        ("市中区", "市中区", "county"),
        ("浦东新区", "浦东", "county"),
        ("莫力达瓦达斡尔族自治旗", "莫力达瓦", "county"),
    ],
)
def test_short_names_of_the_gazetteer(name: str, short: str, level: str) -> None:
    assert {(place.short, place.level) for place in load_gazetteer().forms[name] if place.name == name} == {
        (short, level)
    }


def test_every_place_lies_in_a_province_of_the_gazetteer() -> None:
    by_code = load_gazetteer().by_code
    for place in by_code.values():
        assert place.province == by_code[place.code[:2]].province
        assert len(place.short) >= 2 or place.short == place.name


def test_every_further_form_is_of_a_place_and_says_where_it_is_from() -> None:
    for row in read_rows("place_forms.csv", FORM_COLUMNS):
        assert row["code"] in load_gazetteer().by_code
        assert row["kind"] in ("former", "traditional", "division")
        assert row["source"]


@pytest.mark.parametrize("name", ["numbering", "lead", "unnamed", "series", "date", "statistic", "case", "contents"])
def test_every_pattern_of_a_line_matches_its_own_example(name: str) -> None:
    rules = read_toml("reports.toml")
    assert re.search(expand(rules["line"][name], rules["fragment"]), rules["line"][f"{name}_example"])


def test_every_pattern_of_a_report_matches_its_own_example() -> None:
    rules = read_toml("reports.toml")
    fragments = rules["fragment"]
    assert re.search(expand(rules["self"]["pattern"], fragments), rules["self"]["example"])
    assert re.search(rules["self"]["title"], rules["self"]["title_example"])
    assert re.search(rules["country"]["pattern"], rules["country"]["example"])
    for name in ("overview", "plan", "bulletin"):
        assert re.search(rules["country"][name], rules["country"][f"{name}_example"]), name
    for row in rules["town"]:
        assert re.search(row["rank"] + row["behind"], row["example"]), row
    assert re.search(rules["town_office"]["pattern"], rules["town_office"]["example"])


def test_every_pattern_matches_its_own_example() -> None:
    rules = read_toml("organisations.toml")
    for kind in ("office", "national", "town"):
        for rule in rules[kind]:
            assert re.search(rule["pattern"], rule["example"]), rule
    for rule in rules["office"]:
        assert read_issuer(rule["example"]), rule
    assert load_wording().title.search(rules["title"]["example"])
