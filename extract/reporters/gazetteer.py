"""
The gazetteer: China's provinces, prefectures and counties, and how a text names them.

A text writes a place in full (陈仓区), short (陈仓), under a former rank (安塞县, now a district) or as a chain
(陕西省宝鸡市陈仓区). Towns and below are not in the gazetteer; ``sections`` reads them by their endings.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from extract.language.rulebook import read_rows
from extract.table.errors import RuleError
from extract.table.record import LEVELS

COLUMNS: Final = ("code", "name", "short", "level", "province", "is_word")
# Between the parts of a chain: 浙江省 杭州市, 浙江·杭州.
_JOIN: Final = frozenset(" \u3000·•")
# 河北区域, 南京市场: the last character belongs to the next word.
_SPLIT_WORDS: Final = re.compile(r"区[域间别块划位级]|市[场值民]|州际")
# 建成新县城 is no 新县.
_COUNTY_WORDS: Final = re.compile(r"县[城域级乡]")
# What a place may follow within a clause: 在沛县召开.
_BEFORE_PLACE: Final = frozenset("在于到赴从自由")
# 红桥镇 and 朝阳路 are no part of 红桥区 and 朝阳区.
_OTHER_NAME: Final = re.compile(r"镇(?!街)|乡(?!村|镇)|街道|村(?![级庄民居])|路|大道")
# A rank that an upgrade or merger changed is still written: 安塞县 for 安塞区, 恩施州 for the autonomous prefecture.
_FORMER_RANKS: Final = {"city": ("市", "地区"), "county": ("县", "区", "市")}


@dataclass(frozen=True, slots=True)
class Place:
    """
    One row of the gazetteer.

    ``code`` is the statistical division code (2 digits province, 4 prefecture, 6 county); a prefix of it is the
    parent's. ``is_word`` marks a short name that is also an ordinary word (和平, 长治) or too short to stand alone.
    """

    code: str
    name: str
    short: str
    level: str
    province: str
    is_word: bool


class PlaceMention(NamedTuple):
    """
    One place, or chain of places, as written at ``start``..``end``.

    ``candidates`` are the places that the deepest name of the chain can mean, the highest level first.
    ``is_certain`` is false where the words may be no place at all (社会合作, 创新和).
    """

    start: int
    end: int
    candidates: tuple[Place, ...]
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """
    Places by written form and by code.

    ``lengths`` gives, by first two characters, the lengths of the forms; ``heads`` finds where those two may stand.
    """

    forms: Mapping[str, tuple[Place, ...]]
    by_code: Mapping[str, Place]
    lengths: Mapping[str, tuple[int, ...]]
    heads: re.Pattern[str]


@cache
def load_gazetteer() -> Gazetteer:
    """
    Read ``rules/places.csv``, once.

    Raises:
        RuleError:
            A level is unknown or a code stands twice.
    """
    by_code: dict[str, Place] = {}
    for row in read_rows("places.csv", COLUMNS):
        place = Place(row["code"], row["name"], row["short"], row["level"], row["province"], row["is_word"] == "1")
        if place.level not in LEVELS or place.code in by_code:
            raise RuleError(f"rules/places.csv: {place.code} {place.name} has an unknown level or stands twice")
        by_code[place.code] = place
    forms: dict[str, list[Place]] = {}
    for place in by_code.values():
        for form in dict.fromkeys((place.name, place.short)):
            forms.setdefault(form, []).append(place)
    for place in by_code.values():
        for form in _former_forms(place):
            known = forms.setdefault(form, [])
            if place not in known and all(other.name != form for other in known):
                known.append(place)
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[:2], set()).add(len(form))
    return Gazetteer(
        {form: tuple(sorted(places, key=lambda place: len(place.code))) for form, places in forms.items()},
        by_code,
        {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()},
        re.compile("[{}](?=[{}])".format(*("".join(sorted({head[at] for head in lengths})) for at in (0, 1)))),
    )


def _former_forms(place: Place) -> Iterator[str]:
    if "自治" in place.name and place.level in _FORMER_RANKS:
        for rank in ("自治", ""):
            yield f"{place.short}{rank}{place.name[-1]}"
    if place.short != place.name and not place.is_word:
        for rank in _FORMER_RANKS.get(place.level, ()):
            yield f"{place.short}{rank}"


def is_within(place: Place, parent: Place) -> bool:
    """Whether *place* lies in *parent* (a place does not lie in itself)."""
    return place.code != parent.code and place.code.startswith(parent.code)


def settle(candidates: tuple[Place, ...], known: Container[str]) -> Place | None:
    """
    The one place that a name means, or None where that stays open (鼓楼区 alone is in four cities).

    Args:
        candidates:
            What the name can mean, the highest level first.
        known:
            Codes of the places that the text names elsewhere: 鼓楼区 in a text on 南京 is the one in 南京.
    """
    if len(candidates) == 1 or len(candidates[0].code) == 2:
        return candidates[0]
    for size in (4, 2):
        near = [place for place in candidates if len(place.code) > size and place.code[:size] in known]
        if len(near) == 1:
            return near[0]
    top, second = candidates[0], candidates[1]
    if len(top.code) == len(second.code):
        return None
    if not top.is_word or all(is_within(place, top) for place in candidates[1:]):
        return top
    return None


def find_places(text: str, start: int = 0, end: int | None = None) -> Iterator[PlaceMention]:
    """
    Every place or chain of places in ``text[start:end]``, in text order, without overlap.

    A chain is one mention, of its deepest place: 南京市栖霞区 is 栖霞区.
    """
    gazetteer = load_gazetteer()
    stop = len(text) if end is None else end
    behind = start
    for head in gazetteer.heads.finditer(text, start, stop):
        at = head.start()
        if at >= behind and text[at : at + 2] in gazetteer.lengths:
            mention = read_place(text, at, stop)
            if mention:
                yield mention
                behind = mention.end


def read_place(text: str, start: int, end: int) -> PlaceMention | None:
    """The place or chain of places that begins exactly at *start*, or None."""
    step = _read_name(text, start, end, ())
    if step is None:
        return None
    stop, candidates = step
    is_certain = _is_certain(text[start:stop], candidates, text[start - 1 : start])
    while step:
        join = stop + 1 if text[stop : stop + 1] in _JOIN and stop < end else stop
        step = _read_name(text, join, end, candidates)
        if step:
            stop, candidates = step
            is_certain = True
    return PlaceMention(start, stop, candidates, is_certain)


def _read_name(text: str, start: int, end: int, parents: tuple[Place, ...]) -> tuple[int, tuple[Place, ...]] | None:
    gazetteer = load_gazetteer()
    for size in gazetteer.lengths.get(text[start : start + 2], ()):
        stop = start + size
        candidates = gazetteer.forms.get(text[start:stop], ()) if stop <= end else ()
        form = text[start:stop]
        if candidates and (_SPLIT_WORDS.match(text, stop - 1) or (size == 2 and _COUNTY_WORDS.match(text, stop - 1))):
            continue
        if form not in (place.name for place in candidates) and _OTHER_NAME.match(text, stop):
            candidates = tuple(place for place in candidates if len(place.code) == 2)
        if parents:
            candidates = tuple(place for place in candidates if any(_continues(place, form, up) for up in parents))
        if candidates:
            return stop, candidates
    return None


def _continues(place: Place, form: str, parent: Place) -> bool:
    """Whether *form* beside *parent* means *place*: 南京鼓楼 does, 四川资源 and 湖北公安 do not."""
    is_plain = form == place.name != place.short or not place.is_word
    return is_within(place, parent) and (is_plain or len(parent.code) == 4 or parent.level == "municipality")


def _is_certain(form: str, candidates: tuple[Place, ...], before: str) -> bool:
    """Whether *form* is a place whatever stands around it; a county's short name only at the head of a clause."""
    is_clause_head = not before or before in _BEFORE_PLACE or not "一" <= before <= "龥"
    if any(form == place.name for place in candidates):
        return any(not place.is_word or place.name != place.short for place in candidates) or (
            is_clause_head and form.endswith("县")
        )
    return any(
        not place.is_word and (len(place.code) < 6 or form != place.short or is_clause_head) for place in candidates
    )
