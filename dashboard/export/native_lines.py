"""The lines of a chart → days and tracks of a chart that Office draws itself on an axis of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.captions import Chart
from dashboard.export.contents import clean
from dashboard.export.native import Entry, safe
from dashboard.lines import Line, Spot, write_moment
from dashboard.series import day_form
from dashboard.timeline import push_apart
from dashboard.wording import load_words

# Office counts days from here on.
FIRST_YEAR: Final = 1900
# How a day is written, by how much of it must be.
DAY_FORMATS: Final = {"year": "yyyy", "month": "yyyy-mm", "day": "yyyy-mm-dd"}
# What the plot takes of the chart's width and height: the labels at the ends of lines have the rest.
PLOT_WIDTH, PLOT_HEIGHT = 0.68, 0.8
DOT_SIZE: Final = 8


@dataclass(frozen=True, slots=True)
class Track:
    """
    One stretch that a line joins, as a series of its own: day → value, nothing on the other days.

    ``label`` is what is written at its last point, "" where another stretch ends the line.
    """

    name: str
    colour: str
    dash: str
    entries: dict[date, Entry]
    label: str

    @property
    def last(self) -> date:
        """The day of its last point."""
        return max(self.entries)


def list_tracks(chart: Chart) -> list[Track]:
    """The stretches of all lines, in the chart's order."""
    return [make_track(line, chain, chart.lang) for line in chart.series for chain in line.chains]


def make_track(line: Line, chain: tuple[Spot, ...], lang: str) -> Track:
    """A stretch of a line; at its end stand the series' name and last value."""
    is_end = chain[-1] is line.spots[-1]
    value = write_moment(line.moments()[-1], load_words(lang))
    return Track(
        name=safe(line.name),
        colour=line.colour,
        dash=line.dash,
        entries={spot.day: make_entry(line, spot) for spot in chain},
        label=clean(f"{line.name} {value}") if is_end else "",
    )


def make_entry(line: Line, spot: Spot) -> Entry:
    """A spot."""
    is_hollow = spot.shape == "square"
    is_hatched = spot.shape != "full" and not is_hollow
    return Entry(safe(line.name), spot.low, spot.value, "", clean(spot.text), line.colour, is_hatched, is_hollow)


def spread_labels(chart: Chart, tracks: list[Track], size: float) -> list[float]:
    """
    How far each track's label has to move down so that none lies over another, as shares of the plot's height.

    Args:
        size:
            The height of a label, as a share of the plot's.
    """
    axis = chart.axis()
    labelled = [number for number, track in enumerate(tracks) if track.label]
    heights = [1 - axis.place(tracks[number].entries[tracks[number].last].value or 0) for number in labelled]
    moved = push_apart([(height, min(size, 1 / len(labelled))) for height in heights], 1.0)
    shifts = dict(zip(labelled, (new - old for new, old in zip(moved, heights, strict=True)), strict=True))
    return [shifts.get(number, 0.0) for number in range(len(tracks))]


def spot_entries(chart: Chart) -> list[Entry]:
    """Every point of every line."""
    return [entry for track in list_tracks(chart) for entry in track.entries.values()]


def days_of(tracks: list[Track]) -> list[date]:
    """The days of all points, in order."""
    return sorted({day for track in tracks for day in track.entries})


def format_of(days: list[date]) -> str:
    """How the days are written at the axis."""
    return DAY_FORMATS[day_form(days)]
