"""Rows → files of data: CSV that people open, JSON and Parquet that programs read."""

from __future__ import annotations

import io
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.tabular import neutralise


def to_csv(rows: pd.DataFrame) -> bytes:
    """
    All columns of these rows; UTF-8 with BOM, CRLF, whole numbers without ".0".

    It opens right in Excel and WPS, and no cell of it is ever run as a formula.
    """
    safe = rows.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].astype("object").map(neutralise, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\r\n", float_format="%.15g").encode("utf-8-sig", "replace")


def to_json(rows: pd.DataFrame, about: dict[str, str]) -> bytes:
    """What is to be said of the rows, then the rows themselves under ``data``, null where a cell is empty."""
    records = json.loads(rows.to_json(orient="records", double_precision=15, force_ascii=False))
    return json.dumps(about | {"data": records}, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def to_parquet(rows: pd.DataFrame, about: dict[str, str]) -> bytes:
    """All columns of these rows; what is to be said of them is in the file's own metadata."""
    table = pa.Table.from_pandas(rows, preserve_index=False)
    target = io.BytesIO()
    pq.write_table(table.replace_schema_metadata((table.schema.metadata or {}) | about), target)
    return target.getvalue()
