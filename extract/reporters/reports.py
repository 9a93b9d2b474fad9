"""
A document → its reports, and the region that each speaks for.

A document is divided only where it says so itself: under the names of signing organisations, under headings that are a
place, under a numbered series of titles that open with a place, or under numbered cases. Several places named in
passing don't divide it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from extract.reporters.regions import NamedPlaces, find_region, region_of_head
from extract.reporters.signatures import (
    COUNTRY,
    Region,
    clean_line,
    find_lines,
    is_unnamed_issuer,
    read_issuer,
    read_title,
    split_numbering,
)
from extract.table.record import Report

HeadingKind = Literal["place", "bracket", "issuer", "title", "case", "contents"]

_LONGEST_HEADING: Final = 60
_LONGEST_PREFACE: Final = 400
_SAMPLE: Final = 200_000
_LONGEST_CONTENTS: Final = 20_000
_TITLE_LINES: Final = 3
_ENDS: Final = "。！？；：，、.!?;:,"
_DATE: Final = re.compile(
    r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*[年.\-/][\d〇一二三四五六七八九十年月日.\-/\s]{1,14}[）)]?"
)
_CONTENTS_ENTRY: Final = re.compile(r"[.…·．]{2,}\s*[（(]?\d*[）)]?$|[\s\t]\d{1,3}$")
_STATISTIC: Final = re.compile(r"\d+\s*[万亿个名户件家条项人%％]")
_BRACKET: Final = re.compile(r"[【〔\[]([^】〕\]\r\n]{2,40})[】〕\]]")
_BRACKETED: Final = re.compile(r"[【〔\[].*[】〕\]]")
_CASE: Final = re.compile(r"(?:典型)?案例(?:之)?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[：:、.．\s]|$)")
_COLON: Final = re.compile(r"([^：:，,。\s]{2,20})[：:](?=[^，,。；;]+$)")
_SIGNED_TITLE: Final = re.compile(r".{4,}(?:[（(]([^（）()]{3,30})[）)]|——([^—]{3,30}))")
_CONTENTS: Final = re.compile(r"目[ \u3000]*录")
_NUMBER: Final = re.compile(r"[一二三四五六七八九十]{1,3}|\d{1,3}")
_DIGITS: Final = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
# What tells running text from headings, tables of contents and lists of places.
_BODY: Final = re.compile(r"[。；;！]|[^\s.…·]{40,}|[一-龥][^\r\n]{0,40}[，,][^\r\n]{0,40}[一-龥]")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A line that may open a report: the section begins at ``start``, the running text after ``end``."""

    start: int
    line_start: int
    end: int
    kind: HeadingKind
    region: Region | None
    style: str = ""
    number: int = 0
    follows_body: bool = False


# Start, end and region of a report.
_Section = tuple[int, int, Region | None]


def split_reports(text: str) -> tuple[Report, ...]:
    """
    Divide a document into its reports and say who reports in each.

    Args:
        text:
            Any text; also empty, one line long, or with any kind of line end.

    Returns:
        At least one report, in text order, numbered from 1; together they cover the text without gap or overlap.
        Front matter (a table of contents, a title page) belongs to the first.
        ``region`` is None where nothing says who reports.
    """
    places = NamedPlaces(text, 0, len(text))
    headings = tuple(_find_headings(text, places))
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


def _choose_sections(text: str, headings: tuple[_Heading, ...], known: Container[str]) -> tuple[_Section, ...]:
    """The division by the plainest kind of heading that gives at least two reports of different regions."""
    closing = _divide_by_signatures(text, headings)
    if closing:
        return closing
    cases = [heading for heading in headings if heading.kind == "case"]
    if not any(heading.region for heading in cases) and region_of_head(text, 0, len(text), known):
        cases = []  # the cases of one region, wherever in it they happened
    for chosen in ([h for h in headings if _is_signed(h)], [h for h in headings if _is_named(h)], cases):
        sections = _divide_before(text, _with_body(text, chosen))
        if _has_regions(sections):
            return sections
    titles = [heading for heading in headings if heading.kind == "title"]
    for style in dict.fromkeys(heading.style for heading in titles):
        run = _titles_of_places([heading for heading in titles if heading.style == style])
        sections = _divide_before(text, _with_body(text, run))
        if _has_regions(sections):
            return sections
    chapters = _divide_before(text, _with_body(text, [heading for heading in headings if heading.kind == "contents"]))
    regions = {region for _, _, region in chapters if region}
    return chapters if len(chapters) > 2 and 10 * len(regions) >= 6 * len(chapters) else ()


