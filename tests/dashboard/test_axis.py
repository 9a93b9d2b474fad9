from __future__ import annotations

import pytest

from dashboard.axis import Axis, find_ticks, fit_axis


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("values", [[1.0, 1e9], [300.0, 800.0], [5.0], [0.02, 0.2], [0.0], [-20.0, 30.0], []])
def test_an_axis_holds_its_values_with_room_behind_them(values: list[float], is_log: bool) -> None:
    axis = fit_axis(values, is_log)
    held = [value for value in values if value > 0 or not is_log]

    assert axis.low < axis.high
    assert all(0 <= axis.place(value) <= 0.9 for value in held)
    assert held == pytest.approx([axis.at(axis.place(value)) for value in held])
    assert is_log or axis.low <= 0 <= axis.high


@pytest.mark.parametrize(
    ("axis", "ticks"),
    [
        (Axis(0.0, 155.0), [0, 50, 100, 150]),
        (Axis(-31.0, 46.5), [-20, 0, 20, 40]),
        (Axis(0.0, 1.0), [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (Axis(0.5, 2e9, is_log=True), [1, 1e2, 1e4, 1e6, 1e8]),
        # Less than two decades: powers of ten alone would be too few.
        (Axis(260.0, 9000.0, is_log=True), [500, 1000, 2000, 5000]),
        (Axis(0.0, 1.55e9), [0, 5e8, 1e9, 1.5e9]),
    ],
)
def test_ticks_are_round_and_few(axis: Axis, ticks: list[float]) -> None:
    assert ticks == find_ticks(axis)
