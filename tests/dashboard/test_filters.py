from __future__ import annotations

import pytest

from dashboard.filters import FIELDS, Filters, Link, find_choices, from_params, to_params
from dashboard.load import Dataset
from dashboard.wording import load_words
from dashboard.wording.codebook import Codebook

LINKS = [
    (Link(lang="zh"), {"lang": "zh"}),
    (Link(Filters(themes=("grid", "property")), "en"), {"lang": "en", "t": "grid~property"}),
    (Link(Filters(regions=("浙江", "仙林")), "zh", True), {"lang": "zh", "r": "zj~xianlin", "n": "pc"}),
    (
        Link(Filters(provinces=("广东",), levels=("city",)), "zh", False, "0a1b", "12345678"),
        {"lang": "zh", "p": "gd", "l": "city", "s": "0a1b", "v": "12345678"},
    ),
    (Link(Filters(indicators=("grids_total",)), "en"), {"lang": "en", "i": "grids_total"}),
]


@pytest.mark.parametrize(("link", "params"), LINKS)
def test_a_link_says_all_in_ascii_and_reads_back(link: Link, params: dict[str, str], dataset: Dataset) -> None:
    assert params == to_params(link, dataset.codebook)
    assert all(text.isascii() for text in params.values())
    assert (link, ()) == from_params(params, dataset.choices, dataset.codebook)


def test_unknown_codes_are_named_and_the_others_kept(dataset: Dataset) -> None:
    asked = {"r": "zj~atlantis", "t": "grid~<b>", "lang": "fr"}

    link, unknown = from_params(asked, dataset.choices, dataset.codebook)

    assert Link(Filters(themes=("grid",), regions=("浙江",))) == link
    assert {"<b>", "atlantis", "fr"} == set(unknown)


def test_every_region_of_any_document_has_a_code_of_its_own(codebook: Codebook) -> None:
    names = [*codebook.regions, "陈仓", "丽江", ""]
    codes = [codebook.region_code(name) for name in names]

    assert len(set(codes)) == len(names)
    assert all(code.isascii() and code.isalnum() for code in codes)
    assert codes == [codebook.region_code(name) for name in names]


@pytest.mark.parametrize(
    ("filters", "regions"),
    [
        (Filters(indicators=("grids_total",)), {"浙江", "仙林"}),
        (Filters(indicators=("grids_total",), provinces=("江苏",)), {"仙林"}),
        (Filters(levels=("city",), themes=("property",)), {"成都"}),
        (Filters(regions=("深圳",), themes=("grid",)), set()),
    ],
)
def test_filters_apply_themselves(filters: Filters, regions: set[str], dataset: Dataset) -> None:
    assert regions == set(filters.apply(dataset.rows)["region"])


def test_no_filter_lets_every_row_through(dataset: Dataset) -> None:
    assert len(dataset.rows) == len(Filters().apply(dataset.rows))


@pytest.mark.parametrize(
    ("filters", "culprits"),
    [
        (Filters(regions=("深圳",), themes=("grid",)), ("themes", "regions")),
        (Filters(regions=("深圳",), levels=("city",), themes=("grid",)), ("themes",)),
        (Filters(regions=("深圳",), levels=("province",), themes=("grid",)), ("regions",)),
    ],
)
def test_an_empty_result_names_the_filter_to_drop(
    filters: Filters, culprits: tuple[str, ...], dataset: Dataset
) -> None:
    assert filters.apply(dataset.rows).empty
    assert culprits == filters.culprits(dataset.rows)
    assert all(filters.without(culprit).apply(dataset.rows).size for culprit in culprits)


def test_filters_say_themselves_in_both_languages(codebook: Codebook) -> None:
    filters = Filters(themes=("grid",), regions=("浙江", "仙林"))

    assert filters.say(load_words("zh"), codebook) == "主题：网格治理；地区：浙江、仙林"
    assert filters.say(load_words("en"), codebook) == "Theme: Grid management; Region: Zhejiang, Xianlin"
    assert Filters().say(load_words("zh"), codebook) == "全部地区，全部主题"


def test_choices_are_those_of_the_data_in_the_codebook_s_order(dataset: Dataset) -> None:
    choices = find_choices(dataset.rows, dataset.codebook)

    assert set(FIELDS) == set(choices)
    assert choices["levels"] != ("省级",)
    assert list(choices["themes"])[:4] == ["grid", "cadres", "property", "workforce"]
    assert [region for region in choices["regions"] if region in ("浙江", "仙林", "山西")] == ["山西", "仙林", "浙江"]
