"""What goes into the store and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from extract.table.record import Place


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What a person may say of a document, before it is kept and after.

    ``address`` is a URL, ``reference_date`` an ISO day; "" is as the text says, or not known.
    """

    title: str
    publisher: str = ""
    address: str = ""
    reference_date: str = ""
    region: str = ""
    province: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """
    A document to be kept.

    Args:
        name:
            The wanted name in the table's column ``document``; the store makes it unique (报告, 报告 (2)).
        file_name, format, checksum:
            The file as it was given: its name, what it is, and the SHA-256 of its bytes as hex digits.
        text, places:
            Its text, and where stretches of the text stand in the file.
        facts:
            What a person says of it.
        rules:
            The version of the extraction rules that its rows come from.
    """

    name: str
    file_name: str
    format: str
    checksum: str
    text: str
    places: tuple[Place, ...]
    facts: Facts
    rules: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """
    A kept document without its text.

    ``rows`` counts its statistics, ``reviewed`` those of which a review holds. Times are ISO 8601 in UTC, and
    ``removed_at`` is None unless the import was undone.
    """

    id: int
    name: str
    file_name: str
    format: str
    checksum: str
    text_hash: str
    facts: Facts
    rules: str
    imported_at: str
    removed_at: str | None
    rows: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Merge:
    """
    What a workspace file brought.

    The names of ``added`` documents, of ``known`` ones, and of those among these that had been removed and are back
    (``restored``); ``reviews`` counts those that are new here or newly undone.
    """

    added: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    reviews: int = 0
    restored: tuple[str, ...] = ()
