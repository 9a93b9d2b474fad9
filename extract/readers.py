"""Files → text and its sidecar. The only place where documents are opened."""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from extract.errors import InputError

STDIN: Final = "-"
_BOM: Final = b"\xef\xbb\xbf"
_WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
# Of this share on, characters that no text holds (controls, private use, unassigned) mean that it is none.
_ODD_SHARE: Final = 0.02
_SAMPLE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """A document: the name that its rows carry, its text, and the reference date of its sidecar where it has one."""

    name: str
    text: str
    reference_date: date | None = None


def read_source(path: str) -> Source:
    """
    Read one document, or standard input where *path* is "-".

    Raises:
        InputError:
            The file is missing, a directory, unreadable, or not a text in UTF-8 or GB18030.
    """
    if path == STDIN:
        return Source("stdin", decode(sys.stdin.buffer.read(), "standard input"))
    file = Path(path)
    try:
        data = file.read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a directory; name the files in it") from error
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); check the name and the permissions") from error
    return Source(file.stem, decode(data, path), _sidecar_date(file.with_suffix(".toml")))


def decode(data: bytes, name: str) -> str:
    """
    Bytes → text: UTF-8 with or without BOM, else GB18030; line ends stay as they are.

    Args:
        name:
            What the message calls the input.

    Raises:
        InputError:
            The bytes are no text in either encoding.

    Examples:
        >>> decode("近2000名".encode("gb18030"), "a.txt")
        '近2000名'
    """
    if data.startswith(_WIDE_BOMS):
        raise InputError(f"{name}: is UTF-16; save it as UTF-8")
    if b"\x00" in data:
        raise InputError(f"{name}: holds NUL bytes, so it is no plain text; save the document as UTF-8 text")
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data):
            raise InputError(
                f"{name}: is UTF-8 with damaged bytes, the first at byte {error.start}; restore the file"
            ) from error
    with suppress(UnicodeDecodeError):
        text = data.decode("gb18030")
        if not _is_odd(text):
            return text
    raise InputError(f"{name}: is neither UTF-8 nor GB18030 text; save the document as UTF-8 text")


def _is_broken_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII reads as UTF-8: such a file is no GB18030, though it might pass for it."""
    lenient = data.decode("utf-8", "replace")
    foreign = sum(char > "\x7f" for char in lenient)
    return 10 * lenient.count("\ufffd") < foreign


def _is_odd(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(char) in ("Cc", "Co", "Cn") and char not in "\t\r\n\f" for char in sample)
    return odd > _ODD_SHARE * len(sample)


def _sidecar_date(path: Path) -> date | None:
    """The reference date of a document's sidecar (``<id>.toml`` beside ``<id>.txt``), None where there is none."""
    if not path.is_file():
        return None
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("reference_date")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read as TOML ({error}); correct or remove the sidecar") from error
    if found is not None and type(found) is not date:
        raise InputError(f"{path}: reference_date is no date; write it as reference_date = 2022-09-30")
    return found
