"""
Text → mentions: every quantity, statistic or not, with its unit and qualifiers.

A mention is a number token (``scan``) widened by what belongs to it: sign, currency, unit, a second number that makes
it a range, a half (两米半), and the qualifiers before and after it. Dates, ordinals, idioms and names are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from extract.language.numerals import DIGITS, SMALL, fold, large_multiplier, read_numeral
from extract.language.rulebook import read_toml
from extract.periods.expressions import Chain, find_chains
from extract.periods.find import date_spans_of
from extract.quantities.exclusions import Spans, excluded_spans, spans_of
from extract.quantities.numbers import Number, find_numbers
from extract.quantities.qualifiers import Qualifier, match_after, match_before
from extract.quantities.units import Unit, match_unit, prefixed_unit
from extract.table.errors import NumeralError
from extract.table.record import Mention

_SEPARATOR: Final = re.compile(r"[ ]?(?:[(（]含[)）])?[ ]?(?:--?|——?|–|―|~|～|〜|至|到)[ ]?")
_CURRENCY: Final = re.compile(r"(?:(?P<sign>[$＄¥￥€£])|(?P<word>人民[币幣]|港[币幣]|美金))[ ]?$")
_CURRENCIES: Final = {
    "$": "美元",
    "＄": "美元",
    "¥": "元",
    "￥": "元",
    "€": "欧元",
    "£": "英镑",
    "港": "港元",
    "美": "美元",
}
_NEGATIVE: Final = re.compile(r"(?:(?<![税担肩辜背欠自胜抱债减])负的?|(?<![\dA-Za-z)%）\u4e00-\u9fff])[-−])[ ]?$")
# Behind a word a dash is a sign only where the number can be negative: 同比-2.1%.
_NEGATIVE_CHANGE: Final = re.compile(r"(?<=[\u4e00-\u9fff])[-−]$")
_SIGNED_UNITS: Final = frozenset(("%", "‰", "百分点", "℃", "摄氏度", "元"))
# What stands right before a number where one of these can match; nearly everywhere something else does.
_SIGN_ENDS: Final = frozenset("负的-− \n")
_CURRENCY_ENDS: Final = frozenset("$＄¥￥€£币幣金 \n")
# The smaller units that follow a unit, as parts of it.
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
_SMALLER: Final = {
    "元": {"角": _TENTH, "毛": _TENTH, "分": _HUNDREDTH},
    "亩": {"分": _TENTH, "厘": _HUNDREDTH},
    "斤": {"两": _TENTH},
    "丈": {"尺": _TENTH},
    "石": {"斗": _TENTH},
}
_DOUBLING: Final = re.compile("翻了?$")
_HALF: Final = re.compile("半(?![年月天日个小径路程百千数])")
_CODE_BEFORE: Final = re.compile(r"[A-Za-z_]$|\d[.:：∶/]$")
_TOUCHES_CODE: Final = re.compile(r"[A-Za-zμ_](?![%‰])|[.:：∶/]\d")
_CJK_OR_WORD: Final = re.compile(r"[\w\u3400-\u9fff]")
_LIST_GAP: Final = re.compile("(?:[、，,和及与]|以及|分别){1,2}")
_DASHES: Final = frozenset("负-−")
_SHARED_GAP: Final = re.compile("[ ]?(?:[、和及与]|以及)[ ]?")
_MULTIPLIER: Final = re.compile(r"(?<=\d)[ ]?([万亿兆]+)")
_HAN_NUMERAL: Final = re.compile(r"[一二三四五六七八九]|(?<=\d)[十百千]")
# Without a multiplier; a qualifier may stand before it.
_BARE: Final = re.compile(r"\d+(?:\.\d+)?$")
_LONGEST_LIST: Final = 60
_MOVEMENT: Final = re.compile(r"[\u4e00-\u9fff]{1,6}[到至为]了?")


@cache
def _origin() -> re.Pattern[str]:
    return re.compile(read_toml("statistics.toml")["pair"]["origin"])


class _Part(NamedTuple):
    """A number with its own unit, before range and qualifiers."""

    start: int
    end: int
    number: Number
    unit: Unit | None

    @property
    def unit_name(self) -> str:
        return self.number.unit or (self.unit.name if self.unit else "")


def find_mentions(text: str) -> list[Mention]:
    """
    Every quantity in a text, statistic or not, in text order and without overlap.

    Args:
        text:
            Any string; it is not changed.

    Returns:
        Mentions whose offsets are characters of *text*, end exclusive.

    Examples:
        >>> [(m.start, m.end, str(m.value), m.unit, m.qualifier) for m in find_mentions("近2000名党员下沉4835个社区")]
        [(0, 6, '2000', '名', 'nearly'), (10, 15, '4835', '个', 'exact')]
    """
    folded = fold(text)
    return mentions_of(folded, tuple(find_chains(folded)))


def mentions_of(folded: str, chains: Sequence[Chain]) -> list[Mention]:
    """``find_mentions`` of a folded text whose time expressions are known."""
    blocked = spans_of((*date_spans_of(folded, chains), *excluded_spans(folded, "quantity")))
    parts: list[_Part] = []
    for number in find_numbers(folded):
        part = _read_part(folded, number, blocked)
        if part is not None and parts and (compound := _join_compound(parts[-1], part)):
            parts[-1] = compound
        elif part is not None and (not parts or part.start >= parts[-1].end):
            parts.append(part)
    mentions: list[Mention] = []
    index = 0
    while index < len(parts):
        second = parts[index + 1] if index + 1 < len(parts) else None
        joined = _join_range(folded, parts[index], second) if second else None
        floor = parts[index - 1].end if index else -1
        mention = _build(folded, joined or parts[index], second if joined else None, floor)
        if mention is not None:
            mentions.append(mention)
        index += 2 if joined else 1
    return _spread_over_lists(folded, _share_units(folded, mentions))


def _read_part(folded: str, number: Number, blocked: Spans) -> _Part | None:
    if folded[number.start - 1 : number.start] == "第" or blocked.cover(number.start, number.end):
        return None
    before, after = folded[max(0, number.start - 2) : number.start], folded[number.end : number.end + 2]
    if _CODE_BEFORE.search(before):
        return None
    if number.unit or number.rule in ("mixed_fraction", "ratio"):
        return _Part(number.start, number.end, number, None)
    number, unit = _bind_unit(folded, number)
    if unit is None and (_TOUCHES_CODE.match(after) or number.rule == "half_of_a_unit"):
        return None
    end = unit.end if unit and unit.type != "noun" else number.end
    return _Part(number.start, end, number, unit)


def _bind_unit(folded: str, number: Number) -> tuple[Number, Unit | None]:
    """The unit after a number; a multiplier that belongs to the unit's name (千克, 兆瓦) is given back to it."""
    last = folded[number.end - 1]
    is_longer = number.end - number.start > 1 and number.rule == "numeral"
    if is_longer and (last in SMALL or last == "兆") and (unit := prefixed_unit(folded, number.end - 1)):
        return _shorten(folded, number, unit)
    return number, match_unit(folded, number.end)


