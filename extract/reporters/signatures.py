"""
Lines that say who reports: a place, a signing organisation, a title.

The patterns are ``rules/organisations.toml``; the places are the gazetteer's, and towns below them are known by their
endings (仙林街道, 兴泉镇).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from extract.language.rulebook import expand, read_toml
from extract.reporters.gazetteer import Place, PlaceMention, find_places, is_han, load_gazetteer, read_place, settle
from extract.reporters.towns import is_village_of_town


class Region(NamedTuple):
    """Who reports: short name, containing province where known, level where known."""

    region: str
    province: str | None
    level: str | None


class Issuer(NamedTuple):
    """A line that is a place or a signing organisation and nothing else."""

    region: Region
    has_office: bool


COUNTRY: Final = Region(read_toml("reports.toml")["country"]["name"], None, "country")

_LONGEST_ISSUER: Final = 45
# What a town is called, before its rank.
_STEM: Final = "([\\u4e00-\\u9fa5]{0,6}?)"

_LINE: Final = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
MARKS: Final = " \t\u3000\xa0\ufeff\u200b#*>_~`—–―-=·•●■◆★"
CLOSING: Final = re.compile(r"[》〉”\"'】〕\]）)]+$")


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of ``rules/organisations.toml``, and those of ``rules/reports.toml`` on lines, compiled."""

    office: re.Pattern[str]
    signer: re.Pattern[str]
    national: re.Pattern[str]
    towns: tuple[tuple[re.Pattern[str], str], ...]
    title: re.Pattern[str]
    media: re.Pattern[str]
    elsewhere: re.Pattern[str]
    visit: re.Pattern[str]
    verbs: re.Pattern[str]
    numbering: re.Pattern[str]
    lead: re.Pattern[str]
    unnamed: re.Pattern[str]
    country: str
    joined: str


@cache
def load_wording() -> Wording:
    """Read and compile ``rules/organisations.toml`` and ``[line]`` of ``rules/reports.toml``, once."""
    rules, reports = read_toml("organisations.toml"), read_toml("reports.toml")
    line = {name: expand(cell, reports["fragment"]) for name, cell in reports["line"].items()}
    title = rules["title"]
    return Wording(
        office=re.compile("|".join(rule["pattern"] for rule in rules["office"])),
        signer=re.compile("|".join(rule["pattern"] for rule in rules["signer"])),
        national=re.compile("|".join(rule["pattern"] for rule in rules["national"])),
        towns=tuple(
            (re.compile(rf"([\u4e00-\u9fa5]{{0,6}}?)({rule['pattern']})"), rule["level"]) for rule in rules["town"]
        ),
        title=re.compile(title["words"]),
        media=re.compile(title["media"]),
        elsewhere=re.compile(title["elsewhere"]),
        visit=re.compile(title["visit"]),
        verbs=re.compile(title["verbs"]),
        numbering=re.compile(line["numbering"]),
        lead=re.compile(line["lead"]),
        unnamed=re.compile(line["unnamed"]),
        country=reports["self"]["country"],
        joined=line["joined"],
    )


