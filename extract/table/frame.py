"""Rows ↔ DataFrame ↔ CSV, Parquet and JSON lines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from extract.table.errors import InputError, OutputError
from extract.table.record import COLUMN_NAMES, COLUMNS, Column, Statistic

SUFFIXES: Final = (".csv", ".parquet", ".jsonl")
# Python's own strings: unlike Arrow's they can hold whatever a text holds, a lone surrogate too.
_TEXT: Final = pd.StringDtype("python", na_value=np.nan)
_DTYPES: Final[dict[str, Any]] = {"str": _TEXT, "int": "int64", "float": "float64", "date": _TEXT}
_ARROW: Final = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "date": pa.date32()}
_TYPES: Final = {column.name: _DTYPES[column.type] for column in COLUMNS}
# The tidy table in Arrow and Parquet, where dates are days and not text.
SCHEMA: Final = pa.schema([pa.field(column.name, _ARROW[column.type]) for column in COLUMNS])


def to_frame(rows: Iterable[Statistic]) -> pd.DataFrame:
    """
    The tidy table of some rows: one column for each of COLUMNS, in order, ``value`` as float, dates as ISO strings.

    No rows give the header alone.
    """
    cells = tuple(zip(*rows, strict=True)) or ((),) * len(COLUMNS)
    arrays = {column.name: _array(column, values) for column, values in zip(COLUMNS, cells, strict=True)}
    return pd.DataFrame(arrays, copy=False)


def _array(column: Column, values: Sequence[Any]) -> Any:
    if column.type in ("int", "float"):
        return np.array(values, dtype=_DTYPES[column.type])
    if column.type == "date":
        values = [None if day is None else day.isoformat() for day in values]
    return pd.array(values, dtype=_TEXT)


def check_output(path: Path) -> None:
    """
    Refuse a place that a table can't be written to, before the work is done.

    Raises:
        OutputError:
            The suffix is unknown, the place is a directory, or its folder does not exist.
    """
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({error.strerror}); choose another place with -o") from error
    if is_folder:
        raise OutputError(
            f"{path}: is a directory; name a file, e.g. {path / 'statistics.csv'}, or {path}/ for a dataset"
        )
    if path.suffix.lower() not in SUFFIXES:
        known = f"{', '.join(SUFFIXES)}, or a dataset: {path}/"
        raise OutputError(f"{path}: unknown suffix {path.suffix or '(none)'}; write to one of {known}")
    if not has_folder:
        raise OutputError(f"{path}: there is no folder {path.parent}; make it first or choose another place with -o")


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """
    Write a table as its suffix says: UTF-8 CSV with LF, Parquet, or JSON lines.

    The file appears whole or not at all.

    Raises:
        OutputError:
            The place can't be written, or a cell can't be encoded.
    """
    check_output(path)
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            _WRITERS[path.suffix.lower()](frame, file)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: can't be written ({error.strerror}); choose another place with -o") from error
    except (UnicodeError, pa.ArrowException) as error:
        raise OutputError(f"{path}: the text holds characters that can't be encoded ({error}); repair it") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_csv(frame: pd.DataFrame, file: IO[bytes]) -> None:
    """Write a table to an open file as CSV for programs: UTF-8, LF, values exact."""
    frame.to_csv(file, index=False, encoding="utf-8", lineterminator="\n", float_format=_plain_float)


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """
    A table with the columns' own types (SCHEMA).

    Raises:
        UnicodeError, pa.ArrowException:
            A cell holds what can't be encoded.
    """
    dates = [column.name for column in COLUMNS if column.type == "date"]
    days = {name: pd.to_datetime(frame[name]).dt.date for name in dates}
    return pa.Table.from_pandas(frame.assign(**days), schema=SCHEMA, preserve_index=False)


def _write_parquet(frame: pd.DataFrame, file: IO[bytes]) -> None:
    pq.write_table(to_arrow(frame), file)


def _write_json_lines(frame: pd.DataFrame, file: IO[bytes]) -> None:
    # pandas writes an empty line for no rows, which is no record.
    if len(frame):
        frame.to_json(file, orient="records", lines=True, force_ascii=False, double_precision=15)


_WRITERS: Final = {".csv": write_csv, ".parquet": _write_parquet, ".jsonl": _write_json_lines}


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _plain_float(number: object) -> str:
    """The shortest exact spelling, without an exponent and without a needless .0: 85000.0 → 85000."""
    return np.format_float_positional(np.float64(str(number)), trim="-")


def read_table(path: Path) -> pd.DataFrame:
    """
    Read a tidy table back from CSV, Parquet or JSON lines; columns that its version did not have yet are null.

    Raises:
        InputError:
            The file is missing, unreadable, or lacks columns.
    """
    try:
        frame = _read(path)
        lacking = [column for column in COLUMNS if column.name not in frame.columns]
        missing = [column.name for column in lacking if column.version == 1]
        if not missing:
            return frame.reindex(columns=list(COLUMN_NAMES)).astype(_TYPES)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(f"{path}: can't be read as a table ({error}); give a file that the extractor wrote") from error
    raise InputError(f"{path}: lacks the columns {', '.join(missing)}; give a file that the extractor wrote")


def _read(path: Path) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return pd.read_parquet(path)
    if suffix == ".jsonl":
        # JSON lines have no header: a table without rows is an empty file.
        return pd.read_json(path, orient="records", lines=True, dtype=False) if path.stat().st_size else to_frame(())
    frame = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    nullable = [column.name for column in COLUMNS if column.nullable and column.name in frame]
    frame[nullable] = frame[nullable].replace("", None)
    return frame