def _is_signed(heading: _Heading) -> bool:
    is_below_title = heading.start < heading.line_start
    return heading.kind == "issuer" or (heading.kind == "place" and is_below_title)


def _is_named(heading: _Heading) -> bool:
    return heading.kind in ("issuer", "place", "bracket")


def _has_regions(sections: tuple[_Section, ...]) -> bool:
    return len({region for _, _, region in sections if region}) > 1


def _with_body(text: str, headings: list[_Heading]) -> list[_Heading]:
    """The headings that running text follows: those of a table of contents or a list of places have none."""
    ends = [heading.start for heading in headings[1:]] + [len(text)]
    return [
        heading
        for heading, end in zip(headings, ends, strict=False)
        if _BODY.search(text, heading.end, max(heading.end, end))
    ]


def _titles_of_places(titles: list[_Heading]) -> list[_Heading]:
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


def _divide_before(text: str, opening: list[_Heading]) -> tuple[_Section, ...]:
    """Each heading begins a report; what stands before the first is its front matter, or a report if it is long."""
    if len(opening) < 2:
        return ()
    starts = [heading.start for heading in opening]
    regions = [heading.region for heading in opening]
    preface = text[: min(starts[0], _SAMPLE)]
    if sum(len(line) for line in preface.splitlines() if _BODY.search(line)) > _LONGEST_PREFACE:
        starts, regions = [0, *starts], [None, *regions]
    ends = [*starts[1:], len(text)]
    found = [region or _region_of_section(text, *span) for region, *span in zip(regions, starts, ends, strict=True)]
    return tuple(zip([0, *starts[1:]], ends, found, strict=True))


def _divide_by_signatures(text: str, headings: tuple[_Heading, ...]) -> tuple[_Section, ...]:
    """Reports that are signed at their end: each signature, with its date, closes one."""
    issuers = [heading for heading in headings if heading.kind == "issuer"]
    if len(issuers) < 2 or not all(heading.follows_body for heading in issuers):
        return ()
    if len({heading.region for heading in issuers}) < 2 or _BODY.search(text, issuers[-1].end):
        return ()
    ends = [_skip_date(text, heading.end) for heading in issuers]
    ends[-1] = len(text)
    starts = [0, *ends[:-1]]
    return tuple(zip(starts, ends, (heading.region for heading in issuers), strict=True))


def _skip_date(text: str, end: int) -> int:
    for start, stop in find_lines(text, end, min(len(text), end + 200)):
        return stop if _DATE.fullmatch(clean_line(text[start:stop])) else end
    return end


def _find_headings(text: str, known: Container[str]) -> Iterator[_Heading]:
    """Every line that may open or sign a report, in text order."""
    contents = _read_contents(text)
    titles: list[int] = []  # starts of the title lines directly above
    follows_body = False
    for start, end in find_lines(text, 0, len(text)):
        heading = _read_bracket(text, start, end, known)
        line = clean_line(text[start:end]) if end - start <= _LONGEST_HEADING * 2 else ""
        is_short = 1 < len(line) <= _LONGEST_HEADING and not _CONTENTS_ENTRY.search(line)
        if heading is None and is_short:
            heading = _read_heading(text, start, end, line, known)
            if (heading is None or heading.region is None) and _bare_title(line) in contents:
                yield _Heading(start, start, end, "contents", None)
        if heading is None:
            is_title = is_short and line[-1] not in _ENDS and not _STATISTIC.search(line)
            is_title = is_title and not _DATE.fullmatch(line)
            titles = [*titles, start][-_TITLE_LINES:] if is_title else []
            follows_body = (
                follows_body if is_title else end - start > 2 * _LONGEST_HEADING or bool(_BODY.search(text, start, end))
            )
            continue
        if heading.kind in ("issuer", "place") and not heading.style and titles:
            heading = replace(heading, start=titles[0])
        yield replace(heading, follows_body=follows_body and not titles)
        is_title = heading.kind == "title" and heading.region is None
        titles, follows_body = [start] if is_title else [], heading.kind == "issuer" and follows_body and not titles