def _shorten(folded: str, number: Number, unit: Unit | None) -> tuple[Number, Unit | None]:
    try:
        value = read_numeral(folded[number.start : number.end - 1])
    except NumeralError:
        return number, unit
    return number._replace(end=number.end - 1, value=value, value_high=None, rule="numeral"), unit


def _join_compound(first: _Part, second: _Part) -> _Part | None:
    """二亩五分, 五十六元八角四分: a value and so many of the next smaller units are one, in the larger unit."""
    scale = _SMALLER.get(first.unit_name, {}).get(second.unit_name)
    if scale is None or second.start != first.end or not 0 < second.number.value < 10 or second.number.value_high:
        return None
    value = first.number.value + second.number.value * scale
    return _Part(first.start, second.end, first.number._replace(value=value, rule="compound"), first.unit)


def _join_range(folded: str, first: _Part, second: _Part) -> _Part | None:
    """Two numbers joined by 至, 到 or a dash as one range, or None: 300至500户, 5万—50万元, 一千到两千万元."""
    separator = _SEPARATOR.match(folded, first.end)
    if separator is None or separator.end() != second.start or first.number.value_high is not None:
        return None
    if folded[separator.start() : separator.end()].strip() in ("至", "到") and _origin().search(
        folded, max(0, first.start - 32), first.start
    ):
        return None
    is_part = first.number.rule == "fraction" and not second.unit_name
    if first.unit_name and first.unit_name != second.unit_name and not is_part:
        return None
    low, high = first.number.value, second.number.value_high or second.number.value
    shared = large_multiplier(folded[second.number.start : second.number.end])
    own = folded[first.number.start : first.number.end]
    if not first.unit_name and shared > 1 and large_multiplier(own) == 1 and low < high / shared:
        low *= shared
    if second.number.rule == "tenth" and not first.unit_name:
        low *= 10
    if len(own) == 1 and own in DIGITS and _shares_small(folded, second):
        low *= SMALL[folded[second.number.end - 1]]
    if low >= high:
        return None
    number = first.number._replace(
        value=low, value_high=high, rule="range", unit=first.number.unit or second.number.unit
    )
    return _Part(first.start, second.end, number, second.unit)


