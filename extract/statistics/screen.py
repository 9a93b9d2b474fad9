"""
Which quantities are reported statistics.

A quantity is one unless something speaks against it: a name, slogan or set phrase, a rank, an age bracket, a bare
duration, a schedule, the indefinite 一个, a small enumerated set, a number that counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from extract.language.rulebook import read_toml
from extract.quantities.exclusions import Spans, excluded_spans, spans_of
from extract.quantities.units import match_unit
from extract.statistics.surroundings import Context

_QUOTED: Final = re.compile(
    r"“[^“”\n]{1,20}”|《[^《》\n]{1,80}》|「[^「」\n]{1,20}」|『[^『』\n]{1,20}』|\"[^\"\n，。]{1,16}\"|‘[^‘’\n]{1,20}’"
)
_LIST_TAIL: Final = re.compile(r"[、．)）]|\.(?!\d)")
_IN_PARENTHESES: Final = re.compile(r"[(（]$")
_HAN: Final = re.compile("[\\u4e00-\\u9fff]")
_FIRST_HAN: Final = chr(0x4E00)
_CLOSING: Final = "，,。；;、！!？?\r\n ”）)"
# So many of any unit of time are the sum of many people's.
_MANY_HOURS: Final = 10_000
_MEASURED: Final = frozenset(("percent", "multiple", "money"))
_PHYSICAL: Final = frozenset(("length", "area", "volume", "weight", "energy", "measure", "score"))


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns of ``rules/statistics.toml`` that screening needs, compiled."""

    list_lead: re.Pattern[str]
    name_class: str
    programme_unit: str
    programme: str
    duration: re.Pattern[str]
    days: str
    number_of_days: str
    frequency: re.Pattern[str]
    frequency_units: frozenset[str]
    rank: re.Pattern[str]
    first: str
    every: str
    age: re.Pattern[str]
    article: re.Pattern[str]
    small_set: re.Pattern[str]
    counted_units: frozenset[str]
    counted_nouns: re.Pattern[str]
    not_counted: re.Pattern[str]
    places: str
    no_noun: str
    nouns_before: re.Pattern[str]
    totals_before: re.Pattern[str]
    nouns_after: re.Pattern[str]
    magnitudes: tuple[str, ...]
    list_marks: frozenset[str]


@cache
def _rules() -> Rules:
    table: dict[str, Any] = read_toml("statistics.toml")
    return Rules(
        list_lead=re.compile(table["list_marker"]["lead"]),
        name_class=table["name_part"]["class"],
        programme_unit=table["name_part"]["programme_unit"],
        programme=table["name_part"]["programme"],
        duration=re.compile(table["duration"]["kept"]),
        days=table["duration"]["days"],
        number_of_days=table["duration"]["number_of_days"],
        frequency=re.compile(table["frequency"]["pattern"]),
        frequency_units=frozenset(table["frequency"]["units"]),
        rank=re.compile(table["rank"]["pattern"]),
        first=table["rank"]["first"],
        every=table["denominator"]["every"],
        age=re.compile(table["age"]["kept"]),
        article=re.compile(table["article"]["kept"]),
        small_set=re.compile(table["small_set"]["kept"]),
        counted_units=frozenset(table["small_set"]["units"]),
        counted_nouns=re.compile(table["small_set"]["nouns"]),
        not_counted=re.compile(table["small_set"]["names"]),
        places=table["small_set"]["places"],
        no_noun=table["small_set"]["no_noun"],
        nouns_before=re.compile(f"(?:{table['no_unit']['nouns_before']})[^，。；]{{0,12}}$"),
        totals_before=re.compile(table["no_unit"]["totals_before"]),
        nouns_after=re.compile(table["no_unit"]["nouns_after"]),
        magnitudes=tuple(table["no_unit"]["magnitudes"]),
        list_marks=frozenset(table["no_unit"]["list"]),
    )


def named_spans(folded: str) -> Spans:
    """The spans in which numbers are names: short quotations, titles, hotline numbers, fixed programmes."""
    return spans_of((*(match.span() for match in _QUOTED.finditer(folded)), *excluded_spans(folded, "statistic")))


def select(contexts: Sequence[Context], folded: str) -> list[Context]:
    """Those of a text's mentions that are reported statistics, in order."""
    named = named_spans(folded)
    reasons = _REASONS if _counts_in_arabic(contexts) else _REASONS_IN_HAN
    return [context for context in contexts if reject(context, named, reasons) is None]


def reject(context: Context, named: Spans, reasons: Reasons) -> str | None:
    """Why a mention is no reported statistic, as a short code, or None where it is one."""
    if named.cover(context.mention.start, context.mention.end):
        return "name"
    return next((code for code, applies in reasons if applies(context)), None)


def _counts_in_arabic(contexts: Sequence[Context]) -> bool:
    """Whether a text writes its counts in Arabic digits; where it does not, 九个 is a count like any other."""
    large = [context.is_han for context in contexts if context.mention.value > 10 and context.unit_type != "time"]
    return 2 * sum(large) <= len(large)


def _is_list_marker(context: Context) -> bool:
    mention = context.mention
    if mention.unit or not _LIST_TAIL.match(context.folded, mention.end):
        return False
    before = context.folded[max(0, mention.start - 6) : mention.start]
    after = context.folded[mention.end : mention.end + 2]
    if after[:1] in ")）":
        return bool(_IN_PARENTHESES.search(before) or _rules().list_lead.search(before) or not before)
    return not before or bool(_rules().list_lead.search(before)) or (after[:1] == "." and after[1:2] >= _FIRST_HAN)


