"""
A document → its reports, and the region that each speaks for.

A document is divided only where it says so itself: under the names of signing organisations, under headings that are a
place, under a numbered series of titles that open with a place, under titles of paragraphs that do, or under numbered
cases. Several places named in passing don't divide it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from extract.reporters.named_places import NamedPlaces
from extract.reporters.regions import find_region, region_of_head
from extract.reporters.report_lines import COLON_LINE, Heading, find_headings, line_rules
from extract.reporters.signatures import Region, clean_line, find_lines
from extract.table.record import Report

_LONGEST_PREFACE: Final = 400
_SAMPLE: Final = 200_000

_COLON: Final = "colon"

# Start, end and region of a report.
_Section = tuple[int, int, Region | None]


def split_reports(text: str, marked: Sequence[tuple[int, int]] = ()) -> tuple[Report, ...]:
    """
    Divide a document into its reports and say who reports in each.

    Args:
        text:
            Any text; also empty, one line long, or with any kind of line end.
        marked:
            Spans of the lines that the file's format marks as headings, in order.

    Returns:
        At least one report, in text order, numbered from 1; together they cover the text without gap or overlap.
        Front matter (a table of contents, a title page) belongs to the first.
        ``region`` is None where nothing says who reports.
    """
    places = NamedPlaces(text, 0, len(text))
    headings = tuple(find_headings(text, places, marked))
    sections = _choose_sections(text, headings, places)
    if not sections:
        return (_to_report(1, 0, len(text), find_region(places)),)
    return tuple(
        _to_report(number, start, end, region or _region_of_section(text, start, end))
        for number, (start, end, region) in enumerate(sections, start=1)
    )


def _region_of_section(text: str, start: int, end: int) -> Region | None:
    return find_region(NamedPlaces(text, start, end))


def _to_report(number: int, start: int, end: int, region: Region | None) -> Report:
    name, province, level = region or (None, None, None)
    return Report(number, start, end, name, province, level)


def _choose_sections(text: str, headings: tuple[Heading, ...], known: Container[str]) -> tuple[_Section, ...]:
    """The division by the plainest kind of heading that gives at least two reports of different regions."""
    for kind in ("issuer", "signature"):
        closing = _divide_by_signatures(text, [heading for heading in headings if heading.kind == kind])
        if closing:
            return closing
    cases = [heading for heading in headings if heading.kind == "case"]
    if not any(heading.region for heading in cases) and region_of_head(text, 0, len(text), known):
        cases = []  # the cases of one region, wherever in it they happened
    named = _named(headings)
    if _has_regions(_divide_before(text, _with_body(text, named))):
        # Beside such headings a place with its title behind a colon is one too.
        starts = {heading.start for heading in named}
        named = [one for one in headings if one.start in starts or (one.region and one.style == _COLON)]
    for chosen in ([h for h in headings if _is_signed(h)], named, cases):
        sections = _divide_before(text, _with_body(text, chosen))
        if _has_regions(sections):
            return sections
    titles = [heading for heading in headings if heading.kind == "title"]
    for style in dict.fromkeys(heading.style for heading in titles):
        run = _titles_of_places([heading for heading in titles if heading.style == style])
        sections = _divide_before(text, _with_body(text, run))
        if _has_regions(sections):
            return sections
    openers = _openers([heading for heading in headings if heading.kind == "opener"])
    sections = () if region_of_head(text, 0, len(text), known) else _divide_before(text, _with_body(text, openers))
    if _has_regions(sections):
        return sections
    chapters = _divide_before(text, _with_body(text, [heading for heading in headings if heading.kind == "contents"]))
    regions = {region for _, _, region in chapters if region}
    return chapters if len(chapters) > 2 and 10 * len(regions) >= 6 * len(chapters) else ()


def _is_signed(heading: Heading) -> bool:
    is_below_title = heading.start < heading.line_start
    return heading.kind == "issuer" or (heading.kind == "place" and is_below_title)


def _named(headings: Sequence[Heading]) -> list[Heading]:
    """The headings that are a place or an organisation; with places before a colon others that stand so as well."""
    has_colons = sum(heading.kind == "place" and heading.style == COLON_LINE for heading in headings) > 1
    return [
        heading
        for heading in headings
        if heading.kind in ("issuer", "place", "bracket") or (has_colons and heading.style == COLON_LINE)
    ]


def _openers(headings: list[Heading]) -> list[Heading]:
    """The titles above paragraphs that open with a place, where that is how most of them do."""
    placed = [heading for heading in headings if heading.region]
    return headings if 10 * len(placed) >= 6 * len(headings) else []


def _has_regions(sections: tuple[_Section, ...]) -> bool:
    return len({region for _, _, region in sections if region}) > 1


def _with_body(text: str, headings: list[Heading]) -> list[Heading]:
    """The headings that running text follows: those of a table of contents or a list of places have none."""
    ends = [heading.start for heading in headings[1:]] + [len(text)]
    return [
        heading
        for heading, end in zip(headings, ends, strict=False)
        if line_rules().body.search(text, heading.end, max(heading.end, end))
    ]


def _titles_of_places(titles: list[Heading]) -> list[Heading]:
    """
    The titles of one style that open with a place, where that is how the document is divided.

    Numbered ones must be 1, 2, 3 … without a title of another kind among them; of the others most must name a place.
    """
    if not any(heading.number for heading in titles):
        placed = [heading for heading in titles if heading.region]
        return placed if 2 * len(placed) > len(titles) else []
    best, first = (0, 0), 0
    for at, heading in enumerate(titles):
        is_next = at > first and heading.number == titles[at - 1].number + 1
        if not heading.region or not (is_next or heading.number == 1):
            first = at + 1
        elif not is_next:
            first = at
        if at + 1 - first > best[1] - best[0]:
            best = (first, at + 1)
    run, following = titles[best[0] : best[1]], titles[best[1] : best[1] + 1]
    is_whole = not following or following[0].number <= run[-1].number if run else False
    return run if is_whole or len(run) > 2 else []


def _divide_before(text: str, opening: list[Heading]) -> tuple[_Section, ...]:
    """Each heading begins a report; what stands before the first is its front matter, or a report if it is long."""
    if len(opening) < 2:
        return ()
    starts = [heading.start for heading in opening]
    regions = [heading.region for heading in opening]
    preface = text[: min(starts[0], _SAMPLE)]
    if sum(len(line) for line in preface.splitlines() if line_rules().body.search(line)) > _LONGEST_PREFACE:
        starts, regions = [0, *starts], [None, *regions]
    ends = [*starts[1:], len(text)]
    found = [region or _region_of_section(text, *span) for region, *span in zip(regions, starts, ends, strict=True)]
    return tuple(zip([0, *starts[1:]], ends, found, strict=True))


def _divide_by_signatures(text: str, issuers: list[Heading]) -> tuple[_Section, ...]:
    """Reports that are signed at their end: each signature, with its date, closes one."""
    if len(issuers) < 2 or not all(heading.follows_body for heading in issuers):
        return ()
    if len({heading.region for heading in issuers}) < 2 or line_rules().body.search(text, issuers[-1].end):
        return ()
    ends = [_skip_date(text, heading.end) for heading in issuers]
    ends[-1] = len(text)
    starts = [0, *ends[:-1]]
    return tuple(zip(starts, ends, (heading.region for heading in issuers), strict=True))


def _skip_date(text: str, end: int) -> int:
    for start, stop in find_lines(text, end, min(len(text), end + 200)):
        return stop if line_rules().date.fullmatch(clean_line(text[start:stop])) else end
    return end
