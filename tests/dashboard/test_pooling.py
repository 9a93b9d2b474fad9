"""Many documents of one region: the latest of each, one a year, and the same figure in several of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard.captions import Context, make_chart
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.tabular import tabulate
from dashboard.wording import LANGUAGES, load_words

MakeRows = Callable[..., pd.DataFrame]
Ask = Callable[[pd.DataFrame], Dataset]


def year(value: float, year: int, **fields: Any) -> dict[str, Any]:
    """A figure at the end of a year, in a document of its own."""
    days = {"period": f"{year}年", "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    return {"document": f"of {year}", "value": value, **days, **fields}


UNDATED = {"document": "undated", "value": 5.0, "period": "近日"}
PAIR = [
    year(80.0, 2023, role="from", unit="%", kind="share", indicator=None, start=1),
    year(90.0, 2023, role="to", unit="%", kind="share", indicator=None, start=2),
]


@pytest.mark.parametrize(
    ("rows", "readings", "values"),
    [
        pytest.param([year(1, 2021), year(2, 2022)], "all", [1, 2], id="all"),
        pytest.param([year(1, 2021), year(2, 2022)], "latest", [2], id="the latest"),
        pytest.param([year(1, 2021), year(2, 2022)], "yearly", [1, 2], id="one a year"),
        pytest.param(
            [year(1, 2022, period_end="2022-06-30"), year(2, 2022)], "yearly", [2], id="the last of a year"
        ),
        pytest.param([year(1, 2021), year(2, 2022, region="山东")], "latest", [1, 2], id="of each region its own"),
        pytest.param([year(1, 2022), year(2, 2022)], "latest", [1, 2], id="what contradicts itself stays"),
        pytest.param([year(1, 2021, subject="小网格"), year(2, 2022)], "latest", [2], id="one indicator, two names"),
        pytest.param(
            [year(1, 2021, subject="村", indicator=None), year(2, 2022, subject="镇", indicator=None)],
            "latest", [1, 2], id="without an indicator each subject is a thing of its own",
        ),
        pytest.param([UNDATED, year(2, 2022)], "latest", [2], id="undated beside dated"),
        pytest.param([UNDATED], "latest", [5], id="undated alone"),
        pytest.param(
            [year(1, 2021, region=""), year(2, 2022, region="")], "latest", [1, 2], id="unknown regions may be two"
        ),
        pytest.param([*PAIR, year(70.0, 2022, unit="%", kind="share", indicator=None)], "latest", [80], id="a pair"),
    ],
)  # fmt: skip
def test_of_several_in_time_those_are_taken(
    rows: list[dict[str, Any]], readings: str, values: list[float], make_rows: MakeRows, ask: Ask
) -> None:
    panels = ask(make_rows(*rows)).panels(Filters(), None, readings)

    assert sorted(mark.value for panel in panels for mark in panel.marks) == values
    assert sum(panel.earlier for panel in panels) == (len(rows) - len([end for p in panels for end in p.ends()]))


def test_a_pair_stays_whole(make_rows: MakeRows, ask: Ask) -> None:
    (panel,) = ask(make_rows(*PAIR)).panels(Filters(), None, "latest")

    assert [(mark.value, mark.end.value if mark.end else None) for mark in panel.marks] == [(80.0, 90.0)]


@pytest.mark.parametrize(
    ("other", "marks"),
    [
        pytest.param({"document": "bulletin"}, 1, id="the same in another document"),
        pytest.param({"document": "of 2022"}, 2, id="twice in one document"),
        pytest.param({"document": "bulletin", "value": 2.0}, 2, id="another value"),
        pytest.param({"document": "bulletin", "subject": "小网格"}, 2, id="another subject"),
        pytest.param({"document": "bulletin", "qualifier": "over"}, 2, id="another bound"),
        pytest.param({"document": "bulletin", "period_end": "2022-11-30"}, 2, id="another day"),
        pytest.param({"document": "bulletin", "region": "山东"}, 2, id="another region"),
        pytest.param({"document": "bulletin", "level": "city"}, 2, id="another level"),
    ],
)
def test_the_same_figure_of_several_documents_is_one_mark(
    other: dict[str, Any], marks: int, make_rows: MakeRows, ask: Ask
) -> None:
    (panel,) = ask(make_rows(year(1, 2022), year(1, 2022) | other)).panels(Filters())

    assert len(panel.marks) == marks
    assert sorted(end.id for end in panel.ends()) == ["0", "1"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_sources_of_a_figure_are_kept(lang: str, make_rows: MakeRows, ask: Ask) -> None:
    data, words = ask(make_rows(year(1, 2022), year(1, 2022, document="bulletin"))), load_words(lang)
    context = Context(words, data.codebook, {}, data.colours, data.version)
    (panel,) = data.panels(Filters())
    chart = make_chart(panel, context)

    assert words("note.pooled", count=1) in chart.notes
    assert "bulletin" in chart.source
    assert list(tabulate(panel, context)[words("tabular.document")]) == [words.join(["bulletin", "of 2022"])]


@pytest.mark.parametrize("readings", ["latest", "yearly"])
def test_a_chart_says_what_was_taken(readings: str, make_rows: MakeRows, ask: Ask, context: Context) -> None:
    data = ask(make_rows(year(1, 2022, period_end="2022-06-30"), year(2, 2022)))
    (panel,) = data.panels(Filters(), None, readings)
    notes = make_chart(panel, context).notes

    assert context.words(f"note.readings_{readings}") in notes
    assert context.words("note.earlier", count=1) in notes
