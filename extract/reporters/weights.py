"""Which of the places that a text names it is most about."""

from __future__ import annotations

from collections import Counter

from extract.reporters.gazetteer import Place, is_within, load_gazetteer


def weigh(place: Place, named: Counter[Place]) -> int:
    """How much a text is about a place: itself twice, and the places within it."""
    return 2 * named[place] + sum(count for other, count in named.items() if is_within(other, place))


def place_of_rank(rank: str, named: Counter[Place]) -> Place | None:
    """The place of this rank (省, 市, 县 …) that the text names most, itself or by the places within it."""
    by_code = load_gazetteer().by_code
    over = {by_code[place.code[:size]] for place in named for size in (2, 4, 6) if place.code[:size] in by_code}
    weighed = sorted(((weigh(place, named), place) for place in over if place.name.endswith(rank)), key=by_weight)
    if not weighed or weighed[0][0] < 2 or (len(weighed) > 1 and weighed[0][0] == weighed[1][0]):
        return None
    return weighed[0][1]


def by_weight(weighed: tuple[int, Place]) -> tuple[int, str]:
    """The heaviest first, else by code."""
    return -weighed[0], weighed[1].code


def dominant_place(named: Counter[Place]) -> Place | None:
    """The place that is named far more than others."""
    place = min(((weigh(place, named), place) for place in named), key=by_weight, default=(0, None))[1]
    if place is None:
        return None
    others = sum(count for other, count in named.items() if other != place and not is_within(other, place))
    return place if named[place] >= 2 and named[place] >= 2 * others else None
