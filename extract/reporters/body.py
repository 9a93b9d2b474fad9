"""
How a text speaks of itself → the region that it speaks for, where neither title nor signature says it.

A text says 我省 or 全市, names places, and calls one its own (美丽幸福清徐). The words are ``rules/reports.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.rulebook import expand, read_toml
from extract.reporters.gazetteer import Place, PlaceMention, is_within, settle
from extract.reporters.named_places import SAMPLE, NamedPlaces
from extract.reporters.signatures import COUNTRY, MARKS, Region, clean_line, find_lines, load_wording, place_region
from extract.reporters.sources import is_national_source, region_of_service
from extract.reporters.towns import level_of, name_most, read_opening
from extract.reporters.weights import dominant_place, place_of_rank

_LONGEST_TITLE: Final = 80
# An epithet before a place (美丽幸福清徐) has at most so many characters.
_EPITHET: Final = 3
_OPENING_LINES: Final = 3
# What stands before 全省, or before a place, is looked at this far.
_BEFORE: Final = 6
# A round-up says so in its first words, and names at least so many provinces.
_OVERVIEW, _MANY_PROVINCES = 400, 3


@dataclass(frozen=True, slots=True)
class _Rules:
    """``rules/reports.toml`` on how a text speaks of itself, compiled."""

    own: re.Pattern[str]
    compares: re.Pattern[str]
    compared: re.Pattern[str]
    weak: str
    party: str
    country: str
    title: re.Pattern[str]
    country_named: re.Pattern[str]
    overview: re.Pattern[str]
    plan: re.Pattern[str]
    bulletin: re.Pattern[str]
    epithet: re.Pattern[str]
    visited: re.Pattern[str]
    speech: re.Pattern[str]


@cache
def _rules() -> _Rules:
    table = read_toml("reports.toml")
    own, country, visit = table["self"], table["country"], table["visit"]
    return _Rules(
        own=re.compile(expand(own["pattern"], table["fragment"])),
        compares=re.compile(own["compares"]),
        compared=re.compile(own["compared"]),
        weak=own["weak"],
        party=own["party"],
        country=own["country"],
        title=re.compile(own["title"]),
        country_named=re.compile(country["pattern"]),
        overview=re.compile(country["overview"]),
        plan=re.compile(country["plan"]),
        bulletin=re.compile(country["bulletin"], re.MULTILINE),
        epithet=re.compile(f"(?:{table['epithet']['before']})$"),
        visited=re.compile(visit["before"]),
        speech=re.compile(visit["behind"]),
    )


@dataclass(frozen=True, slots=True)
class _Speech:
    """
    How a text speaks of itself.

    ``ranks`` weighs the ranks that it speaks by (我省 3, 全省 2, 省委 1); ``claimed`` are those that it calls itself
    and does not only name (省政府) or compare with (居全省前列). ``has_our`` says whether there is a 我省 or 我市.
    ``named`` counts all places that it names, ``own`` without those of a speech's title (考察上海重要讲话).
    """

    ranks: Counter[str]
    claimed: frozenset[str]
    has_our: bool
    named: Counter[Place]
    own: Counter[Place]


def region_of_body(text: str, start: int, end: int, places: NamedPlaces) -> Region | None:
    """The region that ``text[start:end]``, in which these places are named, speaks for; None where nothing says it."""
    rules, stop = _rules(), min(end, start + SAMPLE)
    speech = _read_speech(text, start, stop, places)
    country = speech.ranks.pop(rules.country, 0)
    if _speaks_for_country(text, start, end, speech, country):
        return COUNTRY
    if region := _region_of_ranks(text, start, end, speech, places):
        return region
    if service := region_of_service(text, start, stop, speech.ranks):
        return service
    if not speech.has_our and not dominant_place(speech.named) and is_national_source(text, start, stop):
        return COUNTRY
    speaks_as_town = not speech.has_our or any(level_of(rank) for rank in speech.ranks)
    found = _town_of_opening(text, start, end, speech.named) if speaks_as_town else None
    found = found or _region_of_epithet(text, places)
    found = found or (_region_named_most(places, speech.own) if speech.own else None)
    if found or (speech.named and not country):
        return found
    says_country = rules.country_named.search(text, start, stop) or rules.plan.search(text, start, stop)
    is_national = says_country or rules.bulletin.search(text, start, min(end, start + _OVERVIEW))
    return COUNTRY if not speech.ranks and is_national else None


def _speaks_for_country(text: str, start: int, end: int, speech: _Speech, country: int) -> bool:
    """Whether a text says 全国 more than it names any province, or is a round-up of many."""
    by_province = Counter[str]()
    for place, count in speech.named.items():
        by_province[place.province] += count
    if country > max(speech.ranks.values(), default=0) + 2 * max(by_province.values(), default=0):
        return True
    is_of_many = not speech.has_our and len(by_province) >= _MANY_PROVINCES
    return is_of_many and _rules().overview.search(text, start, min(end, start + _OVERVIEW)) is not None


def _region_of_ranks(text: str, start: int, end: int, speech: _Speech, places: NamedPlaces) -> Region | None:
    """
    The place of the rank that a text speaks by most.

    A rank that it only names or compares with is that of a place above: a text on 永州 that says 居全省前列 is no
    province's.
    """
    for rank, weight in speech.ranks.most_common():
        if 2 * weight < max(speech.ranks.values()):
            break
        place = place_of_rank(rank, speech.named)
        if place and rank not in speech.claimed:
            inner = dominant_place(speech.own)
            place = inner if inner and is_within(inner, place) else place
        if place:
            return place_region((place,), places)
        region = _unsettled_of_rank(rank, places) or _town_of_rank(rank, text, start, end, speech.named)
        if region:
            return region
    return None


def _read_speech(text: str, start: int, end: int, places: NamedPlaces) -> _Speech:
    rules = _rules()
    ranks: Counter[str] = Counter()
    claimed: set[str] = set()
    has_our = False
    for match in rules.own.finditer(text, start, end):
        rank = match[match.lastgroup or 0]
        is_country = rank in rules.weak
        has_our = has_our or (match["our"] is not None and not is_country)
        is_named = match["office"] is not None or _is_compared(text, start, match)
        if not is_named:
            claimed.add(rank)
        weight = 3 if match["our"] or match["product"] else 1 if is_named or is_country else 2
        ranks[rules.country if rank == rules.party else rank] += weight
    for _, (first, last) in zip(range(_OPENING_LINES), find_lines(text, start, end), strict=False):
        title = rules.title.match(clean_line(text[first : min(last, first + _LONGEST_TITLE)]))
        if title:
            ranks[title["rank"]] += 3
            claimed.add(title["rank"])
    certain = [mention for mention in places.mentions if mention.is_certain]
    settled = [(one, place) for one in certain if (place := settle(one.candidates, places))]
    own = Counter(place for one, place in settled if not _is_in_speech(text, one))
    return _Speech(ranks, frozenset(claimed), has_our, Counter(place for _, place in settled), own)


def _is_compared(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether 全省 is only what a place is compared with: 居全省前列, 在全省评比中."""
    rules = _rules()
    if match["whole"] is None:
        return False
    before = text[max(start, match.start() - _BEFORE) : match.start()]
    return rules.compares.search(before) is not None or rules.compared.match(text, match.end()) is not None


