"""How the reader wants a comparison drawn: one frozen ``Options``, in the link beside the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Options:
    """One choice a field, the first of CHOICES by default; ``highlight`` is a region's short name, "" for none."""

    measure: str = "absolute"
    order: str = "value"
    form: str = "bar"
    scale: str = "linear"
    axis: str = "own"
    reference: str = "none"
    display: str = "chart"
    highlight: str = ""
    extent: str = "first"
    readings: str = "all"


# What each option can be, with the code that a link holds; the default has none.
CHOICES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "measure": {"absolute": "", "per_head": "pc"},
        "order": {"value": "", "fixed": "fixed", "population": "pop"},
        "form": {"bar": "", "dot": "dot", "line": "line"},
        "scale": {"linear": "", "log": "log"},
        "axis": {"own": "", "shared": "same"},
        "reference": {"none": "", "median": "med"},
        "display": {"chart": "", "table": "table"},
        # How many of the comparisons are shown.
        "extent": {"first": "", "all": "all"},
        # Which statistics are taken of a region that reports several in time.
        "readings": {"all": "", "latest": "latest", "yearly": "yearly"},
    }
)
# The link's parameter of each option.
PARAMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "measure": "n",
        "order": "o",
        "form": "c",
        "scale": "y",
        "axis": "x",
        "reference": "b",
        "display": "w",
        "extent": "z",
        "readings": "tm",
    }
)
HIGHLIGHT_PARAM: Final = "h"