def _shares_small(folded: str, part: _Part) -> bool:
    """两~3百: the first digit shares the second's 百."""
    surface = folded[part.number.start : part.number.end]
    return len(surface) > 1 and surface[0].isdigit() and surface[-1] in SMALL


def _build(folded: str, part: _Part, second: _Part | None, floor: int) -> Mention | None:
    """The mention of a part; ``floor`` is the end of the part before it, where a dash is no sign."""
    number, end = part.number, part.end
    value, high, unit = number.value, number.value_high, part.unit_name
    half = _HALF.match(folded, end) if part.unit and part.unit.type in _HALVED and high is None else None
    if half:
        value, end = value + Decimal("0.5"), half.end()
    start, sign = _match_sign(folded, part.start, unit, floor)
    start, unit = _match_currency(folded, start, unit)
    before = match_before(folded, start)
    if unit == "番" and (doubling := _DOUBLING.search(folded, max(0, start - 2), start)):
        start = doubling.start()
    after = match_after(folded, end, _place(part))
    if not unit and not _stands_alone(folded, part, start, before):
        return None
    start = before.start if before and before.is_attached else start
    end = after.end if after else end
    is_over = number.is_over or bool(second and second.number.is_over)
    meaning = before.meaning if before else after.meaning if after else "over" if is_over else "exact"
    return Mention(start, end, value * sign, high, unit, meaning, number.rule, number.is_vague)


_HALVED: Final = frozenset(("multiple", "time", "length", "weight", "area", "volume", "money"))


def _place(part: _Part) -> str:
    kind = part.unit.type if part.unit else ""
    return "time" if kind == "time" else "unit" if kind in ("multiple", "length", "percent") else "plain"


def _match_sign(folded: str, start: int, unit: str, floor: int) -> tuple[int, int]:
    if folded[start - 1 : start] not in _SIGN_ENDS:
        return start, 1
    negative = _NEGATIVE.search(folded, max(0, start - 3), start)
    if negative is None and unit in _SIGNED_UNITS and start - 1 > floor:
        negative = _NEGATIVE_CHANGE.search(folded, max(0, start - 2), start)
    return (negative.start(), -1) if negative else (start, 1)


