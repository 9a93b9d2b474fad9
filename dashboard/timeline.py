"""
The plane of a line chart, for the page and for pictures: where each spot, tick and label stands.

Heights and widths are in the unit of the ``Sizes`` given, heights from the top; places in time are shares of the plot's
width, from 0 to 1, so that it may be as wide as its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from dashboard.captions import Chart
from dashboard.layout import BOLD, GAP, Sizes
from dashboard.lines import Line, Spot, write_moment
from dashboard.series import day_form, write_day
from dashboard.typesetting import clip, measure, wrap
from dashboard.wording import load_words

# A plane is as high as so many rows of bars, or as its labels need.
ROWS: Final = 9
# Free beside the first and the last spot, as a share of the plane.
PAD: Final = 0.05
# Labels have at most this share of the width, and so many lines for a name.
LABEL_SHARE: Final = 0.44
MOST_LINES: Final = 3
# The letters of a plane, as a share of those of rows; what is free between labels, in lines.
SMALLER: Final = 0.88
APART: Final = 0.25
# From so many days on, the calendar is cut into years, else into months; more than so many are not parted by lines.
YEARLY: Final = 500
MOST_RULES: Final = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on the plane; ``foot`` is where its range begins."""

    spot: Spot
    x: float
    y: float
    foot: float | None


@dataclass(frozen=True, slots=True)
class Label:
    """What is written beside the end of a line: lines of text with their middles, and the middle of all."""

    name: tuple[tuple[str, float], ...]
    value: tuple[tuple[str, float], ...]
    middle: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A line on the plane: its places, those that are joined, and its label."""

    line: Line
    places: tuple[Place, ...]
    chains: tuple[tuple[Place, ...], ...]
    label: Label

    @property
    def end(self) -> Place:
        """The last place, from which the label is led to."""
        return self.places[-1]


@dataclass(frozen=True, slots=True)
class Plane:
    """
    All of a line chart.

    ``gutter`` is the width left of the plot, for the ticks of values (``levels``: height, text), and ``column`` that
    right of it, for the labels. ``days`` are the ticks of time (place, text), ``rules`` the places of upright lines.
    ``zero`` is the height of zero, None on a logarithmic scale; ``letter`` is the size of all letters.
    """

    height: float
    gutter: float
    column: float
    levels: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    rules: tuple[float, ...]
    zero: float | None
    letter: float
    curves: tuple[Curve, ...]


def span(chart: Chart, sizes: Sizes) -> Plane:
    """The plane of a chart's lines."""
    axis, ticks = chart.axis(), chart.ticks()
    sizes = replace(sizes, letter=sizes.letter * SMALLER, line=sizes.line * SMALLER)
    gutter = max((measure(text, sizes.letter) for _, text in ticks), default=0.0) + GAP * sizes.letter
    texts = [split_label(line, chart.lang, sizes) for line in chart.series]
    widths = [measure(text, sizes.letter) * BOLD for both in texts for part in both for text in part]
    column = max(widths) + GAP * sizes.letter
    heights = [(len(name) + len(value) + APART) * sizes.line for name, value in texts]
    height = max(ROWS * (sizes.bar + sizes.space), sum(heights))
    calendar = Calendar(min(days_of(chart)), max(days_of(chart)))

    def down(value: float) -> float:
        return (1 - axis.place(value)) * height

    places = {
        id(spot): Place(spot, calendar.place(spot.day), down(spot.value), None if spot.low is None else down(spot.low))
        for line in chart.series
        for spot in line.spots
    }
    middles = push_apart(
        [(places[id(line.spots[-1])].y, size) for line, size in zip(chart.series, heights, strict=True)], height
    )
    rules, days = calendar.ticks(sorted(set(days_of(chart))), sizes.width - gutter - column, sizes.letter)
    return Plane(
        height=height,
        gutter=gutter,
        column=column,
        levels=tuple((down(value), text) for value, text in ticks),
        days=days,
        rules=rules,
        zero=None if axis.is_log else down(0),
        letter=sizes.letter,
        curves=tuple(
            make_curve(line, places, stack(name, value, middle, sizes.line))
            for line, (name, value), middle in zip(chart.series, texts, middles, strict=True)
        ),
    )


def make_curve(line: Line, places: Mapping[int, Place], label: Label) -> Curve:
    """A line with the places of its spots, which are known by their identity: equal ones may be of several lines."""
    return Curve(
        line=line,
        places=tuple(places[id(spot)] for spot in line.spots),
        chains=tuple(tuple(places[id(spot)] for spot in chain) for chain in line.chains),
        label=label,
    )


