"""Files on the disk and bytes from elsewhere → documents; what might abort or run away does so in another process."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

from extract.readers.parse import PLAIN, check_size, read_document, read_unnamed
from extract.readers.sandbox import COMPUTING, MEMORY, Overrun, Unavailable, run_limited
from extract.readers.source import MOST_BYTES, STDIN, SUFFIXES, Source, show_name, suffix_of
from extract.table.errors import InputError, ReadError


def read_source(path: str) -> Source:
    """
    Read one document, or standard input where *path* is "-", which is plain text.

    A file whose suffix is not one of SUFFIXES is read as plain text, where that is what it holds.

    Raises:
        InputError:
            The file is missing, a directory or unreadable; a ReadError where its content can't be read.
    """
    if path == STDIN:
        return replace(read_unnamed(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input"), name="stdin")
    file = Path(path)
    data = _read_bytes(file)
    source = read_safely(data, path) if suffix_of(path) in SUFFIXES else read_unnamed(data, path)
    return replace(source, reference_date=_sidecar_date(file.with_suffix(".toml")))


def read_safely(data: bytes, file_name: str) -> Source:
    """
    Read a document: plain text here, everything else in a process with limits.

    Raises:
        ReadError:
            It can't be read, or its reader crashed or took too long; the message says why and what to do.
    """
    name = show_name(file_name)
    check_size(len(data), name)
    if suffix_of(file_name)[1:] in PLAIN:
        return read_document(data, file_name)
    try:
        return run_limited(read_document, data, file_name)
    except InputError:
        raise
    except Unavailable as error:
        raise ReadError(name, "reader_unavailable") from error
    except Overrun as error:
        raise ReadError(name, "reader_overran", seconds=COMPUTING, memory=MEMORY >> 30) from error
    except Exception as error:
        # A crash, or a fault of a library that no one has met yet: the file is refused, the program goes on.
        raise ReadError(name, "reader_crashed") from error


def _read_bytes(file: Path) -> bytes:
    name = show_name(str(file))
    try:
        with file.open("rb") as opened:
            size = file.stat().st_size
            check_size(size, name)
            data = opened.read(MOST_BYTES + 1)
    except IsADirectoryError as error:
        raise InputError(f"{name}: is a directory; name the files in it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{name}: can't be read ({reason}); check the name and the permissions") from error
    check_size(len(data), name)
    return data


def _sidecar_date(path: Path) -> date | None:
    """The reference date of a document's sidecar (``<id>.toml`` beside ``<id>.txt``), None where there is none."""
    if not path.is_file():
        return None
    try:
        return parse_sidecar(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); correct or remove the sidecar") from error


def parse_sidecar(data: bytes, name: str) -> date | None:
    """
    The reference date that a sidecar holds; ``name`` is what messages call it.

    Raises:
        InputError:
            It is no TOML, or its date is none.
    """
    try:
        found = tomllib.loads(data.decode("utf-8")).get("reference_date")
    except ValueError as error:
        raise InputError(f"{name}: can't be read as TOML ({error}); correct or remove the sidecar") from error
    if found is not None and type(found) is not date:
        raise InputError(f"{name}: reference_date is no date; write it as reference_date = 2022-09-30")
    return found
