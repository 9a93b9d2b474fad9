"""
Lines that head a part of the document, and first sentences of paragraphs that do.

A heading is numbered (一、 （一） 1. 第一部分 ——这一年 一是…), marked by the file's format, or a short line without a
closing mark above running text. An entry of the table of contents heads nothing: its words come again below.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.rulebook import expand, read_toml
from extract.reporters.signatures import clean_line, find_lines

_LONGEST: Final = 60
_LONGEST_LINE: Final = 200
_SHORTEST_BARE, _LONGEST_BARE = 4, 40
_SHORTEST_ENTRY: Final = 4
_HAN: Final = re.compile("[\\u4e00-\\u9fa5]")


@dataclass(frozen=True, slots=True)
class Heading:
    """
    ``text[start:end]`` heads what follows; ``label`` is what a reader would call the part, numbering included.

    ``style`` is "marked" or "bare" where the heading has no number.
    """

    start: int
    end: int
    label: str
    style: str


@dataclass(frozen=True, slots=True)
class _Forms:
    """``rules/outline.toml`` on how headings look, compiled."""

    styles: tuple[tuple[str, re.Pattern[str]], ...]
    sentence: re.Pattern[str]
    closed: re.Pattern[str]
    statistic: re.Pattern[str]
    page: re.Pattern[str]
    label: re.Pattern[str]
    delivered: re.Pattern[str]
    running: re.Pattern[str]
    ends: str
    marks: str


@cache
def _forms() -> _Forms:
    rules = read_toml("outline.toml")
    line, fragments = rules["line"], rules["fragment"]
    patterns = ("sentence", "closed", "statistic", "page", "label", "delivered", "running")
    return _Forms(
        styles=tuple((row["style"], re.compile(expand(row["pattern"], fragments))) for row in rules["heading"]),
        ends=line["ends"],
        marks=line["marks"],
        **{name: re.compile(line[name]) for name in patterns},
    )


def find_headings(text: str, marked: Sequence[tuple[int, int]] = ()) -> Iterator[Heading]:
    """
    Every heading of a text, in order.

    Args:
        marked:
            Spans of the lines that the file's format marks as headings, in order.

    >>> [heading.label for heading in find_headings("一、工作回顾\\n（一）成效显著。全年新增网格3个。\\n")]
    ['一、工作回顾', '（一）成效显著']
    """
    lines = list(find_lines(text, 0, len(text)))
    starts = [start for start, _ in marked]
    later = Counter(_entry(text[start:end]) for start, end in lines if end - start <= _LONGEST)
    for number, (start, end) in enumerate(lines):
        if end - start <= _LONGEST:
            later[_entry(text[start:end])] -= 1
        place = bisect_left(starts, start)
        is_marked = place < len(starts) and starts[place] < end
        heading = _read_numbered(text, start, end) or _read_plain(text, start, end, is_marked)
        if heading is None or _is_entry(text[start:end], later):
            continue
        if heading.style != "bare" or _is_above_text(text, lines, number):
            yield heading


def _read_numbered(text: str, start: int, end: int) -> Heading | None:
    """A numbered line, or the first sentence of a numbered paragraph."""
    forms, at = _forms(), start
    while at < end and (text[at].isspace() or text[at] in forms.marks):
        at += 1
    for style, pattern in forms.styles:
        match = pattern.match(text, at, end)
        if match is None:
            continue
        sentence = forms.sentence.match(text, match.end(), min(end, match.end() + _LONGEST))
        if sentence is None or not (sentence.end() == end or text[sentence.end() - 1] in forms.ends):
            return None
        label = forms.closed.sub("", text[match.start() : sentence.end()].strip())
        is_telling = forms.statistic.search(sentence[0]) or forms.delivered.search(label)
        if is_telling or not _HAN.search(sentence[0]) or len(label) > _LONGEST:
            return None
        return Heading(start, sentence.end(), label, style)
    return None


def _read_plain(text: str, start: int, end: int, is_marked: bool) -> Heading | None:
    """A line without a number that the format marks, or that is as short and as open as headings are."""
    forms, line = _forms(), clean_line(text[start : min(end, start + _LONGEST_LINE)])
    if not line or len(line) > _LONGEST or forms.statistic.search(line):
        return None
    if is_marked:
        return Heading(start, end, line, "marked")
    is_short = _SHORTEST_BARE <= len(line) <= _LONGEST_BARE and len(_HAN.findall(line)) >= _SHORTEST_BARE
    if not is_short or any(form.search(line) for form in (forms.closed, forms.label, forms.delivered)):
        return None
    is_numbered = any(pattern.match(line) for _, pattern in forms.styles)
    return None if is_numbered else Heading(start, end, line, "bare")


def _is_entry(line: str, later: Counter[str]) -> bool:
    """Whether a line stands in the table of contents: with its page, or again further down."""
    entry = _entry(line)
    comes_again = len(line) <= _LONGEST and len(entry) >= _SHORTEST_ENTRY and later[entry] > 0
    return comes_again or _forms().page.search(line) is not None


def _is_above_text(text: str, lines: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether running text stands on the next line, or on the one after another heading."""
    following = [text[start : min(end, start + _LONGEST_LINE)] for start, end in lines[number + 1 : number + 3]]
    return any(len(line) > _LONGEST or _forms().running.search(line) for line in following)


def _entry(line: str) -> str:
    """A title without page number and blanks, as the table of contents and the heading share it."""
    return "".join(_forms().page.sub("", clean_line(line)).split())
