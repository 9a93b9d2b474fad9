"""The bytes of a file → the document: what it is, its text, its places. In this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from extract.readers.blocks import Content, compose
from extract.readers.encoding import decode
from extract.readers.furniture import drop_furniture
from extract.readers.kinds import check_kind, check_plain
from extract.readers.pdf import read_pdf
from extract.readers.plain import place_lines, place_markdown
from extract.readers.source import MOST_BYTES, Source, clean_name, show_name, suffix_of
from extract.readers.spreadsheet import read_csv, read_workbook
from extract.readers.webpage import read_webpage
from extract.readers.word import read_word
from extract.table.errors import ReadError

PLAIN: Final = ("txt", "md")
_READERS: Final[Mapping[str, Callable[[bytes, str], Content]]] = MappingProxyType(
    {"docx": read_word, "pdf": read_pdf, "html": read_webpage, "csv": read_csv, "xlsx": read_workbook}
)
# Spreadsheets are all report: nothing in a cell is furniture.
_FURNISHED: Final = ("docx", "pdf", "html")
_MEGABYTE: Final = 1 << 20


def read_document(data: bytes, file_name: str) -> Source:
    """
    Read a document in this process; one that may be made to do harm belongs into ``read_safely``.

    Raises:
        ReadError:
            It can't be read; the message says why and what to do.
    """
    name = show_name(file_name)
    check_size(len(data), name)
    shape = check_kind(data, name, suffix_of(file_name))
    if shape in PLAIN:
        return read_plain(data, file_name, shape)
    content = _READERS[shape](data, name)
    blocks = drop_furniture(content.blocks) if shape in _FURNISHED else content.blocks
    text, places = compose(blocks)
    if not text.strip():
        raise ReadError(name, "no_text")
    return Source(clean_name(file_name), text, format=shape, places=places, title=content.title)


def read_plain(data: bytes, file_name: str, shape: str = "txt") -> Source:
    """A text as it was decoded, with nothing left out."""
    text = decode(data, show_name(file_name))
    places = place_markdown(text) if shape == "md" else place_lines(text)
    return Source(clean_name(file_name), text, format=shape, places=places)


def read_unnamed(data: bytes, name: str) -> Source:
    """A text of which no suffix says what it is; anything but text is refused."""
    shown = show_name(name)
    check_size(len(data), shown)
    check_plain(data, shown)
    return read_plain(data, name)


def check_size(size: int, name: str) -> None:
    """
    Refuse a file that is too large to be read.

    Raises:
        ReadError:
            It has more than MOST_BYTES.
    """
    if size > MOST_BYTES:
        raise ReadError(name, "too_large", size=-(-size // _MEGABYTE), limit=MOST_BYTES // _MEGABYTE)
