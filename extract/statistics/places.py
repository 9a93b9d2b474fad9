"""
The place that each statistic is about.

It is the one that reports, unless another place heads the number's clause or an earlier one of its sentence: a place
keeps the numbers that follow until another place, or the one that reports (我省, 全市), is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

from extract.language.layout import Layout
from extract.reporters.heads import (
    Head,
    find_returns,
    is_award,
    join_owners,
    last_row,
    leads_on,
    may_lead,
    read_head,
    read_item,
)
from extract.reporters.named_places import NamedPlaces
from extract.reporters.owners import Ground, Owner, find_above, ground_of, load_rules
from extract.reporters.signatures import COUNTRY, Region
from extract.reporters.sources import read_source, read_wholly
from extract.statistics.entries import goes_on_entry, read_entry
from extract.statistics.ownership import REPORTER, Hold, State
from extract.statistics.segments import OPENING, find_segments
from extract.statistics.surroundings import Context, is_value_gap
from extract.table.record import Report

# Levels of which a place without a province is one of several of its name.
_LOCAL: Final = ("city", "county")
_BREAK: Final = re.compile("[；;]")
# A place that leads its sentence stands at most behind a time.
_LEAD: Final = 12


class Place(NamedTuple):
    """Whom a number is about, and whether the text leaves open which place that is."""

    region: Region
    is_open: bool


_NOBODY: Final = Region("", None, None)


def attach_places(text: str, kept: Sequence[Context], reports: Sequence[Report], layout: Layout) -> list[Place]:
    """
    Whom each statistic is about.

    Args:
        text:
            The folded text.
        kept:
            The contexts of its statistics, in order.
        reports:
            Its reports, which cover it.
        layout:
            Its sentences, clauses and paragraphs.
    """
    starts = [report.start for report in reports]
    grounds = [_ground(text, report) for report in reports]
    out: list[Place] = []
    for paragraph, group in groupby(kept, lambda one: layout.paragraphs.around(one.mention.start)):
        members = list(group)
        walk = _Walk(text, grounds[bisect_right(starts, members[0].mention.start) - 1], layout, paragraph, members)
        out += walk.places()
    return out


def _ground(text: str, report: Report) -> Ground:
    region = Region(report.region, report.province, report.level) if report.region else None
    return ground_of(region, NamedPlaces(text, report.start, report.end))


class _Walk:
    """One paragraph, read from its start for whose its numbers are."""

    def __init__(
        self, text: str, ground: Ground, layout: Layout, paragraph: tuple[int, int], members: Sequence[Context]
    ) -> None:
        self.text, self.ground, self.layout = text, ground, layout
        self.paragraph, self.members = paragraph, members
        self.mentions = [one.mention.start for one in members]
        self.named: list[Owner] = []
        self.read_up_to = self.sentence = paragraph[0]
        # A round-up of places reports for none of them: each keeps its paragraph up to the next.
        self.is_roundup = ground.region in (None, COUNTRY)
        clause = layout.clauses.around(paragraph[0])
        source = read_source(text, *clause, ground) if self.is_roundup else None
        if source and source.region:
            self.ground = ground_of(source.region, ground.known)

    @cached_property
    def entry(self) -> Owner | None:
        """The place whose entry the paragraph is."""
        return read_entry(self.text, self.paragraph, self.ground, self.layout)

    def places(self) -> Iterator[Place]:
        """The place of each member, in order."""
        for sentence, group in groupby(self.members, lambda one: one.sentence):
            members = list(group)
            self.sentence = sentence[0]
            turns = list(self._turns(sentence, self._before(sentence[0])))
            for one, place in zip(members, self._of_sentence(members, turns), strict=True):
                behind = one.mention.end
                wholly = self.text[behind : behind + 1] in OPENING and read_wholly(
                    self.text, behind, sentence[1], self.ground
                )
                yield self._place(wholly) if wholly else place
            self.read_up_to = sentence[1]

    def _before(self, start: int) -> State:
        """The owner that a sentence begins with: in a round-up the place named last, in an entry its place."""
        if not self.is_roundup and (start == self.paragraph[0] or self.entry is None):
            return REPORTER
        if not (named := self._named_up_to(start)):
            return REPORTER
        if not self.is_roundup:
            is_entry = all(owner == self.entry for owner in named)
            goes_on = is_entry and goes_on_entry(self.text, start, self.paragraph[0], self.ground, self.layout)
            return State((named[-1],), is_told=True) if goes_on else REPORTER
        return REPORTER if named[-1].region == COUNTRY else State((named[-1],), is_told=True)

    def _of_sentence(self, members: Sequence[Context], turns: Sequence[tuple[int, State]]) -> Iterator[Place]:
        """The places of a sentence's statistics; of a row of places each takes one of as many values in a row."""
        if not any(state.owners for _, state in turns):
            yield from [self._place(None)] * len(members)
            return
        offsets = [at for at, _ in turns]
        for first, count in _runs(members):
            state = turns[bisect_right(offsets, members[first].mention.start) - 1][1]
            for number in range(count):
                own = turns[bisect_right(offsets, members[first + number].mention.start) - 1][1]
                if len(state.owners) == count:
                    yield self._place(state.owners[number])
                elif len(own.owners) > 1 and own.is_late and not self.is_roundup:
                    yield self._place(None)
                else:
                    yield self._place(join_owners(own.owners) if len(own.owners) > 1 else next(iter(own.owners), None))

    def _place(self, owner: Owner | None) -> Place:
        region = self.ground.region if owner is None or owner.kind == "own" else owner.region
        if region is None:
            return Place(_NOBODY, True)
        return Place(region, region.province is None and region.level in _LOCAL)

    def _turns(self, sentence: tuple[int, int], state: State) -> Iterator[tuple[int, State]]:
        """Where in a sentence its owner changes."""
        yield sentence[0], state
        outside: list[State] = []
        for at, kind, stop, end in find_segments(self.text, self.layout.clauses.ends, sentence):
            if kind == "clause" and not state.owners and not may_lead(self.text, at, self.ground):
                continue
            if kind == "close":
                state = outside.pop() if outside else state
                yield at, state
            else:
                if kind == "open":
                    outside.append(state)
                for place, inner in self._at_head(at, kind, end, sentence[0], state):
                    state = inner
                    yield place, inner
            for place, inner in self._inside(at, stop, state, kind == "close") if state.owners else ():
                state = inner
                yield place, inner
            if state.owners and not state.is_told and self._has_number(at, end):
                state = replace(state, is_told=True)

    def _at_head(self, at: int, kind: str, end: int, sentence: int, state: State) -> Iterator[tuple[int, State]]:
        """What the head of a clause, or of what stands in brackets, makes of its owner."""
        head = read_head(self.text, at, end, self.ground)
        source = read_source(self.text, at, end, self.ground) if head is None and kind == "clause" else None
        if source:
            state = self._entered(Head(at, at, (source,), is_framed=True), state, False)
            yield at, replace(state, hold="firm")
        elif head is None or (count := self._count_of(head, end)):
            state = self._gone_on(state, at, end) if kind == "clause" and state.owners else state
            yield at, state
            if head and self.is_roundup and len(head.owners) > 1 and not is_award(self.text, head.end, end):
                yield max(at, count), self._entered(head, state, False)
        else:
            is_part = head.is_item and not state.owners and load_rules().part.match(self.text, at, end)
            state = self._entered(head, state, self._has_number(at, end))
            yield at, replace(state, hold="none" if is_part else self._hold(head, sentence, end))

    def _has_number(self, start: int, end: int) -> bool:
        index = bisect_left(self.mentions, start)
        return index < len(self.mentions) and self.mentions[index] < end

    def _inside(self, start: int, end: int, state: State, is_behind: bool) -> Iterator[tuple[int, State]]:
        """
        Where a list goes on to its next place behind a number, or a clause hands on to the one that reports.

        ``is_behind`` is for what stands behind brackets, which may go on so as well.
        """
        item = read_item(self.text, start, end, self.ground) if is_behind and start < end else None
        if item and self._has_number(item.end, min(end, item.end + 2)):
            yield item.start, self._entered(item, state, True)
        index = bisect_left(self.mentions, start)
        while index < len(self.mentions) and self.mentions[index] < end:
            behind = self.members[index].mention.end
            item = read_item(self.text, behind, end, self.ground) if behind < end else None
            if item and self._has_number(item.end, min(end, item.end + 2)):
                yield item.start, self._entered(item, state, True)
            index += 1
        for at in find_returns(self.text, start, end):
            yield at, REPORTER

    def _hold(self, head: Head, sentence: int, end: int) -> Hold:
        """Which clauses behind its own a head keeps: in a round-up all, else the fewer the less it is their subject."""
        if self.is_roundup or head.is_framed:
            return "all"
        is_leading = head.start - sentence <= _LEAD
        if head.is_item and not is_leading:
            return "none"
        if not head.is_bare:
            return "verbs"
        return "all" if is_leading and not is_award(self.text, head.end, end) else "told"

    def _gone_on(self, state: State, start: int, end: int) -> State:
        """What a clause without a head of its own leaves of the owner of the one before."""
        last, is_break = state.owners[-1], _BREAK.match(self.text, start - 1) is not None
        is_chinese = last.kind == "place" and last.region != COUNTRY
        if state.hold == "firm":
            return state
        if state.hold == "none" or (not state.is_told and (not is_chinese or is_break or state.hold != "all")):
            return REPORTER
        needs_verb = not self.is_roundup and (len(state.owners) > 1 or is_break or state.hold == "verbs")
        if not needs_verb or leads_on(self.text, start, end):
            return replace(state, is_late=True)
        return REPORTER

    def _count_of(self, head: Head, end: int) -> int:
        """The end of the number behind a head that counts the row that it begins: 庆阳、张掖、天水3个; 0 for none."""
        index = bisect_left(self.mentions, head.start)
        if index == len(self.mentions) or self.mentions[index] >= end:
            return 0
        row, mention = self.text[head.start : self.mentions[index]], self.members[index].mention
        items = sum(row.count(mark) for mark in load_rules().item) + 1
        is_counted = row.endswith(load_rules().etc) or (items > 1 and mention.value == items)
        return mention.end if is_counted else 0

    def _entered(self, head: Head, state: State, has_number: bool) -> State:
        owners = tuple(self._resolved(owner, state, head.start) for owner in head.owners)
        self.named += [owner for owner in owners if owner.kind == "place"]
        is_reporter = all(owner.kind == "own" for owner in owners)
        return REPORTER if is_reporter else State(owners, has_number or head.is_framed)

    def _resolved(self, owner: Owner, state: State, at: int) -> Owner:
        """An owner with 全市, 该区 and 上述3省 put for the places that they mean."""
        if owner.kind == "above":
            row = last_row(self.text, self.paragraph[0], at, owner.rank, self.ground)
            return row if row and row.region else Owner("place" if self.is_roundup else "own", None)
        if owner.region is not None and owner.region == self.ground.region:
            return Owner("own", None)
        if owner.kind not in ("own", "same"):
            return owner
        if owner.kind == "own" and owner.rank in ("", self.ground.rank):
            return owner
        for named in (*reversed(state.owners), *reversed(self._named_up_to(self.sentence))):
            if named.kind == "place" and named.rank and owner.rank in ("", named.rank):
                return named
            if named.code and (above := find_above(named.code, owner.rank)) and owner.rank:
                return above
        code = self.ground.place.code if self.ground.place and owner.kind == "own" else ""
        return find_above(code, owner.rank) or Owner("own", None)

    def _named_up_to(self, stop: int) -> list[Owner]:
        """The places that head clauses of the paragraph up to here."""
        ends = self.layout.clauses.ends
        while self.read_up_to < stop:
            start, index = self.read_up_to, bisect_right(ends, self.read_up_to)
            self.read_up_to = min(ends[index], stop) if index < len(ends) else stop
            head = read_head(self.text, start, self.read_up_to, self.ground)
            self.named += [owner for owner in head.owners if owner.kind == "place"] if head else []
        return self.named


def _runs(members: Sequence[Context]) -> Iterator[tuple[int, int]]:
    """The statistics of a sentence as runs of values in a row: the index of the first, and how many there are."""
    first = 0
    for number in range(1, len(members) + 1):
        if number == len(members) or not is_value_gap(members[number].gap):
            yield first, number - first
            first = number
