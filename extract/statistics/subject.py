"""What a statistic counts: the noun phrase behind the measure word, else the one before the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Final

from extract.language.phrases import last_quantity, phrase_after, phrase_before, phrase_words
from extract.language.rulebook import read_toml
from extract.language.words import Part, Word, segmenter, words_of
from extract.quantities.units import unit_type
from extract.statistics.surroundings import Context, respective_runs

__all__ = ["attach_subjects", "segmenter"]

_STOP: Final = re.compile(r"[，,。；;：:！!？?（()）\r\n]")
_CLAUSE: Final = re.compile("[，,；;：:、]")
_RESPECTIVE: Final = re.compile("(?P<items>[^，,；;：:。]*)分别[^，,；;：:。、]{0,10}$")
_ITEM_GAP: Final = re.compile("[、和与及]|以及")
_ELLIPSIS: Final = re.compile("(?P<item>[^，,。；;]{2,12})(?:[、和与及]|以及)")
_ADJACENT: Final = re.compile("(?:(?:[、和与及]|以及)(?:第[一二三四五六七八九十]+批)?)?")
_BRACKETS: Final = re.compile("[（(][^（()）]*[)）]")
_BRACKET: Final = re.compile("[（(）)]")
_EVERY: Final = re.compile("每[个名户家位支项]?")
_LONGEST: Final = 24
# So much of a clause is cut into words on either side: a phrase and the clause that describes it.
_REACH: Final = 32
_CLAUSES: Final = 4
_NEAR: Final = 16
_LONGEST_RANK: Final = 4
_GRADE: Final = re.compile(
    "(?:[\\d〇零一二三四五六七八九十百千万亿]+(?:(?:周?岁|级)及?以[上下]|千?[伏瓦]级?|级)[和及、]?"
    "|[国省市县]家?级及?以上)+(?=[\\u3400-\\u9fff])"
)
_ENDS: Final = (Part.CONJUNCTION, Part.POSSESSIVE)
_NOMINAL: Final = (Part.NOUN, Part.DEVERBAL)


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """The word lists of ``[phrase]`` in ``rules/subjects.toml`` that the place of a phrase needs."""

    comparisons: frozenset[str]
    levels: frozenset[str]
    partners: frozenset[str]
    shares: frozenset[str]
    spending: frozenset[str]
    places: tuple[str, ...]
    bodies: frozenset[str]
    person_units: frozenset[str]
    complete_units: frozenset[str]
    abstract_units: frozenset[str]
    establishments: frozenset[str]
    shared: frozenset[str]
    measures: tuple[str, ...]


@cache
def _rules() -> SubjectWords:
    table = read_toml("subjects.toml")["phrase"]
    places, measures = tuple(table["places"]), tuple(table["measures"])
    lists = {name: frozenset(table[name]) for name in SubjectWords.__slots__ if name not in ("places", "measures")}
    return SubjectWords(places=places, measures=measures, **lists)


def attach_subjects(contexts: Sequence[Context], roles: Sequence[str | None]) -> list[str | None]:
    """
    What each statistic counts, as the text names it, or None.

    A number without a noun of its own goes on with the subject of the one before it in its sentence; the values of a
    分别 list take the items named before it, one each. Where an item of an enumeration is only the first part of a
    name (1个市级、10个区级党群服务中心), the rest of it is added.

    Args:
        contexts:
            The statistics in text order.
        roles:
            Their roles: "to" counts what "from" counts.

    >>> from extract.pipeline import extract_text
    >>> extract_text("设立网格8.5万个，打造一支3.7万名社区工作者队伍。煤、原油产量分别增长7%、9%。")["subject"].tolist()
    ['网格', '社区工作者', '煤产量', '原油产量']
    """
    subjects: list[str | None] = []
    for context, role in zip(contexts, roles, strict=True):
        inherited = subjects[-1] if subjects and context.previous is not None else None
        subjects.append(inherited if role == "to" else _subject(context, role, inherited))
    _complete(contexts, subjects)
    for first, items in _respective_lists(contexts, subjects):
        subjects[first : first + len(items)] = items
    return subjects


def _subject(context: Context, role: str | None, inherited: str | None) -> str | None:
    behind = _words_behind(context)
    if _counts(context) and _opens(behind):
        own = _noun_behind(context, behind)
        if own:
            return own
    clauses = _clauses_before(context, role)
    clause = next(clauses, [])
    own = _behind(context, clause, behind) or _before(context, clause) or _predicate_noun(behind)
    if own:
        is_place = context.mention.unit in _rules().person_units and own.endswith(_rules().places)
        return own + inherited if inherited and is_place else own
    if context.mention.unit in _rules().complete_units and behind and behind[0].part is not Part.OTHER:
        # 300人进城落户: who that is, no clause before says.
        return _joined(_object(behind)) or (inherited if _goes_on(context) else None)
    near = _joined(phrase_after(behind)) if not _counts(context) and _opens(behind) else None
    near = near or next((phrase for earlier in clauses if (phrase := _before(context, earlier))), None)
    return near or _inherited(context, clause, inherited) or _joined(last_quantity(clause))


def _inherited(context: Context, clause: Sequence[Word], inherited: str | None) -> str | None:
    """The subject of the number before, with the verb of this one where it is people after cases: 事故3起，死亡5人."""
    if inherited is None:
        return None
    activities = phrase_words().activities
    activity = next((word.text for word in reversed(clause) if word.text in activities), None)
    earlier = max((verb for verb in activities if inherited.endswith(verb) and inherited != verb), key=len, default="")
    if activity and (earlier or not _goes_on(context)):
        return inherited.removesuffix(earlier) + activity
    return inherited if _goes_on(context) else None


def _object(behind: Sequence[Word]) -> list[str]:
    """The noun that a predicate is about: 716万人次参与服务."""
    noun = next((at for at, word in enumerate(behind) if word.part in _NOMINAL), len(behind))
    return phrase_after(behind[noun:])


def _counts(context: Context) -> bool:
    return context.unit_type in ("count", "noun") or not context.mention.unit


def _words_behind(context: Context) -> list[Word]:
    """The words up to the next stop; a grade that begins with a number is one of them (87万名80岁以上老年人)."""
    right = context.right[: _REACH if _counts(context) else _LONGEST // 2]
    stop = _STOP.search(right)
    right = right[: stop.start() if stop else len(right)]
    grade = _GRADE.match(right)
    if grade is None:
        return words_of(right)
    return [Word(grade[0], Part.MODIFIER), *words_of(right[grade.end() :])]


def _behind(context: Context, before: Sequence[Word], behind: Sequence[Word]) -> str | None:
    """The noun phrase behind the measure word, None where the number has none or the one before it is meant."""
    named = bool(before) and before[-1].part in _NOMINAL and before[-1].text not in phrase_words().changes
    if behind and behind[0].part is Part.POSSESSIVE:
        is_share = context.unit_type == "percent" or _counts(context)
        return _joined(phrase_after(behind[1:])) if is_share or not named else None
    if _counts(context):
        return _noun_behind(context, behind, named)
    is_sum = context.unit_type != "percent" and not named
    return _joined(phrase_after(behind, is_complete=True)) if is_sum and before and _opens(behind) else None


def _noun_behind(context: Context, behind: Sequence[Word], is_named: bool = False) -> str | None:
    unit = context.mention.unit
    if not unit and behind and behind[0].text in _rules().places:
        return behind[0].text
    is_complete = is_named or unit in _rules().complete_units
    found = phrase_after(behind, is_complete, unit in _rules().abstract_units)
    if len(found) > 1 and unit in _rules().person_units and found[-1] in _rules().bodies:
        found.pop()
    if not found and not is_named and behind and behind[0].text.endswith("级"):
        # A name that the dictionary lacks: 3个国家级保种场.
        found = [word.text for word in takewhile(lambda word: word.part not in _ENDS, behind[:5])]
        return _joined(found) if len(found) > 2 else None
    return _joined(found)


def _opens(words: Sequence[Word]) -> bool:
    return bool(words) and words[0].part in (*_NOMINAL, Part.MODIFIER, Part.EMPTY)


def _clauses_before(context: Context, role: str | None) -> Iterator[list[Word]]:
    """The words of the clauses and items since the number before, that of the number itself first."""
    text = _BRACKETS.sub("", context.gap[-4 * _LONGEST :])
    text = _BRACKET.split(text)[-1]
    if role == "from":
        text = re.sub("[从由自][^从由自，,；;]*$", "", text)
    for clause in _CLAUSE.split(text)[: -_CLAUSES - 1 : -1]:
        yield words_of(clause[-_REACH:])


def _before(context: Context, clause: Sequence[Word]) -> str | None:
    """The last noun phrase of a clause."""
    words = _without_measure(_without_comparison(clause, context.unit_type == "percent"))
    if context.unit_type == "money" and len(words) > 1 and words[-1].text in _rules().spending:
        payer = phrase_before(words[:-1]) if words[-2].part in _NOMINAL else []
        return _joined([*payer, words[-1].text]) if payer else _joined(phrase_before(words))
    return _joined(phrase_before(words))


def _without_comparison(words: Sequence[Word], is_share: bool) -> Sequence[Word]:
    """The words before what is compared with: 投诉量比上年, 少数民族人口占总人口."""
    rules = _rules()
    for index in range(len(words) - 1, -1, -1):
        text = words[index].text
        if text.endswith("相比"):
            partner = next((at for at in range(index, -1, -1) if words[at].text in rules.partners), index)
            return words[:partner]
        if is_share and text in rules.shares:
            return words[:index]
        if text in rules.comparisons and not any(word.text in rules.levels for word in words[index:]):
            return words[:index]
    return words


def _without_measure(words: Sequence[Word]) -> Sequence[Word]:
    """每个市平均 counts no towns: the noun behind 每 is left out."""
    for index, word in enumerate(words):
        if _EVERY.fullmatch(word.text):
            noun = next((at for at in range(index + 1, len(words)) if words[at].part is Part.NOUN), index)
            return [*words[:index], Word("每", Part.OTHER), *words[noun + 1 :]]
    return words


def _predicate_noun(behind: Sequence[Word]) -> str | None:
    """其中近四成是党员: what the part is."""
    return _joined(phrase_after(behind[1:])) if behind and behind[0].text == "是" else None


def _goes_on(context: Context) -> bool:
    """Whether a number without a noun can count what the one before it counts: people are no cases."""
    previous = context.previous
    people = (*_rules().person_units, "人", "人次")
    if previous is None or not (previous.unit and context.mention.unit) or context.unit_type != "count":
        return True
    if "户" in (previous.unit, context.mention.unit) or unit_type(previous.unit) != "count":
        return True
    return (previous.unit in people) == (context.mention.unit in people)


def _respective_lists(
    contexts: Sequence[Context], subjects: Sequence[str | None]
) -> Iterator[tuple[int, list[str | None]]]:
    """Of each 分别 list whose items and values agree in number: its first value and the items."""
    for first, count in respective_runs(contexts):
        named = _RESPECTIVE.search(contexts[first].gap[-4 * _LONGEST :])
        if named is None:
            continue
        if not named["items"].strip("，, "):
            # 接待游客3亿人次、旅游花费4500亿元，分别增长…
            earlier = list(subjects[max(0, first - count) : first])
            if len(earlier) == count and contexts[first - count].sentence == contexts[first].sentence:
                yield first, earlier
            continue
        items = [phrase_before(words_of(item)) for item in _ITEM_GAP.split(named["items"])]
        if len(items) == count and all(items):
            yield first, [_joined(item) for item in _with_shared_head(items)]


def _with_shared_head(items: Sequence[list[str]]) -> Iterator[list[str]]:
    """The items of a list in which only the last has the head: 黄金、白银产量."""
    shared = _rules().shared
    last = items[-1]
    start = len(last)
    while start > 1 and last[start - 1] in shared:
        start -= 1
    for item in items:
        # 制造业、数字经济核心产业增加值: 制造业增加值.
        head = last[start + 1 :] if len(last) > start + 1 and item[-1][-1] == last[start][-1] else last[start:]
        # 城镇、农村居民人均可支配收入: the dictionary has 农村居民 as one word.
        attribute = last[start - 1][len("".join(item)) :]
        head = [attribute, *head] if attribute in shared else head
        is_bare = item[-1] not in shared and not item[-1].endswith(_rules().measures)
        yield [*item, *head] if is_bare else item


def _complete(contexts: Sequence[Context], subjects: list[str | None]) -> None:
    """Numbers that share a noun with the one behind them: 23轮3.3亿人次检测, 1个市级和10个区级中心."""
    for index in range(len(contexts) - 2, -1, -1):
        context, behind = contexts[index], contexts[index + 1]
        distance = behind.mention.start - context.mention.end
        if distance > _NEAR or behind.previous != context.mention or subjects[index + 1] is None:
            continue
        if _ADJACENT.fullmatch(behind.gap) and _counts(context) and not _is_named(context):
            subjects[index] = subjects[index + 1]
        listed = _ELLIPSIS.fullmatch(behind.gap)
        if listed:
            subjects[index] = _completed(context, behind, listed["item"], subjects[index + 1]) or subjects[index]


def _is_named(context: Context) -> bool:
    before = words_of(_CLAUSE.split(context.gap[-_LONGEST:])[-1])
    return bool(before) and before[-1].part in _NOMINAL


def _completed(context: Context, behind: Context, item: str, whole: str | None) -> str | None:
    """An item of an enumeration with the head that it shares with the next one, None where it has its own."""
    unit = context.mention.unit
    if len(item) <= _LONGEST_RANK:
        parts = words_of(item)
        if len(parts) == 1 and _is_rank(parts[0]):
            name = words_of(whole or "")
            return item + _text(name[1:] if len(name) > 1 and _is_rank(name[0]) else name[-1:])
    if unit == behind.mention.unit and unit in _rules().establishments:
        name = words_of(whole or "")
        at = next((at for at, word in enumerate(name[:-1]) if word.text[-2:] == item[-2:]), None)
        return item + _text(name[at + 1 :]) if at is not None else None
    return None


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _is_rank(word: Word) -> bool:
    """Whether a word only tells things of one name apart: 市级, 省级."""
    return word.part is Part.MODIFIER or word.text.endswith("级")


def _joined(words: Sequence[str]) -> str | None:
    return "".join(words) or None
