"""
Printed numerals → exact numbers.

Every notation that Chinese reports mix is read by one positional grammar: Arabic digits with separators (1,100万),
Chinese numerals (一千零五十六, 三万五, 廿二), and both together (8.5万, 3万4000, 5百, 1.27万亿). Nothing passes through
``float``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, localcontext
from functools import cache, lru_cache
from typing import Final

from extract.language.rulebook import compile_all, expand, read_toml
from extract.table.errors import NumeralError

_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True, slots=True)
class Signs:
    """The characters of numerals by what they stand for (``rules/numerals.toml``)."""

    digits: Mapping[str, int]
    small: Mapping[str, int]
    large: Mapping[str, int]
    tens: Mapping[str, int]
    factors: Mapping[str | None, Decimal]
    folded: Mapping[str, str]
    point: str
    zero: str
    ring: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of ``rules/numerals.toml``, and those made of its characters."""

    wide_comma: re.Pattern[str]
    han_point: re.Pattern[str]
    han_group: re.Pattern[str]
    han_comma: re.Pattern[str]
    common: re.Pattern[str]
    digit_pair: re.Pattern[str]
    foldable: re.Pattern[str]
    token: re.Pattern[str]


@cache
def signs() -> Signs:
    """The characters that numerals are written with."""
    rules = read_toml("numerals.toml")
    fold, sign = rules["fold"], rules["sign"]
    return Signs(
        digits=rules["digit"],
        small=rules["small"],
        large=rules["large"],
        tens=rules["tens"],
        factors={None: Decimal(1)} | {written: Decimal(factor) for written, factor in rules["factor"].items()},
        folded=dict(zip(fold["full_width"], fold["half_width"], strict=True))
        | dict(zip(fold["traditional"], fold["simplified"], strict=True))
        | dict.fromkeys(fold["blanks"], " "),
        point=sign["point"],
        zero=sign["zero"],
        ring=sign["ring"],
    )


@cache
def _patterns() -> _Patterns:
    rules, known = read_toml("numerals.toml"), signs()
    chars = "".join((*known.digits, *known.small, *known.large, *known.tens, known.point))
    return _Patterns(
        **compile_all(rules["pattern"], rules["fragment"]),
        foldable=re.compile(f"[{''.join(known.folded)}]"),
        token=re.compile(expand(f"(?P<arabic>{{arabic}})|(?P<char>[{chars}])", rules["fragment"])),
    )


def fold(text: str) -> str:
    """
    A copy of the text for matching only: full-width digits and traditional numerals folded, length unchanged.

    >>> fold("４，５６５萬個"), fold("一、四三六個，百分之八○·一")
    ('4,565万个', '一,四三六个，百分之八○点一')
    """
    if text.isascii():
        return text
    patterns, folded = _patterns(), signs().folded
    text = patterns.han_group.sub(",", patterns.han_point.sub(signs().point, text))
    return patterns.foldable.sub(lambda match: folded[match[0]], patterns.wide_comma.sub(",", text))


@lru_cache(maxsize=4096)
def read_numeral(surface: str) -> Decimal:
    """
    Read one printed numeral, its 万/亿 multiplier included, as an exact number.

    The multiplier belongs to the number; the unit that follows it (元, 人, 亩) does not and is refused.

    Args:
        surface:
            One numeral and nothing else: Arabic digits with an optional multiplier ("1.2万亿"), Chinese digits
            ("三千五百"), both ("3万4000"), or a Chinese digit string read off one by one ("二〇二三").

    Returns:
        The count of single units: "1.2万" is 12000 whether 元 or 人 comes next.

    Raises:
        NumeralError:
            *surface* is empty, holds anything that is not part of a numeral, or has no single value ("三四万").

    Examples:
        >>> read_numeral("1.2万")
        Decimal('12000')
        >>> read_numeral("三千五百")
        Decimal('3500')
        >>> read_numeral("12,345.6")
        Decimal('12345.6')
        >>> read_numeral("三万五")
        Decimal('35000')
        >>> read_numeral("三四万")
        Traceback (most recent call last):
            ...
        extract.table.errors.NumeralError: not one numeral: '三四万'
    """
    common = _patterns().common.fullmatch(surface)
    if common is not None:
        return plain(Decimal(common["digits"]) * signs().factors[common["multiplier"]])
    tokens = _tokens(_patterns().han_comma.sub("", fold(surface).replace(" ", "")), surface)
    with localcontext() as context:
        context.prec = 40 + len(surface) * 12
        if signs().point in tokens:
            point = tokens.index(signs().point)
            fraction, scale = _fraction(tokens[point + 1 :], surface)
            whole = tokens[:point]
            # 三四 alone is a range; before a point it is thirty-four.
            value = _spell_out(whole) if whole and signs().digits.keys() >= set(whole) else _whole(whole, surface)
            return plain((value + fraction) * scale)
        return plain(_whole(tokens, surface))


