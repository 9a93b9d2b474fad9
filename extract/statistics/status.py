"""
Statistic → said to be so, aimed at, or a rule.

The nearest sign in the sentence decides (力争, 将, 已, 不低于), then the part of the document (a list of this year's
tasks). A time that is not over makes an aim of what nothing else decides: 年底达到, 2026年 in January.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from extract.language.rulebook import expand, read_toml
from extract.outline.parts import Outline, Part
from extract.statistics.kinds import Attached
from extract.statistics.surroundings import Context

_PART_END: Final = re.compile("[；;]")


@dataclass(frozen=True, slots=True)
class _Sign:
    """Words that stand for a status, and how far they reach: "sentence" (to a semicolon), "clause" or "number"."""

    status: str
    reach: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Signs:
    """The patterns of ``rules/status.toml`` that need no time, compiled."""

    before: tuple[_Sign, ...]
    at_number: tuple[_Sign, ...]
    behind: re.Pattern[str]
    continued: re.Pattern[str]
    number: re.Pattern[str]


@cache
def _signs() -> _Signs:
    rules = read_toml("status.toml")
    signs = [
        _Sign(row["status"], row["reach"], re.compile(expand(row["pattern"], rules["fragment"])))
        for row in rules["sign"]
    ]
    return _Signs(
        before=tuple(sign for sign in signs if sign.reach != "number"),
        at_number=tuple(sign for sign in signs if sign.reach == "number"),
        behind=re.compile("|".join(row["pattern"] for row in rules["behind"])),
        continued=re.compile(rules["continued"]["pattern"]),
        number=re.compile(rules["number"]["pattern"]),
    )


def find_statuses(contexts: Sequence[Context], attached: Sequence[Attached], outline: Outline) -> list[str]:
    """
    The status of each statistic by the words of its sentence and the part that it stands in.

    Where only the time tells, ``periods.attach_periods`` goes on.
    """
    made: list[str] = []
    first = 0
    for index, (context, how) in enumerate(zip(contexts, attached, strict=True)):
        first = index if context.sentence != contexts[first].sentence else first
        made.append(_status(context, how, outline.around(context.mention.start), _before(first, contexts, made)))
    return made


def _status(context: Context, how: Attached, part: Part, before: str | None) -> str:
    if _signs().behind.match(context.right):
        return "target"
    sign = _nearest(context)
    # A rule that a plan names is one of its aims; that a standard rose is a fact.
    if sign == "norm" and (part.status == "target" or how.kind == "change"):
        sign = None
    status = sign or before or part.status or "actual"
    # Where a movement that is aimed at begins is so already.
    return "actual" if status == "target" and how.role == "from" else status


def _before(first: int, contexts: Sequence[Context], made: Sequence[str]) -> str | None:
    """
    The status of the sentence before, for a sentence that goes on with its numbers (这个数目比…, 其中…), else None.

    Args:
        first:
            The first statistic of the sentence.
    """
    context, start = contexts[first], contexts[first].sentence[0]
    if first == 0 or not _signs().continued.match(context.folded, start):
        return None
    is_next = contexts[first - 1].sentence[1] == start and context.folded[start - 1] not in "\r\n"
    return made[first - 1] if is_next else None


def _nearest(context: Context) -> str | None:
    """The status of the sign nearest to the number among those that reach it, None where none does."""
    start, end = context.sentence
    nearest, status = -1, None
    for at, stop, sign in _find_signs(context.folded[start:end]):
        is_before = nearest < at and start + stop <= context.mention.start
        if is_before and _reaches(sign, context, start + at, start + stop):
            nearest, status = at, sign.status
    printed = _signs().number.split(context.surface, maxsplit=1)[0]
    clause = context.left + printed
    for sign in _signs().at_number:
        match = sign.pattern.search(clause)
        at = context.mention.start - len(context.left) + match.start() - start if match else -1
        if at > nearest:
            nearest, status = at, sign.status
    return status


def _reaches(sign: _Sign, context: Context, start: int, end: int) -> bool:
    if sign.reach == "clause":
        return start >= context.clause[0]
    return not _PART_END.search(context.folded, end, context.mention.start)


# The statistics of a sentence stand behind each other.
@lru_cache(maxsize=64)
def _find_signs(sentence: str) -> tuple[tuple[int, int, _Sign], ...]:
    """The signs of a sentence that reach further than one number, with their spans."""
    return tuple(
        (match.start(), match.end(), sign) for sign in _signs().before for match in sign.pattern.finditer(sentence)
    )
