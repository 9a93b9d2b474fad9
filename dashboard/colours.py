"""The colour of each region, the same in every chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

# Eight hues, also apart from GREY and from each other for eyes that see fewer hues (CIEDE2000 of 12 at the least), each
# of its own lightness, neighbours far apart in it; every mark carries its label as well.
PALETTE: Final = ("#4179db", "#b59f30", "#366330", "#bb716d", "#0da7cc", "#864f60", "#717c0e", "#69658f")
# The marks that stand back behind a highlighted region.
GREY: Final = "#8a9199"
# What regions are compared with: a country, or a group of places.
REFERENCE: Final = "#66707b"


def pick_colours(regions: Sequence[str]) -> dict[str, str]:
    """One colour for each region of the data, by its place among them, so that it is the same in every chart."""
    return {region: PALETTE[place % len(PALETTE)] for place, region in enumerate(regions)}


def colour_of(region: str, colours: Mapping[str, str], highlight: str) -> str:
    """A region's colour, or grey where another one is highlighted ("" for none)."""
    return GREY if is_muted(region, highlight) else colours.get(region, PALETTE[-1])


def is_muted(region: str, highlight: str) -> bool:
    """Whether a region stands back behind the highlighted one."""
    return bool(highlight) and region != highlight
