"""Which rows may share a panel, as columns in SQL: what ``compare.make_panels`` decides row by row."""

from __future__ import annotations

from dashboard.clauses import literal
from dashboard.wording.codebook import Codebook


def family_columns(codebook: Codebook) -> str:
    """
    Two columns beside those of the table: ``family``, the unit that stands for all equivalent ones of an indicator, and
    ``topic``, the theme of the indicator, else the row's own.
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
        f" CASE WHEN indicator IS NULL THEN theme {' '.join(themes)} ELSE theme END AS topic"
    )
