"""
The lines that may open or sign a report.

A place by itself, in brackets or before a colon; a signing organisation; a title that opens with a place; a case; an
entry of the table of contents; a title above a paragraph that opens with a place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from extract.language.rulebook import expand, read_toml
from extract.reporters.gazetteer import read_place
from extract.reporters.signatures import (
    COUNTRY,
    Region,
    clean_line,
    find_lines,
    is_unnamed_issuer,
    load_wording,
    place_region,
    read_issuer,
    read_title,
    split_numbering,
)

HeadingKind = Literal["place", "bracket", "issuer", "signature", "title", "case", "opener", "contents"]

# The style of headings that are a place and a colon.
COLON_LINE: Final = "colon line"

_LONGEST_HEADING: Final = 60
_LONGEST_COLON: Final = 30
_LONGEST_CONTENTS: Final = 20_000
_LONGEST_BEHIND: Final = 40
_TITLE_LINES: Final = 3
_ENDS: Final = "。！；？：，、.!?;:,"
_SENTENCE_ENDS: Final = "。；;，,"
_CONTENTS_ENTRY: Final = re.compile(r"[.…·．]{2,}\s*[（(]?\d*[）)]?$|[\s\t]\d{1,3}$")
_BRACKET: Final = re.compile(r"[【〔\[]([^】〕\]\r\n]{2,40})[】〕\]]")
_BRACKETED: Final = re.compile(r"[【〔\[].*[】〕\]]")
_COLON: Final = re.compile(r"([^：:，,。\s]{2,20})[：:](?=[^，,。；;]+$)")
_SIGNED_TITLE: Final = re.compile(r".{4,}(?:[（(]([^（）()]{3,30})[）)]|——([^—]{3,30}))")


@dataclass(frozen=True, slots=True)
class LineRules:
    """``[line]`` of ``rules/reports.toml``, compiled."""

    date: re.Pattern[str]
    statistic: re.Pattern[str]
    case: re.Pattern[str]
    contents: re.Pattern[str]
    number: re.Pattern[str]
    digits: str
    ten: str
    body: re.Pattern[str]
    behind: re.Pattern[str]
    joined: str
    sentence: str


@cache
def line_rules() -> LineRules:
    """Read and compile them, once."""
    table = read_toml("reports.toml")
    line = {name: expand(cell, table["fragment"]) for name, cell in table["line"].items()}
    compiled = ("date", "statistic", "case", "contents", "number", "body", "behind")
    return LineRules(
        **{name: re.compile(line[name]) for name in compiled},
        digits=line["digits"],
        ten=line["ten"],
        joined=line["joined"],
        sentence=line["closed"],
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may open a report: the section begins at ``start``, the running text after ``end``."""

    start: int
    line_start: int
    end: int
    kind: HeadingKind
    region: Region | None
    style: str = ""
    number: int = 0
    follows_body: bool = False


def find_headings(text: str, known: Container[str], marked: Sequence[tuple[int, int]] = ()) -> Iterator[Heading]:
    """
    Every line that may open or sign a report, in text order.

    Args:
        known:
            Codes of places that the text names.
        marked:
            Spans of the lines that the file's format marks as headings, in order.
    """
    rules, starts = line_rules(), [start for start, _ in marked]
    contents = _read_contents(text)
    titles: list[int] = []  # starts of the title lines directly above
    follows_body = False
    for start, end in find_lines(text, 0, len(text)):
        heading = _read_bracket(text, start, end, known)
        line = clean_line(text[start:end]) if end - start <= _LONGEST_HEADING * 2 else ""
        is_short = 1 < len(line) <= _LONGEST_HEADING and not _CONTENTS_ENTRY.search(line)
        if heading is None and is_short:
            place = bisect_left(starts, start)
            is_marked = place < len(starts) and starts[place] < end
            heading = _read_heading(text, start, end, line, known, "marked" if is_marked else "")
            if (heading is None or heading.region is None) and _bare_title(line) in contents:
                yield Heading(start, start, end, "contents", None)
        if heading is None and rules.body.search(text, start, end):
            yield from _read_paragraph(text, start, end, titles, known)
        if heading is None:
            is_title = is_short and line[-1] not in _ENDS and not rules.statistic.search(line)
            is_title = is_title and not rules.date.fullmatch(line)
            titles = [*titles, start][-_TITLE_LINES:] if is_title else []
            follows_body = (
                follows_body
                if is_title
                else end - start > 2 * _LONGEST_HEADING or bool(rules.body.search(text, start, end))
            )
            continue
        if heading.kind in ("issuer", "place") and not heading.style and titles:
            heading = replace(heading, start=titles[0])
        yield replace(heading, follows_body=follows_body and not titles)
        is_title = heading.kind == "title" and heading.region is None
        titles, follows_body = [start] if is_title else [], heading.kind == "issuer" and follows_body and not titles


