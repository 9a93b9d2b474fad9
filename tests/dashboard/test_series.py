from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.compare import Panel, make_panels
from dashboard.mark import find_last_day, read_mark
from dashboard.options import Options
from dashboard.series import Reading, Series, date_reports, fit_form, line_refusal, time_panel
from dashboard.wording.codebook import Codebook

MakeRows = Callable[..., pd.DataFrame]
# A panel of shares without an indicator, and the two ends of a movement in it.
SHARE = {"indicator": None, "theme": "property", "kind": "share", "unit": "%", "subject": "覆盖率"}


def year(number: int, value: float, **differences: Any) -> dict[str, Any]:
    """A row of the report on a year."""
    days = {"period_start": f"{number}-01-01", "period_end": f"{number}-12-31"}
    return {"document": f"report-{number}", "period": f"{number}年", "value": float(value)} | days | differences


def undated(value: float, **differences: Any) -> dict[str, Any]:
    """A row whose period means no known days."""
    return {"document": "report", "period": "近年来", "value": float(value)} | differences


def unstated(value: float, document: str, **differences: Any) -> dict[str, Any]:
    """A row whose text states no period."""
    return {"document": document, "period": None, "value": float(value)} | differences


def panel_of(rows: pd.DataFrame, codebook: Codebook) -> Panel:
    (panel,) = make_panels(rows, rows, codebook)
    return panel


def say(series: Series) -> str:
    """Whose it is and of what, then its chains: joined by dashes, apart by bars."""
    name = f"{series.mark.region} {series.subject}".strip()
    return f"{name}: " + " | ".join("–".join(map(write, chain)) for chain in series.chains)


def write(reading: Reading) -> str:
    return f"{reading.day:%y}={reading.mark.value:g}" + "*" * (len(reading.marks) - 1)


@pytest.mark.parametrize(
    ("rows", "series"),
    [
        pytest.param(
            [year(2020, 1), year(2022, 3), year(2021, 2)], ["浙江: 20=1–21=2–22=3"], id="in the order of time"
        ),
        pytest.param([year(2019, 1), year(2022, 3)], ["浙江: 19=1–22=3"], id="over years without a report"),
        pytest.param([year(2020, 1)], ["浙江: 20=1"], id="a single report"),
        pytest.param(
            [year(2020, 1), year(2020, 5, region="山东"), year(2021, 2), year(2021, 6, region="山东")],
            ["山东: 20=5–21=6", "浙江: 20=1–21=2"],
            id="regions apart",
        ),
        pytest.param(
            [year(2020, 1, region="吉林"), year(2021, 2, region="吉林", level="city")],
            ["吉林: 20=1", "吉林: 21=2"],
            id="a province and a city of one name apart",
        ),
        pytest.param(
            [year(2020, 1, region="", level=None), year(2021, 2, region="", level=None)],
            [": 20=1", ": 21=2"],
            id="unknown regions of two documents apart",
        ),
        pytest.param(
            [year(2020, 1), year(2021, 2, subject="全科网格")],
            ["浙江: 20=1–21=2"],
            id="one indicator in other words in another document",
        ),
        pytest.param(
            [year(2020, 1), year(2020, 7, subject="专属网格"), year(2021, 2)],
            ["浙江 专属网格: 20=7", "浙江 网格: 20=1–21=2"],
            id="two subjects in one document",
        ),
        pytest.param(
            [year(2020, 1), year(2021, 2), year(2021, 7, subject="专属网格", document="another")],
            ["浙江 专属网格: 21=7", "浙江 网格: 20=1–21=2"],
            id="two subjects on one day",
        ),
        pytest.param(
            [year(2020, 10, **SHARE), year(2021, 20, **SHARE | {"subject": "组建率"})],
            ["浙江 覆盖率: 20=10", "浙江 组建率: 21=20"],
            id="without an indicator every subject is a thing of its own",
        ),
        pytest.param(
            [year(2020, 1), year(2020, 1, document="another"), year(2021, 2)],
            ["浙江: 20=1*–21=2"],
            id="the same value of two documents is one reading",
        ),
        pytest.param(
            [year(2020, 1), year(2021, 2), year(2021, 3, document="another"), year(2022, 4)],
            ["浙江: 20=1 | 21=2 | 21=3 | 22=4"],
            id="nothing is joined to values that contradict each other",
        ),
        pytest.param(
            [year(2020, 1, document="old"), year(2020, 2, document="new"), year(2021, 3, document="new")],
            ["浙江: 20=1 | 20=2–21=3"],
            id="but those of one document are",
        ),
        pytest.param(
            [
                year(2020, 1),
                year(2020, 5),
                year(2021, 2, document="report-2020"),
                year(2021, 6, document="report-2020"),
            ],
            ["浙江: 20=1 | 20=5 | 21=2 | 21=6"],
            id="several values of one document on one day are not joined",
        ),
        pytest.param([year(2020, 1), undated(9)], ["浙江: 20=1"], id="a value of no known day has no place"),
        pytest.param(
            [
                year(2020, 82, **SHARE, role="from"),
                year(2021, 87, **SHARE | {"document": "report-2020"}, role="to"),
                year(2022, 90, **SHARE),
            ],
            ["浙江 覆盖率: 20=82–21=87–22=90"],
            id="a movement between two days is two readings",
        ),
        pytest.param(
            [year(2020, 82, **SHARE, role="from"), year(2020, 87, **SHARE, role="to")],
            ["浙江 覆盖率: 20=87"],
            id="of a movement in one period only the later end has a place",
        ),
    ],
)
def test_what_is_one_series_and_what_a_line_joins(
    rows: list[dict[str, Any]], series: list[str], make_rows: MakeRows, codebook: Codebook
) -> None:
    timed = time_panel(panel_of(make_rows(*rows), codebook))

    assert sorted(series) == sorted(say(one) for one in timed.series)


