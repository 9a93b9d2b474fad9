"""
Who reports: the region that one report speaks for.

What the text says most plainly counts first: its title, then its signature, then how it speaks of itself (我省, 全市)
together with the places that it names. Where nothing says it, there is no region.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.rulebook import read_toml
from extract.reporters.body import region_of_body
from extract.reporters.gazetteer import read_place
from extract.reporters.named_places import NamedPlaces
from extract.reporters.signatures import (
    CLOSING,
    COUNTRY,
    Region,
    clean_line,
    find_lines,
    load_wording,
    province_of,
    read_issuer,
    read_title,
    split_numbering,
)
from extract.reporters.towns import level_of, read_opening

_HEAD_LINES: Final = 40
_HEAD_CHARS: Final = 4_000
_TAIL_LINES: Final = 12
_TAIL_CHARS: Final = 600
_LONGEST_TITLE: Final = 80


@dataclass(frozen=True, slots=True)
class _Rules:
    """``[line]`` of ``rules/reports.toml`` on titles and signatures, compiled."""

    series: re.Pattern[str]
    closed: str
    addressed: str
    joined: str


@cache
def _rules() -> _Rules:
    line = read_toml("reports.toml")["line"]
    return _Rules(re.compile(line["series"]), line["closed"], line["addressed"], line["joined"])


def find_region(places: NamedPlaces) -> Region | None:
    """The region that one report, the text in which these places are named, speaks for; None where nothing says it."""
    text, start, end = places.text, places.start, places.end
    return (
        region_of_head(text, start, end, places)
        or _region_of_signature(text, start, end, places)
        or region_of_body(text, start, end, places)
    )


def region_of_head(text: str, start: int, end: int, known: Container[str]) -> Region | None:
    """The region that the title lines at the head of ``text[start:end]`` name."""
    wording, rules = load_wording(), _rules()
    weak = national = None
    for count, (first, last) in enumerate(find_lines(text, start, min(end, start + _HEAD_CHARS))):
        line = text[first:last]
        if count == _HEAD_LINES or len(line) > _LONGEST_TITLE or line.rstrip()[-1:] in rules.closed:
            break
        media = wording.media.search(line)
        numbering, line = split_numbering(clean_line(line[: media.start()] if media else line))
        line = line if read_issuer(line, known) else rules.series.sub("", line)
        if not line or line[-1] in rules.addressed or (media and _is_place(line)):
            continue
        issuer = None if media else read_issuer(line, known)
        if issuer:
            return issuer.region
        is_title = wording.title.search(line) is not None
        found = (_town_of_title(line, known) if is_title else None) or read_title(line, known)
        if found is None:
            continue
        region, at = found
        if is_title and region != COUNTRY:
            return region
        if region == COUNTRY:
            national = national or (region if is_title else None)
        elif at == 0 and not numbering:
            weak = weak or region
    return weak or national


def _town_of_title(line: str, known: Container[str]) -> tuple[Region, int] | None:
    """The town that a title begins with, without the places it lies in: 2020年塘桥街道社代会报告."""
    lead = load_wording().lead.match(line)
    found = read_opening(line[lead.end() if lead else 0 :])
    if found is None or level_of(found[1]) == "village" or load_wording().verbs.search(found[0]):
        return None
    return Region(found[0], province_of(known), level_of(found[1])), 0


def _is_place(line: str) -> bool:
    """Whether a line is the name of a place and nothing else: what is left of 湖北日报 is not who reports."""
    mention = read_place(line, 0, len(line))
    return mention is not None and mention.end == len(line)


def _region_of_signature(text: str, start: int, end: int, known: Container[str]) -> Region | None:
    lines = tuple(find_lines(text, max(start, end - _TAIL_CHARS), end))[-_TAIL_LINES:]
    for first, last in reversed(lines):
        line = clean_line(text[first:last])
        issuer = None if line[-1:] in _rules().joined else read_issuer(CLOSING.sub("", line), known)
        if issuer:
            return issuer.region
    return None
