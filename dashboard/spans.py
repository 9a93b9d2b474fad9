"""
What may stand beside a figure, by what it claims and by how long a time it is of.

Results, aims and norms never share a panel. Neither does a sum, a growth or a mean over several years with the figure
of one year. A table of version 1 says neither: its rows are results, and comparable as they always were.
"""

from __future__ import annotations

from datetime import date
from typing import Final

RESULT: Final = "actual"
# The levels of what regions are compared with, and not among: countries, and groups of places.
REFERENCE_LEVELS: Final = frozenset({"country", "group"})
# The longest year, in days; a longer period is more than one year's.
YEAR_DAYS: Final = 366
# Where nothing is ranked, periods up to just under three years stay side by side, each mark with its time.
UNRANKED_DAYS: Final = 3 * 365 - 1
DAYS_OF_A_YEAR: Final = 365.25


def status_of(cell: object) -> str:
    """
    What a row claims to be.

    >>> status_of("target"), status_of(None)
    ('target', 'actual')
    """
    return cell if isinstance(cell, str) and cell else RESULT


def find_span(status: object, aggregation: object, first: date | None, last: date | None, *, is_ranked: bool) -> str:
    """
    How long a time a figure is of, as a code: figures of different codes are not comparable.

    Args:
        is_ranked:
            Whether the indicator's grade allows a ranking.

    Returns:
        "" for a year or less, for an unknown time and for tables of version 1; "total" for a sum up to a day from a
        start that is not known; "over-5" for a sum or a growth over five years; "mean-5" for a yearly mean over five.

    >>> find_span("actual", None, date(2021, 1, 1), date(2025, 12, 31), is_ranked=True)
    'over-5'
    """
    if not isinstance(status, str) or last is None:
        return ""
    if aggregation == "cumulative" and first in (None, last):
        return "total"
    if first is None:
        return ""
    days = (last - first).days + 1
    years = round(days / DAYS_OF_A_YEAR)
    if aggregation == "mean" and days > YEAR_DAYS:
        return f"mean-{years}"
    return f"over-{years}" if days > (YEAR_DAYS if is_ranked else UNRANKED_DAYS) else ""
