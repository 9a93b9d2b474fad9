"""The day on which a document speaks, as its head or its signature prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final, Literal

from extract.language.numerals import fold
from extract.language.rulebook import expand
from extract.periods.resolve import resolve_period
from extract.periods.words import date_rules

Precision = Literal["day", "month", "year"]

_HEAD_LINES: Final = 24
_TAIL_LINES: Final = 5
_LONGEST_LINE: Final = 120


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    """How a document prints its date (``rules/dates.toml``), by name, compiled."""
    rules = date_rules()
    fragments = rules["fragment"] | {f"reference_{name}": pattern for name, pattern in rules["reference"].items()}
    names = ("delivered", "date_line", "labelled", "month_line", "title")
    return {name: re.compile(expand(rules["reference"][name], fragments)) for name in names}


def find_reference_date(text: str) -> tuple[date, Precision] | None:
    """
    The document's own date, or None where it prints none.

    A full date comes before a month, a month before a year. Among full dates: the signature at the end, the day of
    delivery (——2023年1月15日在…会议上), a date on a line of its own in the head, a label (发布时间：2023-05-01), which
    may be the web page's. A date inside a sentence is none.

    Returns:
        The day and how exactly it is known: "month" is the last day of that month, "year" 31 December.

    >>> find_reference_date("政府工作报告\\n——2023年1月15日在第一次会议上\\n各位代表：")
    (datetime.date(2023, 1, 15), 'day')
    """
    head, tail = _lines(text)
    forms = _forms()
    steps: tuple[tuple[list[str], re.Pattern[str], Precision], ...] = (
        (tail[::-1], forms["date_line"], "day"),
        (head, forms["delivered"], "day"),
        (head, forms["date_line"], "day"),
        (head, forms["labelled"], "day"),
        (tail[::-1], forms["month_line"], "month"),
        (head, forms["month_line"], "month"),
        (head, forms["title"], "year"),
    )
    for lines, pattern, precision in steps:
        for day in _dates(lines, pattern):
            return day, precision
    return None


def _lines(text: str) -> tuple[list[str], list[str]]:
    """The first and the last lines that hold something, folded; a long line is a paragraph and left out."""
    window = _LONGEST_LINE * (_HEAD_LINES + _TAIL_LINES)
    head = [line for line in text[:window].splitlines() if line.strip()][:_HEAD_LINES]
    tail = [line for line in text[-window:].splitlines() if line.strip()][-_TAIL_LINES:]
    return _short(head), _short(tail)


def _short(lines: list[str]) -> list[str]:
    return [fold(line).strip() for line in lines if len(line) <= _LONGEST_LINE]


def _dates(lines: list[str], pattern: re.Pattern[str]) -> Iterator[date]:
    for line in lines:
        match = pattern.match(line)
        days = resolve_period(match["date"], None) if match else None
        if days is not None:
            yield days[1]
