"""A tidy table on the disk, checked on the way in: a CSV, a Parquet file, or a directory of Parquet files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.wording import Words
from extract.table.record import COLUMNS, REVIEWED_COLUMNS, REVIEWED_NAMES, UNREVIEWED

SUFFIXES: Final = (".csv", ".parquet")
# Rows that are read into memory; while they are, a gigabyte holds about so many.
MOST_IN_MEMORY: Final = 400_000


class LoadError(Exception):
    """Data that can't be shown; the words of ``error.<code>`` say what, where and what to do."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def say(self, words: Words) -> str:
        """The error as one line in a language."""
        return words(f"error.{self.code}", **self.fields)


def find_files(path: Path) -> list[Path]:
    """
    The files of a table: itself, or the Parquet files of a directory and its partitions.

    Raises:
        LoadError:
            Nothing is there, or nothing that can be a table.
    """
    if not path.exists():
        raise LoadError("missing", path=path)
    if path.is_dir():
        found = sorted(file for file in path.rglob("*.parquet") if not is_hidden(file.relative_to(path)))
        if not found:
            raise LoadError("missing", path=path / "*.parquet")
        return found
    if path.suffix.lower() not in SUFFIXES:
        raise LoadError("suffix", path=path)
    return [path]


def is_hidden(way: Path) -> bool:
    """Whether a file is none of the table's by custom: it, or a folder on its way, begins with an underscore or dot."""
    return any(part.startswith(("_", ".")) for part in way.parts)


def read_rows(path: Path) -> pd.DataFrame:
    """
    Read a tidy table and check it against COLUMNS.

    Returns:
        The columns of REVIEWED_COLUMNS in order, further ones dropped; columns that came with a later version of the
        table are null; a table without review columns is one that nobody has reviewed; ``region`` is "" where the text
        does not say who reports; the index counts from 0.

    Raises:
        LoadError:
            The table is missing, can't be read, lacks a column, or holds values that its column does not allow.
    """
    files = find_files(path)
    refuse_many(path, files)
    try:
        tables = [read_file(file) for file in files]
    except (OSError, ValueError, pd.errors.ParserError) as error:
        raise LoadError("unreadable", path=path, reason=str(error).partition("\n")[0]) from error
    for table in tables:
        if lacking := [one.name for one in COLUMNS if one.version == 1 and one.name not in table.columns]:
            raise LoadError("columns", path=path, columns=", ".join(lacking))
    filled = [table for table in tables if len(table)] or tables[:1]
    rows = pd.concat([table.reindex(columns=list(REVIEWED_NAMES)) for table in filled], ignore_index=True)
    rows["review"] = rows["review"].where(rows["review"].notna(), UNREVIEWED["review"])
    return check_columns(rows, path)


def refuse_many(path: Path, files: list[Path]) -> None:
    """
    Refuse more rows than fit in memory: a corpus has a sorted copy for that.

    Raises:
        LoadError:
            There are too many.
    """
    try:
        count = sum(pq.read_metadata(file).num_rows for file in files if file.suffix.lower() == ".parquet")
    except (OSError, pa.ArrowException):
        # What can't be read is named by who reads it.
        return
    if count > MOST_IN_MEMORY:
        raise LoadError("unsorted", path=path, count=count, most=MOST_IN_MEMORY)


def read_file(path: Path) -> pd.DataFrame:
    """One file of a table; a CSV's cells come as text."""
    if path.suffix.lower() == ".csv":
        return pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    return pd.read_parquet(path, partitioning=None)


def check_columns(rows: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The rows with their numbers as numbers and their dates as ISO text."""
    checked = {}
    for column in REVIEWED_COLUMNS:
        cells = rows[column.name]
        if column.type in ("int", "float"):
            numbers = pd.to_numeric(cells, errors="coerce").replace([float("inf"), float("-inf")], float("nan"))
            is_bad = numbers.isna() & (cells.notna() | (not column.nullable))
            checked[column.name] = numbers if column.type == "float" or is_bad.any() else numbers.astype("int64")
        else:
            checked[column.name] = cells.astype("str").where(cells.notna(), None)
            is_bad = cells.isna() & (not column.nullable) & (column.name not in ("unit", "flags"))
            if column.name == "id":
                is_bad |= cells.duplicated()
        if is_bad.any():
            raise LoadError("values", path=path, column=column.name, count=int(is_bad.sum()))
    blank = {name: checked[name].fillna("") for name in ("region", "unit", "flags")}
    return pd.DataFrame(checked | blank)


def hash_files(files: list[Path]) -> str:
    """The SHA-256 of the table's bytes, in hex."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
