"""
A file that a person brings → a draft to look at → a document of the store. The app's only bridge to the extractor.

Reading and extracting a file happens in a process of its own, with limits: no page waits for it, and a file that makes
a reader run away ends that process and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, ParamSpec, TypeVar

import pandas as pd

from dashboard.store import Facts, NewDocument, StoredDocument
from extract.language.numerals import fold, read_numeral
from extract.language.rulebook import fingerprint
from extract.periods.reference_date import find_reference_date
from extract.periods.resolve import resolve_period
from extract.pipeline import extract_text, read_passage
from extract.readers import clean_name, read_document
from extract.readers.sandbox import MEMORY, TIMEOUT, Crash, Overrun, Unavailable, run_limited
from extract.reporters.reports import split_reports
from extract.reporters.signatures import read_issuer
from extract.reporters.title import find_publisher, find_title
from extract.table.errors import NumeralError, ReadError
from extract.table.frame import to_frame
from extract.table.record import Place, marked_headings
from extract.table.reviews import BY_PERSON

# Characters of a passage in which somebody says that a statistic stands; more than this holds many.
LONGEST_PASSAGE: Final = 300
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """
    A file that was read and not saved yet.

    ``facts`` are what its head says, or what a person made of them; ``regions`` who reports in each of its reports,
    "" where the text does not say; ``rows`` the tidy table.
    """

    file_name: str
    checksum: str
    size: int
    format: str
    text: str
    places: tuple[Place, ...]
    facts: Facts
    regions: tuple[str, ...]
    rows: pd.DataFrame

    @property
    def name(self) -> str:
        """What the document is called in the table."""
        return clean_name(self.file_name)


def read_draft(data: bytes, file_name: str) -> Draft:
    """
    Read a file and extract its statistics, in the limited process.

    Raises:
        ReadError:
            The file gives no text.
    """
    return run(clean_name(file_name), prepare, data, file_name)


def run(name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A function's result from the limited process; that of a document of this name which it does not survive fails."""
    try:
        return run_limited(function, *args, **kwargs)
    except Overrun as error:
        raise ReadError(name, "reader_overran", seconds=int(TIMEOUT), memory=MEMORY >> 30) from error
    except Unavailable as error:
        raise ReadError(name, "reader_unavailable") from error
    except Crash as error:
        raise ReadError(name, "reader_crashed") from error


def warm_up() -> None:
    """Start the process, and have it read a first sentence."""
    run("", prepare, "全市设立网格8.5万个。".encode(), "a.txt")


def prepare(data: bytes, file_name: str) -> Draft:
    """The same in this process."""
    source = read_document(data, file_name)
    if not source.text.strip():
        raise ReadError(source.name, "empty")
    reports = split_reports(source.text)
    stated = find_reference_date(source.text)
    only = reports[0] if len(reports) == 1 else None
    facts = Facts(
        title=source.title or find_title(source.text) or source.name,
        publisher=find_publisher(source.text) or "",
        reference_date=stated[0].isoformat() if stated else "",
        region=(only.region or "") if only else "",
        province=(only.province or "") if only else "",
        level=(only.level or "") if only else "",
    )
    return Draft(
        file_name=file_name,
        checksum=hashlib.sha256(data).hexdigest(),
        size=len(data),
        format=source.format,
        text=source.text,
        places=source.places,
        facts=facts,
        regions=tuple(report.region or "" for report in reports),
        rows=extract_rows(source.text, source.places, source.name, facts),
    )


def settle(draft: Draft, facts: Facts) -> Draft:
    """The draft with facts that a person corrected, and the rows that follow from them."""
    facts = place_region(facts, draft.facts)
    if facts == draft.facts:
        return draft
    return replace(draft, facts=facts, rows=run(draft.name, extract_rows, draft.text, draft.places, draft.name, facts))


def extract_rows(text: str, places: Sequence[Place], name: str, facts: Facts) -> pd.DataFrame:
    """
    The tidy table of a text under these facts.

    A region that a person gives reports in every row whose report names none, and in all rows where the document is one
    report. Rows about another place than the one that reports stay with that place.
    """
    reference = date.fromisoformat(facts.reference_date) if facts.reference_date else None
    rows = extract_text(text, name, reference, marked_headings(places))
    if not facts.region:
        return rows
    is_meant = rows["reporter"].isna() | (rows["report"].nunique() <= 1)
    is_own = is_meant & (rows["region"].isna() | (rows["region"] == rows["reporter"]))
    given = {"region": facts.region, "province": facts.province or None, "level": facts.level or None}
    for column, cell in given.items():
        rows[column] = rows[column].where(~is_own, cell)
    rows["reporter"] = rows["reporter"].where(~is_meant, facts.region)
    rows["flags"] = rows["flags"].where(~is_own, rows["flags"].map(without_unknown_region))
    return rows


