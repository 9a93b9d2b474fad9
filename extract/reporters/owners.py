"""
A place as the owner of a number: as a report names it, by its name, as 我省 or 该市, or as a part of the world.

The words are ``rules/owners.toml``; places are the gazetteer's, countries and groups of places those of
``rules/world.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from extract.language.openings import first_characters
from extract.language.rulebook import expand, read_toml
from extract.reporters.gazetteer import Place, PlaceMention, is_within, load_gazetteer, read_place, settle
from extract.reporters.signatures import COUNTRY, Region, place_region, read_towns
from extract.reporters.towns import level_of, read_opening
from extract.reporters.world import load_world, read_outer

# "own": the one that reports; "same": the place that the text has just named; "above": the row of places before it,
# ``rank`` of which is its number; "outer": a country or a group.
Kind = Literal["place", "own", "same", "above", "outer"]


class Owner(NamedTuple):
    """
    Whose a number is; ``region`` is None where several places own it that have no name together.

    ``rank`` is the last character of a place's full name, by which 全市 and 该区 mean it again, and ``code`` its code
    in the gazetteer; "" where there is none. An abbreviated group (东部, 沿海) owns numbers only as the subject itself:
    沿海港口 are no group's.
    """

    kind: Kind
    region: Region | None
    rank: str = ""
    code: str = ""
    is_abbreviated: bool = False


@dataclass(frozen=True)
class Ground:
    """
    Where a report stands: its region, its place in the gazetteer where it has one, and the places that its text names.

    A county's short name (安吉) heads a clause only within the report's own province.
    """

    region: Region | None
    place: Place | None
    known: Container[str]

    @property
    def rank(self) -> str:
        """The last character of the full name of the one that reports, "" where it is not known."""
        return self.place.name[-1] if self.place else ""

    def settled(self, candidates: tuple[Place, ...]) -> Place | None:
        """The one place that a name means here: one of the report's own before others of its name."""
        if self.place and len(candidates) > 1:
            inner = [one for one in candidates if is_within(one, self.place) or one == self.place]
            if len(inner) == 1:
                return inner[0]
        return settle(candidates, self.known)


# Whose towns are told by themselves, and how long the name of one is, its rank and what follows it included.
_TOWN_PARENT: Final = "county"
_VILLAGE: Final = "village"
_SHORTEST_TOWN, _LONGEST_TOWN = 3, 8
# A county of so few characters keeps its ending: 盘县.
_SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class OwnerRules:
    """``rules/owners.toml``, compiled."""

    openings: re.Pattern[str]
    opening: re.Pattern[str]
    framing: str
    frames: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    own: re.Pattern[str]
    same: re.Pattern[str]
    above: re.Pattern[str]
    former: re.Pattern[str]
    compared: re.Pattern[str]
    country: re.Pattern[str]
    not_behind: str
    hands_on: re.Pattern[str]
    joint: re.Pattern[str]
    closing: re.Pattern[str]
    more: re.Pattern[str]
    counted: re.Pattern[str]
    part: re.Pattern[str]
    zone: re.Pattern[str]
    award: re.Pattern[str]
    name: re.Pattern[str]
    honour: re.Pattern[str]
    facility: re.Pattern[str]
    towards: re.Pattern[str]
    comma: str
    item: str
    etc: str
    starts: frozenset[str]


@cache
def load_rules() -> OwnerRules:
    """Read and compile ``rules/owners.toml``, once."""
    table = read_toml("owners.toml")
    own, row, no_owner = table["own"], table["row"], table["no_owner"]

    def compiled(pattern: Any) -> re.Pattern[str]:
        return re.compile(expand(pattern, table["fragment"]))

    openings = expand("|".join(f"(?:{rule['pattern']})" for rule in table["opening"]), table["fragment"])
    return OwnerRules(
        openings=re.compile(openings),
        opening=re.compile(first_characters(openings)),
        framing="".join(rule["before"] for rule in table["frame"]),
        frames=tuple((compiled(rule["before"]), compiled(rule["behind"])) for rule in table["frame"]),
        own=compiled(own["pattern"]),
        same=compiled(own["same"]),
        above=compiled(own["above"]),
        former=compiled(table["former"]["county"]),
        compared=compiled(table["goes_on"]["compared"]),
        country=compiled(own["country"]),
        not_behind=own["not_behind"],
        hands_on=compiled(own["hands_on"]),
        joint=compiled(row["joint"]),
        closing=compiled(row["closing"]),
        more=compiled(row["more"]),
        counted=compiled(row["counted"]),
        part=compiled(row["part"]),
        zone=compiled(table["zone"]["pattern"]),
        award=compiled(no_owner["award"]),
        name=compiled(f"{no_owner['name']}|{no_owner['route']}"),
        honour=compiled(no_owner["honour"]),
        facility=compiled(f"(?:{no_owner['facility']})$"),
        towards=compiled(no_owner["towards"]),
        comma=row["comma"],
        item=row["item"],
        etc=row["more"],
        starts=frozenset(own["starts"]),
    )


@cache
def _starts() -> frozenset[str]:
    """The first two characters of every place: most clauses begin with none of them, and are done with."""
    return frozenset((*load_gazetteer().lengths, *load_world().lengths))


def begins_owner(text: str, start: int, ground: Ground) -> bool:
    """A cheap test before ``read_owner``."""
    has_towns = ground.place is not None and ground.place.level == _TOWN_PARENT
    return has_towns or text[start : start + 2] in _starts() or text[start : start + 1] in load_rules().starts