def _is_name_part(context: Context) -> bool:
    """级, 层, 强 and their like count ranks; 万吨级 names a class; 六个一 is a programme."""
    rules, after = _rules(), context.folded[context.mention.end : context.mention.end + 1]
    is_programme = after == rules.programme and context.mention.unit == rules.programme_unit
    return context.unit_type == "rank" or after == rules.name_class or is_programme


def _is_rank(context: Context) -> bool:
    """第 and 前 make an order of anything (前1%学科), 居 and 位列 only of places and counts."""
    return context.left.endswith(_rules().first) or (
        context.unit_type not in _MEASURED and _rules().rank.search(context.left) is not None
    )


def _is_age_bracket(context: Context) -> bool:
    return context.unit_type == "age" and not _rules().age.search(context.left)


def _is_duration(context: Context) -> bool:
    """A span of time, unless time is what is counted (办理时限压缩3天, 优良天数112天, 其中优20天)."""
    rules = _rules()
    if context.unit_type != "time" or rules.duration.search(context.left) or context.mention.value >= _MANY_HOURS:
        return False
    return not (context.mention.unit == rules.days and rules.number_of_days in context.sentence_left)


def _is_schedule(context: Context) -> bool:
    mention = context.mention
    return (
        mention.unit in _rules().frequency_units
        and mention.value < 10
        and bool(_rules().frequency.search(context.left))
    )


def _is_article(context: Context) -> bool:
    """一个, 一批: an article, unless it measures (一倍, 一元) or is hedged."""
    return (
        context.is_han
        and context.mention.value == 1
        and context.mention.value_high is None
        and context.unit_type not in _MEASURED
        and not _rules().article.search(context.left)
    )


def _is_denominator(context: Context) -> bool:
    """每10万人中…8930人: what a rate is of counts nothing."""
    if not context.left.endswith(_rules().every) or context.following is None:
        return False
    mention = context.mention
    return mention.value_high is None and mention.value >= 100 and str(int(mention.value)).strip("0") == "1"


def _is_small_set(context: Context) -> bool:
    """三支队伍, 五项机制: a set that is listed, not measured; 九位老人 and 三个县 are counts."""
    mention = context.mention
    return (
        context.is_han
        and mention.value <= 10
        and mention.value_high is None
        and mention.qualifier == "exact"
        and context.unit_type not in _MEASURED | _PHYSICAL
        and not _rules().small_set.search(context.left)
        and not _is_small_count(context)
    )


def _is_small_count(context: Context) -> bool:
    """Persons, households, cases and places, and what stands behind its noun at a clause's end (抓获嫌疑人五名)."""
    rules, unit = _rules(), context.mention.unit
    if unit in rules.counted_units:
        return rules.not_counted.match(context.right) is None
    is_last = not context.right.strip(_CLOSING) and len(context.left) > 1 and context.left[-1] not in rules.no_noun
    return unit == rules.places and (rules.counted_nouns.match(context.right) is not None or is_last)


def _is_bare(context: Context) -> bool:
    """百亿县区, 万名会计师: a magnitude alone, without a qualifier, counts nothing."""
    mention = context.mention
    return mention.is_vague and mention.qualifier == "exact"


def _counts_nothing(context: Context) -> bool:
    """A number without measure word counts only before a noun (6部门, 28万人口) or after a ratio (比值由3.27)."""
    mention = context.mention
    if mention.unit:
        return False
    rules = _rules()
    if rules.nouns_before.search(context.left) or rules.totals_before.search(context.left):
        return False
    if context.surface.endswith(rules.magnitudes) and _HAN.match(context.left[-1:]):
        return False
    if not rules.nouns_after.match(context.right):
        if mention.value >= 10000 and _opens_list(context):
            return False
        return not (mention.value >= 100 and mention.qualifier != "exact")
    digits = context.surface.replace(",", "")
    is_code = digits.isdigit() and (1900 <= mention.value <= 2100 or digits[0] == "0")
    return is_code or not (mention.value >= 10000 or mention.qualifier != "exact" or _noun_follows(context))


def _opens_list(context: Context) -> bool:
    """分别达1.28万亿、1.18万亿、8200亿元: the unit stands at the last value."""
    following = context.following
    if following is None:
        return False
    return context.folded[context.mention.end : following.start].strip() in _rules().list_marks


def _noun_follows(context: Context) -> bool:
    unit = match_unit(context.folded, context.mention.end)
    return unit is not None and unit.type == "noun" and not (context.is_han and context.mention.value <= 10)


Reasons = tuple[tuple[str, Callable[[Context], bool]], ...]

_REASONS: Final[Reasons] = (
    ("list_marker", _is_list_marker),
    ("name_part", _is_name_part),
    ("rank", _is_rank),
    ("age_bracket", _is_age_bracket),
    ("duration", _is_duration),
    ("schedule", _is_schedule),
    ("denominator", _is_denominator),
    ("article", _is_article),
    ("small_set", _is_small_set),
    ("bare_magnitude", _is_bare),
    ("counts_nothing", _counts_nothing),
)
_REASONS_IN_HAN: Final[Reasons] = tuple(reason for reason in _REASONS if reason[0] != "small_set")