def _is_in_speech(text: str, mention: PlaceMention) -> bool:
    """Whether a place is named only as where somebody spoke: 考察上海重要讲话精神."""
    rules = _rules()
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    return rules.visited.search(before) is not None and rules.speech.match(text, mention.end) is not None


def _unsettled_of_rank(rank: str, places: NamedPlaces) -> Region | None:
    """The name of this rank that a text writes at least twice and that several places share: 新城区."""
    names = Counter(
        mention.candidates
        for mention in places.mentions
        if mention.is_certain
        and settle(mention.candidates, places) is None
        and all(place.name.endswith(rank) for place in mention.candidates)
    )
    for candidates, count in names.most_common(1):
        return place_region(candidates, places) if count > 1 else None
    return None


def _region_of_epithet(text: str, places: NamedPlaces) -> Region | None:
    """The place that a text calls its own by an epithet, the deepest: 美丽幸福清徐; a word is none (生态振兴)."""
    rules = _rules()
    own = [
        place
        for mention in places.mentions
        if mention.is_certain
        and rules.epithet.search(text[max(places.start, mention.start - _EPITHET) : mention.start])
        and (place := settle(mention.candidates, places))
    ]
    place = max(own, key=lambda one: len(one.code), default=None)
    return place_region((place,), places) if place else None


def _town_of_rank(rank: str, text: str, start: int, end: int, named: Counter[Place]) -> Region | None:
    """The town that a text on 全镇 or 我街道 names most often at the beginning of a clause."""
    if level_of(rank) is None:
        return None
    name = name_most(text, start, min(end, start + SAMPLE), rank)
    return _to_town(name, rank, named) if name else None


def _town_of_opening(text: str, start: int, end: int, named: Counter[Place]) -> Region | None:
    """The town that one of the first lines is about: 仙林街道成立不到20年."""
    for _, (first, last) in zip(range(_OPENING_LINES), find_lines(text, start, end), strict=False):
        found = read_opening(text[first : min(last, first + _LONGEST_TITLE)])
        if found and level_of(found[1]) != "village" and not load_wording().verbs.search(found[0]):
            return _to_town(*found, named)
    return None


def _to_town(name: str, rank: str, named: Counter[Place]) -> Region:
    level, provinces = level_of(rank), {place.province for place in named}
    name = name + rank if level == "village" else name
    return Region(name, provinces.pop() if len(provinces) == 1 else None, level)


def _region_named_most(places: NamedPlaces, named: Counter[Place]) -> Region | None:
    """The place that a text without 我省 or 全市 is about: named far more than others, or its first word."""
    if dominant := dominant_place(named):
        return place_region((dominant,), places)
    first = places.mentions[0]
    line_start = max(places.start, places.text.rfind("\n", places.start, first.start) + 1)
    if first.is_certain and not places.text[line_start : first.start].strip(MARKS):
        return place_region(first.candidates, places)
    return None
