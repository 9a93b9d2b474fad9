"""The order, grouping and reference line of a panel, as the reader's options and the grade allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN
from statistics import median
from types import MappingProxyType
from typing import Final

from dashboard.compare import REFERENCE_GROUP, Median, Panel, order_marks
from dashboard.mark import Mark, Population
from dashboard.options import Options
from dashboard.perhead import find_population, to_per_head
from dashboard.spans import REFERENCE_LEVELS
from dashboard.wording.codebook import Codebook
from dashboard.wording.quantity import count_digits, round_to

# Levels whose absolute numbers may stand in one order, in administrative order.
LEVEL_GROUPS: Final = MappingProxyType(
    {
        "province": "provincial",
        "municipality": "provincial",
        "city": "city",
        "county": "county",
        "subdistrict": "local",
        "township": "local",
        "village": "local",
    }
    | dict.fromkeys(REFERENCE_LEVELS, REFERENCE_GROUP)
)
UNKNOWN_GROUP: Final = "unknown"
# In the order in which they stand; "" is of regions that no level parts from others.
GROUPS: Final = ("", "provincial", "city", "county", "local", UNKNOWN_GROUP, REFERENCE_GROUP)
# Kinds whose figures grow with the region's size.
ABSOLUTE_KINDS: Final = frozenset({"count", "money"})
# Fewer values than this have no middle worth a line.
FEWEST_FOR_MEDIAN: Final = 3


def arrange(panel: Panel, options: Options, populations: Mapping[str, Population], codebook: Codebook) -> Panel:
    """
    The panel as the reader wants it, as far as that is fair; what was refused stays in it as a code.

    Args:
        panel:
            One of ``make_panels``, with absolute figures.
        populations:
            The residents of each region, by its short name.

    Returns:
        Figures per head where asked for and allowed; marks in the asked order, except that grade C stands in the fixed
        order and an order by value needs grade A or B; groups of levels apart where absolute counts or money of
        several groups meet, and what is for reference behind them all; the median where asked for and fair.
    """
    if options.measure == "per_head":
        panel = to_per_head(panel, populations, codebook)
    panel = replace(panel, order=find_order(panel, options.order))
    panel = replace(panel, marks=sort_marks(panel, populations, codebook))
    panel = group_levels(panel)
    return add_median(panel) if options.reference == "median" else panel


def find_order(panel: Panel, asked: str) -> str:
    """The order that the grade allows."""
    if panel.indicator is not None and panel.indicator.grade == "C":
        return "fixed"
    return "fixed" if asked == "value" and not panel.is_ranked else asked


def sort_marks(panel: Panel, populations: Mapping[str, Population], codebook: Codebook) -> tuple[Mark, ...]:
    """The marks in the panel's order; those per head are by value already, by their exact figures."""
    if panel.order == "value":
        return panel.marks if panel.is_per_head else order_marks(panel, codebook)
    fixed = sorted(panel.marks, key=lambda mark: codebook.region_key(mark.region))
    if panel.order == "fixed":
        return tuple(fixed)

    def residents(mark: Mark) -> float:
        population = find_population(mark, populations)
        return population.residents if population else -1.0

    return tuple(sorted(fixed, key=residents, reverse=True))


def level_group(mark: Mark) -> str:
    """The group of a mark's level."""
    return LEVEL_GROUPS.get(mark.level or "", UNKNOWN_GROUP)


def is_off_scale(mark: Mark, panel: Panel) -> bool:
    """Whether a mark would leave the others no room: the total of a country beside those of its regions."""
    return mark.is_reference and panel.kind in ABSOLUTE_KINDS and not panel.is_per_head and bool(panel.regions())


def group_levels(panel: Panel) -> Panel:
    """
    Absolute counts and money by group of levels, in administrative order, anything else as it is; what is for reference
    stands apart from all regions.
    """
    found = {level_group(mark) for mark in panel.marks}
    is_absolute = panel.kind in ABSOLUTE_KINDS and not panel.is_per_head
    parts_levels = is_absolute and len(found - {REFERENCE_GROUP}) > 1
    if not parts_levels and (REFERENCE_GROUP not in found or len(found) == 1):
        return panel

    def group_of(mark: Mark) -> str:
        return level_group(mark) if parts_levels or mark.is_reference else ""

    marks = tuple(sorted(panel.marks, key=lambda mark: GROUPS.index(group_of(mark))))
    return replace(panel, marks=marks, groups=tuple(map(group_of, marks)))


def add_median(panel: Panel) -> Panel:
    """The panel with the median of its regions, or with the reason why there is none."""
    if refusal := median_refusal(panel):
        return replace(panel, median_refusal=refusal)
    marks = [mark for mark in panel.marks if not mark.is_reference]
    values = [mark.reach() for mark in marks]
    digits = max(count_digits(value) for value in values)
    middle = float(round_to(median(values), digits, ROUND_HALF_EVEN))
    is_exact = all((mark.end or mark).qualifier == "exact" for mark in marks)
    return replace(panel, median=Median(middle, len(values), is_exact))


def median_refusal(panel: Panel) -> str | None:
    """Why the panel has no median, None where it has one. The units of a panel are equivalent by its making."""
    if not panel.is_result:
        return panel.status
    if not panel.is_ranked:
        return "grade"
    if panel.summary:
        return "spread"
    if panel.parts_levels:
        return "levels"
    if len(panel.regions()) < FEWEST_FOR_MEDIAN:
        return "few"
    marks = [mark for mark in panel.marks if not mark.is_reference]
    has_several = len(panel.regions()) < len(marks)
    return "several" if has_several or any((mark.end or mark).high is not None for mark in marks) else None


def rank_marks(panel: Panel) -> tuple[int | None, ...]:
    """
    The place of each mark by value, from 1, equal values sharing one; None where a ranking would not be fair.

    Fair is: results in an order by value, and in the mark's group of levels at least two regions with one mark each;
    never what is for reference.
    """
    groups = panel.groups or ("",) * len(panel.marks)
    if not (panel.is_result and panel.is_by_value) or panel.summary:
        return (None,) * len(panel.marks)
    ranks: list[int | None] = []
    for mark, group in zip(panel.marks, groups, strict=True):
        peers = [peer for peer, its in zip(panel.marks, groups, strict=True) if its == group and not peer.is_reference]
        is_fair = not mark.is_reference and len(peers) > 1 and max(Counter(peer.region for peer in peers).values()) == 1
        ranks.append(1 + sum(peer.reach() > mark.reach() for peer in peers) if is_fair else None)
    return tuple(ranks)
