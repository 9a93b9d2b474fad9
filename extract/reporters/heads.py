"""
The head of a clause → whose its numbers are: a place, several places, or the one that reports.

A place owns the numbers of a clause that it heads (杭州市建成网格1.2万个), perhaps behind a time or a link (其中, 截至
2023年底), or that it is the topic of (从全国看). It owns none where it only describes something else (支援湖北医护人员
300名), and none where its name is part of another one (北京大学). The words are ``rules/owners.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from extract.language.subject_rules import label_words
from extract.language.vocabulary import vocabulary
from extract.language.words import Word, words_of
from extract.reporters.gazetteer import find_places
from extract.reporters.owners import Ground, Owner, begins_owner, load_rules, read_owner
from extract.reporters.signatures import COUNTRY, Region
from extract.reporters.sources import may_tell

_MOST_OPENINGS: Final = 6
_MOST_PLACES: Final = 12
# What follows a place is looked at this far for the word that it describes.
_REACH: Final = 16
_JOINED: Final = 4
_PREDICATES: Final = ("verb", "adverb", "preposition", "number", "other")


class Head(NamedTuple):
    """
    What heads a clause: its owners in order, and where their names begin and end.

    A framed one (从全国看, 以杭州为例) is the topic of the clauses that follow. A bare one is the subject itself
    (杭州建成…) and not just the place of something (杭州网格数…); an item has nothing but its number (杭州1.2万个).
    """

    start: int
    end: int
    owners: tuple[Owner, ...]
    is_framed: bool = False
    is_bare: bool = False
    is_item: bool = False


def may_lead(text: str, start: int, ground: Ground) -> bool:
    """A cheap test before ``read_head`` and ``read_source``: most clauses begin as no head does."""
    return begins_owner(text, start, ground) or _may_open(text[start : start + 1])


@lru_cache(maxsize=8192)
def _may_open(char: str) -> bool:
    rules = load_rules()
    return char in rules.framing or rules.opening.match(char) is not None or may_tell(char)


def read_head(text: str, start: int, end: int, ground: Ground) -> Head | None:
    """
    What heads the clause ``text[start:end]``, None where no place does that owns its numbers.

    Args:
        text:
            The folded text.
        ground:
            Where the report stands.
    """
    rules, at = load_rules(), start
    for _ in range(_MOST_OPENINGS):
        if head := _read_owners(text, at, end, ground):
            return _judged(text, head, end, ground)
        char = text[at : at + 1]
        for before, behind in rules.frames if char in rules.framing else ():
            if found := before.match(text, at, end):
                head = _read_owners(text, found.end(), end, ground)
                if head and behind.match(text, head.end, end):
                    return head._replace(is_framed=True)
        opening = rules.openings.match(text, at, end) if rules.opening.match(char) else None
        if opening is None or opening.end() == at:
            return None
        at = opening.end()
    return None


def find_returns(text: str, start: int, end: int) -> Iterator[int]:
    """Where ``text[start:end]`` hands on to the one that reports: 使全省网格总数达8.5万个."""
    rules = load_rules()
    for found in rules.own.finditer(text, start, end):
        if rules.hands_on.search(text[max(start, found.start() - 2) : found.start()]):
            yield found.start()


def read_item(text: str, start: int, end: int, ground: Ground) -> Head | None:
    """A place within a list of places with their numbers, which follow directly: 、宁波8000个."""
    joint = load_rules().joint.match(text, start, end)
    head = _read_owners(text, joint.end() if joint else start, end, ground)
    return head if head and len(head.owners) == 1 and load_rules().name.match(text, head.end) is None else None


def _read_owners(text: str, start: int, end: int, ground: Ground) -> Head | None:
    """The place at *start*, with those that follow in a row."""
    rules, at = load_rules(), start
    found: list[Owner] = []
    while len(found) < _MOST_PLACES:
        one = read_owner(text, at, end, ground)
        if one is None:
            break
        owner, stop = one
        found.append(owner)
        joint = rules.joint.match(text, stop, end)
        if joint is None:
            break
        at = joint.end()
    if not found:
        return None
    is_listed = rules.more.match(text, stop, end) is not None
    if rules.counted.match(text, stop, end) or (is_listed and found[0].kind == "outer"):
        return None
    closing = rules.closing.match(text, stop, end) or rules.more.match(text, stop, end)
    owners = (*found, Owner("place", None)) if is_listed else tuple(found)
    return Head(start, closing.end() if closing else stop, owners)


def _judged(text: str, head: Head, end: int, ground: Ground) -> Head | None:
    """A head, where what follows leaves the clause's numbers to it."""
    rules, first = load_rules(), head.owners[0]
    behind = text[head.end : min(end, head.end + _REACH)]
    if all(owner.kind in ("own", "same", "above") for owner in head.owners):
        is_above = first.kind == "own" and "" not in (first.rank, ground.rank) and first.rank != ground.rank
        return None if is_above and rules.honour.match(text, head.end, end) else head._replace(is_bare=True)
    if rules.name.match(text, head.end, end) or rules.towards.search(behind):
        return None
    if rules.counted.search(behind):
        return None
    words = words_of(behind)
    is_bare = not words or words[0].part in _PREDICATES
    is_item = bool(words) and words[0].part == "number"
    is_country = first.region == COUNTRY or first.kind == "outer"
    if is_country and ground.region not in (None, first.region) and rules.honour.match(text, head.end, end):
        return None
    if first.is_abbreviated and len(head.owners) == 1 and not is_bare:
        return None
    return None if not is_bare and _is_facility(words) else head._replace(is_bare=is_bare, is_item=is_item)


