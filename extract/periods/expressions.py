"""
Atoms that make one time expression: 2021年 + 5月, 1953年冬季 到 1954年秋收, 2022年 + 底 + 前.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from extract.periods.words import KINDS, Atom, TimeKind, date_rules, find_atoms

_NO_TAIL: Final = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class _Behind:
    """The patterns of ``rules/dates.toml`` for what stands behind an atom, compiled."""

    edge: re.Pattern[str]
    holiday: re.Pattern[str]
    tail: re.Pattern[str]
    plan_tail: re.Pattern[str]
    joiner: re.Pattern[str]


@cache
def _behind() -> _Behind:
    rules = {name: re.compile(pattern) for name, pattern in date_rules()["behind"].items()}
    return _Behind(**rules, joiner=re.compile(f"[ ]?{date_rules()['join']}[ ]?"))


@dataclass(frozen=True, slots=True)
class Chain:
    """
    Atoms that make one expression; ``stop`` is the end with edge and tail.

    ``joint`` is the span of the 至 between the two ends of a range, or None.
    """

    atoms: tuple[Atom, ...]
    stop: int
    has_tail: bool
    joint: tuple[int, int] | None

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.atoms[0].start

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its atoms."""
        return frozenset(atom.kind for atom in self.atoms)

    @property
    def time_kind(self) -> TimeKind:
        """The kind of the expression: its first atom's (去年同期 counts from now, 同期 from a time named before)."""
        return KINDS[self.atoms[0].kind].time_kind


def find_chains(folded: str) -> Iterator[Chain]:
    """Atoms that touch, coarse to fine, or that one joiner links, with the edge and tail behind."""
    atoms = list(find_atoms(folded))
    index = 0
    while index < len(atoms):
        last = _run_end(folded, atoms, index)
        end, has_edge = _after_edge(folded, atoms[last])
        joiner, joint = _behind().joiner.match(folded, end), None
        following = bisect_left(atoms, joiner.end(), key=lambda atom: atom.start) if joiner else len(atoms)
        if joiner and following < len(atoms) and atoms[following].start == joiner.end() and _joins(atoms[following]):
            joint = joiner.span()
            last = _run_end(folded, atoms, following)
            end, has_edge = _after_edge(folded, atoms[last])
        tail = _tail_pattern(atoms[last]).match(folded, end)
        stop = tail.end() if tail else end
        yield Chain(tuple(atoms[index : last + 1]), stop, tail is not None or has_edge, joint)
        index = last + 1
        while index < len(atoms) and atoms[index].start < stop:
            index += 1


def _joins(atom: Atom) -> bool:
    return atom.kind not in ("past", "future", "anaphora", "stretch", "now", "bare_years")


def _run_end(folded: str, atoms: list[Atom], index: int) -> int:
    """Index of the last atom of a run that starts here: each touches the one before and is finer."""
    for left, right in pairwise(range(index, len(atoms))):
        gap = folded[atoms[left].end : atoms[right].start]
        is_finer = KINDS[atoms[right].kind].rank > KINDS[atoms[left].kind].rank
        if gap.strip(" ") or len(gap) > 1 or not is_finer:
            return left
    return len(atoms) - 1


def _after_edge(folded: str, atom: Atom) -> tuple[int, bool]:
    """The end of 末, 底 or 初 behind an atom that can have one (2022年底, 6月底, 90年代末, 国庆假期)."""
    if atom.kind in ("festival", "season"):
        match = _behind().holiday.match(folded, atom.end)
    elif atom.kind in ("clock", "days", "iso", "past", "future", "stretch", "era", "edge", "now", "bare_years"):
        match = None
    else:
        match = _behind().edge.match(folded, atom.end)
    return (match.end(), True) if match else (atom.end, False)


def _tail_pattern(atom: Atom) -> re.Pattern[str]:
    if atom.kind in ("plan", "long_plan"):
        return _behind().plan_tail
    return _behind().tail if atom.kind not in ("past", "stretch", "era", "anaphora") else _NO_TAIL


def has_date(chain: Chain) -> bool:
    """A festival counts where a word proves it (“五一”假期): 十一 alone is a number."""
    return any(KINDS[kind].is_date for kind in chain.kinds) or ("festival" in chain.kinds and chain.has_tail)


def is_lone_day(folded: str, chain: Chain) -> bool:
    """A day without its month is a date where the clause or the report begins (记者3日从…, "10日，"), else a length."""
    if chain.kinds - {"days", "clock"} or chain.atoms[0].kind != "days":
        return False
    rules, surface, end = date_rules()["length"], chain.atoms[0].surface, chain.atoms[0].end
    if rules["lone_day"] not in surface:
        return True
    if len(chain.atoms) > 1:
        return False
    before = folded[max(0, chain.start - 2) : chain.start]
    is_opening = before[-1:] in rules["clause_starts"] or before in rules["report_starts"]
    return not (is_opening and folded[end : end + 1] in rules["lone_day_ends"])
