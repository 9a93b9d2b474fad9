"""Values in a list: the unit at the last, and the qualifier before the first, are those of all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from extract.language.numerals import read_numeral
from extract.language.rulebook import read_toml
from extract.quantities.parts import origin
from extract.quantities.qualifiers import match_before
from extract.table.record import Mention

# Without a multiplier; a qualifier may stand before it.
_BARE: Final = re.compile(r"\d+(?:\.\d+)?$")
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class _Rules:
    """What ``rules/quantities.toml`` says of lists, compiled."""

    gap: re.Pattern[str]
    shared_gap: re.Pattern[str]
    respective: str
    movement: re.Pattern[str]
    multiplier: re.Pattern[str]
    han_numeral: re.Pattern[str]
    dashes: frozenset[str]


@cache
def _rules() -> _Rules:
    table = read_toml("quantities.toml")
    rules = table["list"]
    return _Rules(
        gap=re.compile(rules["gap"]),
        shared_gap=re.compile(rules["shared_gap"]),
        respective=rules["respective"],
        movement=re.compile(rules["movement"]),
        multiplier=re.compile(rules["multiplier"]),
        han_numeral=re.compile(rules["han_numeral"]),
        dashes=frozenset(table["sign"]["open"]),
    )


def share_units(folded: str, mentions: list[Mention]) -> list[Mention]:
    """The unit at the last of several values is that of all: 分别回落2.16和1.66个百分点, 由12增加到18万亩."""
    out: list[Mention] = []
    for at in reversed(range(len(mentions))):
        mention = mentions[at]
        if out and not mention.unit and out[-1].unit and not out[-1].is_vague and _lacks_unit(folded, mentions, at):
            value = _scale(folded, mention, out[-1])
            mention = mention._replace(unit=out[-1].unit, value=value) if value is not None else mention
        out.append(mention)
    return out[::-1]


def _lacks_unit(folded: str, mentions: list[Mention], at: int) -> bool:
    """Whether a number without unit is one of a list, or the origin of a movement, whose unit stands further on."""
    rules, mention, following = _rules(), mentions[at], mentions[at + 1]
    # A dash was no sign as long as there was no unit; what it is now stays open.
    is_bare = _BARE.search(folded, mention.start, mention.end) is not None
    if not is_bare or folded[mention.start - 1 : mention.start] in rules.dashes:
        return False
    if rules.movement.fullmatch(folded, mention.end, following.start):
        return origin().search(folded, max(0, mention.start - 32), mention.start) is not None
    if not rules.shared_gap.fullmatch(folded, mention.end, following.start):
        return False
    # 系数为0.35、3个区县: a whole number of things has no decimals before it.
    if mention.value % 1 and (following.value % 1 or rules.multiplier.search(folded, following.start, following.end)):
        return True
    first = _first_of_list(folded, mentions, at)
    return rules.respective in folded[max(0, first.start - 8) : first.start]


def _scale(folded: str, mention: Mention, last: Mention) -> Decimal | None:
    """
    The value with the multiplier of the last one where that brings both nearer: 3.2和4.5亿元, but 8200和1.2万人.

    None where one of them has a form of which that is not known.
    """
    multiplier = _rules().multiplier.search(folded, last.start, last.end)
    if mention.value <= 0 or last.value <= 0 or _rules().han_numeral.search(folded, last.start, last.end):
        return None
    if multiplier is None:
        return mention.value
    bare = _BARE.search(folded, mention.start, mention.end)
    scaled = read_numeral(bare[0] + multiplier[1]) if bare else mention.value
    return min(scaled, mention.value, key=lambda value: abs(value.ln() - last.value.ln()))


def _first_of_list(folded: str, mentions: list[Mention], at: int) -> Mention:
    """The first of the values that stand in a list with this one, of a long list one of the first."""
    first = mentions[at]
    for earlier in reversed(mentions[max(0, at - _LONGEST) : at]):
        if not _rules().gap.fullmatch(folded, earlier.end, first.start):
            break
        first = earlier
    return first


def spread_qualifiers(folded: str, mentions: list[Mention]) -> list[Mention]:
    """A qualifier before the first value of a 分别 list holds for all its values (分别超98.5%和99%)."""
    out: list[Mention] = []
    for mention in mentions:
        previous = out[-1] if out else None
        if (
            previous is not None
            and mention.qualifier == "exact"
            and previous.qualifier != "exact"
            and previous.unit == mention.unit
            and _rules().gap.fullmatch(folded, previous.end, mention.start)
            and _opens_list(folded, out)
        ):
            mention = mention._replace(qualifier=previous.qualifier)
        out.append(mention)
    return out


def _opens_list(folded: str, mentions: list[Mention]) -> bool:
    first = _first_of_list(folded, mentions, len(mentions) - 1)
    return (
        _rules().respective in folded[max(0, first.start - 8) : first.start] and match_before(folded, first.end) is None
    )