def _match_currency(folded: str, start: int, unit: str) -> tuple[int, str]:
    if folded[start - 1 : start] not in _CURRENCY_ENDS:
        return start, unit
    currency = _CURRENCY.search(folded, max(0, start - 4), start)
    if currency is None:
        return start, unit
    name = _CURRENCIES.get(currency[0].strip()[0], "元")
    return (currency.start(), name) if unit in ("", "元") else (start, unit)


def _stands_alone(folded: str, part: _Part, start: int, before: Qualifier | None) -> bool:
    """Whether a number without a unit is one: a bare 百 or a lone Chinese digit is not, unless nothing is around it."""
    surface = folded[part.number.start : part.number.end]
    is_weak = part.number.is_bare or surface == "十" or all(char in DIGITS for char in surface)
    if not is_weak or before or part.number.is_over:
        return True
    around = folded[max(0, start - 1) : start] + folded[part.end : part.end + 1]
    return not _CJK_OR_WORD.search(around)


def _share_units(folded: str, mentions: list[Mention]) -> list[Mention]:
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
    mention, following = mentions[at], mentions[at + 1]
    # A dash was no sign as long as there was no unit; what it is now stays open.
    is_bare = _BARE.search(folded, mention.start, mention.end) is not None
    if not is_bare or folded[mention.start - 1 : mention.start] in _DASHES:
        return False
    if _MOVEMENT.fullmatch(folded, mention.end, following.start):
        return _origin().search(folded, max(0, mention.start - 32), mention.start) is not None
    if not _SHARED_GAP.fullmatch(folded, mention.end, following.start):
        return False
    # 系数为0.35、3个区县: a whole number of things has no decimals before it.
    if mention.value % 1 and (following.value % 1 or _MULTIPLIER.search(folded, following.start, following.end)):
        return True
    first = _first_of_list(folded, mentions, at)
    return "分别" in folded[max(0, first.start - 8) : first.start]


def _scale(folded: str, mention: Mention, last: Mention) -> Decimal | None:
    """
    The value with the multiplier of the last one where that brings both nearer: 3.2和4.5亿元, but 8200和1.2万人.

    None where one of them has a form of which that is not known.
    """
    multiplier = _MULTIPLIER.search(folded, last.start, last.end)
    if mention.value <= 0 or last.value <= 0 or _HAN_NUMERAL.search(folded, last.start, last.end):
        return None
    if multiplier is None:
        return mention.value
    bare = _BARE.search(folded, mention.start, mention.end)
    scaled = read_numeral(bare[0] + multiplier[1]) if bare else mention.value
    return min(scaled, mention.value, key=lambda value: abs(value.ln() - last.value.ln()))


def _first_of_list(folded: str, mentions: list[Mention], at: int) -> Mention:
    """The first of the values that stand in a list with this one, of a long list one of the first."""
    first = mentions[at]
    for earlier in reversed(mentions[max(0, at - _LONGEST_LIST) : at]):
        if not _LIST_GAP.fullmatch(folded, earlier.end, first.start):
            break
        first = earlier
    return first


def _spread_over_lists(folded: str, mentions: list[Mention]) -> list[Mention]:
    """A qualifier before the first value of a 分别 list holds for all its values (分别超98.5%和99%)."""
    out: list[Mention] = []
    for mention in mentions:
        previous = out[-1] if out else None
        if (
            previous is not None
            and mention.qualifier == "exact"
            and previous.qualifier != "exact"
            and previous.unit == mention.unit
            and _LIST_GAP.fullmatch(folded, previous.end, mention.start)
            and _opens_list(folded, out)
        ):
            mention = mention._replace(qualifier=previous.qualifier)
        out.append(mention)
    return out


def _opens_list(folded: str, mentions: list[Mention]) -> bool:
    first = _first_of_list(folded, mentions, len(mentions) - 1)
    return "分别" in folded[max(0, first.start - 8) : first.start] and match_before(folded, first.end) is None


__all__ = ["find_mentions"]