def read_owner(text: str, start: int, end: int, ground: Ground) -> tuple[Owner, int] | None:
    """The owner that ``text[start:end]`` begins with, and where its name ends."""
    rules = load_rules()
    if text[start : start + 2] not in _starts() and text[start : start + 1] not in rules.starts:
        return _owner_of_town(text, start, end, ground)
    if own := rules.own.match(text, start, end):
        rank = (own["rank"] or own["inner"] or "")[-1:]
        if text[start - 1 : start] in rules.not_behind and start:
            return None
        if rank == COUNTRY.region[-1]:
            return Owner("place", COUNTRY, rank), own.end()
        return Owner("own", None, rank), own.end()
    if same := rules.same.match(text, start, end):
        return Owner("same", None, (same["rank"] or "")[-1:]), same.end()
    if above := rules.above.match(text, start, end):
        return Owner("above", None, above["count"] or ""), above.end()
    if country := rules.country.match(text, start, end):
        return Owner("place", COUNTRY, COUNTRY.region[-1]), country.end()
    if mention := read_place(text, start, end):
        return _owner_of_place(text, mention, end, ground)
    return _owner_of_outer(text, start, end) or _owner_of_town(text, start, end, ground)


def _owner_of_town(text: str, start: int, end: int, ground: Ground) -> tuple[Owner, int] | None:
    """A town of the county that reports, by a name that can be nothing else."""
    if ground.place is None or ground.place.level != _TOWN_PARENT or end - start < _SHORTEST_TOWN:
        return None
    found = read_opening(text[start : min(end, start + _LONGEST_TOWN)])
    if found is None or level_of(found[1]) == _VILLAGE:
        return None
    name, rank = found
    region = Region(name, ground.place.province, level_of(rank))
    return Owner("place", region, "", ground.place.code), start + len(name) + len(rank)


def _owner_of_outer(text: str, start: int, end: int) -> tuple[Owner, int] | None:
    outer = read_outer(text, start, end)
    if outer is None:
        return None
    region, stop = outer
    if zone := load_rules().zone.match(text, stop, end):
        return Owner("outer", region._replace(region=text[start : zone.end()])), zone.end()
    is_abbreviated = stop - start < len(region.region)
    return Owner("outer", region, "", "", is_abbreviated), stop


def _owner_of_place(text: str, mention: PlaceMention, end: int, ground: Ground) -> tuple[Owner, int] | None:
    place = ground.settled(mention.candidates)
    # A name that is a word as well is a place in a row of places of where the report stands.
    is_in_row = text[mention.start - 1 : mention.start] == load_rules().comma
    if not mention.is_certain and not (is_in_row and place and ground.place and is_within(place, ground.place)):
        return None
    mention = mention._replace(candidates=(place,)) if place else mention
    form = text[mention.start : mention.end]
    first = place or mention.candidates[0]
    if form == first.short != first.name and len(first.code) == 6 and not _is_near(first, ground):
        return None
    if zone := load_rules().zone.match(text, mention.end, end):
        return Owner("place", Region(first.short + zone[0], first.province, "group"), "", first.code), zone.end()
    town, stop = read_towns(text, mention.end, mention, ground.known, longest=3)
    is_told = town is not None and _is_town(text, mention.end, stop, end, town)
    if town and is_told:
        return Owner("place", town._replace(province=first.province), "", first.code), stop
    if len(first.code) == 4 and (former := load_rules().former.match(text, mention.end, end)):
        name = former[0] if len(former[0]) == _SHORTEST_NAME else former[0][:-1]
        return Owner("place", Region(name, first.province, _TOWN_PARENT), former[0][-1], first.code), former.end()
    region = Region(place.short, place.province, place.level) if place else place_region(mention.candidates, ())
    return Owner("place", region, first.name[-1], first.code), mention.end


def _is_near(place: Place, ground: Ground) -> bool:
    """Whether a county's short name can be meant: it lies where the report stands, or the text names it in full."""
    return ground.place is not None and place.province == ground.place.province


def _is_town(text: str, start: int, stop: int, end: int, town: Region) -> bool:
    if stop > end or (town.level != "county" and stop - start <= 2):
        return False
    joint = load_rules().joint.match(text, stop, end)
    return joint is None or town.level == "county" or read_towns(text, joint.end(), None, (), longest=3)[0] is not None


def find_above(code: str, rank: str) -> Owner | None:
    """The place of this rank in which the place of a code lies: the 市 of a district, None where there is none."""
    by_code = load_gazetteer().by_code
    for above in (by_code[code[:size]] for size in (4, 2) if size < len(code) and code[:size] in by_code):
        if above.name.endswith(rank):
            return Owner("place", Region(above.short, above.province, above.level), rank, above.code)
    return None


def ground_of(region: Region | None, known: Container[str]) -> Ground:
    """Where a report of this region stands."""
    return Ground(region, _place_of(region) if region else None, known)


@cache
def _place_of(region: Region) -> Place | None:
    """The gazetteer's place of a region, where its name means one."""
    names = load_gazetteer().forms.get(region.region, ())
    meant = [
        place
        for place in names
        if (place.short, place.level) == (region.region, region.level) and region.province in (None, place.province)
    ]
    return meant[0] if len(meant) == 1 else None
