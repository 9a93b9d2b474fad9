"""
Rule tables: knowledge as data, read from ``extract/rules`` and validated while it is loaded.

Nothing is loaded at import time. A CSV table is one rule a row, with a real example; a TOML file holds what does not
fit into cells.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from extract.errors import RuleError


def read_rows(table: str, columns: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """
    Read one rule table of this package.

    Args:
        table:
            File name in ``extract/rules``, e.g. "units.csv".
        columns:
            The header that the table must have, in order.

    Raises:
        RuleError:
            The header differs, or a row has too few or too many cells.
    """
    lines = (files("extract") / "rules" / table).read_text(encoding="utf-8").splitlines()
    reader = csv.DictReader(lines, strict=True)
    if tuple(reader.fieldnames or ()) != tuple(columns):
        raise RuleError(f"rules/{table}: the header is {reader.fieldnames}, not {list(columns)}")
    rows = tuple(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise RuleError(f"rules/{table}, line {number}: not {len(columns)} cells")
    return rows


def read_toml(name: str) -> dict[str, Any]:
    """Read one TOML file of ``extract/rules``."""
    return tomllib.loads((files("extract") / "rules" / name).read_text(encoding="utf-8"))
