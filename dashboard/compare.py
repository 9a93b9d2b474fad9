"""
What may be set beside what: rows into panels of comparable statistics, in the order that the codebook's grade allows.

One statistic is one mark; nothing is added up and nothing is picked. A from→to pair is one mark with two ends.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from dashboard.mark import Mark, find_day, pair_up, to_records
from dashboard.outlines import Measure, PanelKey, may_rank, sort_places
from dashboard.spans import REFERENCE_LEVELS, RESULT, find_span, status_of
from dashboard.wording.codebook import RANKED_GRADES, Codebook, Indicator

# The group of the marks that are for reference.
REFERENCE_GROUP: Final = "reference"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a panel of spreads sums up: statistics (of no known day), regions, documents; what its marks leave out."""

    count: int
    regions: int
    documents: int
    undated: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Median:
    """The middle of one value a region, signed; not ``is_exact`` where any of them is a bound or an estimate."""

    value: float
    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """
    Statistics that share an axis.

    Of those who report, ``missing`` ones have nothing of the indicator; ``elsewhere`` ones reported it in another kind
    or unit, in a panel beside this one; ``aimed`` ones reported no result of it, only aims or norms; ``filtered`` ones
    reported it, but not in what the filters let through. ``refusal`` says
    why a figure per head was asked for and is not shown; ``without_population`` regions have no denominator;
    ``digits`` is to how many significant digits figures per head are rounded.
    ``readings`` says which statistics were taken of a region that reports several in time, ``earlier`` how many were
    not, and ``undated`` how many were taken because nothing is known of their day. Where there are more than can be
    looked at one by one, the marks are spreads, and ``summary`` is of them all.
    All of its statistics have one ``status`` and are of one ``span`` of time, see ``find_span``; an aim
    ``lacks_results`` where nobody whom the reader looks at reported a result of the indicator.
    ``order`` is value, fixed or population; ``groups`` names each mark's group where groups stand apart: that of its
    level, or "" where only what is for reference stands apart from the regions.
    """

    theme: str
    indicator: Indicator | None
    kind: str
    marks: tuple[Mark, ...]
    status: str = RESULT
    span: str = ""
    lacks_results: bool = False
    missing: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    aimed: tuple[str, ...] = ()
    filtered: tuple[str, ...] = ()
    is_per_head: bool = False
    refusal: str | None = None
    without_population: tuple[str, ...] = ()
    digits: int = 0
    order: str = "value"
    groups: tuple[str, ...] = ()
    median: Median | None = None
    median_refusal: str | None = None
    readings: str = "all"
    earlier: int = 0
    undated: int = 0
    summary: Summary | None = None

    @property
    def key(self) -> str:
        """
        A name of the panel among those of a page, in ASCII.

        It does not depend on the marks: a chart that keeps its name is redrawn, one of another name is built anew.
        """
        unit = self.family.encode("utf-8", "surrogatepass").hex()
        own = [] if self.is_result and not self.span else [self.status, self.span or "year"]
        return "-".join([self.indicator.id if self.indicator else self.theme, self.kind, unit, *own])

    @property
    def family(self) -> str:
        """The unit that stands for all that share its axis."""
        return unit_family(self.marks[0].unit, self.indicator)

    @property
    def place(self) -> PanelKey:
        """What its statistics have in common, which tells it from other panels."""
        name = self.indicator.id if self.indicator else ""
        return PanelKey(Measure(self.theme, name, self.kind, self.family), self.status, self.span)

    @property
    def is_result(self) -> bool:
        """Whether its statistics are results, and neither aims nor norms."""
        return self.status == RESULT

    @property
    def is_ranked(self) -> bool:
        """Whether grade and status allow an order by value."""
        return may_rank(self.indicator, self.status)

    @property
    def allows_per_head(self) -> bool:
        """Whether a figure per 10,000 residents is fair: counts of grade A or B whose codebook row allows it."""
        if self.summary or self.kind != "count" or not self.is_result:
            return False
        return self.is_ranked and self.indicator is not None and self.indicator.allows_per_head

    @property
    def is_by_value(self) -> bool:
        """Whether the marks stand in an order by value that is fair."""
        return self.is_ranked and self.order == "value"

    @property
    def parts_levels(self) -> bool:
        """Whether regions of several levels stand apart."""
        return not {"", REFERENCE_GROUP}.issuperset(self.groups)

    @property
    def breadth(self) -> int:
        """How many regions reported what the marks say."""
        return self.summary.regions if self.summary else len(self.regions())

    def regions(self) -> tuple[str, ...]:
        """The regions that have a mark, once each, in the marks' order; what is for reference is none."""
        return tuple(dict.fromkeys(mark.region for mark in self.marks if not mark.is_reference))

    def references(self) -> tuple[str, ...]:
        """What is for reference and has a mark, once each, in the marks' order."""
        return tuple(dict.fromkeys(mark.region for mark in self.marks if mark.is_reference))

    def ends(self) -> tuple[Mark, ...]:
        """The statistics behind the marks: both ends of a pair, and those of other documents that say the same."""
        return tuple(end for mark in self.marks for one in (mark, *mark.others) for end in (one, one.end) if end)


def unit_family(unit: str, indicator: Indicator | None) -> str:
    """The units that share an axis are one family: the codebook's equivalent ones, else the unit itself."""
    return indicator.units[0] if indicator and unit in indicator.units else unit


