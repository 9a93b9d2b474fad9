"""How figures are cited, short and in full, from the documents that they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.wording import Words


@dataclass(frozen=True, slots=True)
class Document:
    """
    What is known of a document, texts by language; a document that nothing is known of has its name as title.

    ``date`` is ISO and as precise as it is known ("2022", "2022-09", "2022-09-30"), "" where it is not.
    """

    titles: Mapping[str, str]
    publishers: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """The same figures cited in a line of running text, and in full for a list of references."""

    short: str
    full: str


def cite(
    subject: str, regions: Sequence[str], documents: Sequence[Document], version: str, address: str, words: Words
) -> Citation:
    """
    Cite figures in the language of ``words``.

    Args:
        subject:
            What the figures are of, as a reader sees it.
        regions:
            Whose figures they are, as a reader sees them.
        documents:
            Where they stand, each once.
        version:
            Of the data.
        address:
            Where the figures are shown, "" where nothing shows them.
    """
    app = words("app.title")
    figures = words("citation.figures", subject=subject, regions=words.join(list(regions)))
    short = [short_document(document, words) for document in documents]
    full = [full_document(document, words) for document in documents]
    return Citation(
        words("citation.short", figures=figures, documents=words.join(short), version=version),
        words(
            "citation.full",
            figures=figures,
            documents=words("list.semicolon").join(full),
            app=words("citation.comma").join(filter(None, (app, words("citation.version", version=version), address))),
        ),
    )


def short_document(document: Document, words: Words) -> str:
    """Title and date."""
    title = words("citation.title", title=document.titles[words.lang])
    return words("citation.dated", title=title, date=document.date) if document.date else title


def full_document(document: Document, words: Words) -> str:
    """Title, publisher, date and address, as far as they are known."""
    parts = (
        words("citation.title", title=document.titles[words.lang]),
        document.publishers.get(words.lang, ""),
        words("citation.date", date=document.date) if document.date else "",
        document.address,
    )
    return words("citation.comma").join(part for part in parts if part)
