"""
The gazetteer: China's provinces, prefectures and counties, and how a text names them.

A text writes a place in full (陈仓区), short (陈仓), under a former rank (安塞县, now a district) or as a chain
(陕西省宝鸡市陈仓区). Towns and below are not in the gazetteer; ``sections`` reads them by their endings.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from extract.language.rulebook import read_rows, read_toml
from extract.table.errors import RuleError
from extract.table.record import LEVELS

COLUMNS: Final = ("code", "name", "short", "level", "province", "is_word")
# Codes from here on are of Taiwan, Hong Kong and Macao: a name that they share means them where the text says so.
_OVERSEAS: Final = "71"
# The codes of cities and provinces are no longer.
_CITY: Final = 4
# What stands before a place that a text calls its own (美丽幸福清徐) has at most so many characters.
_EPITHET: Final = 3
# The code points of Chinese characters.
_HAN: Final = range(0x4E00, 0x9FA6)
FORM_COLUMNS: Final = ("code", "form", "kind", "source")


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


@dataclass(frozen=True, slots=True)
class NameWords:
    """``[name]`` of ``rules/reports.toml``, compiled: what the words of the gazetteer run into."""

    join: frozenset[str]
    opening: str
    closing: str
    split: re.Pattern[str]
    county_word: re.Pattern[str]
    before: frozenset[str]
    epithet: re.Pattern[str]
    other: re.Pattern[str]
    autonomous: str
    county: str
    former: Mapping[str, Sequence[str]]


@cache
def name_words() -> NameWords:
    """Read and compile them, once."""
    rules = read_toml("reports.toml")
    name = rules["name"]
    return NameWords(
        join=frozenset(name["join"]),
        opening=name["opening"],
        closing=name["closing"],
        split=re.compile(name["split"]),
        county_word=re.compile(name["county_word"]),
        before=frozenset(name["before"]),
        epithet=re.compile(f"(?:{rules['epithet']['before']})$"),
        other=re.compile(name["other"]),
        autonomous=name["autonomous"],
        county=name["county"],
        former=rules["former_rank"],
    )


@cache
def load_gazetteer() -> Gazetteer:
    """
    Read ``rules/places.csv`` and ``rules/place_forms.csv``, once.

    Raises:
        RuleError:
            A level is unknown, a code or a further form stands twice, or a form is of no place.
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
    rows = read_rows("place_forms.csv", FORM_COLUMNS)
    for row in rows:
        if row["code"] not in by_code or row["form"] in forms:
            raise RuleError(f"rules/place_forms.csv: {row['code']} {row['form']} is of no place, or stands twice")
        forms[row["form"]] = [by_code[row["code"]]]
    further = frozenset(row["form"] for row in rows)
    for place in by_code.values():
        for form in (form for form in _former_forms(place) if form not in further):
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
    words = name_words()
    if words.autonomous in place.name and place.level in words.former:
        for rank in (words.autonomous, ""):
            yield f"{place.short}{rank}{place.name[-1]}"
    if place.short != place.name and not place.is_word:
        for rank in words.former.get(place.level, ()):
            yield f"{place.short}{rank}"


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return len(char) == 1 and ord(char) in _HAN


@lru_cache(maxsize=4096)
def is_place_name(word: str) -> bool:
    """Whether a word is the name of a place and nothing else; 公安 is a county and more often something else."""
    found = load_gazetteer().forms.get(word, ())
    return any(word == place.name or (len(place.code) <= _CITY and not place.is_word) for place in found)


def names_place(word: str) -> bool:
    """Whether a word can be the name of a place, whatever else it is."""
    return word in load_gazetteer().forms


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
    top = candidates[0]
    if len(candidates) == 1 or len(top.code) == 2 or all(is_within(place, top) for place in candidates[1:]):
        return top
    for size in (4, 2):
        near = [place for place in candidates if len(place.code) > size and place.code[:size] in known]
        if len(near) == 1:
            return near[0]
    mainland = [place for place in candidates if place.code < _OVERSEAS]
    if len(mainland) == 1:
        return mainland[0]
    return top if len(top.code) < len(candidates[1].code) and not top.is_word else None