@lru_cache(maxsize=4096)
def read_pair(surface: str) -> tuple[Decimal, Decimal] | None:
    """
    Read two neighbouring digits that stand for a range (七八十, 三五百, 一万六七), or None where there are none.

    >>> read_pair("三四十万")
    (Decimal('300000'), Decimal('400000'))
    >>> read_pair("三十四万") is None
    True
    """
    folded = fold(surface)
    pair = _patterns().digit_pair.search(folded)
    if pair is None:
        return None
    low, high = signs().digits[pair[1]], signs().digits[pair[2]]
    if high - low != 1 and (low, high) != (3, 5):
        return None
    before, after = folded[: pair.start()], folded[pair.end() :]
    return read_numeral(before + pair[1] + after), read_numeral(before + pair[2] + after)


def large_multiplier(surface: str) -> int:
    """The 万/亿 that closes a numeral, as a factor: 两千万 → 10000, 1.27万亿 → 10**12, 三百 → 1."""
    factor, large = 1, signs().large
    for char in reversed(fold(surface)):
        if char not in large:
            break
        factor *= large[char]
    return factor


def _tokens(folded: str, surface: str) -> list[str]:
    tokens: list[str] = []
    end = 0
    for match in _patterns().token.finditer(folded):
        if match.start() != end:
            break
        tokens.append(match[0])
        end = match.end()
    if not tokens or end != len(folded):
        raise NumeralError(f"not one numeral: {surface!r}")
    return tokens


def _whole(tokens: list[str], surface: str) -> Decimal:
    digits = _digit_string(tokens)
    return digits if digits is not None else _positional(tokens, surface)


def _digit_string(tokens: list[str]) -> Decimal | None:
    """Chinese digits read off one by one: 二〇二三 → 2023; a lone digit too."""
    if not tokens or any(token not in signs().digits for token in tokens):
        return None
    if len(tokens) > 1 and _is_pair(tokens):
        return None
    return _spell_out(tokens)


def _spell_out(tokens: list[str]) -> Decimal:
    digits = signs().digits
    return Decimal("".join(str(digits[token]) for token in tokens))


def _is_pair(tokens: list[str]) -> bool:
    return len(tokens) == 2 and signs().zero not in tokens[0] and signs().ring not in tokens


def _fraction(tokens: list[str], surface: str) -> tuple[Decimal, Decimal]:
    """The digits after 点 and the multiplier after them: 七八万亿 → (0.78, 10**12)."""
    known, count = signs(), 0
    while count < len(tokens) and (tokens[count] in known.digits or tokens[count].isdigit()):
        count += 1
    digits = "".join(str(known.digits.get(token, token)) for token in tokens[:count])
    scale = Decimal(1)
    for token in tokens[count:]:
        factor = known.large.get(token) or known.small.get(token)
        if factor is None:
            raise NumeralError(f"not one numeral: {surface!r}")
        scale *= factor
    if not digits:
        raise NumeralError(f"not one numeral: {surface!r}")
    return Decimal("0." + digits), scale


def _positional(tokens: list[str], surface: str) -> Decimal:
    """Add up sections: a coefficient before 十 百 千, sections before 万 亿 兆 (一亿五千万六千 → 150006000)."""
    known = signs()
    total = section = Decimal(0)
    current: Decimal | None = None
    last, largest, after_zero = 1, 0, False
    for token in tokens:
        if token in known.large:
            part = None if current is None and section == 0 else section + (current or 0)
            total, largest = _close_section(total, part, known.large[token], largest)
            section, current, last = Decimal(0), None, known.large[token]
        elif token in known.small:
            section += _coefficient(current, after_zero) * known.small[token]
            current, last = None, known.small[token]
        elif token in known.tens:
            section, last = section + known.tens[token], 10
        else:
            if current is not None and current != 0:
                raise NumeralError(f"not one numeral: {surface!r}")
            current = Decimal(known.digits[token]) if token in known.digits else Decimal(token.replace(",", ""))
            after_zero = token in known.digits and (current == 0 or after_zero)
            continue
        after_zero = False
    if current is not None:
        is_colloquial = last > 10 and not after_zero and len(tokens[-1]) == 1
        total += current * (last // 10) if is_colloquial else current
    return total + section


def _coefficient(current: Decimal | None, after_zero: bool) -> Decimal:
    """What stands before 十 百 千: nothing and the 零 of 一百零十 mean one."""
    return Decimal(1) if current is None or (current == 0 and after_zero) else current


def _close_section(total: Decimal, part: Decimal | None, factor: int, largest: int) -> tuple[Decimal, int]:
    """Total and largest multiplier after 万 or 亿; ``part`` is the section before it, None where there is none."""
    if largest == 0 and part is None:
        return Decimal(factor), factor
    if factor >= largest:
        return (total + (part or 0)) * factor, factor
    return total + (1 if part is None else part) * factor, largest


def plain(number: Decimal) -> Decimal:
    """
    The same number without exponent or trailing zeros.

    >>> plain(Decimal("1.20E+4"))
    Decimal('12000')
    """
    whole = int(number)
    return Decimal(whole) if number == whole else number.normalize(_EXACT)