def make_panels(rows: pd.DataFrame, scope: pd.DataFrame, codebook: Codebook) -> list[Panel]:
    """
    Every row in exactly one panel.

    Args:
        rows:
            The tidy rows to show.
        scope:
            The rows of all regions that the reader looks at, whatever theme or indicator: who speaks of itself in
            these and has no row of an indicator did not report it.

    Returns:
        One panel for each indicator, kind, family of units, status and span of time, in the codebook's order of themes
        and then of indicators, results before aims; rows without an indicator make panels of their theme, after its
        indicators.
    """
    reporters = Reporters(
        shown=regions_by_indicator(rows),
        reported=regions_by_indicator(scope),
        results=regions_by_indicator(scope[scope["status"].map(status_of) == RESULT]),
        everyone=codebook.sort_regions(find_reporters(scope)),
    )
    return fill_panels(rows, reporters, codebook)


def find_reporters(rows: pd.DataFrame) -> Iterable[str]:
    """Who speaks of itself in rows, and so could have reported more; nothing that is for reference."""
    named = rows["reporter"].astype(object)
    is_own = named.isna() | (named == "") | (named == rows["region"])
    return rows.loc[is_own & ~rows["level"].isin(REFERENCE_LEVELS), "region"]


def fill_panels(rows: pd.DataFrame, reporters: Reporters, codebook: Codebook) -> list[Panel]:
    """The same where it is known who reported what."""
    groups: dict[PanelKey, list[Mark]] = {}
    for mark, name, span in named_marks(rows, codebook):
        indicator = codebook.find_indicator(name, mark.theme)
        theme = indicator.theme if indicator else mark.theme
        measure = Measure(theme, name, mark.kind, unit_family(mark.unit, indicator))
        groups.setdefault(PanelKey(measure, mark.status, span), []).append(mark)
    return [make_panel(place, groups[place], reporters, codebook) for place in sort_places(groups, codebook)]


@dataclass(frozen=True, slots=True)
class Reporters:
    """
    Which regions reported an indicator: in the view, in all that the reader looks at, and there as a result.

    ``everyone`` is the reader's scope, in order.
    """

    shown: Mapping[str, frozenset[str]]
    reported: Mapping[str, frozenset[str]]
    results: Mapping[str, frozenset[str]]
    everyone: list[str]


def regions_by_indicator(rows: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Indicator → the regions that have a row of it."""
    found: dict[str, set[str]] = {}
    for name, region in zip(rows["indicator"].tolist(), rows["region"].tolist(), strict=True):
        if isinstance(name, str):
            found.setdefault(name, set()).add(region)
    return {name: frozenset(regions) for name, regions in found.items()}


def named_marks(rows: pd.DataFrame, codebook: Codebook) -> Iterable[tuple[Mark, str, str]]:
    """
    Marks with the name of their indicator, "" where the codebook has none, and their span of time.

    Both ends of a pair have the same status and span. In plain lists: for the few rows of a page, grouping and sorting
    frames takes ten times as long.
    """
    groups: dict[tuple[str, str, str], list[Mapping[Hashable, Any]]] = {}
    for row in to_records(rows):
        name = row["indicator"] if isinstance(row["indicator"], str) else ""
        groups.setdefault((name, status_of(row["status"]), span_of(row, name, codebook)), []).append(row)
    for (name, _, span), group in groups.items():
        for mark in pair_up(group):
            yield mark, name, span


def span_of(row: Mapping[Hashable, Any], name: str, codebook: Codebook) -> str:
    """The span of time of a row under an indicator's name."""
    known = codebook.indicators.get(name)
    first, last = (row[end] for end in ("period_start", "period_end"))
    return find_span(
        row["status"],
        row["aggregation"],
        find_day(first if isinstance(first, str) else None),
        find_day(last if isinstance(last, str) else None),
        is_ranked=known is not None and known.grade in RANKED_GRADES,
    )


def make_panel(place: PanelKey, marks: list[Mark], reporters: Reporters, codebook: Codebook) -> Panel:
    """One panel: its marks in the grade's order, and who is missing from it."""
    theme, name, kind, _ = place.measure
    indicator = codebook.find_indicator(name, theme)
    panel = Panel(theme, indicator, kind, tuple(marks), place.status, place.span)
    if name:
        panel = find_absent(panel, name, reporters)
    return replace(panel, marks=order_marks(panel, codebook))


def find_absent(panel: Panel, name: str, reporters: Reporters) -> Panel:
    """The panel with the regions that are not in it, by what they did report of its indicator."""
    here = set(panel.regions())
    shown, results = (found.get(name, frozenset()) for found in (reporters.shown, reporters.results))
    reported = reporters.reported.get(name, frozenset()) | shown
    aimed = shown - here - results if panel.is_result else frozenset()

    def sort(regions: Collection[str]) -> tuple[str, ...]:
        return tuple(region for region in reporters.everyone if region in regions)

    return replace(
        panel,
        missing=sort(set(reporters.everyone) - reported),
        elsewhere=sort(shown - here - aimed),
        aimed=sort(aimed),
        filtered=sort(reported - shown),
        lacks_results=not panel.is_result and not results,
    )


def order_marks(panel: Panel, codebook: Codebook) -> tuple[Mark, ...]:
    """By value where the grade allows a ranking, else in the fixed administrative order; ties keep the text's order."""
    if panel.is_ranked:
        return tuple(sorted(panel.marks, key=lambda mark: -mark.reach()))
    return tuple(sorted(panel.marks, key=lambda mark: codebook.region_key(mark.region)))
