"""The parts of a workspace's file → records. The file is from elsewhere: what does not fit the columns is refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.store.records import Facts, NewDocument
from dashboard.store.tidy import to_table
from extract.table.record import COLUMN_NAMES, COLUMNS, LEVELS, Column, Place
from extract.table.reviews import VERDICTS, Review

NAMES: Final = ("document.json", "text.txt", "places.json", "rows.jsonl", "reviews.jsonl")
# What document.json says beside the facts.
ABOUT: Final = ("name", "file_name", "format", "checksum", "rules")
_FACTS: Final = ("title", "publisher", "address", "reference_date", "region", "province", "level")
# Keys are short and plain: they stand in columns of limited length.
_KEY: Final = re.compile(r"[!-~]{1,64}")
_TIME: Final = re.compile(r"[0-9T:.+Z-]{1,40}")
_CHECKSUM: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 2**31 - 1


class PartError(Exception):
    """A part that does not hold what it should."""


def read_document(about: bytes, text: bytes, places: bytes) -> NewDocument:
    """
    A document as document.json, text.txt and places.json describe it.

    Raises:
        PartError:
            They don't.
    """
    found = _mapping(_parse(about))
    facts = {name: _text(_mapping(found.get("facts")).get(name)) for name in _FACTS}
    _require(facts["level"] in ("", *LEVELS) and (not facts["reference_date"] or _is_day(facts["reference_date"])))
    named = {name: _text(found.get(name)) for name in ABOUT}
    _require(bool(_CHECKSUM.fullmatch(named["checksum"]) and _KEY.fullmatch(named["format"])))
    _require(len(named["format"]) <= 40)
    return NewDocument(**named, text=_decode(text), places=_read_places(places), facts=Facts(**facts))


def _read_places(part: bytes) -> tuple[Place, ...]:
    found = _parse(part)
    _require(isinstance(found, list))
    for place in found:
        _require(isinstance(place, list) and len(place) == 7 and isinstance(place[6], bool))
        _require(all(_is_count(cell) for cell in place[:2]))
        _require(all(cell is None or _is_count(cell) for cell in place[2:6]))
    return tuple(Place(*place) for place in found)


def read_rows(part: bytes, version: int) -> pd.DataFrame:
    """
    The tidy table of rows.jsonl.

    Args:
        version:
            That of the table; later columns are null where the part lacks them.

    Raises:
        PartError:
            A row lacks a column of its version, or a cell is not what its column holds.
    """
    return to_table([_read_row(line, version) for line in _lines(part)])


def _read_row(line: bytes, version: int) -> tuple[Any, ...]:
    row = _mapping(_parse(line))
    for column in COLUMNS:
        _require(column.name in row or column.version > version)
        _require(_fits(column, row.get(column.name)))
    return tuple(row.get(name) for name in COLUMN_NAMES)


def _fits(column: Column, cell: Any) -> bool:
    if cell is None:
        return column.nullable
    return _TESTS[column.type](cell) and (not column.values or cell in column.values)


def read_history(part: bytes) -> list[tuple[Review, str | None]]:
    """
    What people said, as reviews.jsonl has it, each with when it was undone.

    Raises:
        PartError:
            A line is no review.
    """
    return [_read_review(line) for line in _lines(part)]


def _read_review(line: bytes) -> tuple[Review, str | None]:
    found = _mapping(_parse(line))
    undone_at = found.pop("undone_at", None)
    texts = {name: _text(found.get(name)) for name in ("id", "row", "raw", "verdict", "reviewer", "at", "reason")}
    _require(all(_KEY.fullmatch(texts[name]) for name in ("id", "row")) and texts["verdict"] in VERDICTS)
    _require(all(_TIME.fullmatch(_text(time)) for time in (texts["at"], undone_at) if time is not None))
    _require(_is_count(found.get("start")) and _is_count(found.get("end")))
    cells = {name: _mapping(found.get(name)) for name in ("old", "new")}
    for changed in cells.values():
        _require(set(changed) <= set(COLUMN_NAMES))
        _require(all(cell is None or isinstance(cell, str) or _is_number(cell) for cell in changed.values()))
    fields: dict[str, Any] = {**texts, **cells}
    return Review(**fields, start=found["start"], end=found["end"]), undone_at


def _lines(part: bytes) -> Iterator[bytes]:
    return (line for line in part.split(b"\n") if line)


def _parse(part: bytes) -> Any:
    try:
        return json.loads(_decode(part))
    except (ValueError, RecursionError) as error:
        raise PartError("JSON") from error


def _decode(part: bytes) -> str:
    try:
        return part.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise PartError("UTF-8") from error


def _require(holds: bool) -> None:
    if not holds:
        raise PartError("unexpected content")


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PartError("unexpected content")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PartError("unexpected content")
    return value


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str)


def _is_count(cell: Any) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell <= _LARGEST


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell)


def _is_day(cell: Any) -> bool:
    try:
        return isinstance(cell, str) and date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


_TESTS: Final[dict[str, Callable[[Any], bool]]] = {
    "str": _is_text,
    "int": _is_count,
    "float": _is_number,
    "date": _is_day,
}
