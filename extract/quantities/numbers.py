"""
Folded text → number tokens: the number itself, before units and outer qualifiers are looked at.

The forms, tried in this order at each place: fractions (百分之十点九, 三分之二, 3/4), ratios (2.5:1), tenths (四成五),
halves (一半, 半数), rough words (数十, 几百, 成千上万), plain numerals (8.5万, 三千零五, 1300多, 十几, 七八十).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import NamedTuple

from extract.language.layout import find_opened
from extract.language.numerals import ARABIC, plain, read_numeral, read_pair
from extract.table.errors import NumeralError

# Numerals are atomic groups: a long run of digits is read once, never backtracked into.
_D = "[零〇○一二两三四五六七八九]"
# 百 is no multiplier in 百姓 and 百货.
_HUNDRED = "百(?![姓货科])"
_M = f"(?:[十千万亿兆]|{_HUNDRED})"
# Possessive: a group repeated a million times would keep a frame for each.
_H = f"(?:[零〇○一二三四五六七八九十千万亿兆廿卅]++|{_HUNDRED}|两(?=[百千万亿兆]))"
_HAN_DIGITS = "[零一二三四五六七八九十百千万]"
# 一两 is a range before a measure word (一两年) and one 两 of weight elsewhere.
_ONE_OR_TWO = "一两(?=[个名位人户家项件次年天月周百千万小层])"
_BANKER = (
    "(?:[壹贰叁肆伍陆柒捌玖拾](?=[拾佰仟百千十万亿壹贰叁肆伍陆柒捌玖点])[壹贰叁肆伍陆柒捌玖拾佰仟百千十万亿零点]++)"
)
# Neighbours with a mark between them (三、四十户), not inside a longer list.
_NEIGHBOURS = (
    "(?<![零一二三四五六七八九十百千万亿第、])(?:一、二|二、三|两、三|三、四|四、五|五、六|六、七|七、八|八、九)"
    f"(?=[十百千万亿个名位户家人年天里斤亩项次元]){_M}*"
)
# 一,四三六点二: what newspapers of the 1950s printed as 一、四三六·二.
_GROUPED = f"{_D}{{1,3}}(?:,{_D}{{3}})+(?!{_D})(?:点{_D}+)?"
_PLAIN = (
    rf"(?>{_NEIGHBOURS}|(?:{ARABIC})(?:[ ]?{_M}+(?:零?(?:{ARABIC}|{_D}){_M}*)*)?(?:点\d+)?"
    rf"|{_BANKER}|{_GROUPED}|{_ONE_OR_TWO}{_H}*+|两?{_H}++(?:[ ][万亿]+)?(?:[ ]?点{_D}+{_M}*|点\d+)?|两)"
)
_INNER = rf"[ ]?(?:多|余|几|来(?={_M}|[个名位家户人元天年里岁亩吨]|$))(?:[ ]?{_M})*"
# 成 goes on as another word: 成立, 成为, 成员 … are not tenths.
_NOT_TENTH = "立为功员果就本绩长都熟品交分型效色人语片败群千百体形"

# Most numbers of a report, with nothing behind them that could make them another form.
_SIMPLE = (
    r"(?:\d++(?:\.\d++)?+(?:万亿?+|亿)?+|[一二三四五六七八九十](?![半、]))"
    r"(?![\d.,/:：∶\ 又分成点多余几来零〇○一二三四五六七八九两十百千万亿兆廿卅])"
)

# What a form begins with.
OPENING = re.compile(
    r"[\d.零〇○一二三四五六七八九两十百千万亿兆廿卅壹贰叁肆伍陆柒捌玖拾半几数大多成好](?:(?<![大多成好])|(?=[半百千几]))"
)
NUMBER = re.compile(
    rf"""
      (?P<simple> {_SIMPLE} )
    | (?P<fraction> (?:(?P<whole>{_PLAIN})\ ?又\ ?)? (?P<denominator>{_PLAIN})\ ?分\ ?之\ ?
          (?P<numerator>{_PLAIN}|[几数]十) (?P<fraction_over>[多余])? )
    | (?P<slash> (?<![\d/.])\d{{1,6}}(?:\.\d{{1,4}})?/\d{{1,6}}(?:\.\d{{1,4}})?(?![\d/])
          |(?:{_HAN_DIGITS}{{1,8}})/(?:{_HAN_DIGITS}{{1,8}}) )
    | (?P<ratio> (?<![\d:：∶])\d{{1,6}}(?:\.\d{{1,4}})?\ ?[:：∶]\ ?1(?![\d.:：∶]) )
    | (?P<tenth> (?P<tenths>{_PLAIN}|半)\ ?成(?![{_NOT_TENTH}]) (?P<tenth_tail>{_D}(?!{_H})|半)?
          (?P<tenth_over>[多余])? )
    | (?P<half> (?:一半|半数|(?<=过)半|(?<=近)半(?!数|年|天|个|小|点)|大半(?!年|天)|多半(?=的)) )
    | (?P<part> 半 (?=[个倍年天月里公成斤亩元]) )
    | (?P<rough> 成千上万|成百上千|数以(?P<rough_count>{_M}+)计
          |(?P<rough_number>(?:(?<![人总户件次岁车])数|几|好几){_M}+(?:几?{_M})*) (?P<rough_over>[多余])? )
    | (?P<plain> {_PLAIN} (?P<inner>{_INNER})? )
    """,
    re.VERBOSE,
)
_LONGEST = 60
_LARGEST = Decimal(10) ** 24
_BARE = re.compile("[百千万亿兆]+")


class Number(NamedTuple):
    """
    A number token: value or range, and what its own form says of it.

    ``unit`` is "%" or "‰" where the form itself is a part of a whole; ``is_over`` where 多 余 几 来 stand inside;
    ``is_bare`` where a multiplier stands alone (百, 万), which is a number only beside a qualifier.
    """

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None
    rule: str
    unit: str = ""
    is_over: bool = False
    is_vague: bool = False
    is_bare: bool = False


def find_numbers(folded: str) -> Iterator[Number]:
    """Number tokens of a folded text (``numerals.fold``) in order, without overlap."""
    for match in find_opened(OPENING, NUMBER, folded):
        if match.end() - match.start() > _LONGEST:
            continue
        try:
            number = _READERS[str(match.lastgroup)](match)
        except (NumeralError, DivisionByZero, InvalidOperation):
            continue
        if abs(number.value) <= _LARGEST:
            yield number


def _read_simple(match: re.Match[str]) -> Number:
    return _number(match, read_numeral(match[0]), "numeral")


def _read_fraction(match: re.Match[str]) -> Number:
    surface = match["denominator"]
    denominator = read_numeral(surface)
    rough = match["numerator"][0] in "几数"
    surface_above = match["numerator"].replace("、", "")
    pair = None if rough else read_pair(surface_above)
    numerator = Decimal(10) if rough else pair[0] if pair else read_numeral(surface_above)
    if match["whole"]:
        value = read_numeral(match["whole"]) + numerator / denominator
        return _number(match, plain(value), "mixed_fraction")
    unit, scale = ("‰", 1000) if surface in ("千", "一千") else ("%", 100)
    high = plain(pair[1] * scale / denominator) if pair else None
    is_over = rough or bool(match["fraction_over"])
    value = plain(numerator * scale / denominator)
    return _number(match, value, "fraction", unit, high=high, is_over=is_over, is_vague=rough)


def _read_slash(match: re.Match[str]) -> Number:
    numerator, denominator = (read_numeral(side) for side in match["slash"].split("/"))
    return _number(match, plain(numerator * 100 / denominator), "fraction", "%")


def _read_ratio(match: re.Match[str]) -> Number:
    return _number(match, read_numeral(re.split("[ :：∶]", match[0])[0]), "ratio")


def _read_tenth(match: re.Match[str]) -> Number:
    tail = match["tenth_tail"]
    extra = Decimal(0) if not tail else Decimal(5) if tail == "半" else read_numeral(tail)
    over = bool(match["tenth_over"])
    if match["tenths"] == "半":
        return _number(match, Decimal(5), "tenth", "%", is_over=over)
    pair = read_pair(match["tenths"])
    if pair is not None:
        return _number(match, pair[0] * 10, "tenth", "%", high=pair[1] * 10)
    if match["tenths"].endswith(("百", "千", "万", "亿")):
        raise NumeralError(match["tenths"])
    return _number(match, plain(read_numeral(match["tenths"]) * 10 + extra), "tenth", "%", is_over=over)


def _read_half(match: re.Match[str]) -> Number:
    return _number(match, Decimal(50), "half", "%", is_over=match[0].startswith(("大", "多")))


def _read_part(match: re.Match[str]) -> Number:
    return _number(match, Decimal("0.5"), "half_of_a_unit")


def _read_rough(match: re.Match[str]) -> Number:
    if match["rough_count"]:
        value = read_numeral(match["rough_count"])
    elif match["rough_number"]:
        value = read_numeral(match["rough_number"].replace("好", "").replace("几", "一").replace("数", "一"))
    else:
        value = Decimal(1000 if match[0] == "成千上万" else 100)
    return _number(match, value, "rough", is_over=True, is_vague=True)


def _read_plain(match: re.Match[str]) -> Number:
    inner = match["inner"] or ""
    surface = match["plain"][: len(match["plain"]) - len(inner)].replace("、", "")
    pair = read_pair(surface) if not inner else None
    if pair is not None:
        return _number(match, pair[0], "digit_pair", high=pair[1])
    multipliers = inner.replace(" ", "")[1:]
    core = surface.rstrip("零") if inner.strip().startswith("几") else surface
    value = read_numeral(core + multipliers)
    is_bare = bool(_BARE.fullmatch(surface))
    is_vague = "几" in inner or "来" in inner or is_bare
    return _number(match, value, "numeral", is_over=bool(inner), is_vague=is_vague, is_bare=is_bare)


def _number(
    match: re.Match[str],
    value: Decimal,
    rule: str,
    unit: str = "",
    *,
    high: Decimal | None = None,
    is_over: bool = False,
    is_vague: bool = False,
    is_bare: bool = False,
) -> Number:
    return Number(match.start(), match.end(), value, high, rule, unit, is_over, is_vague, is_bare)


_READERS = {
    "simple": _read_simple,
    "fraction": _read_fraction,
    "slash": _read_slash,
    "ratio": _read_ratio,
    "tenth": _read_tenth,
    "half": _read_half,
    "part": _read_part,
    "rough": _read_rough,
    "plain": _read_plain,
}
