"""Which rows may share a panel, as columns in SQL: what ``compare.make_panels`` decides row by row."""

from __future__ import annotations

from typing import Final

from dashboard.clauses import literal
from dashboard.spans import DAYS_OF_A_YEAR, REFERENCE_LEVELS, RESULT, UNRANKED_DAYS, YEAR_DAYS
from dashboard.wording.codebook import RANKED_GRADES, Codebook

# Whether a row is of a country or of a group of places, which regions are compared with and not among.
IS_REFERENCE: Final = f"(level IS NOT NULL AND level IN ({', '.join(map(literal, sorted(REFERENCE_LEVELS)))}))"
# Whether a row names no reporter, which tables of earlier versions never do.
IS_UNSIGNED: Final = "(reporter IS NULL OR reporter = '')"
# How many regions rows are of.
BREADTH: Final = f"count(DISTINCT region) FILTER (NOT {IS_REFERENCE})"


def family_columns(codebook: Codebook) -> str:
    """
    Five columns beside those of the table: ``family``, the unit that stands for all equivalent ones of an indicator;
    ``topic``, the theme of the indicator, else the row's own; ``state``, the status, which tables of version 1 lack;
    ``span``, see ``find_span``; ``speaker``, the reporter, in tables that do not name it the region.
    """
    known = codebook.indicators.values()
    units = [
        f"WHEN indicator = {literal(one.id)} AND unit IN ({', '.join(map(literal, one.units))})"
        f" THEN {literal(one.units[0])}"
        for one in known
        if len(one.units) > 1
    ]
    themes = [f"WHEN indicator = {literal(one.id)} THEN {literal(one.theme)}" for one in known]
    # Most rows have no indicator, and none of the cases is tried for them.
    return (
        f"CASE WHEN indicator IS NULL THEN unit {' '.join(units)} ELSE unit END AS family,"
        f" CASE WHEN indicator IS NULL THEN theme {' '.join(themes)} ELSE theme END AS topic,"
        f" coalesce(status, {literal(RESULT)}) AS state, {span_column(codebook)} AS span,"
        # Three times as fast as coalesce and nullif, which look at every row's text.
        f" CASE WHEN {IS_UNSIGNED} THEN region ELSE reporter END AS speaker"
    )


def span_column(codebook: Codebook) -> str:
    """The span of a row as an expression; what costs least is asked first."""
    ranked = ", ".join(literal(one.id) for one in codebook.indicators.values() if one.grade in RANKED_GRADES)
    most = f"CASE WHEN indicator IN ({ranked}) THEN {YEAR_DAYS} ELSE {UNRANKED_DAYS} END" if ranked else UNRANKED_DAYS
    days = "(date_diff('day', TRY_CAST(period_start AS DATE), TRY_CAST(period_end AS DATE)) + 1)"
    years = f"CAST(round({days} / {DAYS_OF_A_YEAR}) AS INTEGER)"
    return (
        "CASE WHEN status IS NULL OR period_end IS NULL THEN ''"
        " WHEN aggregation = 'cumulative' AND coalesce(period_start, period_end) = period_end THEN 'total'"
        " WHEN left(period_start, 4) = left(period_end, 4) THEN ''"
        f" WHEN aggregation = 'mean' AND {days} > {YEAR_DAYS} THEN 'mean-' || {years}"
        f" WHEN {days} > {most} THEN 'over-' || {years} ELSE '' END"
    )
