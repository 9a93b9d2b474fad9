"""Where a region stands: ranks only where they are fair, what it left out, and who is like it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard.mark import Population
from dashboard.standing import Standing, find_gaps, find_peers, find_standings
from dashboard.wording.codebook import Codebook

MakeRows = Callable[..., pd.DataFrame]
PEOPLE = {
    name: Population(name, level, residents, "2020-11-01", {"zh": "普查", "en": "census"})
    for name, level, residents in [
        ("浙江", "province", 60e6),
        ("山东", "province", 100e6),
        ("湖北", "province", 58e6),
        ("山西", "province", 20e6),
        ("成都", "city", 21e6),
        ("深圳", "city", 17e6),
        ("仙林", "subdistrict", 280e3),
    ]
}
ZHEJIANG: dict[str, Any] = {"id": "own", "value": 300.0}
SHANDONG: dict[str, Any] = {"id": "sd", "region": "山东", "value": 400.0}
HUBEI: dict[str, Any] = {"id": "hb", "region": "湖北", "value": 100.0}
CHENGDU: dict[str, Any] = {"id": "cd", "region": "成都", "level": "city", "value": 210.0}
XIANLIN: dict[str, Any] = {"id": "xl", "region": "仙林", "level": "subdistrict", "value": 28.0}


def stand(rows: pd.DataFrame, codebook: Codebook, region: str = "浙江") -> list[Standing]:
    return find_standings(rows[rows["region"] == region], rows, PEOPLE, codebook)


def name_all(indicator: str | None, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [row | {"indicator": indicator} for row in rows]


@pytest.mark.parametrize(
    ("rows", "rank", "count", "is_per_head", "group"),
    [
        pytest.param([ZHEJIANG, SHANDONG, HUBEI], 2, 3, False, "", id="provinces by value"),
        # 300 for 60 million is 0.05 per 10,000; 210 for 21 million 0.1; 28 for 280,000 is 1.
        pytest.param([ZHEJIANG, CHENGDU, XIANLIN], 3, 3, True, "", id="several levels per head"),
        pytest.param([ZHEJIANG, SHANDONG | {"value": 300.0}], 1, 2, False, "", id="a tie is one place"),
        pytest.param([ZHEJIANG | {"qualifier": "over"}, HUBEI], 1, 2, False, "", id="a bound counts as written"),
        pytest.param([ZHEJIANG, HUBEI, SHANDONG | {"region": ""}], 1, 2, False, "", id="unknown regions are no peers"),
        pytest.param(
            [ZHEJIANG, SHANDONG, CHENGDU | {"region": "南京", "level": "city"}], 2, 2, False, "provincial",
            id="without everybody's residents within the level",
        ),
    ],
)  # fmt: skip
def test_a_figure_is_ranked_among_those_who_reported_the_same(
    rows: list[dict[str, Any]],
    rank: int,
    count: int,
    is_per_head: bool,
    group: str,
    make_rows: MakeRows,
    codebook: Codebook,
) -> None:
    (found,) = stand(make_rows(*rows), codebook)

    assert (found.rank, found.count, found.is_per_head, found.group) == (rank, count, is_per_head, group)
    assert found.mark.value == 300.0


def test_a_bar_is_a_share_of_the_largest(make_rows: MakeRows, codebook: Codebook) -> None:
    (found,) = stand(make_rows(ZHEJIANG, SHANDONG, HUBEI), codebook)

    assert found.share == pytest.approx(0.75)
    assert not found.is_tied


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        pytest.param([ZHEJIANG], "single", id="nobody else"),
        pytest.param([ZHEJIANG, SHANDONG | {"unit": "户"}], "single", id="another unit is another thing"),
        pytest.param([ZHEJIANG, SHANDONG, SHANDONG | {"id": "sd2"}], "several", id="two figures of a peer"),
        pytest.param(name_all(None, ZHEJIANG, SHANDONG), "no_indicator", id="outside the codebook"),
        pytest.param(name_all("volunteers", ZHEJIANG, SHANDONG), "grade", id="definitions differ"),
        pytest.param(
            [ZHEJIANG, CHENGDU | {"region": "南京"}], "levels", id="a city without residents, alone in its level"
        ),
    ],
)
def test_an_unfair_rank_is_refused_with_the_reason(
    rows: list[dict[str, Any]], refusal: str, make_rows: MakeRows, codebook: Codebook
) -> None:
    found = stand(make_rows(*rows), codebook)[0]

    assert (found.rank, found.refusal, found.share) == (None, refusal, None)


def test_reports_of_nobody_known_are_shown_without_rank(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows(ZHEJIANG, SHANDONG | {"region": "", "level": None})
    (found,) = stand(rows, codebook, "")

    assert (found.mark.id, found.rank, found.refusal) == ("sd", None, "unknown")


def test_every_row_is_shown_once_and_a_pair_as_one(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows(
        {"id": "from", "role": "from", "unit": "%", "kind": "share", "value": 82.0, "indicator": None},
        {"id": "to", "role": "to", "unit": "%", "kind": "share", "value": 87.0, "indicator": None},
        {"id": "other"},
    )
    found = stand(rows, codebook)
    ends = [[end.id for end in (standing.mark, standing.mark.end) if end] for standing in found]

    assert sorted(ends) == [["from", "to"], ["other"]]


def test_what_peers_of_the_same_level_reported_is_missed(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows(
        ZHEJIANG,
        SHANDONG | {"indicator": "volunteers"},
        HUBEI | {"indicator": "community_workers_total"},
        SHANDONG | {"id": "sd2", "indicator": "community_workers_total"},
        CHENGDU | {"indicator": "party_service_centres"},
        SHANDONG | {"id": "sd3", "indicator": None},
    )

    assert [(gap.indicator, gap.reporters) for gap in find_gaps("浙江", rows, codebook)] == [
        ("community_workers_total", ("山东", "湖北")),
        ("volunteers", ("山东",)),
    ]


def test_a_region_of_unknown_level_misses_nothing(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows(ZHEJIANG | {"level": None}, SHANDONG | {"indicator": "volunteers", "level": None})

    assert find_gaps("浙江", rows, codebook) == []


@pytest.mark.parametrize(
    ("region", "peers"),
    [
        ("浙江", ("湖北", "山东")),
        ("深圳", ("成都",)),
        ("仙林", ()),
        ("南京", ()),
        ("", ()),
    ],
)
def test_fair_peers_are_of_the_same_level_and_size(region: str, peers: tuple[str, ...]) -> None:
    assert find_peers(region, PEOPLE, PEOPLE) == peers
