"""The day on which a document speaks, as its head or its signature prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from extract.language.numerals import fold
from extract.periods.resolve import resolve_period
from extract.periods.words import CHINESE

Precision = Literal["day", "month", "year"]

_HEAD_LINES: Final = 24
_TAIL_LINES: Final = 5
_LONGEST_LINE: Final = 120
_YEAR: Final = f"(?:(?:19|20)[0-9]{{2}}|[一二][{CHINESE}]{{3}})[ ]?年"
_MONTH: Final = "[ ]?[0-9一二三四五六七八九十]{1,2}[ ]?月"
_ISO: Final = "(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}"
_DAY: Final = rf"(?P<date>{_YEAR}{_MONTH}[ ]?[0-9一二三四五六七八九十]{{1,3}}[ ]?日|{_ISO})"
_CLOCK: Final = r"(?:[ T]{0,2}[0-9]{1,2}[:：时][0-9]{1,2}(?:[:：分][0-9]{0,2})?分?)?"
_OPENING: Final = r"[—–―─\-\s(（【\[]{0,6}"
_CLOSING: Final = r"[\s)）】\]]{0,4}"
_SIGNER: Final = r"(?:[^。！？!?；;：:，,0-9]{2,30}[ 　(（])?"
_LABEL: Final = "(?:时间|日期|发布|发表|来源|更新|成文|印发|发文|公布)[^0-9\n]{0,12}"

_DELIVERED: Final = re.compile(rf"{_OPENING}{_DAY}(?:在|于|第|由|经|[^，。,]{{0,30}}(?:会议|大会|通过))")
_DATE_LINE: Final = re.compile(rf"{_OPENING}{_SIGNER}{_DAY}{_CLOCK}{_CLOSING}$")
_LABELLED: Final = re.compile(rf".{{0,40}}?{_LABEL}{_DAY}")
_MONTH_LINE: Final = re.compile(rf"{_OPENING}{_SIGNER}(?P<date>{_YEAR}{_MONTH}){_CLOSING}$")
_TITLE: Final = re.compile(
    rf"[^。，,；;]{{0,30}}?(?P<date>{_YEAR})度?[^。，,；;：:]{{0,30}}(?:公报|报告|总结|简报|通报|白皮书)$"
)


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
    steps: tuple[tuple[list[str], re.Pattern[str], Precision], ...] = (
        (tail[::-1], _DATE_LINE, "day"),
        (head, _DELIVERED, "day"),
        (head, _DATE_LINE, "day"),
        (head, _LABELLED, "day"),
        (tail[::-1], _MONTH_LINE, "month"),
        (head, _MONTH_LINE, "month"),
        (head, _TITLE, "year"),
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
