"""A panel's series in time → the lines of a chart, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Final

from dashboard.colours import REFERENCE, colour_of, is_muted
from dashboard.compare import Panel
from dashboard.mark import Mark
from dashboard.naming import Context, Point, make_point, name_mark, write_end
from dashboard.notes import ENDINGS, fits_log
from dashboard.options import Options
from dashboard.series import Reading, Series, time_panel
from dashboard.spans import RESULT
from dashboard.wording import Words

# What tells series of one colour apart, after the first.
DASHES: Final = ("solid", "dash", "dot", "dashdot")
# How an inexact value is drawn; of a bound, the triangle's tip is where the true figure lies.
SHAPES: Final = MappingProxyType({"plain": "full", "hatched": "hollow", "open": "up", "short": "down"})
# Shapes through which the ground shows.
HOLLOW: Final = frozenset({"hollow", "square"})
OPPOSITES: Final = MappingProxyType({"up": "down", "down": "up"})


@dataclass(frozen=True, slots=True)
class Spot:
    """
    One value at a day, signed; ``points`` are the statistics that report it, one a source.

    ``low`` is where a range begins, which ends at ``value``; ``shape`` is full, hollow, up or down, by the qualifier,
    or a hollow square for an aim or a norm.
    """

    points: tuple[Point, ...]
    day: date
    value: float
    low: float | None
    shape: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its spots in the order of time, each in one of ``chains``, which are what is joined."""

    name: str
    colour: str
    dash: str
    spots: tuple[Spot, ...]
    chains: tuple[tuple[Spot, ...], ...]
    is_muted: bool = False

    def moments(self) -> list[tuple[Spot, ...]]:
        """The spots day by day."""
        return [tuple(spots) for _, spots in groupby(self.spots, key=lambda spot: spot.day)]

    def ends(self) -> Iterator[float]:
        """Every number that the axis must hold."""
        return (end for spot in self.spots for end in (spot.value, spot.low) if end is not None)


def make_lines(panel: Panel, options: Options, is_log: bool, context: Context) -> tuple[Line, ...]:
    """The lines of a panel in its order, muted ones first, so that they are drawn behind; none without any spot."""
    used: Counter[str] = Counter()
    lines = []
    for series in time_panel(panel).series:
        region = series.mark.region
        is_reference = series.mark.is_reference
        own = REFERENCE if is_reference else colour_of(region, context.colours, "")
        dash = DASHES[used[own] % len(DASHES)]
        used[own] += 1
        spots = {id(one): make_spot(one, context) for one in series.readings if not is_log or fits_log(one.mark)}
        if spots:
            line = Line(
                name=name_series(series, panel, context),
                colour=own if is_reference else colour_of(region, context.colours, options.highlight),
                dash=dash,
                spots=tuple(spots.values()),
                chains=tuple(chain for whole in series.chains for chain in keep(whole, spots)),
                is_muted=not is_reference and is_muted(region, options.highlight),
            )
            lines.append(line)
    return tuple(sorted(lines, key=lambda line: not line.is_muted))


def keep(chain: tuple[Reading, ...], spots: dict[int, Spot]) -> Iterator[tuple[Spot, ...]]:
    """The stretches of a chain that have a place: no line passes over a reported value."""
    for found, group in groupby((spots.get(id(reading)) for reading in chain), key=lambda spot: spot is not None):
        if found:
            yield tuple(spot for spot in group if spot)


def make_spot(reading: Reading, context: Context) -> Spot:
    """A reading as it is drawn; a fall lies below zero."""
    mark = reading.mark
    sign = -1 if mark.is_fall() else 1
    shape = SHAPES[ENDINGS.get(mark.qualifier, "plain")] if mark.status == RESULT else "square"
    return Spot(
        points=tuple(make_dated_point(one, context) for one in reading.marks),
        day=reading.day,
        value=sign * (mark.value if mark.high is None else mark.high),
        low=None if mark.high is None else sign * mark.value,
        shape=OPPOSITES.get(shape, shape) if sign < 0 else shape,
        text=write_end(mark, context.words),
    )


def make_dated_point(mark: Mark, context: Context) -> Point:
    """A statistic whose period says where it stands: without one, at the date of its report."""
    point = make_point(mark, context)
    return replace(point, period=context.words("chart.reported", date=mark.reported)) if mark.reported else point


def name_series(series: Series, panel: Panel, context: Context) -> str:
    """Region and level as on every mark, what is counted where that tells it apart; the document of unknown regions."""
    mark = series.mark
    source = "" if mark.region else context.titles.get(mark.document, mark.document)
    return " ".join(part for part in (name_mark(mark, panel, context), series.subject, source) if part)


def write_moment(spots: tuple[Spot, ...], words: Words) -> str:
    """The values of a day."""
    return words.join([spot.text for spot in spots])


def say_line(line: Line, words: Words) -> str:
    """A line for a reader who hears the chart: first and last value, and which way it went."""
    first, *_, last = line.moments() * 2
    said = {
        "name": line.name,
        "value": write_moment(last, words),
        "period": last[0].points[0].period or last[0].day.isoformat(),
    }
    if len(line.moments()) == 1:
        return words("chart.alt_spot", **said)
    before = {"first": write_moment(first, words), "start": first[0].points[0].period or first[0].day.isoformat()}
    return words("chart.alt_course", **said, **before, course=words(f"chart.course_{course_of(first, last)}"))


def course_of(first: tuple[Spot, ...], last: tuple[Spot, ...]) -> str:
    """Up, down or level; unclear where either day has several values."""
    if len(first) > 1 or len(last) > 1:
        return "unclear"
    start, stop = first[0].value, last[0].value
    return "up" if stop > start else "down" if stop < start else "level"
