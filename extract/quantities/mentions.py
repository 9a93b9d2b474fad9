"""
Text → mentions: every quantity, statistic or not, with its unit and qualifiers.

A mention is a number token (``scan``) widened by what belongs to it: sign, currency, unit, a second number that makes
it a range, a half (两米半), and the qualifiers before and after it. Dates, ordinals, idioms and names are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from extract.language.numerals import fold, signs
from extract.language.rulebook import read_toml
from extract.periods.expressions import Chain, find_chains
from extract.periods.find import date_spans_of
from extract.quantities.exclusions import excluded_spans, spans_of
from extract.quantities.lists import share_units, spread_qualifiers
from extract.quantities.parts import Part, find_parts, join_range
from extract.quantities.qualifiers import Qualifier, match_after, match_before
from extract.table.record import Mention

_CJK_OR_WORD: Final = re.compile(r"[\w\u3400-\u9fff]")
# Types of units behind which 半 is half of one more.
_HALVED: Final = frozenset(("multiple", "time", "length", "weight", "area", "volume", "money"))


@dataclass(frozen=True, slots=True)
class _Rules:
    """What ``rules/quantities.toml`` says of signs, currencies and halves, compiled."""

    negative: re.Pattern[str]
    negative_behind_word: re.Pattern[str]
    signed_units: frozenset[str]
    sign_ends: frozenset[str]
    currency: re.Pattern[str]
    currency_ends: frozenset[str]
    currency_units: Mapping[str, str]
    main_currency: str
    half: re.Pattern[str]
    doubled: str
    doubling: re.Pattern[str]
    weak_numeral: str


@cache
def _rules() -> _Rules:
    table = read_toml("quantities.toml")
    sign, currency, doubling = table["sign"], table["currency"], table["doubling"]
    return _Rules(
        negative=re.compile(sign["negative"]),
        negative_behind_word=re.compile(sign["behind_word"]),
        signed_units=frozenset(sign["units"]),
        sign_ends=frozenset(sign["ends"]),
        currency=re.compile(currency["pattern"]),
        currency_ends=frozenset(currency["ends"]),
        currency_units=currency["units"],
        main_currency=currency["main"],
        half=re.compile(table["half"]["pattern"]),
        doubled=doubling["unit"],
        doubling=re.compile(doubling["verb"]),
        weak_numeral=table["weak"]["numeral"],
    )


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
    parts = find_parts(folded, blocked)
    mentions: list[Mention] = []
    index = 0
    while index < len(parts):
        second = parts[index + 1] if index + 1 < len(parts) else None
        joined = join_range(folded, parts[index], second) if second else None
        floor = parts[index - 1].end if index else -1
        mention = _build(folded, joined or parts[index], second if joined else None, floor)
        if mention is not None:
            mentions.append(mention)
        index += 2 if joined else 1
    return spread_qualifiers(folded, share_units(folded, mentions))


def _build(folded: str, part: Part, second: Part | None, floor: int) -> Mention | None:
    """The mention of a part; ``floor`` is the end of the part before it, where a dash is no sign."""
    rules, number, end = _rules(), part.number, part.end
    value, high, unit = number.value, number.value_high, part.unit_name
    half = rules.half.match(folded, end) if part.unit and part.unit.type in _HALVED and high is None else None
    if half:
        value, end = value + Decimal("0.5"), half.end()
    start, sign = _match_sign(folded, part.start, unit, floor)
    start, unit = _match_currency(folded, start, unit)
    before = match_before(folded, start)
    if unit == rules.doubled and (doubling := rules.doubling.search(folded, max(0, start - 2), start)):
        start = doubling.start()
    after = match_after(folded, end, _place(part))
    if not unit and not _stands_alone(folded, part, start, before):
        return None
    start = before.start if before and before.is_attached else start
    end = after.end if after else end
    is_over = number.is_over or bool(second and second.number.is_over)
    meaning = before.meaning if before else after.meaning if after else "over" if is_over else "exact"
    return Mention(start, end, value * sign, high, unit, meaning, number.rule, number.is_vague)


def _place(part: Part) -> str:
    kind = part.unit.type if part.unit else ""
    return "time" if kind == "time" else "unit" if kind in ("multiple", "length", "percent") else "plain"


def _match_sign(folded: str, start: int, unit: str, floor: int) -> tuple[int, int]:
    rules = _rules()
    if folded[start - 1 : start] not in rules.sign_ends:
        return start, 1
    negative = rules.negative.search(folded, max(0, start - 3), start)
    if negative is None and unit in rules.signed_units and start - 1 > floor:
        negative = rules.negative_behind_word.search(folded, max(0, start - 2), start)
    return (negative.start(), -1) if negative else (start, 1)


def _match_currency(folded: str, start: int, unit: str) -> tuple[int, str]:
    rules = _rules()
    if folded[start - 1 : start] not in rules.currency_ends:
        return start, unit
    currency = rules.currency.search(folded, max(0, start - 4), start)
    if currency is None:
        return start, unit
    name = rules.currency_units.get(currency[0].strip()[0], rules.main_currency)
    return (currency.start(), name) if unit in ("", rules.main_currency) else (start, unit)


def _stands_alone(folded: str, part: Part, start: int, before: Qualifier | None) -> bool:
    """Whether a number without a unit is one: a bare 百 or a lone Chinese digit is not, unless nothing is around it."""
    surface = folded[part.number.start : part.number.end]
    is_weak = part.number.is_bare or surface == _rules().weak_numeral or signs().digits.keys() >= set(surface)
    if not is_weak or before or part.number.is_over:
        return True
    around = folded[max(0, start - 1) : start] + folded[part.end : part.end + 1]
    return not _CJK_OR_WORD.search(around)


__all__ = ["find_mentions"]
