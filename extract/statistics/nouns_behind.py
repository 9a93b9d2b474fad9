"""The noun phrase behind a number and its measure word: 8.5万个网格, 80%以上的社区."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from extract.language.phrases import Phrase, phrase_after
from extract.language.subject_rules import label_words, list_words, phrase_words
from extract.language.words import Word, words_of
from extract.quantities.units import unit_type
from extract.statistics.measures import countable, holder_of, is_measure, is_person, names_measure
from extract.statistics.surroundings import Context
from extract.table.record import Mention

_REACH: Final = 34
_SHORT_REACH: Final = 12
# A verb is looked for in so many words behind the counted.
_NEAR: Final = 8
# … behind 与 and its nouns.
_FAR: Final = 16
_NOMINAL: Final = ("noun", "deverbal")
_OPENING: Final = (*_NOMINAL, "modifier", "empty")
_BEFORE_VERB: Final = ("adverb", "empty", "modifier")


class Behind(NamedTuple):
    """
    What stands behind a number, () where no noun begins there.

    ``is_certain`` where the measure word asks for it (8.5万个网格); else it counts only if nothing before is named.
    ``action`` is the verb of what the counted did (56个单位出资), ``deed`` all of it, if it has no numbers of its own;
    ``predicate`` is what is said of a number that needs no noun.
    ``is_measured`` where 的 ties it to a measure: 全长3046公里⟦的⟧防护带.
    """

    words: tuple[Word, ...] = ()
    action: str | None = None
    is_certain: bool = False
    predicate: tuple[Word, ...] = ()
    is_measured: bool = False
    deed: tuple[Word, ...] = ()

    def comes_first(self, is_named: bool) -> bool:
        """Whether the phrase behind is meant and not the one before."""
        return bool(self.words) and (self.is_certain or not is_named)


def may_be_certain(context: Context) -> bool:
    """Whether a phrase behind can go before a label in front; of sums and measures it does not."""
    return counts(context) or context.right[:1] in phrase_words().linking


def noun_behind(context: Context) -> Behind:
    """What is counted, as far as it stands behind."""
    rules, unit, is_count = phrase_words(), context.mention.unit, counts(context)
    if context.unit_type == "percent" and context.right[:1] not in rules.linking:
        return Behind()
    words = (_behind_measure(context) if is_count else []) or _words_behind(context)
    if not words:
        return Behind()
    if words[0].text in rules.identity or words[0].part == "possessive":
        is_certain = words[0].text in rules.identity or context.unit_type == "percent" or is_count
        whole = _behind(words[1:], phrase_after(words[1:]), is_certain)
        return whole._replace(is_measured=words[0].part == "possessive" and not is_certain)
    if not is_count:
        is_sum = context.unit_type != "percent" and _opens(words)
        return _behind(words, phrase_after(words, is_complete=True), False) if is_sum else Behind()
    if not unit and words[0].text in rules.places:
        return Behind((words[0],), is_certain=True)
    is_complete = unit in rules.complete_units
    if is_complete and not _opens(words):
        return Behind(action=_deed(words)[0], predicate=_predicate(words))
    found = phrase_after(words, is_complete, unit in rules.abstract_units)
    if len(found.words) > 1 and unit in rules.person_units and found.words[-1].text in rules.bodies:
        found = Phrase(found.words[:-1], found.end)
    found = Phrase(countable(_without_measure(found, words, context), unit), found.end)
    return _behind(words, found, _opens(words) and not _is_of_people(found, words, context))


def _is_of_people(found: Phrase, words: Sequence[Word], context: Context) -> bool:
    """培训班42期⟦学员⟧3100人次: people right before a number of people are that number's."""
    rules, following = phrase_words(), context.following
    is_next = found.end < len(words) and words[found.end].part == "number"
    of_people = rules.people_units | rules.household_units
    if not is_next or not found.words or following is None or context.mention.unit in of_people:
        return False
    return following.unit in of_people and is_person(found.words[-1])


def _without_measure(found: Phrase, words: Sequence[Word], context: Context) -> tuple[Word, ...]:
    """12条道路⟦总长⟧35公里: a measure right before a number that measures is that number's."""
    behind = next((word for word in words[found.end :] if word.text not in label_words().links), None)
    following = context.following
    if not found.words or behind is None or behind.part != "number" or following is None or not measures(following):
        return found.words
    last = found.words[-1]
    if not is_measure((last,)) and not names_measure(last):
        return found.words
    kept = holder_of(found.words)
    # 37家单位援助资金31亿元
    return kept[:-1] if len(kept) > 1 and kept[-1].part == "deverbal" else kept


