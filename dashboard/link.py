"""
The whole view as a link: filters, ways to draw, language, what is opened, and the data version, in short ASCII codes.

``/compare?lang=zh&t=grid~property&r=zj~xianlin&n=pc&v=1a2b3c4d``
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from dashboard import columns
from dashboard.columns import Listing
from dashboard.filters import COLUMNS, Filters, meant, nameable
from dashboard.nesting import split_told
from dashboard.options import CHOICES, HIGHLIGHT_PARAM, Options
from dashboard.options import PARAMS as OPTION_PARAMS
from dashboard.wording import LANGUAGES
from dashboard.wording.codebook import Codebook, name_code

SEPARATOR: Final = "~"
# Characters of a search, whoever wrote it: a reader or a link.
LONGEST_SEARCH: Final = 100
# The groups of themes that lie open, and the code for none of them.
GROUPS_PARAM, NO_GROUP = "gr", "none"
T = TypeVar("T")
FILTER_PARAMS: Final = MappingProxyType(
    {
        "themes": "t",
        "indicators": "i",
        "provinces": "p",
        "reporters": "rp",
        "regions": "r",
        "levels": "l",
        "kinds": "k",
        "statuses": "st",
        "years": "yr",
        "terms": "q",
        "documents": "doc",
        "reviews": "rv",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class ReportKey:
    """One report: the document that it stands in and its number there, from 1."""

    document: str
    number: int

    @property
    def code(self) -> str:
        """
        The report in a link, the same on every machine.

        >>> ReportKey("八篇讲话", 3).code
        'd30bf465cf0.3'
        """
        return f"{document_code(self.document)}.{self.number}"


@dataclass(frozen=True, slots=True)
class Link:
    """
    All that an address holds.

    ``listing`` is how the whole table is listed; ``place``, ``indicator`` and ``report`` are what the pages of one
    region, one indicator and one report show, ``row`` the statistic whose sentence is open, ``document`` the one that
    is reviewed; None leaves the choice to the page. So does None of ``groups``, those of themes that lie open.
    """

    filters: Filters = field(default_factory=Filters)
    lang: str | None = None
    options: Options = field(default_factory=Options)
    listing: Listing = field(default_factory=Listing)
    place: str | None = None
    indicator: str | None = None
    report: ReportKey | None = None
    row: str | None = None
    document: str | None = None
    groups: tuple[str, ...] | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """
    What the data knows: the values of each filter field, the reports, and the values of each choice column.

    All of it is read where a link asks for it: there may be many thousand documents.
    """

    values: Mapping[str, Sequence[str]]
    reports: Callable[[], Sequence[ReportKey]]
    cells: Mapping[str, Sequence[str]]


def document_code(document: str) -> str:
    """The ASCII code of a document in a link."""
    return "d" + name_code(document)


def code_told(value: str, codebook: Codebook) -> str:
    """The ASCII code of a reporter, or of what it says of a place."""
    return ".".join(codebook.region_code(name) for name in split_told(value) if name is not None)


def codes(field: str, values: Iterable[str], codebook: Codebook) -> dict[str, str]:
    """Code → value, for the values that a field can take."""
    if field == "reporters":
        return {code_told(value, codebook): value for value in values}
    if field in ("provinces", "regions"):
        return {codebook.region_code(value): value for value in values}
    if field == "documents":
        return {document_code(value): value for value in values}
    return {value: value for value in values}


def to_params(link: Link, codebook: Codebook) -> dict[str, str]:
    """The link's query parameters; what is empty or the default is left out, and no code depends on the language."""
    params = {"lang": link.lang} if link.lang else {}
    for chosen in link.filters.active():
        named = link.filters.folded(chosen, codebook)
        params[FILTER_PARAMS[chosen]] = SEPARATOR.join(codes(chosen, named, codebook))
    for name, values in CHOICES.items():
        if code := values[getattr(link.options, name)]:
            params[OPTION_PARAMS[name]] = code
    if link.options.highlight:
        params[HIGHLIGHT_PARAM] = codebook.region_code(link.options.highlight)
    rest = {
        "g": codebook.region_code(link.place) if link.place is not None else None,
        "m": link.indicator,
        "d": link.report.code if link.report else None,
        "s": link.row,
        "rd": document_code(link.document) if link.document is not None else None,
        GROUPS_PARAM: None if link.groups is None else SEPARATOR.join(link.groups) or NO_GROUP,
        "v": link.version,
    }
    return params | columns.to_params(link.listing, codebook) | {name: value for name, value in rest.items() if value}


