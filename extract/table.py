"""Rows ↔ DataFrame ↔ CSV, Parquet and JSON lines."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import pandas as pd

from extract.errors import InputError, OutputError
from extract.record import COLUMN_NAMES, COLUMNS, Statistic

SUFFIXES: Final = (".csv", ".parquet", ".jsonl")
_DTYPES: Final = {"str": "str", "int": "int64", "float": "float64", "date": "str"}


def to_frame(rows: Iterable[Statistic]) -> pd.DataFrame:
    """
    The tidy table of some rows: one column for each of COLUMNS, in order, ``value`` as float, dates as ISO strings.

    No rows give the header alone.
    """
    records = [_record(row) for row in rows]
    frame = pd.DataFrame(records, columns=list(COLUMN_NAMES))
    return frame.astype({column.name: _DTYPES[column.type] for column in COLUMNS})


def _record(row: Statistic) -> dict[str, Any]:
    record = asdict(row)
    record["value"] = float(row.value)
    record["value_high"] = None if row.value_high is None else float(row.value_high)
    for name in ("period_start", "period_end"):
        record[name] = None if record[name] is None else record[name].isoformat()
    return record


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """
    Write a table as its suffix says: UTF-8 CSV with LF, Parquet, or JSON lines.

    The file appears whole or not at all.

    Raises:
        OutputError:
            The suffix is unknown, or the place can't be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise OutputError(f"{path}: unknown suffix {suffix or '(none)'}; write to one of {', '.join(SUFFIXES)}")
    if path.is_dir():
        raise OutputError(f"{path}: is a directory; name a file, e.g. {path / 'statistics.csv'}")
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({error.strerror}); choose another place with -o") from error
    try:
        _write(frame, temporary, suffix)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({error.strerror}); choose another place with -o") from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _write(frame: pd.DataFrame, path: Path, suffix: str) -> None:
    if suffix == ".csv":
        frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", float_format=_plain_float)
    elif suffix == ".parquet":
        frame.to_parquet(path, index=False)
    else:
        frame.to_json(path, orient="records", lines=True, force_ascii=False)


def _plain_float(number: float) -> str:
    """The shortest exact spelling, without an exponent and without a needless .0: 85000.0 → 85000."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < 2**63 else repr(float(number))


def read_table(path: Path) -> pd.DataFrame:
    """
    Read a tidy table back from CSV, Parquet or JSON lines.

    Raises:
        InputError:
            The file is missing, unreadable, or lacks columns.
    """
    try:
        frame = _read(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read as a table ({error}); give a file that the extractor wrote") from error
    missing = [name for name in COLUMN_NAMES if name not in frame.columns]
    if missing:
        raise InputError(f"{path}: lacks the columns {', '.join(missing)}; give a file that the extractor wrote")
    types = {column.name: _DTYPES[column.type] for column in COLUMNS}
    return frame[list(COLUMN_NAMES)].astype(types)


def _read(path: Path) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return pd.read_parquet(path)
    if suffix == ".jsonl":
        return pd.read_json(path, orient="records", lines=True, dtype=False)
    numbers = {column.name: _DTYPES[column.type] for column in COLUMNS if column.type in ("int", "float")}
    frame = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    nullable = [column.name for column in COLUMNS if column.nullable and column.name in frame]
    frame[nullable] = frame[nullable].replace("", None)
    return frame.astype({name: kind for name, kind in numbers.items() if name in frame})
