"""Where values lie on a linear or logarithmic axis, and its ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# An axis is so much longer than its values, a linear and a logarithmic one: across rows, there is room for what is
# written behind the longest bar; upright, for half a dot.
ROW_ROOM: Final = (1.8, 1.3)
UPRIGHT_ROOM: Final = (1.1, 1.2)
# A logarithmic axis begins so much before its first value, as a share of what its values span.
LEAD: Final = 0.1
# A tick has at least this share of the axis to itself.
TICK_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Axis:
    """The two ends of an axis, in the values' unit; a logarithmic one has both above zero."""

    low: float
    high: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """Where a value lies: 0 at the low end, 1 at the high one."""
        low, high, at = (scaled(end, self.is_log) for end in (self.low, self.high, value))
        return (at - low) / (high - low)

    def at(self, place: float) -> float:
        """The value at a place."""
        low, high = scaled(self.low, self.is_log), scaled(self.high, self.is_log)
        value = low + place * (high - low)
        return float(10**value) if self.is_log else value


def scaled(value: float, is_log: bool) -> float:
    """A value on the axis's own scale."""
    return math.log10(value) if is_log else value


def fit_axis(values: Iterable[float], is_log: bool = False, room: tuple[float, float] = ROW_ROOM) -> Axis:
    """
    An axis that holds these values with room for their texts; zero is always on a linear one.

    Args:
        values:
            Any numbers; a logarithmic axis takes no account of those that are not above zero.
        room:
            How much longer the axis is than its values, linear and logarithmic.

    >>> fit_axis([100.0])
    Axis(low=0.0, high=180.0, is_log=False)
    """
    held, (linear, logarithmic) = [0.0, *values], room
    if not is_log:
        low, high = min(held), max(held)
        return Axis(low * linear, high * linear) if low < high else Axis(0.0, 1.0)
    logs = [math.log10(value) for value in held if value > 0] or [0.0]
    span = max(1.0, max(logs) - min(logs))
    low = min(logs) - LEAD * span
    return Axis(10**low, 10 ** (low + logarithmic * span), is_log=True)


def find_ticks(axis: Axis) -> list[float]:
    """
    Round values to write at an axis, at most about five.

    >>> find_ticks(Axis(0.0, 155.0)), find_ticks(Axis(0.5, 2e9, is_log=True))
    ([0.0, 50.0, 100.0, 150.0], [1.0, 100.0, 10000.0, 1000000.0, 100000000.0])
    """
    if axis.is_log:
        first, last = math.ceil(math.log10(axis.low) - 1e-9), math.floor(math.log10(axis.high) + 1e-9)
        step = max(1, math.ceil((math.log10(axis.high) - math.log10(axis.low)) * TICK_SHARE))
        powers = range(first, last + 1, step)
        # An axis of a decade or two has too few powers of ten on it.
        factors = (1, 2, 5) if len(powers) < 3 else (1,)
        ticks = [float(f"{factor}e{power}") for power in (first - 1, *powers) for factor in factors]
        return [tick for tick in ticks if axis.low <= tick <= axis.high]
    room = (axis.high - axis.low) * TICK_SHARE
    power = 10.0 ** math.floor(math.log10(room))
    unit = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= room * (1 - 1e-9))
    return [
        float(f"{number * unit:.12g}")
        for number in range(math.ceil(axis.low / unit - 1e-9), math.floor(axis.high / unit + 1e-9) + 1)
    ]
