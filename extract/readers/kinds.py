"""What a file is, by its content and by its suffix; what can't be read is named, with what to do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from contextlib import suppress
from types import MappingProxyType
from typing import Final

from extract.readers.source import SUFFIXES
from extract.table.errors import ReadError

_HEAD: Final = 1024
_PDF: Final = b"%PDF-"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The names of the streams in an OLE file stand in its directory; the first that is there says what it is.
_STREAMS: Final = {
    "EncryptedPackage": "encrypted_office",
    "WordDocument": "old_word",
    "Workbook": "old_excel",
    "Book": "old_excel",
}
_PARTS: Final = {
    "word/": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "old_excel",
    "ppt/": "presentation",
    "OFD.xml": "ofd",
    "content.xml": "open_document",
}
_MAGIC: Final = {
    b"\x89PNG\r\n\x1a\n": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"RIFF": "image",
    b"{\\rtf": "rtf",
    b"Rar!\x1a\x07": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"\x1f\x8b": "archive",
}
_PAGE: Final = re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.DOTALL | re.I)
_WEB_ARCHIVE: Final = re.compile(rb"(?:^|\n)MIME-Version:.*multipart/related", re.DOTALL | re.IGNORECASE)
_SHAPE: Final = MappingProxyType({".htm": "html", **{suffix: suffix[1:] for suffix in SUFFIXES if suffix != ".htm"}})
_PLAIN: Final = ("txt", "md")
_TEXTS: Final = (*_PLAIN, "html", "csv")


def find_kind(data: bytes) -> str:
    """
    What some bytes are: empty, pdf, docx, xlsx, html, text, or a code of READ_ERRORS for what can't be read.

    >>> find_kind(b"%PDF-1.7"), find_kind("设立网格8.5万个。".encode()), find_kind(b"<!DOCTYPE html><p>")
    ('pdf', 'text', 'html')
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not data:
        return "empty"
    if _PDF in data[:_HEAD]:
        return "pdf"
    if data.startswith(_ZIP):
        return _kind_of_archive(data)
    if data.startswith(_OLE):
        names = ((name.encode("utf-16-le"), code) for name, code in _STREAMS.items())
        return next((code for name, code in names if name in data), "old_office")
    for magic, code in _MAGIC.items():
        if head.startswith(magic):
            return code
    if _PAGE.match(head):
        return "html"
    return "web_archive" if _WEB_ARCHIVE.search(head) else "text"


def _kind_of_archive(data: bytes) -> str:
    with suppress(zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
        for part, kind in _PARTS.items():
            if any(name.startswith(part) for name in names):
                return kind
        return "archive"
    return "damaged"


def check_kind(data: bytes, name: str, suffix: str) -> str:
    """
    The format of a file whose suffix is known, one of the suffixes without its dot (html for both).

    Raises:
        ReadError:
            Its content is something else; the message says what, and what to do.
    """
    if suffix not in _SHAPE:
        raise ReadError(name, "unknown_suffix", suffix=suffix or "—", known=" ".join(SUFFIXES))
    shape, kind = _SHAPE[suffix], find_kind(data)
    if kind == "empty":
        if shape in _PLAIN:
            return shape
        raise ReadError(name, "empty")
    if kind == "damaged" and shape in _TEXTS:
        kind = "archive"
    _refuse_foreign(name, kind, suffix, {"text", shape} if shape in _TEXTS else {shape})
    return shape


def check_plain(data: bytes, name: str) -> None:
    """
    Refuse what is no plain text, of an input that has no suffix to go by.

    Raises:
        ReadError:
            It is something else.
    """
    _refuse_foreign(name, find_kind(data), "", {"empty", "text"})


def _refuse_foreign(name: str, kind: str, suffix: str, welcome: Collection[str]) -> None:
    if kind in welcome:
        return
    if kind in ("pdf", "docx", "xlsx", "html", "text"):
        raise ReadError(name, f"is_{kind}")
    raise ReadError(name, kind, **({"suffix": suffix or ".zip"} if kind == "damaged" else {}))
