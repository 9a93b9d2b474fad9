"""
The smallest time expressions (2021年, 今年, 1-6月, 20时许, “十四五”, 五年来): what they look like and where they stand.

The words are data (``rules/periods.toml``); the shapes of calendar dates are here. Everything is matched on the
folded text (half-width digits), which has the same length as the text. Each shape is bounded, so reading is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from extract.language.layout import find_opened
from extract.language.rulebook import read_toml

TimeKind = Literal["calendar", "relative", "plan", "stretch", "event", "anaphora"]

CHINESE: Final = "〇○零一二三四五六七八九"
JOIN: Final = "(?:——|[—–―─~-]|至|到)"
_SPACE: Final = "[ ]?"
_NO_DIGIT: Final = rf"(?<![0-9.{CHINESE}十百千])"
_YEAR: Final = rf"(?:(?<![0-9])[12][0-9]{{3}}|(?<![{CHINESE}十])[一二][{CHINESE}]{{3}})"
_YEAR_END: Final = rf"{_SPACE}(?:年度|年)(?!级|龄|版|款)"
_MONTH: Final = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元正腊])"
_DAY: Final = (
    "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|[二廿]?十[一二三四五六七八九]?|廿[一二三四五六七八九]|[一二三四五六七八九])"
)
_SIXTY: Final = "(?:[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_PART_OF_DAY: Final = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间|深夜|午夜)"
_ABOUT: Final = "(?:许|整|左右)?"
_COUNT: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十廿卅百]{1,4}|几|数|数十|几十|十几)"

# One shape a kind, tried in this order at every position. Nothing in them repeats without a bound.
SHAPES: Final = (
    ("iso", r"(?<![0-9.])(?:19|20)[0-9]{2}([-./])(?:0?[1-9]|1[0-2])\1(?:3[01]|[12][0-9]|0?[1-9])(?![0-9.])"),
    (
        "years",
        rf"{_YEAR}{_SPACE}(?:{JOIN}|、){_SPACE}(?:[12][0-9]{{3}}|[0-9]{{2}}|[一二][{CHINESE}]{{3}}){_SPACE}(?:学年|年度|年)",
    ),
    (
        "bare_years",
        rf"(?<![0-9.])(?:19|20)[0-9]{{2}}{JOIN}(?:19|20)[0-9]{{2}}(?=[)）》〉」”])|(?<=〔)(?:19|20)[0-9]{{2}}(?=〕)",
    ),
    ("decade", r"(?:(?:上个?|本|[12][0-9]|二十一?|十九)世纪)?(?<![0-9.])[2-9]0年代"),
    (
        "decade",
        r"(?:(?:上个?|本|[12][0-9]|二十一?|十九)世纪)?[二三四五六七八九]{1,2}十年代|(?<![0-9.])(?:19|20)[0-9]0年代",
    ),
    ("century", r"(?:上个?|本|新|20|21|二十一?)世纪(?=以来|初|末|中叶)"),
    ("year", rf"{_YEAR}{_YEAR_END}"),
    (
        "year",
        rf"(?<![0-9.,])(?:0[0-9]年(?!代)|[0-9]{{2}}年(?={_MONTH}月)|(?<![0-9])[4-9][0-9]年(?=[春夏秋冬底初]))"
        rf"|(?<![{CHINESE}十百千万第])[四五六七八九][{CHINESE}]年(?={_MONTH}月|[春夏秋冬底])",
    ),
    (
        "month",
        rf"{_NO_DIGIT}(?<![每第满几数近足过]){_MONTH}(?:{JOIN}{_MONTH}|(?<=[^\n 　][0-9])、{_MONTH})?{_SPACE}月份?"
        "(?!龄|嫂|饼|亮|球|市|[一二三四五六七八九](?!日|十))",
    ),
    ("quarters", "(?<=[^\n 　0-9一二三四十])[一二三四1-4](?:、[一二三四1-4]){1,2}季度"),
    ("months", rf"(?<![靠提])前{_COUNT}个?月(?!龄)"),
    ("week", "第(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})周(?![年岁期末])"),
    ("tenday", "(?:上中|中下|[上中下])旬"),
    (
        "days",
        rf"{_NO_DIGIT}(?<![半每第]){_DAY}(?:{JOIN}{_DAY}|(?<=[0-9])、{_DAY})?{_SPACE}[日号](?!线|楼|机|院|店|均|游|内)",
    ),
    ("clock", r"(?<![0-9.:：∶/比])(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9:：∶])"),
    (
        "clock",
        rf"{_PART_OF_DAY}(?:{_SPACE}{_SIXTY}[时点](?:{_SIXTY}分|半)?{_ABOUT}|(?=[0-9一二三四五六七八九十]{{1,2}}[:：])|)",
    ),
    (
        "clock",
        rf"{_NO_DIGIT}(?:1?[0-9]|2[0-4])时(?![期代候间刻段效常空差尚机速节光辰期])(?:{_SIXTY}分)?(?:{_SIXTY}秒)?{_ABOUT}"
        rf"|{_NO_DIGIT}(?:1?[0-9]|2[0-4])点(?:{_SIXTY}分(?!之)|钟|整|半|许)",
    ),
    (
        "long_plan",
        "第?[一二三四五六七八九十]{1,3}个五年(?:计划|规划)(?=时期|期间)",
    ),
    (
        "plan",
        '[“"‘「](?:十[一二三四五六七八九]|[一二三四五六七八九十])五[”"’」]'
        '|(?<![一二三四五六七八九十百])(?:十[一二三四五六七八九]五(?=以来|末|规划|计划|纲要|收官|开局|[”"’」]?(?:时期|期间))'
        "|[一二三四五六七八九十]五(?=时期|期间))",
    ),
    ("first_years", '(?<=[五”"’」期])前[一二两三四1234]年'),
    ("anaphora", rf"[这该那]{_COUNT}年(?:多)?(?:间|以来|来)?"),
    ("future", rf"(?:今后|未来)的?{_COUNT}(?:{JOIN}{_COUNT})?(?:个月|年)(?:内|间|时间)?(?!级|龄|期)"),
    (
        "past",
        rf"(?:过去|最近|近)的?{_COUNT}[多余]?(?:个多?月|年)(?:以?来|间|时间)?(?!均|度|级|龄|期|代|历史|之久|以上|左右|前|后)",
    ),
    (
        "past",
        rf"(?<![0-9.{CHINESE}十百千第每])(?:{_COUNT}|半)[多余]?(?:个半?多?月|年半?多?)(?:以来|来(?!自|源|访|临|到|往|得|说|看))",
    ),
    ("past", rf"(?<![0-9.{CHINESE}十百千第每])(?<![0-9],)(?:{_COUNT}|半)[多余]?年(?:间(?!隔|接|作)|时间)?"),
)
# What a shape begins with: a numeral, or one of these and one of the others behind it.
_NUMERALS: Final = f"{CHINESE}十百两廿卅元正腊半几数"
_SHAPE_START: Final = '前第上中下本新凌清早傍晚夜深午这该那今未过最近“"‘「'
_SHAPE_SECOND: Final = f"0-9{CHINESE}十百两廿卅几数世旬中下午晨上晚间夜后来去近的个"
# What stands behind the first numeral of a shape, beside another.
_BEHIND: Final = "-./—–―─~至到、 年月日号:：时点世多余个季〕"
# Digits: the first of a run behind which a shape can go on, or the last ones before 世纪 and 季度.
_DIGITS: Final = f"(?<=(?<![0-9])[0-9])(?=[0-9]*+[{_BEHIND}])|(?<=[1-4])(?=[0-9]世纪|季度|[-—]3季度)"
# What stands in front of a count of years (近2000年, 距今1300年).
_COUNTED: Final = frozenset("近约超逾过达今有满")


@dataclass(frozen=True, slots=True)
class Kind:
    """
    What an atom of one kind can do.

    ``rank``: how fine; in one expression the finer follows the coarser (2021年 + 5月 + 上旬).
    ``stands_alone``: a time by itself; the others need one beside them or a word such as 期间 behind.
    ``is_date``: its digits are a date's; else it says how long, or names a time without digits.
    """

    rank: int
    stands_alone: bool
    is_date: bool
    time_kind: TimeKind


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        **dict.fromkeys(("years", "year", "decade", "century"), Kind(1, True, True, "calendar")),
        **dict.fromkeys(("plan", "long_plan"), Kind(1, True, True, "plan")),
        "relative_year": Kind(1, True, True, "relative"),
        "anchored_year": Kind(1, True, True, "anaphora"),
        **dict.fromkeys(("past", "future"), Kind(1, True, False, "stretch")),
        "era": Kind(1, True, False, "event"),
        "now": Kind(1, False, False, "calendar"),
        "bare_years": Kind(9, False, True, "calendar"),
        "first_years": Kind(2, False, False, "calendar"),
        "anaphora": Kind(2, True, False, "anaphora"),
        **dict.fromkeys(("part", "quarters"), Kind(2, True, True, "calendar")),
        **dict.fromkeys(("edge", "whole_year", "relative_quarter"), Kind(2, True, True, "relative")),
        "month": Kind(3, True, True, "calendar"),
        "months": Kind(3, True, False, "calendar"),
        "relative_month": Kind(3, True, True, "relative"),
        "anchored_month": Kind(3, True, True, "anaphora"),
        "relative_week": Kind(4, True, True, "relative"),
        # Where weeks are counted from differs: found beside a year, never resolved.
        "week": Kind(4, False, True, "calendar"),
        "season": Kind(4, False, False, "calendar"),
        "festival": Kind(4, False, False, "event"),
        "stretch": Kind(4, True, False, "stretch"),
        "tenday": Kind(5, False, True, "calendar"),
        "days": Kind(6, False, True, "calendar"),
        "iso": Kind(6, True, True, "calendar"),
        "relative_day": Kind(6, True, True, "relative"),
        "anchored_day": Kind(6, True, True, "anaphora"),
        "clock": Kind(7, False, True, "calendar"),
        "same_time": Kind(8, True, False, "anaphora"),
    }
)
_WORD_KINDS: Final = (
    *("stretch", "era", "same_time", "part", "whole_year", "edge", "festival", "season", "now"),
    *("relative_year", "relative_quarter", "relative_month", "relative_week", "relative_day"),
    *("anchored_year", "anchored_month", "anchored_day"),
)


class Atom(NamedTuple):
    """One smallest time expression: offsets, its kind, and the folded characters."""

    start: int
    end: int
    kind: str
    surface: str


@cache
def time_rules() -> Mapping[str, Any]:
    """The rule table of time words, as read."""
    return read_toml("periods.toml")


@cache
def word_rows() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """(kind, surface) → its rule row."""
    return {
        (kind, surface): row
        for kind in (*_WORD_KINDS, "event")
        for row in time_rules().get(kind, [])
        for surface in row["surface"].split("|")
    }


def alternatives(words: str) -> str:
    """A pattern of "|"-separated words, longest first, so that the longest wins."""
    return "|".join(re.escape(word) for word in sorted(words.split("|"), key=len, reverse=True))


def _word_pattern(surface: str, row: Mapping[str, Any]) -> str:
    before, after = row["unless_before"], row["unless_after"]
    guard = f"(?<![{before}]{re.escape(surface)})" if before else ""
    return re.escape(surface) + guard + (f"(?!{alternatives(after)})" if after else "")


@cache
def atom_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """
    What an atom begins with, and the atoms: words first, then shapes.

    The words share one group, those that begin alike an alternative: most places are refused by one character. The
    shapes are tried only behind what one of them begins with.
    """
    words = {surface: row for (kind, surface), row in word_rows().items() if kind in _WORD_KINDS}
    alike: dict[str, list[str]] = {}
    for surface in sorted(words, key=len, reverse=True):
        first = re.escape(surface[0])
        alike.setdefault(first, []).append(_word_pattern(surface, words[surface]).removeprefix(first))
    listed = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in alike.items())
    shapes = "|".join(f"(?P<{kind}__{number}>{pattern})" for number, (kind, pattern) in enumerate(SHAPES))
    shapes = shapes.replace("([-./])", "(?P<separator>[-./])").replace(r"\1", "(?P=separator)")
    first, second = (re.escape("".join(sorted({surface[at : at + 1] for surface in words}))) for at in (0, 1))
    alone = "".join(surface for surface in words if len(surface) == 1)
    opening = (
        f"[0-9{_NUMERALS}{_SHAPE_START}{first}](?:(?<=[{_NUMERALS}])(?=[{_BEHIND}{_NUMERALS}])|{_DIGITS}|(?<=[{alone}])"
        f"|(?<![0-9])(?:(?<=[{first}])(?=[{second}])|(?<=[{_SHAPE_START}])(?=[{_SHAPE_SECOND}])))"
    )
    return re.compile(opening), re.compile(f"(?P<word>{listed})|(?=[0-9{_NUMERALS}{_SHAPE_START}])(?:{shapes})")


def find_atoms(folded: str) -> Iterator[Atom]:
    """The atoms of a folded text, in order and disjoint; durations (连续五年) and names are none."""
    return (atom for atom in match_atoms(folded) if _is_time(folded, atom))


def match_atoms(folded: str) -> Iterator[Atom]:
    """Everything that has the form of an atom, whatever stands around it."""
    kinds = _word_kinds()
    for match in find_opened(*atom_patterns(), folded):
        kind = str(match.lastgroup).partition("__")[0]
        yield Atom(match.start(), match.end(), kinds[match[0]] if kind == "word" else kind, match[0])


@cache
def _word_kinds() -> Mapping[str, str]:
    return {surface: kind for kind, surface in word_rows() if kind in _WORD_KINDS}


@cache
def _guards() -> Mapping[str, re.Pattern[str]]:
    duration = time_rules()["duration"]
    return {
        "before": re.compile(f"(?:{alternatives(duration['before'])})$"),
        "after": re.compile(alternatives(duration["after"])),
        "rank": re.compile(f"的?(?:{alternatives(duration['rank_after'])})"),
        "age": re.compile("来|的?历史|之久|以上|左右|前|间"),
    }


def _is_time(folded: str, atom: Atom) -> bool:
    """Whether years are a time and no duration (连续五年), rank (近10年最好) or age (2000年历史)."""
    guards, surface, end = _guards(), atom.surface, atom.end
    before = folded[max(0, atom.start - 4) : atom.start]
    if atom.kind == "year":
        return not (_is_unlikely_year(surface) and (before[-1:] in _COUNTED or guards["age"].match(folded, end)))
    if atom.kind != "past":
        return True
    if is_rank(folded, end):
        return False
    if surface.endswith("来") or surface.startswith(("过去", "最近")):
        return True
    is_duration = guards["before"].search(before) is not None
    if surface.startswith("近") or surface.endswith("间"):
        return not is_duration
    return not is_duration and guards["after"].match(folded, end) is not None


def _is_unlikely_year(surface: str) -> bool:
    """A round or ancient number of years (2000年, 1300年), which may be a length of time."""
    number = surface[:4]
    return number.isdecimal() and (number.endswith("00") or not "1800" <= number <= "2100")


def is_rank(folded: str, end: int) -> bool:
    """Whether what ends here says since when something is a record (2006年以来最高), not when it happened."""
    return _guards()["rank"].match(folded, end) is not None
