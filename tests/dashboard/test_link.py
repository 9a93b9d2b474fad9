from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.link import LONGEST_SEARCH, Link, ReportKey, from_params, read_terms, to_params
from dashboard.options import CHOICES, Options

REPORT = ReportKey("urban-party-building-speeches", 3)
LINKS = [
    (Link(lang="zh"), {"lang": "zh"}),
    (Link(Filters(themes=("grid", "property")), "en"), {"lang": "en", "t": "grid~property"}),
    (
        Link(Filters(regions=("浙江", "仙林")), "zh", Options(measure="per_head")),
        {"lang": "zh", "r": "zj~xianlin", "n": "pc"},
    ),
    (
        Link(Filters(provinces=("广东",), levels=("city",)), "zh", row="0a1b", version="12345678"),
        {"lang": "zh", "p": "gd", "l": "city", "s": "0a1b", "v": "12345678"},
    ),
    (Link(Filters(indicators=("grids_total",)), "en"), {"lang": "en", "i": "grids_total"}),
    (Link(Filters(kinds=("share", "rate"), terms=("grid",))), {"k": "share~rate", "q": "grid"}),
    (
        Link(options=Options("per_head", "population", "dot", "log", "shared", "median", "table", "山东")),
        {"n": "pc", "o": "pop", "c": "dot", "y": "log", "x": "same", "b": "med", "w": "table", "h": "sd"},
    ),
    (Link(options=Options(form="line")), {"c": "line"}),
    (Link(groups=("grassroots", "order")), {"gr": "grassroots~order"}),
    (Link(groups=()), {"gr": "none"}),
    (
        Link(place="仙林", indicator="grids_total", report=REPORT),
        {"g": "xianlin", "m": "grids_total", "d": REPORT.code},
    ),
]


@pytest.mark.parametrize(("link", "params"), LINKS)
def test_a_link_says_all_in_ascii_and_reads_back(link: Link, params: dict[str, str], dataset: Dataset) -> None:
    assert params == to_params(link, dataset.codebook)
    assert all(text.isascii() for text in params.values())
    assert (link, ()) == from_params(params, dataset.vocabulary, dataset.codebook)


def test_a_link_holds_the_status(
    make_rows: Callable[..., pd.DataFrame], ask: Callable[[pd.DataFrame], Dataset]
) -> None:
    data, link = ask(make_rows({"status": "actual"}, {"status": "target"})), Link(Filters(statuses=("target",)))

    assert to_params(link, data.codebook) == {"st": "target"}
    assert from_params({"st": "target~norm"}, data.vocabulary, data.codebook) == (link, ("norm",))


def test_a_link_holds_a_group_as_one(
    make_rows: Callable[..., pd.DataFrame], ask: Callable[[pd.DataFrame], Dataset]
) -> None:
    """All of its themes are meant, and not only those that the data has today; single ones open as ever."""
    data = ask(make_rows({"theme": "safety"}, {"theme": "grid"}))
    link = Link(Filters(themes=("safety", "defence", "grid")))

    assert to_params(link, data.codebook) == {"t": "order.all~grid"}
    assert from_params({"t": "order.all~grid"}, data.vocabulary, data.codebook) == (link, ())
    assert from_params({"t": "safety"}, data.vocabulary, data.codebook) == (Link(Filters(themes=("safety",))), ())
    assert from_params({"t": "building.all", "gr": "sea"}, data.vocabulary, data.codebook) == (
        Link(),
        ("building.all", "sea"),
    )


def test_unknown_codes_are_named_and_the_others_kept(dataset: Dataset) -> None:
    asked = {"r": "zj~atlantis", "t": "grid~<b>", "lang": "fr", "o": "random", "g": "mars", "m": "joy", "d": "d0.1"}

    link, unknown = from_params(asked, dataset.vocabulary, dataset.codebook)

    assert Link(Filters(themes=("grid",), regions=("浙江",))) == link
    assert {"<b>", "atlantis", "fr", "random", "mars", "joy", "d0.1"} == set(unknown)


def test_every_option_names_its_choices() -> None:
    """The first choice is the default, and the only one that a link leaves out."""
    for name, values in CHOICES.items():
        assert getattr(Options(), name) == next(iter(values))
        assert [code for code in values.values() if not code] == [""]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("网格~员", ("网格", "员")),
        ("网格 员", ("网格", "员")),
        ("~~a~ ~a", ("a",)),
        ("a" * 400, ("a" * LONGEST_SEARCH,)),
        ("", ()),
    ],
)
def test_a_search_means_the_same_typed_and_in_a_link(text: str, terms: tuple[str, ...], dataset: Dataset) -> None:
    link, unknown = from_params({"q": text}, dataset.vocabulary, dataset.codebook)

    assert link.filters.terms == read_terms(text) == terms
    assert unknown == ()
