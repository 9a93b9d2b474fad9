"""Results, aims and norms, and figures of a year and of several, never share a panel, a rank, a median or a card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.arrange import arrange, rank_marks
from dashboard.compare import make_panels
from dashboard.dataset import Dataset
from dashboard.exports import narrow
from dashboard.filters import Filters
from dashboard.headlines import pick_headlines
from dashboard.options import Options
from dashboard.outlines import rank_panels
from dashboard.spans import find_span
from dashboard.standing import find_gaps, find_standings
from dashboard.wording.codebook import Codebook

MakeRows = Callable[..., pd.DataFrame]
Ask = Callable[[pd.DataFrame], Dataset]
RESULT = {"status": "actual"}
AIM = {"status": "target"}
NORM = {"status": "norm"}
YEAR = {"period_start": "2025-01-01", "period_end": "2025-12-31"}
TWO_YEARS = {"period_start": "2024-01-01", "period_end": "2025-12-31"}
FIVE_YEARS = {"period_start": "2021-01-01", "period_end": "2025-12-31"}
ONE_DAY = {"period_start": "2025-12-31", "period_end": "2025-12-31"}
SUM, MEAN = {"aggregation": "cumulative"}, {"aggregation": "mean"}
UNRANKED = {"indicator": "party_service_centres"}
PROVINCES = ("浙江", "山东", "湖北")


def rows_of(make_rows: MakeRows, *differences: dict[str, Any]) -> pd.DataFrame:
    """One figure a region, the first of 浙江."""
    return make_rows(*({"region": name} | row for name, row in zip(PROVINCES, differences, strict=False)))


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        pytest.param(RESULT | YEAR, AIM | YEAR, 2, id="an aim and a result"),
        pytest.param(AIM | YEAR, NORM | YEAR, 2, id="an aim and a norm"),
        pytest.param(RESULT, {"status": None}, 1, id="a table of version 1 holds results"),
        pytest.param(RESULT | YEAR, RESULT | FIVE_YEARS | SUM, 2, id="a sum of five years and a year"),
        pytest.param(RESULT | YEAR, RESULT | FIVE_YEARS, 2, id="a flow over five years and a year"),
        pytest.param(RESULT | FIVE_YEARS | SUM, RESULT | FIVE_YEARS, 1, id="both are over five years"),
        pytest.param(RESULT | TWO_YEARS, RESULT | FIVE_YEARS, 2, id="two years and five"),
        pytest.param(RESULT | FIVE_YEARS, RESULT | FIVE_YEARS | MEAN, 2, id="a sum and a yearly mean"),
        pytest.param(RESULT | YEAR, RESULT | FIVE_YEARS | MEAN, 2, id="a yearly mean and a year"),
        pytest.param(RESULT | YEAR, RESULT | YEAR | MEAN, 1, id="a mean within a year parts nothing"),
        pytest.param(RESULT | YEAR, RESULT | MEAN, 1, id="a mean of no known time parts nothing"),
        pytest.param(RESULT | YEAR, RESULT | SUM, 1, id="a sum of no known time parts nothing"),
        pytest.param(RESULT | YEAR, RESULT | ONE_DAY | SUM, 2, id="a running total and a year"),
        pytest.param(RESULT | YEAR, RESULT | ONE_DAY, 1, id="a stock at a day and a year"),
        pytest.param(RESULT | YEAR, RESULT, 1, id="no known time"),
        pytest.param({**YEAR, "status": None}, {**FIVE_YEARS, "status": None}, 1, id="version 1 stays as it was"),
        pytest.param(
            RESULT | YEAR | UNRANKED, RESULT | TWO_YEARS | UNRANKED, 1, id="two years where nothing is ranked"
        ),
        pytest.param(RESULT | YEAR | UNRANKED, RESULT | FIVE_YEARS | UNRANKED, 2, id="five years in any grade"),
        pytest.param(
            RESULT | YEAR | UNRANKED, RESULT | TWO_YEARS | MEAN | UNRANKED, 2, id="a mean over two years in any grade"
        ),
    ],
)
def test_only_like_figures_share_a_panel(
    first: dict[str, Any], second: dict[str, Any], count: int, make_rows: MakeRows, codebook: Codebook, ask: Ask
) -> None:
    """By frames and by the database alike."""
    rows = rows_of(make_rows, first, second)
    panels = make_panels(rows, rows, codebook)

    assert len(panels) == count
    assert len({panel.key for panel in panels}) == count
    assert sorted(end.id for panel in panels for end in panel.ends()) == ["0", "1"]
    assert [panel.place for panel in ask(rows).panels(Filters())] == [panel.place for panel in panels]


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (None, None, ""),
        (None, date(2025, 12, 31), ""),
        (date(2025, 1, 1), None, ""),
        (date(2024, 1, 1), date(2024, 12, 31), ""),
        (date(2024, 1, 1), date(2025, 1, 1), "over-1"),
        (date(2021, 1, 1), date(2022, 9, 30), "over-2"),
        (date(2021, 1, 1), date(2025, 12, 31), "over-5"),
    ],
)
def test_a_span_counts_years(first: date | None, last: date | None, span: str) -> None:
    assert find_span("actual", None, first, last, is_ranked=True) == span


def test_a_pair_from_a_result_to_an_aim_is_two_marks(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows(RESULT | {"role": "from"}, AIM | {"role": "to", "value": 90000.0})

    assert [[mark.end for mark in panel.marks] for panel in make_panels(rows, rows, codebook)] == [[None], [None]]


def test_an_aim_stands_beside_its_result_and_spans_follow(make_rows: MakeRows, codebook: Codebook) -> None:
    """More regions have the aim, and it is read first."""
    rows = make_rows(
        *(AIM | YEAR | {"region": name} for name in PROVINCES),
        RESULT | FIVE_YEARS,
        *(RESULT | YEAR | {"region": name} for name in PROVINCES[:2]),
    )
    panels = make_panels(rows, rows, codebook)

    for ordered in (panels, rank_panels(panels)):
        assert [(panel.status, panel.span) for panel in ordered] == [
            ("actual", ""),
            ("target", ""),
            ("actual", "over-5"),
        ]


@pytest.mark.parametrize("status", ["target", "norm"])
def test_only_results_are_ranked_averaged_and_shown_per_head(
    status: str, make_rows: MakeRows, dataset: Dataset, codebook: Codebook
) -> None:
    rows = make_rows(*({"region": name, "value": 9e4 + place} for place, name in enumerate(PROVINCES)))
    options = Options(measure="per_head", reference="median")
    (result,) = make_panels(rows, rows, codebook)
    (other,) = make_panels(rows.assign(status=status), rows, codebook)
    ranked = arrange(result, Options(reference="median"), dataset.populations, codebook)
    arranged = arrange(other, options, dataset.populations, codebook)

    assert sorted(filter(None, rank_marks(ranked))) == [1, 2, 3]
    assert ranked.median is not None
    assert set(rank_marks(arranged)) == {None}
    assert (arranged.is_per_head, arranged.refusal) == (False, status)
    assert (arranged.median, arranged.median_refusal) == (None, status)
    # Aims may stand by value, norms in the fixed order of regions.
    assert [mark.region for mark in arranged.marks] == (
        ["湖北", "山东", "浙江"] if status == "target" else ["浙江", "山东", "湖北"]
    )


@pytest.mark.parametrize("status", ["target", "norm"])
def test_headlines_take_results_only(status: str, make_rows: MakeRows, ask: Ask) -> None:
    aims = rows_of(make_rows, *({"status": status},) * 3)
    mixed = make_rows(*({"region": name, "status": state} for name in PROVINCES for state in ("actual", status)))

    assert pick_headlines(ask(aims).outlines(Filters())) == []
    assert [one.place.status for one in pick_headlines(ask(mixed).outlines(Filters()))] == ["actual"]


def test_a_region_stands_among_results_only(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows(
        *(RESULT | YEAR | {"region": name, "value": float(place)} for place, name in enumerate(PROVINCES)),
        *(AIM | {"region": name, "value": 9.0} for name in PROVINCES),
        *(RESULT | FIVE_YEARS | {"region": name, "value": 9.0} for name in PROVINCES[:2]),
    )
    standings = find_standings(rows[rows["region"] == "浙江"], rows, {}, codebook)

    assert [(one.mark.status, one.span, one.rank, one.count, one.refusal) for one in standings] == [
        ("actual", "", 3, 3, ""),
        ("target", "", None, 0, "target"),
        ("actual", "over-5", 1, 2, ""),
    ]


def test_an_aim_of_others_is_no_figure_that_a_region_lacks(make_rows: MakeRows, codebook: Codebook, ask: Ask) -> None:
    rows = make_rows(
        {"indicator": "volunteers"},
        AIM | {"region": "山东"},
        RESULT | {"region": "湖北", "indicator": "community_workers_total"},
    )
    gaps = find_gaps("浙江", ask(rows).tallies.indicators_by_region(), codebook)

    assert [gap.indicator for gap in gaps] == ["community_workers_total"]


def test_who_has_only_an_aim_is_not_missing(make_rows: MakeRows, ask: Ask) -> None:
    """Not even where the panel of aims is not asked for."""
    data = ask(rows_of(make_rows, RESULT, AIM, RESULT | {"unit": "%", "kind": "share"}))
    result = next(one for one in data.outlines(Filters()) if one.is_result and one.place.measure.kind == "count")
    (panel,) = data.panels(Filters(), [result])

    assert (panel.missing, panel.aimed, panel.elsewhere) == ((), ("山东",), ("湖北",))


@pytest.mark.parametrize(("others", "lacks"), [((), True), ((RESULT,), False), (({"status": None},), False)])
def test_aims_say_whether_there_is_any_result(
    others: tuple[dict[str, Any], ...], lacks: bool, make_rows: MakeRows, ask: Ask
) -> None:
    panels = ask(rows_of(make_rows, AIM, *others)).panels(Filters())

    assert [panel.lacks_results for panel in panels if panel.status == "target"] == [lacks]


def test_a_filter_makes_no_result_unreported(make_rows: MakeRows, ask: Ask) -> None:
    """Neither of the region whose result is filtered out, nor of all."""
    data = ask(make_rows(AIM | {"period_end": "2026-12-31"}, RESULT | YEAR, RESULT | {"region": "山东"} | YEAR))
    (aims,) = data.panels(Filters(statuses=("target",)))

    assert (aims.lacks_results, aims.missing, aims.filtered) == (False, (), ("山东",))


def test_the_latest_aim_leaves_the_latest_result(make_rows: MakeRows, ask: Ask) -> None:
    rows = make_rows(
        RESULT | {"period_start": "2024-01-01", "period_end": "2024-12-31"},
        RESULT | YEAR,
        AIM | {"period_start": "2026-01-01", "period_end": "2026-12-31"},
        RESULT | FIVE_YEARS,
    )
    panels = ask(rows).panels(Filters(), readings="latest")

    assert [[mark.id for mark in panel.marks] for panel in panels] == [["1"], ["2"], ["3"]]


def test_spreads_of_many_are_parted_too(make_rows: MakeRows, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.panels.MOST_MARKS", 2)
    rows = make_rows(
        *({"region": f"{number}县", "status": status} for number in range(3) for status in ("actual", "target"))
    )
    panels = ask(rows).panels(Filters())

    assert [(panel.status, panel.summary and panel.summary.count) for panel in panels] == [("actual", 3), ("target", 3)]


def test_the_shipped_reports_compare_as_before_once_they_have_a_status(dataset: Dataset, ask: Ask) -> None:
    """Two years' sums of an unranked family stay beside the others, as in version 1."""
    rows = dataset.select(Filters())
    before = dataset.panels(Filters())
    after = ask(rows.assign(status="actual", aggregation="cumulative")).panels(Filters())

    assert [[mark.id for mark in panel.marks] for panel in after] == [
        [mark.id for mark in panel.marks] for panel in before
    ]


@pytest.mark.parametrize(("difference", "statuses"), [(RESULT, ()), (AIM, ("target",)), (NORM, ("norm",))])
def test_a_chart_s_own_address_shows_no_results_beside_aims(
    difference: dict[str, Any], statuses: tuple[str, ...], make_rows: MakeRows, codebook: Codebook
) -> None:
    """A filter for results would leave out those of tables of version 1, which have no status."""
    rows = make_rows(difference)
    (panel,) = make_panels(rows, rows, codebook)

    assert narrow(Filters(), panel).statuses == statuses
