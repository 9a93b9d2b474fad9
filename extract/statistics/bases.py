"""Statistic → its base, as written: the time of a comparison, the whole of a share, the unit of a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.rulebook import expand, read_toml
from extract.statistics.kinds import Attached
from extract.statistics.surroundings import Context

_REACH: Final = 100


@dataclass(frozen=True, slots=True)
class _Bases:
    patterns: tuple[tuple[frozenset[str], re.Pattern[str]], ...]
    behind: re.Pattern[str]
    growth: re.Pattern[str]
    around: re.Pattern[str]
    yearly: str


@cache
def _bases() -> _Bases:
    rules = read_toml("relations.toml")
    fragments = rules["fragment"]
    patterns = tuple(
        (frozenset(row["kinds"].split()), re.compile(expand(row["pattern"], fragments))) for row in rules["base"]
    )
    growth = re.compile(expand(rules["growth"]["pattern"], fragments))
    return _Bases(
        patterns=patterns,
        behind=re.compile(rules["whole_behind"]["pattern"]),
        growth=growth,
        around=re.compile(rules["around_base"]),
        yearly=rules["yearly"],
    )


def attach_bases(text: str, contexts: Sequence[Context], attached: Sequence[Attached]) -> list[str | None]:
    """
    What each statistic is measured against, without 比, 较, 占; None where the text does not say.

    A bare growth behind another of the same thing has its base: 比上年增加3117所，增长1.07%; and the end of a movement
    that of its beginning: 占GDP比重从5%提高到6%.
    """
    made: list[str | None] = []
    for index, (context, how) in enumerate(zip(contexts, attached, strict=True)):
        base = _find(text, context, how.kind)
        if base is None and index > 0:
            is_end = how.role == "to"
            is_carried = is_end or _is_carried(contexts[index - 1], context, how, attached[index - 1])
            base = made[index - 1] if is_carried else None
        made.append(base)
    return made


def whole_bases(
    contexts: Sequence[Context],
    attached: Sequence[Attached],
    bases: Sequence[str | None],
    subjects: Sequence[str | None],
) -> list[str | None]:
    """The bases, and for a share without one the noun behind it."""
    each = zip(contexts, attached, bases, subjects, strict=True)
    return [base or _whole_behind(context, how.kind, subject) for context, how, base, subject in each]


def _is_carried(before: Context, context: Context, how: Attached, earlier: Attached) -> bool:
    if how.kind != "change" or earlier.kind in ("share", "rate") or before.mention != context.previous:
        return False
    return _bases().yearly not in context.gap and _bases().growth.fullmatch(context.gap) is not None


def _find(text: str, context: Context, kind: str) -> str | None:
    """The base that ends nearest to the number."""
    start, end = max(context.sentence[0], context.mention.start - _REACH), context.mention.start
    nearest: re.Match[str] | None = None
    for kinds, pattern in _bases().patterns:
        if kind not in kinds:
            continue
        for match in pattern.finditer(context.folded, start, end):
            if nearest is None or match.start("base") > nearest.start("base"):
                nearest = match
    return _bases().around.sub("", text[slice(*nearest.span("base"))]) or None if nearest else None


def _whole_behind(context: Context, kind: str, subject: str | None) -> str | None:
    """70%以上的社区: the noun behind a share is its whole."""
    found = _bases().behind.match(context.right) if kind == "share" else None
    return subject if found and subject and context.right.startswith(subject, found.end()) else None
