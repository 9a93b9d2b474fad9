"""The imported documents as the pages see them: their rows with what people said of them, and what is known of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from dashboard.citation import Document
from dashboard.store import Store, StoredDocument, StoreError, is_store, open_store
from dashboard.wording import LANGUAGES
from extract.table.record import REVIEWED_COLUMNS, REVIEWED_NAMES, UNREVIEWED
from extract.table.reviews import Review, Reviewed, apply_reviews

# As in the rows of the shipped table.
BLANK: Final = ("region", "unit", "flags")
NUMBERS: Final = frozenset(column.name for column in REVIEWED_COLUMNS if column.type in ("int", "float"))


@dataclass(frozen=True)
class Library:
    """
    All that is imported and not removed.

    ``rows`` are tidy rows with their review columns, without those that a person rejected; ``checksum`` changes with
    them.
    """

    rows: pd.DataFrame
    documents: Mapping[str, Document]
    checksum: str

    def __len__(self) -> int:
        return len(self.documents)


NOTHING: Final = Library(pd.DataFrame(columns=list(REVIEWED_NAMES)), MappingProxyType({}), "")


def read_library(store: Store) -> Library:
    """
    Read what a store holds.

    Raises:
        StoreError:
            The database can't be read.
    """
    documents = store.documents()
    if not documents:
        return NOTHING
    rows = store.rows()
    reviews = store.all_reviews()
    parts = [review_rows(part, reviews.get(str(name), ())) for name, part in rows.groupby("document", sort=False)]
    kept = pd.concat(parts, ignore_index=True) if parts else NOTHING.rows
    kept = kept[kept["review"] != "rejected"].reset_index(drop=True)
    hashed = pd.util.hash_pandas_object(kept.astype("str"), index=False).to_numpy().tobytes()
    names = "\n".join(f"{one.name}\t{one.facts.title}" for one in documents).encode("utf-8", "surrogatepass")
    return Library(
        rows=kept,
        documents={one.name: describe(one) for one in documents},
        checksum=hashlib.sha256(hashed + names).hexdigest(),
    )


def read_imported(place: str) -> Library:
    """
    The same for a place, for a command that is over at once; nothing where no store is, and none is made.

    Raises:
        StoreError:
            There is one, and it can't be read.
    """
    if not is_store(place):
        return NOTHING
    store = open_store(place)
    try:
        return read_library(store)
    finally:
        store.close()


def read_named(place: str) -> Library:
    """
    The same for a place that a person named, where a store must be.

    Raises:
        StoreError:
            There is none, or it can't be read.
    """
    if not is_store(place):
        raise StoreError("no_store", place=place)
    return read_imported(place)


def review_rows(rows: pd.DataFrame, reviews: Sequence[Review]) -> pd.DataFrame:
    """The rows of one document with what was said of them, rejected ones included."""
    if not reviews:
        return to_table(rows.assign(**UNREVIEWED))
    return to_table(pd.DataFrame(list(judge_rows(rows, reviews).rows), columns=list(REVIEWED_NAMES), dtype=object))


def judge_rows(rows: pd.DataFrame, reviews: Sequence[Review]) -> Reviewed:
    """The same as records, with the reviews that fit no row any more."""
    return apply_reviews(rows.astype(object).where(rows.notna(), None).to_dict("records"), reviews)


def to_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the form of the shipped table: numbers as numbers, all else as text, "" where BLANK says so."""
    columns: dict[str, Any] = {}
    for column in REVIEWED_COLUMNS:
        cells = rows[column.name]
        if column.type == "int":
            columns[column.name] = cells.astype("int64")
        elif column.name in NUMBERS:
            columns[column.name] = pd.to_numeric(cells)
        else:
            columns[column.name] = cells.astype("str").where(cells.notna(), "" if column.name in BLANK else None)
    return pd.DataFrame(columns)


def describe(document: StoredDocument) -> Document:
    """What citations and pages say of an imported document."""
    facts = document.facts
    publishers = dict.fromkeys(LANGUAGES, facts.publisher) if facts.publisher else {}
    return Document(
        titles=dict.fromkeys(LANGUAGES, facts.title or document.name),
        publishers=publishers,
        date=facts.reference_date,
        address=facts.address,
    )
