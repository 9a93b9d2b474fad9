"""
Who tells: the agency that a clause names as the source of what follows, and a ministry as the source of a whole text.

The words are ``rules/owners.toml``, ``rules/reports.toml`` and, for ministries, ``rules/organisations.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.openings import first_characters
from extract.language.rulebook import expand, read_toml
from extract.reporters.gazetteer import is_within, load_gazetteer, read_place
from extract.reporters.owners import Ground, Owner, read_owner
from extract.reporters.signatures import COUNTRY, Region, find_lines

# A ministry is a text's source in one of its first lines, and a clause's before its end.
_FIRST_LINES: Final = 3
_REACH: Final = 80
_BLANKS: Final = r"\s{0,8}"


@dataclass(frozen=True, slots=True)
class _Rules:
    first: re.Pattern[str]
    opening: re.Pattern[str]
    agency: re.Pattern[str]
    ministry: re.Pattern[str]
    source: re.Pattern[str]
    wholly: re.Pattern[str]
    behind: re.Pattern[str]
    services: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _rules() -> _Rules:
    table, reports = read_toml("owners.toml"), read_toml("reports.toml")
    source, country = table["source"], reports["country"]
    ministry = "|".join(rule["pattern"] for rule in read_toml("organisations.toml")["national"])
    opening = expand(source["opening"], table["fragment"])
    tells = f"{source['tells']}{source['stop']}"
    return _Rules(
        first=re.compile(_BLANKS + first_characters(opening)),
        opening=re.compile(f"{_BLANKS}(?:{opening})"),
        agency=re.compile(f"{source['agency']}{tells}"),
        ministry=re.compile(f"(?:{ministry}){source['online']}{tells}"),
        source=re.compile(f"{country['source']}(?:{ministry}){country['tells']}"),
        wholly=re.compile(table["wholly"]["before"]),
        behind=re.compile(table["wholly"]["behind"]),
        services=tuple((row["code"], re.compile(row["names"])) for row in reports["service"]),
    )


def may_tell(char: str) -> bool:
    """Whether a clause that begins with this character can be one that an agency tells."""
    return _rules().first.match(char) is not None


def read_source(text: str, start: int, end: int, ground: Ground) -> Owner | None:
    """
    The place for which an agency tells what follows the clause ``text[start:end]``: 据福建省民政厅报告.

    None for one in which the reporting place lies: what 国家统计局 tells of a province is the province's.
    """
    rules = _rules()
    if rules.first.match(text, start, end) is None or (opening := rules.opening.match(text, start, end)) is None:
        return None
    at, stop = opening.end(), min(end, start + _REACH)
    if rules.ministry.match(text, at, stop):
        return Owner("place", COUNTRY, COUNTRY.region[-1]) if ground.region in (None, COUNTRY) else None
    mention = read_place(text, at, stop)
    if mention is None or rules.agency.match(text, mention.end, stop) is None:
        return None
    owner = read_owner(text, at, stop, ground)
    place = ground.settled(mention.candidates)
    if owner is None or place is None or (ground.place and is_within(ground.place, place)):
        return None
    return Owner("place", Region(place.short, place.province, place.level), place.name[-1], place.code)


def read_wholly(text: str, start: int, end: int, ground: Ground) -> Owner | None:
    """The place in which all of a number is, in brackets behind it: 3例（均在云南）."""
    before = _rules().wholly.match(text, start, end)
    found = read_owner(text, before.end(), end, ground) if before else None
    return found[0] if found and _rules().behind.match(text, found[1], end + 1) else None


def is_national_source(text: str, start: int, end: int) -> bool:
    """Whether a text opens with what a ministry tells: 据国家卫健委网站消息."""
    lines = zip(range(_FIRST_LINES), find_lines(text, start, end), strict=False)
    return any(_rules().source.match(text, first, min(last, first + _REACH)) for _, (first, last) in lines)


def region_of_service(text: str, start: int, end: int, ranks: Container[str]) -> Region | None:
    """The province of one of these ranks whose online service a text names most: 粤省事."""
    by_code = load_gazetteer().by_code
    found = Counter({code: sum(1 for _ in names.finditer(text, start, end)) for code, names in _rules().services})
    for code, count in found.most_common(1):
        place = by_code[code]
        if count and place.name[-1] in ranks:
            return Region(place.short, place.province, place.level)
    return None
