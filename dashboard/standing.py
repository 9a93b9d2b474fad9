"""Where a region stands: each of its figures among those who reported the same, what it left out, its fair peers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from dashboard.arrange import LEVEL_GROUPS, UNKNOWN_GROUP, arrange, level_group, rank_marks
from dashboard.compare import REFERENCE_GROUP, Panel, make_panels
from dashboard.mark import Mark, Population
from dashboard.options import Options
from dashboard.spans import RESULT, status_of
from dashboard.wording.codebook import Codebook, Indicator

# Peers have at most so many times the residents, or as small a part of them; so many are proposed.
FAIR_RATIO: Final = 2.5
MOST_PEERS: Final = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """
    One figure of a region beside the same figure of the others.

    ``rank`` is its place from 1 by value, or per head where ``is_per_head``, among the ``count`` regions of ``group``
    (a group of levels, "" for all that reported it); ``is_tied`` where another has the same place. ``share`` is its
    size as a part of the largest there. Without a rank ``refusal`` says why. ``span`` is how long a time it is of, see
    ``find_span``.
    """

    mark: Mark
    theme: str
    indicator: Indicator | None
    rank: int | None = None
    count: int = 0
    is_tied: bool = False
    is_per_head: bool = False
    group: str = ""
    share: float | None = None
    refusal: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """An indicator that a region did not report, and those of its own group of levels who did."""

    indicator: str
    reporters: tuple[str, ...]


def find_standings(
    rows: pd.DataFrame, everyone: pd.DataFrame, populations: Mapping[str, Population], codebook: Codebook
) -> list[Standing]:
    """
    The figures of one region's rows, in the codebook's order of themes and indicators.

    Args:
        rows:
            The region's rows to show.
        everyone:
            The rows of all regions, those in ``rows`` among them.
    """
    wanted = set(rows["id"])
    # Reports that do not say who reports may be of one region or of several: no peers, but shown for themselves.
    is_peer = everyone["indicator"].isin(set(rows["indicator"].dropna())) & (everyone["region"] != "")
    panels = make_panels(everyone[is_peer | everyone["id"].isin(wanted)], rows, codebook)
    return [
        standing
        for panel in panels
        for standing in stand(panel, populations, codebook)
        if wanted & {end.id for end in (standing.mark, standing.mark.end) if end}
    ]


def stand(panel: Panel, populations: Mapping[str, Population], codebook: Codebook) -> list[Standing]:
    """Every mark of a panel in its place: by value, and per head where several levels meet and that is allowed."""
    arranged = arrange(panel, Options(), populations, codebook)
    if arranged.parts_levels and panel.allows_per_head:
        per_head = arrange(panel, Options(measure="per_head"), populations, codebook)
        arranged = per_head if len(per_head.marks) == len(panel.marks) and not per_head.refusal else arranged
    ranks = dict(zip((mark.id for mark in arranged.marks), rank_marks(arranged), strict=True))
    placed = {mark.id: mark for mark in arranged.marks}
    groups = dict(zip(placed, arranged.groups or ("",) * len(placed), strict=True))
    standings = []
    for mark in panel.marks:
        rank, alone = ranks[mark.id], Standing(mark, panel.theme, panel.indicator, span=panel.span)
        if rank is None or not mark.region:
            standings.append(replace(alone, refusal=refuse(panel, arranged, mark)))
            continue
        group = groups[mark.id]
        peers = [peer for peer in arranged.marks if groups[peer.id] == group]
        largest = max(abs(peer.reach()) for peer in peers)
        standings.append(
            replace(
                alone,
                rank=rank,
                count=len(peers),
                is_tied=sum(ranks[peer.id] == rank for peer in peers) > 1,
                is_per_head=arranged.is_per_head,
                group=group,
                share=abs(placed[mark.id].reach()) / largest if largest else 0.0,
            )
        )
    return standings


def refuse(panel: Panel, arranged: Panel, mark: Mark) -> str:
    """Why a mark has no place among the others."""
    if not panel.is_result:
        return panel.status
    if panel.indicator is None:
        return "no_indicator"
    if not mark.region:
        return "unknown"
    if mark.is_reference:
        return "reference"
    if panel.indicator.grade == "C":
        return "grade"
    if len(panel.regions()) < 2:
        return "single"
    if not panel.is_ranked:
        return "ungraded"
    peers = {peer.region for peer in panel.marks if level_group(peer) == level_group(mark)}
    return "levels" if arranged.parts_levels and len(peers) < 2 else "several"


def find_gaps(region: str, rows: pd.DataFrame, codebook: Codebook) -> list[Gap]:
    """
    What a region did not report although others of its group of levels did, most reporters first.

    Only results of the others count; an aim of the region's own is a report. A region whose level is not known has no
    peers; nor has what is for reference.

    Args:
        rows:
            The rows of all regions.
    """
    groups = groups_of(rows)
    if groups.get(region, UNKNOWN_GROUP) in (UNKNOWN_GROUP, REFERENCE_GROUP):
        return []
    own = rows[rows["region"] == region]
    peers = {name for name, group in groups.items() if name not in ("", region) and group == groups[region]}
    is_result = rows["status"].map(status_of) == RESULT
    others = rows[is_result & rows["region"].isin(peers) & ~rows["indicator"].isin(set(own["indicator"].dropna()))]
    gaps = [
        Gap(str(name), tuple(codebook.sort_regions(regions))) for name, regions in others.groupby("indicator")["region"]
    ]
    order = {name: place for place, name in enumerate(codebook.indicators)}
    return sorted(gaps, key=lambda gap: (-len(gap.reporters), order.get(gap.indicator, len(order)), gap.indicator))


def groups_of(rows: pd.DataFrame) -> dict[str, str]:
    """Region → the group of its level, the commonest where its reports differ."""
    groups = rows["level"].astype(object).map(lambda level: LEVEL_GROUPS.get(level, UNKNOWN_GROUP))
    return {str(region): Counter(its).most_common(1)[0][0] for region, its in groups.groupby(rows["region"])}


def find_peers(region: str, regions: Iterable[str], populations: Mapping[str, Population]) -> tuple[str, ...]:
    """The regions of the same group of levels with about as many residents, nearest in size first."""
    own = populations.get(region)
    if own is None:
        return ()

    def distance(name: str) -> float:
        return abs(math.log(populations[name].residents / own.residents))

    alike = [
        name
        for name in regions
        if name != region
        and name in populations
        and same_group(populations[name], own)
        and distance(name) <= math.log(FAIR_RATIO)
    ]
    return tuple(sorted(alike, key=distance)[:MOST_PEERS])


def same_group(one: Population, other: Population) -> bool:
    """Whether two regions are of one group of levels."""
    return LEVEL_GROUPS.get(one.level) == LEVEL_GROUPS.get(other.level)
