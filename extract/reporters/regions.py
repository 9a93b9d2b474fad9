"""
Who reports: the region that one report speaks for.

What the text says most plainly counts first: its title, then its signature, then how it speaks of itself (我省, 全市)
together with the places that it names. Where nothing says it, there is no region.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extract.reporters.gazetteer import Place, PlaceMention, find_places, is_within, load_gazetteer, settle
from extract.reporters.signatures import (
    CLOSING,
    COUNTRY,
    MARKS,
    Region,
    clean_line,
    find_lines,
    load_wording,
    place_region,
    read_issuer,
    read_title,
    split_numbering,
)

# Frequencies of a longer text are taken from its beginning: they don't change after that.
_SAMPLE: Final = 200_000
_HEAD_LINES: Final = 40
_HEAD_CHARS: Final = 4_000
_TAIL_LINES: Final = 12
_TAIL_CHARS: Final = 600
_LONGEST_TITLE: Final = 80

_SELF: Final = re.compile(
    r"我(?P<our>国|党|省|市|县|区|州|盟|旗|镇|乡|街道|村|社区)(?![场域民])"
    r"|(?<![健安完保齐周])全(?P<whole>国|党|省|市|县|区|州|盟|旗|镇|乡|街道|村|社区)(?![场域民])"
    r"|(?<![省市县区州])(?P<product>国)内生产总值"
    r"|(?P<office>省|市|县|区|州)(?:委(?!员会)|政府)"
)
_OPENING_LINES: Final = 3
_TOWN_OPENING: Final = re.compile(
    r"[ \u3000\t]*(?![全我各本该])([一-龥]{2,3}?)(街道|镇(?![村街乡])|(?<!城)乡(?![村镇土]))"
)
_COUNTRY_NAMED: Final = re.compile(r"我国|全国|中国|党中央|国务院|国内生产总值")


@dataclass(frozen=True)
class NamedPlaces(Container[str]):
    """
    The places that ``text[start:end]`` names, those of its beginning where it is long.

    It contains the codes of those named beyond doubt and of the places they lie in. Only a name that several places
    share needs them: the text is looked through when the first such name asks.
    """

    text: str
    start: int
    end: int

    @cached_property
    def mentions(self) -> tuple[PlaceMention, ...]:
        """All of them, in text order."""
        return tuple(find_places(self.text, self.start, min(self.end, self.start + _SAMPLE)))

    @cached_property
    def _codes(self) -> frozenset[str]:
        certain = (one.candidates for one in self.mentions if one.is_certain)
        codes = {candidates[0].code for candidates in certain if len(candidates) == 1}
        return frozenset(code[:size] for code in codes for size in (2, 4, 6))

    def __contains__(self, code: object) -> bool:
        return code in self._codes


def find_region(places: NamedPlaces) -> Region | None:
    """The region that one report, the text in which these places are named, speaks for; None where nothing says it."""
    text, start, end = places.text, places.start, places.end
    return (
        region_of_head(text, start, end, places)
        or _region_of_signature(text, start, end, places)
        or _region_of_body(text, start, end, places)
    )


def region_of_head(text: str, start: int, end: int, known: Container[str]) -> Region | None:
    """The region that the title lines at the head of ``text[start:end]`` name."""
    wording = load_wording()
    weak = national = None
    for count, (first, last) in enumerate(find_lines(text, start, min(end, start + _HEAD_CHARS))):
        line = text[first:last]
        if count == _HEAD_LINES or len(line) > _LONGEST_TITLE or line.rstrip().endswith(("。", "；", ";")):
            break
        media = wording.media.search(line)
        numbering, line = split_numbering(clean_line(line[: media.start()] if media else line))
        if not line or line.endswith(("：", ":", "，", ",")):
            continue
        issuer = None if media else read_issuer(line, known)
        if issuer:
            return issuer.region
        found = read_title(line, known)
        if found is None:
            continue
        region, at = found
        is_title = wording.title.search(line) is not None
        if is_title and region != COUNTRY:
            return region
        if region == COUNTRY:
            national = national or (region if is_title else None)
        elif at == 0 and not numbering:
            weak = weak or region
    return weak or national


def _region_of_signature(text: str, start: int, end: int, known: Container[str]) -> Region | None:
    lines = tuple(find_lines(text, max(start, end - _TAIL_CHARS), end))[-_TAIL_LINES:]
    for first, last in reversed(lines):
        line = clean_line(text[first:last])
        issuer = None if line.endswith(("：", ":")) else read_issuer(CLOSING.sub("", line), known)
        if issuer:
            return issuer.region
    return None


def _region_of_body(text: str, start: int, end: int, places: NamedPlaces) -> Region | None:
    named = Counter(
        place
        for place in (settle(mention.candidates, places) for mention in places.mentions if mention.is_certain)
        if place is not None
    )
    ranks = _count_ranks(text, start, min(end, start + _SAMPLE))
    country = ranks.pop("国", 0)
    by_province = Counter[str]()
    for place, count in named.items():
        by_province[place.province] += count
    if country > max(ranks.values(), default=0) + 2 * max(by_province.values(), default=0):
        return COUNTRY
    for rank, weight in ranks.most_common():
        if 2 * weight < max(ranks.values()):
            break
        region = _region_of_rank(rank, named) or _town_of_rank(rank, text, start, end, named)
        if region:
            return region
    town = _town_of_opening(text, start, end, named)
    if town:
        return town
    most = _region_named_most(places, named) if named else None
    if most or (named and not country):
        return most
    return COUNTRY if not ranks and _COUNTRY_NAMED.search(text, start, min(end, start + _SAMPLE)) else None


def _count_ranks(text: str, start: int, end: int) -> Counter[str]:
    """How strongly a text speaks as a province, a city …: 我省 and 国内生产总值 count 3, 全省 2, 全国 and 省委 1."""
    weights: Counter[str] = Counter()
    for match in _SELF.finditer(text, start, end):
        rank = match[match.lastgroup or 0]
        weight = 3 if match["our"] or match["product"] else 1 if match["office"] or rank in "国党" else 2
        weights["国" if rank == "党" else rank] += weight
    return weights


def _weigh(place: Place, named: Counter[Place]) -> int:
    return 2 * named[place] + sum(count for other, count in named.items() if is_within(other, place))


def _region_of_rank(rank: str, named: Counter[Place]) -> Region | None:
    """The place of this rank (省, 市, 县 …) that the text names most, itself or by the places within it."""
    by_code = load_gazetteer().by_code
    over = {by_code[place.code[:size]] for place in named for size in (2, 4, 6) if place.code[:size] in by_code}
    weighed = sorted(((_weigh(place, named), place) for place in over if place.name.endswith(rank)), key=_by_weight)
    if not weighed or weighed[0][0] < 2 or (len(weighed) > 1 and weighed[0][0] == weighed[1][0]):
        return None
    place = weighed[0][1]
    return Region(place.short, place.province, place.level)


def _by_weight(weighed: tuple[int, Place]) -> tuple[int, str]:
    return -weighed[0], weighed[1].code


def _town_of_rank(rank: str, text: str, start: int, end: int, named: Counter[Place]) -> Region | None:
    """The town that a text on 全镇 or 我街道 names most often at the beginning of a clause."""
    level = {"街道": "subdistrict", "镇": "township", "乡": "township", "村": "village", "社区": "village"}.get(rank)
    if level is None:
        return None
    clause = re.compile(rf"(?<![一-龥])([一-龥]{{2,4}}?){rank}")
    names = Counter(
        match[1] for match in clause.finditer(text, start, min(end, start + _SAMPLE)) if match[1][0] not in "我全各本该"
    )
    if not names:
        return None
    (name, _), *_ = names.most_common(1)
    provinces = {place.province for place in named}
    return Region(name + rank if level == "village" else name, provinces.pop() if len(provinces) == 1 else None, level)


def _town_of_opening(text: str, start: int, end: int, named: Counter[Place]) -> Region | None:
    """The town that one of the first lines is about: 仙林街道成立不到20年."""
    for _, (first, last) in zip(range(_OPENING_LINES), find_lines(text, start, end), strict=False):
        match = _TOWN_OPENING.match(text, first, last)
        if match and not load_wording().verbs.search(match[1]):
            provinces = {place.province for place in named}
            level = "subdistrict" if match[2] == "街道" else "township"
            return Region(match[1], provinces.pop() if len(provinces) == 1 else None, level)
    return None


def _region_named_most(places: NamedPlaces, named: Counter[Place]) -> Region | None:
    """The place that a text without 我省 or 全市 is about: named far more than others, or its first word."""
    place = min(((_weigh(place, named), place) for place in named), key=_by_weight)[1]
    others = sum(count for other, count in named.items() if other != place and not is_within(other, place))
    if named[place] >= 2 and named[place] >= 2 * others:
        return Region(place.short, place.province, place.level)
    first = places.mentions[0]
    line_start = max(places.start, places.text.rfind("\n", places.start, first.start) + 1)
    if first.is_certain and not places.text[line_start : first.start].strip(MARKS):
        return place_region(first.candidates, places)
    return None
