"""Beside a table: the text of each document, to which its offsets refer, and the places of its stretches."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from extract.readers.source import Source
from extract.table.errors import OutputError
from extract.table.record import Place

COLUMNS: Final = tuple(field.name for field in fields(Place))


def write_texts(sources: Sequence[Source], folder: Path) -> None:
    """
    Write ``NAME.txt`` and ``NAME.places.csv`` of each document; each file appears whole or not at all.

    Raises:
        OutputError:
            The folder can't be made or written to, or a text can't be encoded.
    """
    try:
        folder.mkdir(exist_ok=True)
        for source in sources:
            _write(folder / f"{source.name}.txt", source.text.encode("utf-8"))
            _write(folder / f"{source.name}.places.csv", to_csv(source.places).encode("utf-8"))
    except OSError as error:
        raise OutputError(
            f"{folder}: can't be written ({error.strerror}); choose another folder with --texts"
        ) from error
    except UnicodeError as error:
        raise OutputError(f"{folder}: a text holds characters that can't be encoded ({error}); repair it") from error


def to_csv(places: Sequence[Place]) -> str:
    """
    Places as CSV for programs: an empty cell is null, headings are 1.

    >>> to_csv([Place(0, 4, page=3, paragraph=12)]).splitlines()[1]
    '0,4,3,12,,,0'
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([int(cell) if isinstance(cell, bool) else cell for cell in astuple(place)] for place in places)
    return target.getvalue()


def _write(path: Path, content: bytes) -> None:
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
