"""Rows → CSV for people: opens right in Excel and WPS, and no cell of it is ever run as a formula."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

# What a spreadsheet may take for a formula or a command.
FORMULA: Final = re.compile(r"^[\s]*[=+\-@\t\r\n|]")


def neutralise(cell: object) -> object:
    """
    A text cell that a spreadsheet would run, made a text again; numbers stay numbers.

    >>> neutralise("=HYPERLINK(1)"), neutralise("网格"), neutralise(-5.0)
    ("'=HYPERLINK(1)", '网格', -5.0)
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def to_csv(rows: pd.DataFrame) -> bytes:
    """All columns of these rows; UTF-8 with BOM, CRLF, whole numbers without ".0"."""
    safe = rows.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].astype("object").map(neutralise, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\r\n", float_format="%.15g").encode("utf-8-sig", "replace")
