"""Rows → CSV for people: opens right in Excel and WPS, and no cell of it is ever run as a formula."""

from __future__ import annotations

import pandas as pd

from dashboard.tabular import neutralise


def to_csv(rows: pd.DataFrame) -> bytes:
    """All columns of these rows; UTF-8 with BOM, CRLF, whole numbers without ".0"."""
    safe = rows.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].astype("object").map(neutralise, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\r\n", float_format="%.15g").encode("utf-8-sig", "replace")