def days_of(chart: Chart) -> list[date]:
    """The day of every spot."""
    return [spot.day for line in chart.series for spot in line.spots]


def split_label(line: Line, lang: str, sizes: Sizes) -> tuple[list[str], list[str]]:
    """The name of a series and its last value, each in lines that its column holds; a name too long for it is cut."""
    room = LABEL_SHARE * sizes.width - GAP * sizes.letter
    name, value = line.name, write_moment(line.moments()[-1], load_words(lang))
    lines = wrap(name, sizes.letter * BOLD, room)
    if len(lines) > MOST_LINES:
        rest = name[sum(map(len, lines[: MOST_LINES - 1])) :].strip()
        lines = [*lines[: MOST_LINES - 1], clip(rest, sizes.letter * BOLD, room)]
    return lines, wrap(value, sizes.letter, room)


def stack(name: Sequence[str], value: Sequence[str], middle: float, height: float) -> Label:
    """The lines of a label under each other around its middle."""
    top = middle - (len(name) + len(value)) * height / 2
    lines = [(text, top + (number + 0.5) * height) for number, text in enumerate([*name, *value])]
    return Label(tuple(lines[: len(name)]), tuple(lines[len(name) :]), middle)


def push_apart(wanted: Sequence[tuple[float, float]], bottom: float) -> list[float]:
    """
    Middles near the wanted ones, so that nothing lies over its neighbour, above 0 or below the bottom.

    Args:
        wanted:
            Of each thing the middle and the height; all of them have room.

    >>> push_apart([(50.0, 20.0), (52.0, 20.0), (99.0, 20.0)], 100.0)
    [50.0, 70.0, 90.0]
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number][0])
    middles = [0.0] * len(wanted)
    edge = 0.0
    for number in order:
        middle, size = wanted[number]
        middles[number] = max(edge + size / 2, middle)
        edge = middles[number] + size / 2
    edge = bottom
    for number in reversed(order):
        size = wanted[number][1]
        middles[number] = min(middles[number], edge - size / 2)
        edge = middles[number] - size / 2
    return middles


@dataclass(frozen=True, slots=True)
class Calendar:
    """Time from a first to a last day, as places on the plane."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Where a day ends."""
        return PAD + (1 - 2 * PAD) * (day - self.first).days / max(1, (self.last - self.first).days)

    def ticks(
        self, days: Sequence[date], width: float, letter: float
    ) -> tuple[tuple[float, ...], tuple[tuple[float, str], ...]]:
        """
        Upright lines, and the texts below them that have room in so much width.

        Where every day ends a year, each has its line and its year; else lines part years, or months, whose names stand
        in their middles.
        """
        if day_form(days) == "year":
            texts = [(self.place(day), write_day(day, "year")) for day in days]
            return tuple(place for place, _ in texts), thin(texts, width, letter)
        form = "year" if (self.last - self.first).days > YEARLY else "month"
        rules, texts = [], []
        for start, end in pairwise(list(self.starts(form))):
            left, right = (self.place(edge - timedelta(days=1)) for edge in (start, end))
            rules += [edge for edge in (left,) if 0 <= edge <= 1]
            texts.append(((max(0.0, left) + min(1.0, right)) / 2, write_day(start, form)))
        return tuple(rules) if len(rules) <= MOST_RULES else (), thin(texts, width, letter)

    def starts(self, form: str) -> Iterator[date]:
        """The first days of the years or months, from that of the first day to the one after the last."""
        day = self.first.replace(day=1, month=1 if form == "year" else self.first.month)
        yield day
        while day <= self.last and day.year < date.max.year:
            is_over = form == "year" or day.month == 12
            day = date(day.year + 1, 1, 1) if is_over else day.replace(month=day.month + 1)
            yield day


def thin(texts: Sequence[tuple[float, str]], width: float, letter: float) -> tuple[tuple[float, str], ...]:
    """From the last one back, every text that stays apart from the next one kept."""
    kept: list[tuple[float, str]] = []
    for place, text in reversed(texts):
        if not kept or (kept[-1][0] - place) * width >= (
            (measure(text, letter) + measure(kept[-1][1], letter) + GAP * letter) / 2
        ):
            kept.append((place, text))
    return tuple(reversed(kept))
