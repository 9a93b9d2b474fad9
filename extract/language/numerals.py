"""
Printed numerals → exact numbers.

Every notation that Chinese reports mix is read by one positional grammar: Arabic digits with separators (1,100万),
Chinese numerals (一千零五十六, 三万五, 廿二), and both together (8.5万, 3万4000, 5百, 1.27万亿). Nothing passes through
``float``.
"""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, localcontext
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from extract.table.errors import NumeralError

_FULL_WIDTH: Final = dict(zip("０１２３４５６７８９．％＋－～／", "0123456789.%+-~/", strict=True))
_TRADITIONAL: Final = dict(
    zip(
        "萬億兩點幾餘個數過約貳參陸圓負雙塊條間戶場項張輛隻噸畝裏",
        "万亿两点几余个数过约贰叁陆元负双块条间户场项张辆只吨亩里",
        strict=True,
    )
)
_FOLD: Final = _FULL_WIDTH | _TRADITIONAL | dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000", " ")
_FOLDABLE: Final = re.compile(f"[{''.join(_FOLD)}]")
# A full-width comma groups digits where three digits follow: ４，５６５ and 1，234个.
_FEW_DIGITS: Final = "|".join(f"(?<=(?<![0-9.])[0-9]{{{count}}}，)" for count in (1, 2, 3))
_WIDE_COMMA: Final = re.compile(f"，(?:(?=[０-９]{{3}})(?<=[０-９]，)|(?=[0-9]{{3}}(?![0-9]))(?:{_FEW_DIGITS}))")

# Numerals as newspapers of the 1950s printed them: a point at half height, and 、 before every three digits.
_HAN: Final = "〇○零一二三四五六七八九"
_HAN_POINT: Final = re.compile(f"[·・](?<=[{_HAN}][·・])(?=[{_HAN}])")
_HAN_GROUP: Final = re.compile(
    # Not behind the number of a list: 一、二三四户.
    f"、(?<=[{_HAN}]、)(?<![\n\r 　。；：（(][{_HAN}]、)"
    f"(?=[{_HAN}]{{3}}(?![{_HAN}十百千万]))(?<!(?<![{_HAN}])[{_HAN}]{{4}}、)"
)
_HAN_COMMA: Final = re.compile(f"(?<=[{_HAN}]),(?=[{_HAN}])")

