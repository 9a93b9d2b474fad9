"""A text → the parts that cover it: the heading of each, its default status, its days."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from extract.language.layout import Layout
from extract.language.rulebook import read_toml
from extract.outline.headings import find_headings
from extract.outline.scopes import (
    Clock,
    Scope,
    Status,
    coming_year,
    is_last_year,
    looks_back,
    names_last_year,
    read_clock,
    read_opener,
    read_scope,
    reviews_running_year,
)
from extract.periods.days import Days
from extract.periods.find import TimeExpression
from extract.reporters.title import find_title

# Where something begins, the label of a heading ("" of an opener, None of a report), and what its words say.
_Mark = tuple[int, str | None, Scope | None]

_HEAD: Final = 300
_LONGEST_LEAD: Final = 2
_LONGEST_OPENER: Final = 90
# Openers stand at the start of a paragraph, or behind a greeting or a first sentence.
_FIRST_SENTENCES: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document under one heading that speaks of one thing; ``section`` is the heading as written."""

    start: int
    section: str | None
    status: Status | None
    days: Days | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a document in order, the first of which starts at 0; where each starts; and the document's clock."""

    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    clock: Clock

    def around(self, position: int) -> Part:
        """The part that holds this character."""
        return self.parts[bisect_right(self.starts, position) - 1]


def outline(
    text: str,
    layout: Layout,
    reference: date | None,
    expressions: Sequence[TimeExpression],
    marked: Sequence[tuple[int, int]] = (),
    reports: Sequence[int] = (0,),
) -> Outline:
    """
    The parts of a text.

    Args:
        layout:
            Its sentences and paragraphs.
        reference:
            The day on which it speaks, None where it is not known.
        expressions:
            Its time expressions, in order.
        marked:
            Spans that the file's format marks as headings.
        reports:
            Where its reports start; each begins anew.

    >>> from extract.language.layout import divide
    >>> text = "2023年工作总结\\n建成网格3个。\\n二、明年工作打算\\n新增社工5名。\\n"
    >>> [part.status for part in outline(text, divide(text), None, ()).parts]
    ['actual', 'target']
    """
    title = find_title(text)
    body = re.search(_rules()["line"]["running"], text)
    headings = [
        heading
        for heading in find_headings(text, marked)
        if heading.label != title or (body is not None and body.start() < heading.start)
    ]
    openers = list(_find_openers(text, layout))
    is_yearly = any(names_last_year(words, reference) for words in (title or "", *(one.label for one in headings)))
    is_yearly = is_yearly or any(is_last_year(first, reference) for first in _leading(openers, expressions))
    clock = read_clock(reference, is_yearly)
    if any(reviews_running_year(heading.label) for heading in headings):
        clock = Clock(clock.closing, clock.closing)
    root = _presented(text, clock) or _root(title, clock, is_yearly)
    marks: list[_Mark] = [(start, None, root) for start in reports]
    marks += [(heading.start, heading.label, read_scope(heading.label, clock)) for heading in headings]
    for start, words in openers:
        if is_yearly or not looks_back(words):
            marks.append((start, "", read_opener(words, clock)))
    parts = tuple(_parts(sorted(marks, key=lambda mark: mark[0]), clock))
    return Outline(parts, tuple(part.start for part in parts), clock)


def _parts(marks: Sequence[_Mark], clock: Clock) -> Iterator[Part]:
    """A heading or opener that says what it speaks of sets what follows; any other heading changes the name alone."""
    section, scope = None, Scope(None, None)
    for start, label, opening in marks:
        if label is None:
            section, scope = None, opening or Scope(None, None)
        elif label:
            section, scope = label, _within(opening or scope, scope, clock)
        elif opening is None:
            continue
        else:
            scope = _within(opening, scope, clock)
        yield Part(start, section, scope.status, scope.days)


def _within(opening: Scope, scope: Scope, clock: Clock) -> Scope:
    """A heading or opener without a time keeps that of its part, unless the part reviews and the opening plans."""
    if opening.days is not None:
        return Scope(opening.status or scope.status, opening.days)
    if opening.status == scope.status:
        return scope
    return Scope(opening.status, coming_year(clock) if opening.status == "target" else None)


def _presented(text: str, clock: Clock) -> Scope | None:
    """The aims of a plan that a news report presents: 《规划》提出，到2025年，…"""
    found = re.search(_rules()["presentation"]["pattern"], text[:_HEAD])
    scope = read_scope(found["year"], clock) if found else None
    return Scope("target", scope.days) if scope else None


def _root(title: str | None, clock: Clock, is_yearly: bool) -> Scope:
    """What a document speaks of before its first heading: what its title says, else the year for which it accounts."""
    year = (date(clock.closing.year, 1, 1), clock.closing) if is_yearly and clock.closing else None
    scope = read_scope(title, clock) if title else None
    if title is None or scope is None:
        return Scope(None, year)
    is_over = scope.days is not None and clock.closing is not None and scope.days[1] <= clock.closing
    in_session = re.search(_rules()["line"]["session"], title) is not None
    return Scope(None, scope.days if is_over else year) if in_session else scope


def _find_openers(text: str, layout: Layout) -> Iterator[tuple[int, str]]:
    """The first words of the first sentences of each paragraph, with their offset."""
    greeting = re.compile(_rules()["line"]["greeting"])
    previous = 0
    for stop in (*layout.paragraphs.ends, layout.paragraphs.length):
        at = previous
        for _ in range(_FIRST_SENTENCES):
            while found := greeting.match(text, at, stop):
                at = found.end()
            if at >= stop:
                break
            yield at, text[at : min(stop, at + _LONGEST_OPENER)].rstrip()
            at = layout.sentences.around(at)[1]
        previous = stop


def _leading(openers: Sequence[tuple[int, str]], expressions: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """The times that openers begin with, perhaps behind a preposition."""
    starts = [expression.start for expression in expressions]
    for at, _ in openers:
        place = bisect_left(starts, at)
        if place < len(starts) and starts[place] <= at + _LONGEST_LEAD:
            yield expressions[place]


@cache
def _rules() -> Mapping[str, Any]:
    return read_toml("outline.toml")