def without_unknown_region(flags: str) -> str:
    """Flags of a row whose region is known after all."""
    return ";".join(flag for flag in flags.split(";") if flag != "region_unknown")


def place_region(facts: Facts, before: Facts) -> Facts:
    """Facts with the short name, province and level of a region that the gazetteer knows, where a region is new."""
    if facts.region == before.region:
        return facts
    return replace(facts, **dict(zip(("region", "province", "level"), find_place_of(facts.region, facts), strict=True)))


def find_place_of(region: str, facts: Facts) -> tuple[str, str, str]:
    """A region as it is written → its short name, province and level, the latter as given where it is not known."""
    issuer = read_issuer(region.strip()) if region.strip() else None
    if issuer is None:
        return region.strip(), facts.province, facts.level
    return issuer.region.region, issuer.region.province or "", issuer.region.level or facts.level


def to_document(draft: Draft, taken: Collection[str]) -> NewDocument:
    """What the store keeps of a draft; its name is none of those that are taken."""
    name, number = draft.name, 2
    while name in taken:
        name, number = f"{draft.name} ({number})", number + 1
    return NewDocument(
        name=name,
        file_name=draft.file_name,
        format=draft.format,
        checksum=draft.checksum,
        text=draft.text,
        places=draft.places,
        facts=draft.facts,
        rules=fingerprint(),
    )


def extract_again(document: StoredDocument, text: str, places: Sequence[Place], facts: Facts) -> pd.DataFrame:
    """The rows of a stored text under the present rules and these facts."""
    return run(document.name, extract_rows, text, places, document.name, facts)


def is_outdated(document: StoredDocument) -> bool:
    """Whether other rules than the present ones made a document's rows."""
    return document.rules != fingerprint()


def find_passage(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of a quote in a text; blanks at its ends aside."""
    wanted = quote.strip()
    places: list[tuple[int, int]] = []
    start = text.find(wanted) if 0 < len(wanted) <= LONGEST_PASSAGE else -1
    while start >= 0:
        places.append((start, start + len(wanted)))
        start = text.find(wanted, start + 1)
    return places


def find_selection(text: str, start: int, length: int) -> tuple[int, int] | None:
    """The span of a selection that was counted without the text's line breaks; None where there is none."""
    places = [place for place, char in enumerate(text) if char not in "\r\n"]
    if length < 1 or start < 0 or start + length > len(places):
        return None
    return places[start], places[start + length - 1] + 1


def suggest_rows(text: str, span: tuple[int, int], document: StoredDocument) -> list[dict[str, Any]]:
    """
    What the rules read in a passage, statistic or not, as rows of the tidy table; the passage itself where they read
    nothing.
    """
    facts = document.facts
    reference = date.fromisoformat(facts.reference_date) if facts.reference_date else None
    rows = to_frame(read_passage(text, span, document.name, reference))
    if facts.region:
        unknown = rows["region"].isna()
        for column in ("region", "province", "level"):
            rows[column] = rows[column].where(~unknown, getattr(facts, column) or None)
        rows["reporter"] = rows["reporter"].where(rows["reporter"].notna(), facts.region)
    cells = rows.astype(object).where(rows.notna(), None)
    # Where nothing was read, nothing is suggested.
    cells.loc[cells["rule"] == BY_PERSON, ["value", "subject"]] = None
    return [{str(name): cell for name, cell in row.items()} for row in cells.to_dict("records")]


def find_days(period: str, reference_date: str) -> tuple[str | None, str | None]:
    """The first and last day of a period as a person writes it, ISO; None where it can't be told."""
    reference = date.fromisoformat(reference_date) if reference_date else None
    days = resolve_period(period, reference) if period else None
    if days is None:
        return None, None
    return days[0].isoformat() if days[0] else None, days[1].isoformat()


def read_value(text: str) -> float | None:
    """
    A number as people write it, None where it is none.

    >>> [read_value(text) for text in ("8.5万", "85,000", "-0.3", "三千五百", "x")]
    [85000.0, 85000.0, -0.3, 3500.0, None]
    """
    written = text.strip()
    try:
        value = float(read_numeral(fold(written.removeprefix("-"))))
    except NumeralError:
        return None
    return -value if written.startswith("-") else value
