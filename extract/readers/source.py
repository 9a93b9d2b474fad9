"""What is read: a document's name, text and places; which files are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from extract.table.record import Place, marked_headings

SUFFIXES: Final[tuple[str, ...]] = (".txt", ".md", ".docx", ".pdf", ".html", ".htm", ".csv", ".xlsx")
STDIN: Final = "-"
# Of one file.
MOST_BYTES: Final = 64 << 20
_NAMELESS: Final = "document"
_LONGEST_NAME: Final = 120
# Controls, invisible marks of direction, lone surrogates, private use, line and paragraph separators.
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Source:
    """
    A document as it was read.

    ``name`` is what its rows carry; ``reference_date`` that of its sidecar, ``title`` what the document itself says,
    each where it has one; ``places`` say where each stretch of ``text`` stands in the original.
    """

    name: str
    text: str
    reference_date: date | None = None
    format: str = "txt"
    places: tuple[Place, ...] = ()
    title: str | None = None

    @property
    def headings(self) -> list[tuple[int, int]]:
        """The spans of the lines that the document's format marks as headings."""
        return marked_headings(self.places)


def suffix_of(file_name: str) -> str:
    """
    The suffix of a file's name in lower case, "" where it has none.

    >>> suffix_of("2026年.报告.PDF"), suffix_of("报告"), suffix_of(".txt")
    ('.pdf', '', '')
    """
    base = _base(file_name)
    stem, dot, suffix = base.rpartition(".")
    return f".{suffix.lower()}" if stem.strip(".") and dot and suffix else ""


def clean_name(file_name: str) -> str:
    """
    The name of a document by its file: without folders, control characters and suffix; never empty.

    >>> clean_name("../../etc/2026年 报告.pdf"), clean_name("C:\\\\a\\\\b.txt"), clean_name("..")
    ('2026年 报告', 'b', 'document')
    """
    base = show_name(_base(file_name), "").strip()
    suffix = suffix_of(base)
    stem = (base[: -len(suffix)] if suffix else base).strip(". \u3000")
    return stem[:_LONGEST_NAME].rstrip() or _NAMELESS


def show_name(file_name: str, instead: str = "\ufffd") -> str:
    """
    A file's name as a message may print it.

    >>> show_name("a\\x1b[31m\\n.pdf")
    'a�[31m�.pdf'
    """
    return "".join(instead if unicodedata.category(char) in _UNSEEN else char for char in file_name)


def _base(file_name: str) -> str:
    return re.split(r"[/\\]", file_name)[-1]