def find_places(text: str, start: int = 0, end: int | None = None) -> Iterator[PlaceMention]:
    """
    Every place or chain of places in ``text[start:end]``, in text order, without overlap.

    A chain is one mention, of its deepest place: 南京市栖霞区 is 栖霞区.
    """
    gazetteer = load_gazetteer()
    stop = len(text) if end is None else end
    behind, doubtful = start, None
    for head in gazetteer.heads.finditer(text, start, stop):
        at = head.start()
        if text[at : at + 2] not in gazetteer.lengths or (at < behind and doubtful is None):
            continue
        mention = read_place(text, at, stop)
        if mention is None or (at < behind and not mention.is_certain):
            continue
        if doubtful and at >= behind:
            yield doubtful
        # 幸福清徐 is 清徐 and no 福清: what is beyond doubt goes before what is not.
        doubtful, behind = None if mention.is_certain else mention, mention.end
        if mention.is_certain:
            yield mention
    if doubtful:
        yield doubtful


def read_place(text: str, start: int, end: int) -> PlaceMention | None:
    """The place or chain of places that begins exactly at *start*, or None."""
    step = _read_name(text, start, end, ())
    if step is None:
        return None
    stop, candidates = step
    words = name_words()
    is_certain = _is_certain(text[start:stop], candidates, text[max(0, start - _EPITHET) : start])
    closing = words.closing if start and text[start - 1] in words.opening else ""
    while step:
        behind = text[stop : min(stop + 1, end)]
        join = stop + 1 if behind in words.join or (behind and behind in closing) else stop
        step = _read_name(text, join, end, candidates)
        if step:
            stop, candidates = step
            is_certain = True
    return PlaceMention(start, stop, candidates, is_certain)


def _read_name(text: str, start: int, end: int, parents: tuple[Place, ...]) -> tuple[int, tuple[Place, ...]] | None:
    gazetteer, words = load_gazetteer(), name_words()
    for size in gazetteer.lengths.get(text[start : start + 2], ()):
        stop = start + size
        candidates = gazetteer.forms.get(text[start:stop], ()) if stop <= end else ()
        form = text[start:stop]
        if candidates and (
            words.split.match(text, stop - 1) or (size == 2 and words.county_word.match(text, stop - 1))
        ):
            continue
        if form not in (place.name for place in candidates) and words.other.match(text, stop):
            candidates = tuple(place for place in candidates if len(place.code) == 2)
        if parents:
            candidates = tuple(place for place in candidates if any(_continues(place, form, up) for up in parents))
        if candidates:
            return stop, candidates
    return None


def _continues(place: Place, form: str, parent: Place) -> bool:
    """Whether *form* beside *parent* means *place*: 南京鼓楼 does, 四川资源 and 湖北公安 do not."""
    is_plain = len(form) > len(place.short) or not place.is_word
    return is_within(place, parent) and (is_plain or len(parent.code) == 4 or parent.level == "municipality")


def _is_certain(form: str, candidates: tuple[Place, ...], before: str) -> bool:
    """Whether *form* is a place whatever stands around it; a county's short name only at the head of a clause."""
    words, last = name_words(), before[-1:]
    is_clause_head = not last or last in words.before or not is_han(last) or words.epithet.search(before) is not None
    if any(form == place.name for place in candidates):
        return any(not place.is_word or place.name != place.short for place in candidates) or (
            is_clause_head and form.endswith(words.county)
        )
    # A word with a rank is none any more: 江华县 for the autonomous county, 红河州.
    return any(
        len(form) > len(place.short)
        or (not place.is_word and (len(place.code) < 6 or form != place.short or is_clause_head))
        for place in candidates
    )