def find_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the lines of ``text[start:end]`` that hold more than white space, in text order."""
    for match in _LINE.finditer(text, start, end):
        if not match[0].isspace():
            yield match.span()


def clean_line(line: str) -> str:
    """A line without indentation, list and heading marks: what a reader would read out."""
    return line.strip(MARKS + "\u2002\u2003")


def split_numbering(line: str) -> tuple[str, str]:
    """A cleaned line as numbering (一、, 1., 案例一：; "" where there is none) and the rest."""
    match = load_wording().numbering.match(line)
    return (match[0].strip(), clean_line(line[match.end() :])) if match else ("", line)


def read_issuer(line: str, known: Container[str] = ()) -> Issuer | None:
    """
    Read a line that is a place or a signing organisation and nothing else; any other line is None.

    Args:
        line:
            One cleaned line: "南京市栖霞区仙林街道党工委", "【浙江省杭州市】", "国家统计局".
        known:
            Codes of places that the text names elsewhere; they settle a name that several places share.
    """
    if len(line) > _LONGEST_ISSUER:
        return None
    unsigned = load_wording().signer.sub("", CLOSING.sub("", line)).rstrip()
    parts = [_read_one_issuer(part, known) for part in unsigned.split()] if len(unsigned.split()) > 1 else []
    issuer = _read_one_issuer(unsigned, known) or (parts[0] if parts and all(parts) else None)
    return issuer._replace(has_office=issuer.has_office or unsigned != CLOSING.sub("", line)) if issuer else None


def _read_one_issuer(line: str, known: Container[str]) -> Issuer | None:
    lead = load_wording().lead.match(line)
    at = lead.end() if lead else 0
    wording = load_wording()
    if at == len(line):
        return None
    branch = wording.national.match(line, at)
    mention = read_place(line, at, len(line)) or (read_place(line, branch.end(), len(line)) if branch else None)
    at = mention.end if mention else at
    town, at = read_towns(line, at, mention, known)
    rest = line[at:].strip()
    if rest and (wording.verbs.search(rest) or not wording.office.fullmatch(rest)):
        mention, town = None, None
    elif town and (mention or rest):
        return Issuer(town, bool(rest))
    elif mention and (mention.is_certain or rest):
        return Issuer(place_region(mention.candidates, known), bool(rest))
    elif town and town.level == "village" and is_village_of_town(line):
        return Issuer(town._replace(province=province_of(known)), False)
    return Issuer(COUNTRY, True) if not mention and wording.national.fullmatch(line) else None


def is_unnamed_issuer(line: str) -> bool:
    """Whether a line is an organisation that leaves its place to the reader: 省委组织部."""
    return load_wording().unnamed.fullmatch(line) is not None


def place_region(candidates: tuple[Place, ...], known: Container[str]) -> Region:
    """The region of a named place; province and level are None where the name leaves them open."""
    place = settle(candidates, known)
    if place:
        return Region(place.short, place.province, place.level)
    provinces, levels = {place.province for place in candidates}, {place.level for place in candidates}
    return Region(
        candidates[0].short,
        provinces.pop() if len(provinces) == 1 else None,
        levels.pop() if len(levels) == 1 else None,
    )


def province_of(known: Container[str]) -> str | None:
    """The one province that holds all places that a text names, None where there are several or none."""
    named = [place for place in load_gazetteer().by_code.values() if len(place.code) == 2 and place.code in known]
    return named[0].province if len(named) == 1 else None


def read_towns(
    line: str, at: int, mention: PlaceMention | None, known: Container[str], longest: int = 6
) -> tuple[Region | None, int]:
    """The deepest town, village or zone of a chain that goes on at *at*, and where it ends."""
    region = None
    parent = place_region(mention.candidates, known) if mention else None
    for pattern, level in load_wording().towns:
        match = pattern.match(line, at)
        if match is None or len(match[1]) > longest or load_wording().verbs.search(match[1]):
            continue
        if not match[1] and (level != "county" or parent is None):
            continue
        stem = match[1] or (parent.region if parent else "")
        name = stem if level in ("subdistrict", "township") and len(stem) > 1 else stem + match[2]
        region, at = Region(name, parent.province if parent else None, level), match.end()
        if level == "county":
            break
    return region, at


def read_title(line: str, known: Container[str] = ()) -> tuple[Region, int] | None:
    """The region that a title names first, and where in the line it stands; None where it names none."""
    wording = load_wording()
    national = wording.national.search(line)
    for mention in find_places(line):
        lead = load_wording().lead.match(line)
        is_first = mention.start == (lead.end() if lead else 0)
        if not mention.is_certain and not (is_first and any(not place.is_word for place in mention.candidates)):
            continue
        if wording.elsewhere.search(line[: mention.start]) or wording.visit.match(line, mention.end):
            continue
        if national and national.start() < mention.start and national[0].startswith(wording.country):
            return COUNTRY, national.start()
        region = _town_of_title(line, mention, known) or place_region(mention.candidates, known)
        return region, 0 if is_first else mention.start
    return (COUNTRY, national.start()) if national else None


def _town_of_title(line: str, mention: PlaceMention, known: Container[str]) -> Region | None:
    """The town that goes on a title's chain of places, where the words can't be read otherwise."""
    parent = place_region(mention.candidates, known)
    town, end = read_towns(line, mention.end, mention, known, longest=3)
    if town is None:
        return None
    is_apart = end == len(line) or not is_han(line[end])
    is_zone = town.level == "county" and town.region.startswith(parent.region)
    is_in_county = parent.level == "county" and town.level in ("subdistrict", "township")
    return town if is_apart or is_zone or is_in_county else None