def _behind_measure(context: Context) -> list[Word]:
    """The words behind a measure that describes the counted: 5条总长51公里的⟦道路⟧, 23个投资额百亿元以上⟦项目⟧."""
    following = context.following
    if following is None or not measures(following) or following.start >= context.clause[1]:
        return []
    between = words_of(context.folded[context.mention.end : following.start])
    printed, behind = context.folded[following.start : following.end], following.end
    is_described = context.folded.startswith(label_words().possessive, behind)
    if not between or not is_measure(between) or not (is_described or printed.endswith(list_words().thresholds)):
        return []
    return words_of(_up_to_stop(context.folded[behind + is_described : behind + _REACH]))


def _behind(words: Sequence[Word], found: Phrase, is_certain: bool) -> Behind:
    if not found.words:
        return Behind()
    verb, deed = _deed(words[found.end :])
    return Behind(found.words, verb, is_certain, deed=deed)


def _predicate(words: Sequence[Word]) -> tuple[Word, ...]:
    """The verb behind a number that needs no noun, with its object: 716万人次参与服务."""
    verb = next((at for at, word in enumerate(words) if word.part in ("verb", "deverbal")), None)
    if verb is None or any(word.part not in _BEFORE_VERB for word in words[:verb]):
        return ()
    behind = [word for word in words[verb + 1 :] if word.text not in phrase_words().aspects]
    objects = tuple(takewhile(lambda word: word.part in (*_NOMINAL, "verb"), behind))
    return objects if objects and words[verb].text in label_words().stocks else (words[verb], *objects)


def _deed(words: Sequence[Word]) -> tuple[str | None, tuple[Word, ...]]:
    """The verb of which the counted is the subject, with what goes with it: 出资 of 56个单位出资."""
    rules, phrases = label_words(), phrase_words()
    # 下沉党员与独居老人、残疾人等群体结对
    is_together = bool(words) and words[0].text in phrases.closed
    reach = words[:_FAR] if is_together else takewhile(lambda word: word.text not in phrases.particles, words[:_NEAR])
    verbs = (at for at, word in enumerate(reach) if word.text in rules.acts or word.text in phrases.states)
    verb = next(verbs, None)
    if verb is None or words[verb].text not in rules.acts:
        return None, ()
    deed = words[: verb + 1] if is_together else words[verb:]
    has_number = any(word.part == "number" and word.text[0] not in rules.rank for word in deed)
    is_open = any(word.text in phrases.quotes for word in deed)
    return words[verb].text, (words[verb],) if has_number or is_open else tuple(deed)


def measures(mention: Mention) -> bool:
    """Whether a number is a sum or a measure."""
    return bool(mention.unit) and unit_type(mention.unit) not in ("count", "noun", "percent")


def counts(context: Context) -> bool:
    """Whether a number counts things, persons or cases and does not measure."""
    return context.unit_type in ("count", "noun") or not context.mention.unit


def goes_on(context: Context) -> bool:
    """Whether a number without a noun can count what the one before it counts: people are no cases."""
    previous, unit, rules = context.previous, context.mention.unit, phrase_words()
    if previous is None or not (previous.unit and unit) or context.unit_type != "count":
        return True
    if {previous.unit, unit} & rules.household_units or unit_type(previous.unit) != "count":
        return True
    return (previous.unit in rules.people_units) == (unit in rules.people_units)


def _words_behind(context: Context) -> list[Word]:
    """The words up to the next stop; a grade that begins with a number is one of them (87万名80岁以上老年人)."""
    rules = phrase_words()
    right = context.right[: _REACH if counts(context) else _SHORT_REACH]
    right = _up_to_stop(right)
    grade = rules.grade.match(right)
    if grade is None:
        return words_of(right)
    return [Word(grade[0], "modifier"), *words_of(right[grade.end() :])]


def _up_to_stop(text: str) -> str:
    stop = phrase_words().stop.search(text)
    return text[: stop.start()] if stop else text


def _opens(words: Sequence[Word]) -> bool:
    return bool(words) and words[0].part in _OPENING
