"""Places that are no part of China, and groups of places: how a text names 美国, 东盟, 长三角, 东部地区."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from extract.language.rulebook import read_rows
from extract.reporters.signatures import Region
from extract.table.errors import RuleError

COLUMNS: Final = ("code", "name", "short", "level", "also")
LEVELS: Final = ("country", "group")
_BETWEEN: Final = ";"


class World(NamedTuple):
    """Countries and groups by written form; ``lengths`` gives, by first two characters, the lengths of the forms."""

    forms: Mapping[str, Region]
    lengths: Mapping[str, tuple[int, ...]]


@cache
def load_world() -> World:
    """
    Read ``rules/world.csv``, once.

    Raises:
        RuleError:
            A level is unknown, or a form stands twice.
    """
    forms: dict[str, Region] = {}
    for row in read_rows("world.csv", COLUMNS):
        region = Region(row["short"], None, row["level"])
        for form in dict.fromkeys((row["name"], row["short"], *row["also"].split(_BETWEEN))):
            if form and (form in forms or row["level"] not in LEVELS):
                raise RuleError(f"rules/world.csv: {row['code']} {form} has an unknown level or stands twice")
            if form:
                forms[form] = region
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[:2], set()).add(len(form))
    return World(forms, {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()})


def read_outer(text: str, start: int, end: int) -> tuple[Region, int] | None:
    """
    The country or group of places that ``text[start:end]`` begins with, and where its name ends.

    >>> read_outer("东部地区增长5%", 0, 8)
    (Region(region='东部地区', province=None, level='group'), 4)
    """
    world = load_world()
    for size in world.lengths.get(text[start : start + 2], ()):
        region = world.forms.get(text[start : start + size]) if start + size <= end else None
        if region:
            return region, start + size
    return None