def from_params(params: Mapping[str, str], vocabulary: Vocabulary, codebook: Codebook) -> tuple[Link, tuple[str, ...]]:
    """
    Read a link.

    Args:
        params:
            The query parameters; ones that the app does not know are ignored.
        vocabulary:
            What the data knows.

    Returns:
        The link, and the codes in it that the data does not have, as written.
    """
    reader = _Reader(params)

    def known(name: str) -> dict[str, str]:
        return codes(name, nameable(name, vocabulary.values[name], codebook), codebook)

    places = partial(known, "regions")
    filters = {
        name: meant(name, reader.several(FILTER_PARAMS[name], partial(known, name)), codebook) for name in COLUMNS
    }
    terms = read_terms(params.get(FILTER_PARAMS["terms"], ""))
    options = {name: reader.one(OPTION_PARAMS[name], partial(invert, values)) for name, values in CHOICES.items()} | {
        "highlight": reader.one(HIGHLIGHT_PARAM, places)
    }
    listing, strange = columns.from_params(params, vocabulary.cells, codebook)
    link = Link(
        filters=Filters(**filters, terms=terms),
        listing=listing,
        lang=reader.one("lang", lambda: {lang: lang for lang in LANGUAGES}),
        options=Options(**{name: value for name, value in options.items() if value is not None}),
        place=reader.one("g", places),
        indicator=reader.one("m", partial(known, "indicators")),
        report=reader.one("d", lambda: {report.code: report for report in vocabulary.reports()}),
        row=params.get("s") or None,
        document=reader.one("rd", partial(known, "documents")),
        groups=read_groups(reader, codebook),
        version=params.get("v") or None,
    )
    return link, (*reader.unknown, *strange)


def invert(values: Mapping[str, str]) -> dict[str, str]:
    """Code → value of an option; the default has no code."""
    return {code: value for value, code in values.items() if code}


def read_groups(reader: _Reader, codebook: Codebook) -> tuple[str, ...] | None:
    """The groups of themes that lie open; None where the link says nothing of them."""
    known = {group: group for group in (*codebook.groups, NO_GROUP)}
    found = reader.several(GROUPS_PARAM, lambda: known)
    return tuple(group for group in found if group != NO_GROUP) if found else None


def read_terms(text: str) -> tuple[str, ...]:
    """The words of a search, as typed or as a link holds them, once each."""
    return tuple(dict.fromkeys(text[:LONGEST_SEARCH].replace(SEPARATOR, " ").split()))


class _Reader:
    """Codes taken out of parameters; what is not known is kept in ``unknown``."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self.params = params
        self.unknown: list[str] = []

    def asked(self, name: str) -> list[str]:
        return [code for code in self.params.get(name, "").split(SEPARATOR) if code]

    def several(self, name: str, read: Callable[[], Mapping[str, str]]) -> tuple[str, ...]:
        asked = self.asked(name)
        known = read() if asked else {}
        self.unknown += [code for code in asked if code not in known]
        return tuple(dict.fromkeys(known[code] for code in asked if code in known))

    def one(self, name: str, read: Callable[[], Mapping[str, T]]) -> T | None:
        code = self.params.get(name, "")
        known = read() if code else {}
        if code and code not in known:
            self.unknown.append(code)
        return known.get(code)
