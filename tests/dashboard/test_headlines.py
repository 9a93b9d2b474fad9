from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard.arrange import arrange
from dashboard.captions import Context, make_chart
from dashboard.compare import make_panels
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.headlines import MOST_MARKS, MOST_PANELS, Line, Spot, Stroke, draw_lines, pick_headlines
from dashboard.options import Options
from dashboard.wording.codebook import Codebook

MakeRows = Callable[..., pd.DataFrame]


def lines_of(rows: pd.DataFrame, codebook: Codebook, context: Context) -> list[Line]:
    """The lines of the rows' only panel."""
    (panel,) = make_panels(rows, rows, codebook)
    return draw_lines(make_chart(arrange(panel, Options(), {}, codebook), context))


def test_headlines_are_ranked_indicators_of_several_regions_most_regions_first(dataset: Dataset) -> None:
    panels = pick_headlines(make_panels(dataset.select(Filters()), dataset.select(Filters()), dataset.codebook))
    counts = [len(panel.regions()) for panel in panels]

    assert panels[0].indicator is not None
    assert panels[0].indicator.id == "party_members_sent_down"
    assert {panel.indicator.grade for panel in panels if panel.indicator} <= {"A", "B"}
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 1
    assert len(panels) == MOST_PANELS


def test_one_region_alone_is_no_headline(make_rows: MakeRows, codebook: Codebook) -> None:
    rows = make_rows({}, {"value": 90000.0})

    assert pick_headlines(make_panels(rows, rows, codebook)) == []


@pytest.mark.parametrize(
    ("qualifier", "strokes"),
    [
        # The axis is 5 % longer than the longest bar; a hatched end is 2.5 % of it.
        ("exact", [("full", 0.0, 95.24)]),
        ("approx", [("hatched", 0.0, 95.24)]),
        ("over", [("full", 0.0, 95.24), ("hatched", 95.24, 2.5)]),
        ("nearly", [("full", 0.0, 92.74), ("hatched", 92.74, 2.5)]),
    ],
)
def test_a_qualifier_is_drawn_as_in_the_charts(
    qualifier: str, strokes: list[tuple[str, float, float]], make_rows: MakeRows, codebook: Codebook, context: Context
) -> None:
    (line,) = lines_of(make_rows({"qualifier": qualifier}), codebook, context)

    assert [(stroke.style, stroke.left, stroke.width) for stroke in line.strokes] == strokes
    assert line.zero == 0.0


def test_a_pair_is_a_line_between_two_dots(make_rows: MakeRows, codebook: Codebook, context: Context) -> None:
    share = {"indicator": None, "unit": "%", "kind": "share"}
    rows = make_rows(share | {"role": "from", "value": 42.0}, share | {"role": "to", "value": 84.0})
    (line,) = lines_of(rows, codebook, context)

    assert line.strokes == (Stroke(47.62, 47.62, "line"),)
    assert line.spots == (Spot(47.62, "hollow"), Spot(95.24, "full"))


def test_a_fall_lies_left_of_zero(make_rows: MakeRows, codebook: Codebook, context: Context) -> None:
    fall = {"indicator": None, "unit": "%", "kind": "change", "direction": "down", "value": 20.0}
    (line,) = lines_of(make_rows(fall), codebook, context)

    assert line.zero == 100.0
    assert line.strokes == (Stroke(4.76, 95.24, "full"),)


def test_many_regions_leave_each_group_of_levels_its_first_ones(
    make_rows: MakeRows, codebook: Codebook, context: Context
) -> None:
    provinces = [{"region": f"省{number}", "value": 1000.0 - number} for number in range(31)]
    cities = [{"region": f"市{number}", "level": "city", "value": 100.0 - number} for number in range(9)]
    lines = lines_of(make_rows(*provinces, *cities), codebook, context)

    assert len(lines) == MOST_MARKS
    assert [line.value for line in lines] == ["1,000", "999", "998", "997", "100", "99", "98", "97"]


def test_nothing_but_zeros_has_an_axis_too(make_rows: MakeRows, codebook: Codebook, context: Context) -> None:
    (line,) = lines_of(make_rows({"value": 0.0}), codebook, context)

    assert line.strokes == (Stroke(0.0, 0.0, "full"),)