def test_what_has_no_place_in_time_is_handed_back(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows(
        year(2020, 82, **SHARE, role="from"),
        year(2020, 87, **SHARE, role="to"),
        undated(9, **SHARE, region="山东"),
        year(2021, 5, **SHARE, period_end="2021-02-30"),
    )
    timed = time_panel(panel_of(rows, codebook))

    assert [mark.value for mark in timed.inseparable] == [82]
    assert {mark.value for mark in timed.undated} == {9, 5}


@pytest.mark.parametrize(
    ("rows", "series"),
    [
        pytest.param(
            [unstated(1, "old"), unstated(2, "new")], ["浙江: 22=1–24=2"], id="no period: the date of the report"
        ),
        pytest.param(
            [year(2020, 1), unstated(2, "new")], ["浙江: 20=1–24=2"], id="a stated period is what counts where it is"
        ),
        pytest.param(
            [unstated(1, "old"), undated(2, document="new")], ["浙江: 22=1"], id="a period that means no day is stated"
        ),
        pytest.param([unstated(1, "old"), unstated(2, "dateless")], ["浙江: 22=1"], id="a report without a date"),
        pytest.param(
            [
                unstated(82, "new", **SHARE, role="from"),
                unstated(87, "new", **SHARE, role="to"),
                unstated(80, "old", **SHARE),
            ],
            ["浙江 覆盖率: 22=80–24=87"],
            id="the earlier end of a movement is older than its report",
        ),
    ],
)
def test_what_has_no_stated_period_stands_at_the_date_of_its_report(
    rows: list[dict[str, Any]], series: list[str], make_rows: MakeRows, codebook: Codebook
) -> None:
    dates = {"old": "2022-09", "new": "2024-01-14", "report-2020": "2021-01-20"}
    timed = time_panel(date_reports(panel_of(make_rows(*rows), codebook), dates))

    assert [say(one) for one in timed.series] == series


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-09-30", date(2022, 9, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2022", date(2022, 12, 31)),
        ("", None),
        ("2022-13", None),
        ("去年", None),
    ],
)
def test_a_report_stands_at_the_last_day_that_its_date_may_mean(written: str, day: date | None) -> None:
    assert find_last_day(written) == day


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([year(2020, 1), year(2021, 2)], None),
        ([year(2020, 1), year(2021, 2, region="山东")], "single"),
        ([year(2020, 1), year(2020, 2, document="another")], "single"),
        ([undated(1), undated(2, region="山东")], "undated"),
        ([year(2020, 82, **SHARE, role="from"), year(2020, 87, **SHARE, role="to")], "single"),
    ],
)
def test_lines_need_a_region_with_two_days(
    rows: list[dict[str, Any]], refusal: str | None, make_rows: MakeRows, codebook: Codebook
) -> None:
    panel = panel_of(make_rows(*rows), codebook)

    assert line_refusal(panel) == refusal
    assert fit_form(panel, Options(form="line")).form == ("line" if refusal is None else "bar")
    assert fit_form(panel, Options(form="dot")).form == "dot"


def test_a_mark_knows_the_days_of_its_period(make_rows: MakeRows) -> None:
    (row,) = make_rows(year(2020, 1)).to_dict("records")

    assert (read_mark(row).first, read_mark(row).last) == (date(2020, 1, 1), date(2020, 12, 31))
