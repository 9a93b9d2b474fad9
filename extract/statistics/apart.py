"""Statistics of one label → labels that tell them apart: by who did it, else by the heading that each stands under."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from typing import Final

from extract.language.subject_rules import clause_words, label_words, list_words
from extract.language.vocabulary import vocabulary
from extract.language.words import words_of
from extract.outline.parts import Outline
from extract.statistics.kinds import Attached
from extract.statistics.places import Place
from extract.statistics.subject import Named
from extract.statistics.surroundings import Context
from extract.statistics.times import Timed

_LONGEST: Final = 12
_LONGEST_DEED: Final = 24
_NOMINAL: Final = ("noun", "deverbal", "modifier")


def tell_apart(
    contexts: Sequence[Context],
    attached: Sequence[Attached],
    named: Sequence[Named],
    times: Sequence[Timed],
    statuses: Sequence[str],
    places: Sequence[Place],
    outline: Outline,
) -> list[Named]:
    """
    The labels of a text, those that several statistics share made longer where the text tells them apart.

    市长信箱受理诉求99件 and, under the next heading, 区长信箱受理诉求119件 are of one time, kind and unit: without who
    received them the table would have two values of one thing.
    """
    agents = list(_agents(contexts, named))
    headings = [_heading(outline.around(context.mention.start).section or "") for context in contexts]
    keys: list[Hashable] = [
        (context.mention.unit, how.kind, how.role, time.first, time.last, status)
        for context, how, time, status in zip(contexts, attached, times, statuses, strict=True)
    ]
    out = list(named)
    for members in _groups(named, keys, places):
        if len({named[index].action for index in members}) > 1:
            for index in members:
                out[index] = _with_verb(out[index])
    for members in _groups(named, keys):
        _lengthen(out, members, agents)
    ordinals = [found[0] if (found := list_words().ordinal.search(context.left)) else "" for context in contexts]
    for members in _groups(out, keys):
        _lengthen(out, members, ordinals)
    holders = [_holder(contexts, named, index) for index in range(len(named))]
    for members in _groups(out, keys, places):
        if all(holders[index] for index in members):
            _lengthen(out, members, holders)
    for members in _groups(out, keys, places):
        if len({headings[index] for index in members} - {""}) == len(members):
            _lengthen(out, members, headings)
    return out


def _groups(
    named: Sequence[Named], keys: Sequence[Hashable], places: Sequence[Place] | None = None
) -> Iterator[list[int]]:
    """The statistics of one label, time, kind, unit and status, and of one place where places are given."""
    groups: dict[Hashable, list[int]] = {}
    for index, (one, key) in enumerate(zip(named, keys, strict=True)):
        place = places[index].region if places is not None else None
        groups.setdefault((one.subject, key, place), []).append(index)
    return (members for members in groups.values() if len(members) > 1)


def _lengthen(named: list[Named], members: Sequence[int], owners: Sequence[str]) -> None:
    """Put before each label whose it is, where that tells some of them apart."""
    if len({owners[index] for index in members} - {""}) > 1:
        for index in members:
            named[index] = _longer(named[index], owners[index])


def _with_verb(one: Named) -> Named:
    """100间房屋倒塌，900间房屋损坏: only the verb tells them apart."""
    subject, verb, rules = one.subject or "", one.action or "", label_words()
    if verb in subject or verb in rules.carriers or not verb.endswith(tuple(rules.acts)):
        return one
    if one.deed and verb not in rules.intransitive:
        # 2.3万名下沉党员担任业委会成员: they are 担任业委会成员的下沉党员.
        is_told = len(verb) < len(one.deed) <= _LONGEST_DEED
        return one._replace(subject=rules.possessive.join((one.deed, subject))) if is_told else one
    return one._replace(subject=f"{verb}{subject}")


def _agents(contexts: Sequence[Context], named: Sequence[Named]) -> Iterator[str]:
    """Who did it, of each; later clauses of a sentence go on with the one before."""
    agent, sentence = "", (-1, -1)
    for context, one in zip(contexts, named, strict=True):
        topic = clause_words().topic.match(context.sentence_left)
        agent = one.agent or (topic[1] if topic else agent if context.sentence == sentence else "")
        sentence = context.sentence
        yield agent


def _holder(contexts: Sequence[Context], named: Sequence[Named], index: int) -> str:
    """What the number before a measure counts: 机械化农场141个，耕地面积758万亩."""
    context = contexts[index]
    gap = clause_words().bracketed.sub("", context.gap)
    is_next = gap[:1] in list_words().separators and (named[index].subject or "") in gap[1:]
    is_next = is_next and not clause_words().end.search(gap[1:]) and context.previous is not None and index > 0
    is_one = is_next and context.unit_type not in ("count", "percent") and contexts[index - 1].unit_type == "count"
    return named[index - 1].subject or "" if is_one and named[index - 1].action is None else ""


@cache
def _heading(section: str) -> str:
    """A heading that is a short name, without its number; "" where it is a sentence."""
    text = clause_words().lead.sub("", section)
    words = words_of(text) if 0 < len(text) <= _LONGEST else []
    is_name = bool(words) and words[-1].text in vocabulary().by_spelling
    return text if is_name and all(word.part in _NOMINAL for word in words) else ""


def _longer(one: Named, owner: str) -> Named:
    subject = one.subject or ""
    if not owner or subject.startswith(owner):
        return one
    verb = one.action if one.action and one.action not in subject else ""
    return one._replace(subject=f"{owner}{verb}{subject}")
