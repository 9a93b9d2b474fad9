from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.dataset import Dataset
from dashboard.filters import CHOICE_FIELDS, Filters
from dashboard.wording import load_words
from dashboard.wording.codebook import Codebook

MakeRows = Callable[..., pd.DataFrame]
Ask = Callable[[pd.DataFrame], Dataset]


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
    assert regions == set(dataset.select(filters)["region"]) == set(dataset.tallies.speakers(filters))


def test_no_filter_lets_every_row_through(dataset: Dataset) -> None:
    assert len(dataset) == len(dataset.select(Filters())) == dataset.count(Filters())


@pytest.mark.parametrize(
    ("filters", "culprits"),
    [
        (Filters(regions=("深圳",), themes=("grid",)), ("regions", "themes")),
        (Filters(regions=("深圳",), levels=("city",), themes=("grid",)), ("themes",)),
        (Filters(regions=("深圳",), levels=("province",), themes=("grid",)), ("regions",)),
    ],
)
def test_an_empty_result_names_the_filter_to_drop(
    filters: Filters, culprits: tuple[str, ...], dataset: Dataset
) -> None:
    assert dataset.count(filters) == 0
    assert culprits == dataset.culprits(filters)
    assert all(dataset.count(filters.without(culprit)) for culprit in culprits)


def test_choices_count_what_they_would_leave(dataset: Dataset) -> None:
    grid = dataset.choices(Filters(themes=("grid",)))

    for field, counts in grid.items():
        for value, count in counts.items():
            chosen = replace(Filters(themes=("grid",)), **{field: (value,)})
            assert dataset.count(chosen) == count


@pytest.mark.parametrize(
    ("statuses", "ids"), [((), "0123"), (("target",), "1"), (("actual", "norm"), "02"), (("norm",), "2")]
)
def test_a_status_is_filtered_and_rows_without_one_are_left_out(
    statuses: tuple[str, ...], ids: str, make_rows: MakeRows, ask: Ask
) -> None:
    data = ask(make_rows({"status": "actual"}, {"status": "target"}, {"status": "norm"}, {}))

    assert "".join(data.select(Filters(statuses=statuses))["id"]) == ids
    assert data.choices(Filters(statuses=statuses))["statuses"] == {"actual": 1, "target": 1, "norm": 1}


def test_a_table_of_version_1_has_no_status_to_choose(dataset: Dataset) -> None:
    assert dataset.choices(Filters())["statuses"] == {}


def test_filters_say_themselves_in_both_languages(codebook: Codebook) -> None:
    filters = Filters(themes=("grid",), regions=("浙江", "仙林"))

    assert filters.say(load_words("zh"), codebook) == "地区：浙江、仙林；主题：网格治理"
    assert filters.say(load_words("en"), codebook) == "Region: Zhejiang, Xianlin; Theme: Grid management"
    assert Filters().say(load_words("zh"), codebook) == "全部地区，全部主题"
    group = Filters(themes=("safety", "grid", "defence"))
    assert group.say(load_words("zh"), codebook) == "主题：安全与秩序、网格治理"
    assert group.say(load_words("en"), codebook) == "Theme: Safety and order, Grid management"
    assert group.drop("themes", "order.all", codebook) == Filters(themes=("grid",))
    aims = Filters(statuses=("target", "norm"))
    assert aims.say(load_words("zh"), codebook) == "状态：目标、规定"
    assert aims.say(load_words("en"), codebook) == "Status: Target, Norm"


def test_choices_are_those_of_the_data_in_the_codebook_s_order(dataset: Dataset) -> None:
    choices = dataset.choices(Filters())

    assert set(CHOICE_FIELDS) == set(choices)
    assert list(choices["themes"])[:4] == ["grid", "cadres", "property", "workforce"]
    assert [region for region in choices["regions"] if region in ("浙江", "仙林", "山西")] == ["山西", "仙林", "浙江"]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(themes=("grid",)),
        Filters(regions=("深圳",)),
        Filters(levels=("city",), kinds=("count",)),
        Filters(terms=("社区",)),
        Filters(regions=("深圳",), themes=("grid",)),
    ],
)
def test_no_further_choice_empties_the_page(filters: Filters, dataset: Dataset) -> None:
    """A chosen value stays on offer, even one that leaves nothing beside the others."""
    for field, values in dataset.choices(filters).items():
        assert set(filters.chosen(field)) <= set(values)
        for value in set(values) - set(filters.chosen(field)):
            chosen = replace(filters, **{field: (value,)})
            assert dataset.count(chosen)


@pytest.mark.parametrize(
    ("terms", "raws"),
    [
        (("8.5万",), {"8.5万个"}),
        (("网格员",), {"4.2万名"}),
        (("GRIDS",), {"8.5万个", "285个"}),
        (("xianlin", "网格"), {"285个"}),
        (("满意物业",), {"82%", "87%"}),
        (("没有这个词",), set()),
        (("[(*",), set()),
    ],
)
def test_search_finds_what_a_reader_sees(terms: tuple[str, ...], raws: set[str], dataset: Dataset) -> None:
    """By substring, word by word in Chinese, and by the labels of both languages; every term must be there."""
    found = set(dataset.select(Filters(terms=terms))["raw"])

    assert raws <= found
    assert bool(raws) == bool(found)


def test_search_finds_the_labels_of_all_themes(make_rows: MakeRows, ask: Ask) -> None:
    data = ask(make_rows({"theme": "finance"}, {"theme": "housing"}, {}))

    assert list(data.select(Filters(terms=("财政金融",)))["id"]) == ["0"]
    assert list(data.select(Filters(terms=("renewal",)))["id"]) == ["1"]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("高企", ["0"]),
        ("物业企业党组织", ["1"]),
        ("gdp", ["2"]),
        ("high-tech enterprises", ["0"]),
    ],
)
def test_a_term_is_found_by_each_of_its_spellings(term: str, found: list[str], make_rows: MakeRows, ask: Ask) -> None:
    subjects = ("高新技术企业", "物业服务企业党组织", "地区生产总值")
    data = ask(make_rows(*({"subject": subject, "sentence": subject} for subject in subjects)))

    assert list(data.select(Filters(terms=(term,)))["id"]) == found
