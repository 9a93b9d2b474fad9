"""Where a statistic stands in its report: the exact characters, their sentence, and what is around it."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Row = Mapping[Hashable, Any]
# About so many characters of the report are shown on each side of a sentence, out to the end of a sentence.
AROUND: Final = 200
STOPS: Final = "。！？\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """A report's own part of its document: ``text`` begins at offset ``start`` of the document."""

    text: str
    start: int = 0

    def span(self, row: Row) -> tuple[int, int] | None:
        """Where a row's number stands in ``text``, None where the row is not of this text."""
        start, end = int(row["start"]) - self.start, int(row["end"]) - self.start
        return (start, end) if start >= 0 and self.text[start:end] == str(row["raw"]) else None


@dataclass(frozen=True, slots=True)
class Quote:
    """A number in its place: what leads up to its sentence, the sentence around the number, what follows."""

    lead: str
    before: str
    mark: str
    after: str
    rest: str


def quote(row: Row, passage: Passage | None) -> Quote:
    """
    The number of a row in its passage of the report.

    Without a text that fits, the sentence alone, its number unmarked unless it stands there once.
    """
    span = passage.span(row) if passage else None
    if passage is None or span is None:
        sentence, raw = str(row["sentence"]), str(row["raw"])
        before, mark, after = sentence.partition(raw) if sentence.count(raw) == 1 else (sentence, "", "")
        return Quote("", before, mark, after, "")
    text, (start, end) = passage.text, span
    left, right = sentence_around(text, start, end, str(row["sentence"]))
    first, last = surroundings(text, left, right)
    return Quote(text[first:left], text[left:start], text[start:end], text[end:right], text[right:last])


def sentence_around(text: str, start: int, end: int, sentence: str) -> tuple[int, int]:
    """Where the row's sentence stands around its number; the number alone where it was cut for the table."""
    left = text.find(sentence, max(0, end - len(sentence)), start + len(sentence))
    return (left, left + len(sentence)) if 0 <= left <= start else (start, end)


def surroundings(text: str, left: int, right: int) -> tuple[int, int]:
    """From the start of a sentence to the end of one, about AROUND characters beyond left and right."""
    before = max(text.rfind(stop, 0, max(0, left - AROUND)) for stop in STOPS) + 1
    after = [place for stop in STOPS if (place := text.find(stop, right + AROUND)) >= 0]
    return before, min(after, default=len(text) - 1) + 1


def to_html(shown: Quote) -> str:
    """A quote as HTML, everything from the report escaped; the number is in a ``mark``."""
    lead, before, mark, after, rest = (
        html.escape(part).replace("\n", "<br>")
        for part in (shown.lead, shown.before, shown.mark, shown.after, shown.rest)
    )
    marked = f'<mark style="background:#ffd54d;color:#111;padding:0 .15em">{mark}</mark>' if mark else ""
    return (
        '<div lang="zh-CN" style="line-height:1.9;max-height:55vh;overflow:auto" tabindex="0">'
        f'<span style="opacity:.75">{lead}</span><span>{before}{marked}{after}</span>'
        f'<span style="opacity:.75">{rest}</span></div>'
    )