def _read_contents(text: str) -> frozenset[str]:
    """The titles of a leading table of contents."""
    if not _CONTENTS.search(text, 0, _LONGEST_CONTENTS):
        return frozenset()
    entries: list[str] = []
    is_contents = False
    for start, end in find_lines(text, 0, min(len(text), _LONGEST_CONTENTS)):
        line = clean_line(text[start:end])
        if is_contents and (len(line) > 2 * _LONGEST_HEADING or line.endswith("。")):
            break
        if is_contents:
            entries.append(_bare_title(line))
        is_contents = is_contents or _CONTENTS.match(line) is not None
    return frozenset(entry for entry in entries if len(entry) > 3)


def _bare_title(line: str) -> str:
    """A title without numbering, page number and spaces, as the table of contents and the heading share it."""
    return "".join(_CONTENTS_ENTRY.sub("", split_numbering(line)[1]).split())


def _read_bracket(text: str, start: int, end: int, known: Container[str]) -> _Heading | None:
    """【北京】 at the head of a line, alone or before running text."""
    indent = len(text[start : start + 40]) - len(text[start : start + 40].lstrip(" \t\u3000#*"))
    match = _BRACKET.match(text, start + indent, end)
    issuer = read_issuer(clean_line(match[1]), known) if match else None
    return _Heading(start, start, match.end(), "bracket", issuer.region) if match and issuer else None


def _read_heading(text: str, start: int, end: int, line: str, known: Container[str]) -> _Heading | None:
    style, number, rest = _read_style(text[start:end], line)
    case = _CASE.match(line)
    if case:
        found = read_title(rest, known) if rest else None
        return _Heading(start, start, end, "case", found[0] if found and found[0] != COUNTRY else None)
    if is_unnamed_issuer(line):
        return _Heading(start, start, end, "issuer", None)
    if not line.endswith(("：", ":")) or style:
        issuer = read_issuer(rest.rstrip("：:"), known)
        if issuer:
            style = style or ("bracketed" if _BRACKETED.fullmatch(line) else "")
            return _Heading(start, start, end, "issuer" if issuer.has_office else "place", issuer.region, style)
    signed = _SIGNED_TITLE.fullmatch(line)
    issuer = read_issuer(clean_line(signed[1] or signed[2]), known) if signed else None
    if issuer and issuer.has_office:
        return _Heading(start, start, end, "issuer", issuer.region, "signed title")
    colon = _COLON.match(line)
    if colon and not style:
        issuer = read_issuer(colon[1], known)
        return _Heading(start, start, end, "title", issuer.region, "colon") if issuer else None
    if style and line[-1] not in "。；;，,":
        found = read_title(rest, known)
        region = found[0] if found and found[1] == 0 and found[0] != COUNTRY else None
        return _Heading(start, start, end, "title", region, style, number)
    return None


def _read_style(printed: str, line: str) -> tuple[str, int, str]:
    """The numbering of a heading as its style (一、 and 二、 have the same), its number, and the heading without it."""
    marks = re.match(r"\s*(#{1,6})\s", printed)
    numbering, rest = split_numbering(line)
    if numbering:
        number = _NUMBER.search(numbering)
        return _NUMBER.sub("n", numbering), _to_number(number[0]) if number else 0, rest
    if marks:
        return marks[1], 0, rest
    return "", 0, rest


def _to_number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
