"""The tidy table ↔ its rows as plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from extract.table.frame import to_frame
from extract.table.record import COLUMN_NAMES

# As the extractor's own table has them.
_TYPES: Final = to_frame(()).dtypes


def to_table(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """The tidy table of rows that have the cells of COLUMNS in order."""
    return pd.DataFrame(list(rows), columns=list(COLUMN_NAMES), dtype=object).astype(_TYPES)


def to_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a tidy table, None where a cell is empty."""
    cells = table[list(COLUMN_NAMES)].astype(_TYPES).astype(object)
    plain = cells.where(cells.notna(), None)
    return [dict(zip(COLUMN_NAMES, row, strict=True)) for row in plain.itertuples(index=False, name=None)]
