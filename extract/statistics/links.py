"""
Statistic → the one that it belongs to: a growth to its level, a part to its whole, a second measure to the first.

What stands between two numbers decides: nothing but a verb of growth (，比上年增长), a share (，占总人口), 其中, a
second measure (、面积). A new noun between them parts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from extract.language.rulebook import expand, read_toml
from extract.statistics.kinds import Attached
from extract.statistics.surroundings import Context

_LOOK_BACK: Final = 24
_ASIDE: Final = re.compile("[(（【〔][^()（）【】〔〕]{0,40}[)）】〕]")
_OPENING: Final = re.compile("[(（【〔]")
_CLOSING: Final = re.compile("[)）】〕]")
_SEMICOLON: Final = re.compile("[；;]")


@dataclass(frozen=True, slots=True)
class _Gaps:
    """The patterns of ``rules/relations.toml`` for what stands between two numbers, compiled."""

    noun: re.Pattern[str]
    leading_part: re.Pattern[str]
    respective: str
    points: str
    growth: re.Pattern[str]
    multiple: re.Pattern[str]
    share: re.Pattern[str]
    gap: re.Pattern[str]
    part: re.Pattern[str]
    aside: re.Pattern[str]
    compared: re.Pattern[str]
    grown: re.Pattern[str]
    mean: re.Pattern[str]
    of: re.Pattern[str]
    received: re.Pattern[str]
    second: re.Pattern[str]
    handled: re.Pattern[str]
    handled_share: re.Pattern[str]
    total: re.Pattern[str]
    added: re.Pattern[str]
    listed: re.Pattern[str]


@cache
def _gaps() -> _Gaps:
    rules = read_toml("relations.toml")
    fragments = rules["fragment"]
    names = (field.name for field in fields(_Gaps) if isinstance(rules.get(field.name), dict))
    compiled = {name: re.compile(expand(rules[name]["pattern"], fragments)) for name in names}
    grown = re.compile(expand(rules["compared"]["grown"], fragments))
    return _Gaps(
        noun=re.compile(rules["noun"]),
        leading_part=re.compile(rules["leading_part"]),
        respective=rules["respective"],
        points=rules["points"],
        added=re.compile(rules["total"]["added"]),
        grown=grown,
        **compiled,
    )


def link_rows(contexts: Sequence[Context], attached: Sequence[Attached]) -> list[int | None]:
    """For each statistic the index of the one that it belongs to, None where it stands for itself."""
    linker = _Linker(contexts, attached, _lists(contexts, attached), [None] * len(contexts), set(), set())
    for index in range(len(contexts)):
        linker.link(index)
    return linker.links


@dataclass(frozen=True, slots=True)
class _Linker:
    """
    The links found so far.

    ``lists`` are the values that each stands in a list with; ``parts`` belong to a whole and have growths of their own;
    the parts of ``listed`` stand behind a colon (其中：…；…).
    """

    contexts: Sequence[Context]
    attached: Sequence[Attached]
    lists: Sequence[range]
    links: list[int | None]
    parts: set[int]
    listed: set[int]

    def link(self, index: int) -> None:
        """Find the owner of one statistic; a few belong to the one behind them."""
        context = self.contexts[index]
        gap = _plain(context.gap)
        if not self._is_beside(index - 1, index):
            self.links[index] = self._owner_before(index, gap)
        elif self.attached[index].role == "to":
            return
        elif _depth(context.gap) > 0:
            self.links[index] = self._of_aside(index)
        elif self._owns_previous(index, gap):
            self.links[index - 1] = index
        else:
            self.links[index] = self._owner(index, gap)

    def _is_beside(self, one: int, other: int) -> bool:
        return one >= 0 and self.contexts[one].sentence == self.contexts[other].sentence

    def _before(self, index: int) -> Iterator[int]:
        """
        The statistics before one in its sentence, the nearest first; a sentence without an end has many.

        What stands in parentheses that have closed by then is no longer spoken of.
        """
        closed = 0
        for place in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            if not self._is_beside(place, index):
                return
            closed = max(0, closed - _depth(self.contexts[place + 1].gap))
            if not closed:
                yield place

    def _owner(self, index: int, gap: str) -> int | None:
        gaps, previous, how = _gaps(), index - 1, self.attached[index]
        before, unit = self.attached[previous], self.contexts[index].mention.unit
        bare = gaps.noun.sub("", gap, count=1) if gaps.noun.match(gap) else gap
        if gaps.compared.search(self.contexts[previous].left) and gaps.grown.fullmatch(gap):
            return self._root(previous - 1) if self._is_beside(previous - 1, index) else previous
        if unit == gaps.points and (before.kind == "share" or gaps.gap.fullmatch(gap)):
            return previous if gaps.gap.fullmatch(gap) or gaps.growth.fullmatch(bare) else None
        first = self.lists[index].start
        if how.kind == "change" and first < index and gaps.respective in self.contexts[first].gap:
            # 出口5亿元、进口3亿元，分别增长4%、下降2%
            return self._next_level(index)
        if gaps.growth.fullmatch(bare):
            return self._levels_before(index)[0]
        if gaps.multiple.fullmatch(bare) and self.contexts[index].unit_type == "multiple":
            return self._root(previous)
        if how.kind in ("share", "rate") and gaps.share.fullmatch(bare):
            return self._levels_before(index)[0]
        if how.kind in ("change", "share", "measure") and self.lists[index].start < index:
            return self._next_level(index)
        return self._second(index, gap, bare)

    def _second(self, index: int, gap: str, bare: str) -> int | None:
        """The first measure of what is measured twice, the received of the handled, the whole of a part."""
        gaps, previous = _gaps(), index - 1
        one, other = self.contexts[previous], self.contexts[index]
        if gap == "" or (gap == "、" and _are_two_measures(one, other)) or gaps.mean.fullmatch(bare):
            return previous
        is_second = gaps.second.fullmatch(bare) is not None and one.mention.unit != other.mention.unit
        if is_second and not gaps.of.match(other.right):
            return self._level(previous)
        is_share = self.attached[index].kind == "share"
        if gaps.handled.fullmatch(bare) or (is_share and gaps.handled_share.fullmatch(bare)):
            return self._received(index)
        return None if is_share else self._whole(index, gap)

    def _of_aside(self, index: int) -> int | None:
        """The whole of the first part in parentheses behind it: 党委12个（社区党委8个，企业党委4个）."""
        context = self.contexts[index]
        is_alike = context.mention.unit == self.contexts[index - 1].mention.unit
        is_next = _gaps().aside.fullmatch(context.gap) is not None
        return self._as_part(index, index - 1) if is_alike and is_next else None

    def _received(self, index: int) -> int | None:
        """What came in, of which something was handled: 受理…件, 办结…件, 办结率…."""
        for place in self._before(index):
            if _gaps().received.search(self.contexts[place].left):
                return place
        return None

    def _whole(self, index: int, gap: str) -> int | None:
        """The whole of a part behind 其中, and of the parts after it; without a colon they end at a semicolon."""
        if mark := _gaps().part.search(gap):
            whole = self._root(next(self._before(index), index - 1))
            if mark["list"]:
                self.listed.add(whole)
            return self._as_part(index, whole)
        context = self.contexts[index]
        leads = _gaps().leading_part.match(context.folded, context.sentence[0]) is not None
        for place in self._before(index):
            if place in self.parts:
                end = self.contexts[place].mention.end
                goes_on = leads or self.links[place] in self.listed
                is_over = not goes_on and _SEMICOLON.search(context.folded, end, context.mention.start)
                return None if is_over else self._as_part(index, self.links[place])
        return None

    def _owner_before(self, index: int, gap: str) -> int | None:
        """The owner in the sentence before, for a sentence of parts (。其中,…) or of mere growth (。比上年增长17%)."""
        context, previous = self.contexts[index], index - 1
        if previous < 0 or not _follows(self.contexts[previous], context):
            return None
        if _gaps().leading_part.match(context.folded, context.sentence[0]):
            return self._as_part(index, self._root(previous))
        return self._root(previous) if _gaps().growth.fullmatch(gap) else None

    def _as_part(self, index: int, whole: int | None) -> int | None:
        """The whole, where it is counted or measured as its part is."""
        if whole is None or self.attached[index].kind == "share":
            return None
        kind, same_kind = self.attached[index].kind, self.attached[index].kind == self.attached[whole].kind
        same_unit = self.contexts[index].mention.unit == self.contexts[whole].mention.unit
        if not same_unit and not (same_kind and kind in ("count", "money")):
            return None
        self.parts.add(index)
        return whole

    def _owns_previous(self, index: int, gap: str) -> bool:
        """新增26个，累计达到46个 and 增长5.2%、约4.4万亿元: the number before belongs to this one."""
        how, before, previous = self.attached[index], self.attached[index - 1], self.contexts[index - 1]
        if self.links[index - 1] is not None:
            return False
        if how.kind in ("money", "count", "measure") and before.kind == "change" and gap in ("、", "，", ","):
            return True
        is_same = previous.mention.unit == self.contexts[index].mention.unit
        return is_same and _gaps().total.fullmatch(gap) is not None and _gaps().added.search(previous.left) is not None

    def _root(self, index: int) -> int:
        """The one at the end of the chain of owners; a part has its own growths."""
        owner = self.links[index]
        while owner is not None and owner < index and index not in self.parts:
            index, owner = owner, self.links[owner]
        return index

    def _level(self, index: int) -> int:
        """The level that a growth belongs to, the statistic itself where it is no growth."""
        owner = self.links[index]
        return owner if self.attached[index].kind == "change" and owner is not None else index

    def _levels_before(self, index: int) -> tuple[int, ...]:
        """The levels that the values of a list belong to, one each: 收案3件、结案2件，分别增长5%、8%."""
        last = self._root(index - 1)
        count = self.lists[index].stop - index
        first = last - count + 1
        if count == 1 or first < 0 or last != index - 1 or not self._is_beside(first, index):
            return (last,)
        levels = range(first, last + 1)
        is_told = _gaps().respective in self.contexts[index].gap or self.lists[first].stop > last
        return tuple(levels) if is_told and all(self.attached[place].kind != "change" for place in levels) else (last,)

    def _next_level(self, index: int) -> int | None:
        """For a further value of a list of growths the level behind that of the value before."""
        owner, first = self.links[index - 1], self.lists[index].start
        return owner + 1 if owner is not None and owner + 1 < first else None


def _lists(contexts: Sequence[Context], attached: Sequence[Attached]) -> list[range]:
    """For each statistic the statistics that make one list of values with it: 增长32.9%、41.6%."""
    starts = [0]
    for index in range(1, len(contexts)):
        context = contexts[index]
        is_alike = contexts[index - 1].sentence == context.sentence and attached[index - 1].kind == attached[index].kind
        goes_on = is_alike and _gaps().listed.fullmatch(_plain(context.gap))
        starts.append(starts[-1] if goes_on else index)
    stops: list[int] = []
    for index in range(len(contexts) - 1, -1, -1):
        is_last = index + 1 == len(contexts) or starts[index + 1] != starts[index]
        stops.append(index + 1 if is_last else stops[-1])
    return [range(start, stop) for start, stop in zip(starts, reversed(stops), strict=False)]


def _are_two_measures(one: Context, other: Context) -> bool:
    """957.4万户、1701.1万人: one group counted twice."""
    return one.mention.unit != other.mention.unit and one.unit_type == other.unit_type == "count"


def _follows(before: Context, context: Context) -> bool:
    """Whether a sentence follows that of the statistic before it, in the same paragraph."""
    return before.sentence[1] == context.sentence[0] and context.folded[before.sentence[1] - 1] not in "\r\n"


def _depth(gap: str) -> int:
    """How many more parentheses open than close between two numbers (每年小学生免收288元 within one)."""
    return len(_OPENING.findall(gap)) - len(_CLOSING.findall(gap))


def _plain(gap: str) -> str:
    return _ASIDE.sub("", gap)