def _is_facility(words: Sequence[Word]) -> bool:
    """Whether the noun phrase at the head of some words names a work, a firm or an event of its own."""
    facility = load_rules().facility
    phrase = ""
    for word in words:
        if word.part in _PREDICATES or word.part == "possessive":
            break
        phrase += word.text
        if facility.search(phrase):
            return True
    return False


def last_row(text: str, start: int, end: int, count: str, ground: Ground) -> Owner | None:
    """The last row of so many places in ``text[start:end]`` as one owner: that which 上述3省 means behind it."""
    joint, behind = load_rules().joint, -1
    best: tuple[Owner, ...] = ()
    row: list[Owner] = []
    for mention in find_places(text, start, end):
        link = joint.fullmatch(text, behind, mention.start) if behind >= 0 else None
        found = read_owner(text, mention.start, end, ground)
        row, behind = [*(row if link else ()), *(found[:1] if found else ())], mention.end
        best = tuple(row) if str(len(row)) == count else best
    return join_owners(best) if best else None


def leads_on(text: str, start: int, end: int) -> bool:
    """Whether a clause has no subject of its own, so that the one before it goes on: ，配备网格员3万名."""
    rules, at = load_rules(), start
    while (opening := rules.openings.match(text, at, end)) and opening.end() > at:
        at = opening.end()
    if rules.compared.match(text, at, end):
        return True
    words = words_of(text[at : min(end, at + _REACH)])
    if not words:
        return False
    term = vocabulary().by_spelling.get(words[0].text)
    # 调解纠纷1.8万件: what is done to something is its name as well.
    is_deed = term is not None and term.kind == "event" and words[0].text.startswith(tuple(label_words().acts))
    return is_deed or words[0].part in ("verb", "adverb", "preposition")


def is_award(text: str, start: int, end: int) -> bool:
    """Whether a clause tells of a title that a place has won."""
    return load_rules().award.search(text, start, end) is not None


def join_owners(owners: tuple[Owner, ...]) -> Owner:
    """Several places that own a number together: 庆阳、酒泉; no region where there are many, or one has none."""
    regions = [owner.region for owner in owners if owner.region]
    if not 1 < len(owners) == len(regions) <= _JOINED:
        return Owner("place", None)
    provinces = {region.province for region in regions}
    name = load_rules().comma.join(region.region for region in regions)
    return Owner("place", Region(name, provinces.pop() if len(provinces) == 1 else None, "group"))