DIGITS: Final = MappingProxyType(
    dict(zip("零一二三四五六七八九〇○两壹贰叁肆伍陆柒捌玖", (*range(10), 0, 0, 2, *range(1, 10)), strict=True))
)
SMALL: Final = MappingProxyType({"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000})
LARGE: Final = MappingProxyType({"万": 10**4, "亿": 10**8, "兆": 10**12})
TENS: Final = MappingProxyType({"廿": 20, "卅": 30})

# Thousands are grouped by commas, or by blanks where Chinese follows (1 286.5万吨).
_GROUPED: Final = r"\d{1,3}(?:,\d{3})+(?!\d)|(?<![\d.])\d{1,3}(?:[ ]\d{3})+(?!\d)(?=(?:\.\d+)?[ ]?[%\u4e00-\u9fff])"
ARABIC: Final = rf"(?:{_GROUPED}|\d+)(?:\.\d+)?|(?<![\d.])\.\d+"
_TOKEN: Final = re.compile(rf"(?P<arabic>{ARABIC})|(?P<char>[{''.join((*DIGITS, *SMALL, *LARGE, *TENS))}点])")
# Most numerals of a report: 2000, 1,200, 8.5万; short enough that no digit is lost.
_COMMON: Final = re.compile(r"(?P<digits>[0-9]{1,9}(?:\.[0-9]{1,4})?)(?P<multiplier>万亿?|亿)?")
_FACTORS: Final = {None: Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8), "万亿": Decimal(10**12)}
_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_DIGIT_PAIR: Final = re.compile(
    r"(?<![零〇一二两三四五六七八九点\d])([一二两三四五六七八])([二两三四五六七八九])(?![零〇一二两三四五六七八九])"
)


def fold(text: str) -> str:
    """
    A copy of the text for matching only: full-width digits and traditional numerals folded, length unchanged.

    >>> fold("４，５６５萬個"), fold("一、四三六個，百分之八○·一")
    ('4,565万个', '一,四三六个，百分之八○点一')
    """
    if text.isascii():
        return text
    text = _HAN_GROUP.sub(",", _HAN_POINT.sub("点", text))
    return _FOLDABLE.sub(lambda match: _FOLD[match[0]], _WIDE_COMMA.sub(",", text))


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
    common = _COMMON.fullmatch(surface)
    if common is not None:
        return plain(Decimal(common["digits"]) * _FACTORS[common["multiplier"]])
    tokens = _tokens(_HAN_COMMA.sub("", fold(surface).replace(" ", "")), surface)
    with localcontext() as context:
        context.prec = 40 + len(surface) * 12
        if "点" in tokens:
            point = tokens.index("点")
            fraction, scale = _fraction(tokens[point + 1 :], surface)
            whole = tokens[:point]
            # 三四 alone is a range; before a point it is thirty-four.
            value = _spell_out(whole) if whole and DIGITS.keys() >= set(whole) else _whole(whole, surface)
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
    pair = _DIGIT_PAIR.search(folded)
    if pair is None:
        return None
    low, high = DIGITS[pair[1]], DIGITS[pair[2]]
    if high - low != 1 and (low, high) != (3, 5):
        return None
    before, after = folded[: pair.start()], folded[pair.end() :]
    return read_numeral(before + pair[1] + after), read_numeral(before + pair[2] + after)


def large_multiplier(surface: str) -> int:
    """The 万/亿 that closes a numeral, as a factor: 两千万 → 10000, 1.27万亿 → 10**12, 三百 → 1."""
    factor = 1
    for char in reversed(fold(surface)):
        if char not in LARGE:
            break
        factor *= LARGE[char]
    return factor


def _tokens(folded: str, surface: str) -> list[str]:
    tokens: list[str] = []
    end = 0
    for match in _TOKEN.finditer(folded):
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
    if not tokens or any(token not in DIGITS for token in tokens):
        return None
    if len(tokens) > 1 and _is_pair(tokens):
        return None
    return _spell_out(tokens)


def _spell_out(tokens: list[str]) -> Decimal:
    return Decimal("".join(str(DIGITS[token]) for token in tokens))


def _is_pair(tokens: list[str]) -> bool:
    return len(tokens) == 2 and "零" not in tokens[0] and "〇" not in tokens


def _fraction(tokens: list[str], surface: str) -> tuple[Decimal, Decimal]:
    """The digits after 点 and the multiplier after them: 七八万亿 → (0.78, 10**12)."""
    count = 0
    while count < len(tokens) and (tokens[count] in DIGITS or tokens[count].isdigit()):
        count += 1
    digits = "".join(str(DIGITS.get(token, token)) for token in tokens[:count])
    scale = Decimal(1)
    for token in tokens[count:]:
        factor = LARGE.get(token) or SMALL.get(token)
        if factor is None:
            raise NumeralError(f"not one numeral: {surface!r}")
        scale *= factor
    if not digits:
        raise NumeralError(f"not one numeral: {surface!r}")
    return Decimal("0." + digits), scale


def _positional(tokens: list[str], surface: str) -> Decimal:
    """Add up sections: a coefficient before 十 百 千, sections before 万 亿 兆 (一亿五千万六千 → 150006000)."""
    total = section = Decimal(0)
    current: Decimal | None = None
    last, largest, after_zero = 1, 0, False
    for token in tokens:
        if token in LARGE:
            part = None if current is None and section == 0 else section + (current or 0)
            total, largest = _close_section(total, part, LARGE[token], largest)
            section, current, last = Decimal(0), None, LARGE[token]
        elif token in SMALL:
            section += _coefficient(current, after_zero) * SMALL[token]
            current, last = None, SMALL[token]
        elif token in TENS:
            section, last = section + TENS[token], 10
        else:
            if current is not None and current != 0:
                raise NumeralError(f"not one numeral: {surface!r}")
            current = Decimal(DIGITS[token]) if token in DIGITS else Decimal(token.replace(",", ""))
            after_zero = token in DIGITS and (current == 0 or after_zero)
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
