"""
Rule tables: knowledge as data, read from ``extract/rules`` and validated while it is loaded.

Nothing is loaded at import time. A CSV table is one rule a row, with a real example; a TOML file holds what does not
fit into cells.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from extract.table.errors import RuleError
from extract.table.shipped import shipped

FINGERPRINT_DIGITS: Final = 8
_FRAGMENT: Final = re.compile(r"\{([a-z_]+)\}")


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


def expand(pattern: str, fragments: Mapping[str, str]) -> str:
    """
    A pattern with its named fragments written out; fragments may name each other.

    Raises:
        RuleError:
            A fragment has no row.

    >>> expand("{year}[0-9]{1,2}月", {"year": "(?:今年|{digits}年)", "digits": "[0-9]{4}"})
    '(?:今年|[0-9]{4}年)[0-9]{1,2}月'
    """

    def written(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise RuleError(f"no fragment {match[1]} for the pattern {pattern}")
        return expand(fragments[match[1]], fragments)

    return _FRAGMENT.sub(written, pattern)


def compile_all(patterns: Mapping[str, str], fragments: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """
    Named patterns, their fragments written out, compiled.

    >>> compile_all({"year": "{digits}年"}, {"digits": "[0-9]{4}"})
    {'year': re.compile('[0-9]{4}年')}
    """
    return {name: re.compile(expand(pattern, fragments)) for name, pattern in patterns.items()}


@cache
def fingerprint() -> str:
    """
    The version of what makes rows: 8 hex digits of a SHA-256 over the extractor's code, rules and codebook.

    Rows of equal texts that were made under equal fingerprints are equal.
    """
    package = Path(str(files("extract")))
    digest = hashlib.sha256()
    own = ("**/*.py", "rules/*.csv", "rules/*.toml")
    for folder, patterns in ((package, own), (shipped("codebook"), ("*.csv",))):
        for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:FINGERPRINT_DIGITS]