def _read_contents(text: str) -> frozenset[str]:
    """The titles of a leading table of contents."""
    rules = line_rules()
    if not rules.contents.search(text, 0, _LONGEST_CONTENTS):
        return frozenset()
    entries: list[str] = []
    is_contents = False
    for start, end in find_lines(text, 0, min(len(text), _LONGEST_CONTENTS)):
        line = clean_line(text[start:end])
        if is_contents and (len(line) > 2 * _LONGEST_HEADING or line[-1:] in rules.sentence):
            break
        if is_contents:
            entries.append(_bare_title(line))
        is_contents = is_contents or rules.contents.match(line) is not None
    return frozenset(entry for entry in entries if len(entry) > 3)


def _bare_title(line: str) -> str:
    """A title without numbering, page number and spaces, as the table of contents and the heading share it."""
    return "".join(_CONTENTS_ENTRY.sub("", split_numbering(line)[1]).split())


def _read_bracket(text: str, start: int, end: int, known: Container[str]) -> Heading | None:
    """【北京】 at the head of a line, alone or before running text."""
    indent = len(text[start : start + 40]) - len(text[start : start + 40].lstrip(" \t\u3000#*"))
    match = _BRACKET.match(text, start + indent, end)
    issuer = read_issuer(clean_line(match[1]), known) if match else None
    return Heading(start, start, match.end(), "bracket", issuer.region) if match and issuer else None


def _read_paragraph(text: str, start: int, end: int, titles: Sequence[int], known: Container[str]) -> Iterator[Heading]:
    """A paragraph below a title, with the place that it opens with, and who signed it in brackets at its end."""
    if titles:
        at = end - len(text[start:end].lstrip(" \t\u3000"))
        mention = read_place(text, at, end)
        region = place_region(mention.candidates, known) if mention and mention.is_certain else None
        yield Heading(titles[0], start, start, "opener", region)
    signed = line_rules().behind.search(text, max(start, end - _LONGEST_BEHIND), end)
    issuer = read_issuer(clean_line(signed[1]), known) if signed else None
    if issuer and issuer.has_office:
        yield Heading(end, start, end, "signature", issuer.region, follows_body=True)


def _read_heading(text: str, start: int, end: int, line: str, known: Container[str], mark: str) -> Heading | None:
    style, number, rest = _read_style(text[start:end], line)
    style = style or mark
    case = line_rules().case.match(line)
    if case:
        found = read_title(rest, known) if rest else None
        return Heading(start, start, end, "case", found[0] if found and found[0] != COUNTRY else None)
    if is_unnamed_issuer(line):
        return Heading(start, start, end, "issuer", None)
    is_joined = line[-1] in line_rules().joined
    if is_joined and not style:
        return _read_colon_line(start, end, line, known)
    if not is_joined or style:
        issuer = read_issuer(rest.rstrip("：:"), known)
        if issuer:
            style = style or ("bracketed" if _BRACKETED.fullmatch(line) else "")
            return Heading(start, start, end, "issuer" if issuer.has_office else "place", issuer.region, style)
    signed = None if any(mark in line for mark in line_rules().sentence) else _SIGNED_TITLE.fullmatch(line)
    issuer = read_issuer(clean_line(signed[1] or signed[2]), known) if signed else None
    if issuer and issuer.has_office:
        return Heading(start, start, end, "issuer", issuer.region, "signed title")
    colon = _COLON.match(line)
    if colon and not style:
        issuer = read_issuer(colon[1], known)
        return Heading(start, start, end, "title", issuer.region, "colon") if issuer else None
    if style and line[-1] not in _SENTENCE_ENDS:
        found = read_title(rest, known)
        region = found[0] if found and found[1] == 0 and found[0] != COUNTRY else None
        return Heading(start, start, end, "title", region, style, number)
    return None


def _read_colon_line(start: int, end: int, line: str, known: Container[str]) -> Heading | None:
    """北京市： is a heading of its place, and an organisation that opens with a place may be one beside such."""
    name = line[:-1].rstrip()
    issuer = read_issuer(name, known)
    if issuer:
        return None if issuer.has_office else Heading(start, start, end, "place", issuer.region, COLON_LINE)
    if len(name) > _LONGEST_COLON or load_wording().verbs.search(name):
        return None
    found = read_title(name, known)
    is_place = found is not None and found[1] == 0 and found[0] != COUNTRY
    return Heading(start, start, end, "title", found[0], COLON_LINE) if found and is_place else None


def _read_style(printed: str, line: str) -> tuple[str, int, str]:
    """The numbering of a heading as its style (一、 and 二、 have the same), its number, and the heading without it."""
    marks = re.match(r"\s*(#{1,6})\s", printed)
    numbering, rest = split_numbering(line)
    if numbering:
        number = line_rules().number.search(numbering)
        return line_rules().number.sub("n", numbering), _to_number(number[0]) if number else 0, rest
    if marks:
        return marks[1], 0, rest
    return "", 0, rest


def _to_number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    rules = line_rules()
    values = {digit: value for value, digit in enumerate(rules.digits, start=1)}
    tens, ten, ones = digits.rpartition(rules.ten)
    return (values.get(tens, 1) * 10 if ten else 0) + values.get(ones, 0)
