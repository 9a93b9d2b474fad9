"""What a reader sees of a panel, as data: the marks, words and lines that the page and every export draw alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.axis import ROW_ROOM, UPRIGHT_ROOM, Axis, find_ticks, fit_axis
from dashboard.lines import Line
from dashboard.naming import Point
from dashboard.wording.quantity import write_number


@dataclass(frozen=True, slots=True)
class Bar:
    """
    One mark: ``start`` to ``stop`` on the axis, both signed.

    ``form`` is bar, interval (a range), dumbbell (a pair), dot, span (a range between dots), or text for a value that
    the axis has no place for; ``ending`` says how
    the qualifier is drawn; ``points`` are the mark's statistic, or the two of a pair. ``group`` heads the marks that
    share it. A muted mark stands back behind a highlighted region; an aim or a norm is hollow, and its end is open.
    What is for reference is none of the regions.
    """

    points: tuple[Point, ...]
    region: str
    subject: str
    period: str
    start: float
    stop: float
    form: str
    ending: str
    text: str
    colour: str
    group: str = ""
    is_muted: bool = False
    is_hollow: bool = False
    is_reference: bool = False

    @property
    def id(self) -> str:
        """The row of the mark's first statistic."""
        return self.points[0].id


@dataclass(frozen=True, slots=True)
class Reference:
    """A line across the chart, and what is written at it."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """
    All of a picture's words and marks, in one language; ``notes`` stand under it in order.

    Regions that did not report have a row each (``absent``) that says ``absent_text``; where there are too many for
    that, the line ``missing`` names them. ``form`` is bar, dot or line; a line chart is drawn of its ``series``, not of
    its ``bars``. Charts of one ``measure`` may share an axis, which ``shared`` then is.
    """

    title: str
    badge: str
    subtitle: str
    bars: tuple[Bar, ...]
    missing: str
    notes: tuple[str, ...]
    source: str
    alt: str
    lang: str
    form: str = "bar"
    series: tuple[Line, ...] = ()
    is_log: bool = False
    measure: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    absent_text: str = ""
    reference: Reference | None = None
    shared: Axis | None = None

    def values(self) -> list[float]:
        """Every number that the axis must hold."""
        if self.form == "line":
            return [end for line in self.series for end in line.ends()]
        values = [end for bar in self.bars if bar.form != "text" for end in (bar.start, bar.stop)]
        return [*values, self.reference.value] if self.reference else values

    def axis(self) -> Axis:
        """The chart's axis, its own or the one that it shares."""
        return self.shared or self.fit(self.values())

    def fit(self, values: Iterable[float]) -> Axis:
        """An axis for these values with the room that the chart's form needs."""
        return fit_axis(values, self.is_log, UPRIGHT_ROOM if self.form == "line" else ROW_ROOM)

    def limits(self) -> tuple[float, float]:
        """The ends of the axis; zero is always on a linear one."""
        axis = self.axis()
        return axis.low, axis.high

    def ticks(self) -> list[tuple[float, str]]:
        """The values to write at the axis, as readers write them; bars have theirs written on them."""
        return [(tick, write_number(tick, self.lang)) for tick in find_ticks(self.axis())] if self.form != "bar" else []
