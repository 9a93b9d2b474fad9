"""What a sentence said before completes a label: whose a measure is, what a verb alone was done to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extract.language.labels import Label, text_of
from extract.language.subject_rules import clause_words, label_words, list_words, phrase_words
from extract.language.vocabulary import vocabulary
from extract.language.words import Word
from extract.statistics.kinds import Attached
from extract.statistics.measures import is_body, is_measure, is_person, without_measures
from extract.statistics.nouns_behind import measures
from extract.statistics.surroundings import Context

_LOOK_BACK: Final = 6
# Kinds of terms that can say where something is.
_WHERE: Final = ("facility", "body", "place", "field")
# … and such that are somewhere.
_WHAT: Final = ("event", "document", "person")
# A label of so many words that begins with 每 names no thing: 平均每社.
_SHORT: Final = 3


class Earlier(NamedTuple):
    """The statistics of a text, and the labels of those that were looked at already."""

    contexts: Sequence[Context]
    attached: Sequence[Attached]
    labels: Sequence[Label | None]

    def of_place(self, index: int, own: Label) -> Label | None:
        """社工5200名，情况复杂的社区达到20名: places are no people, they have what the number before counts."""
        before = self.labels[index - 1] if index and self.contexts[index].previous is not None else None
        unit, rules = self.contexts[index].mention.unit, phrase_words()
        is_place = unit in rules.person_units and own.words[-1].text.endswith(tuple(rules.places))
        return Label((*own.words, *before.words), own.action) if is_place and before is not None else None

    def of_opposite(self, index: int, own: Label) -> Label:
        """城市设施覆盖率100%，农村85%: the second is of what the first is."""
        earlier, context = self._neighbour(index), self.contexts[index]
        if earlier is None or len(own.words) > 1 or context.previous is None:
            return own
        first, *rest = earlier.words
        others = next((words - {own.text} for words in list_words().opposites if own.text in words), frozenset())
        other = next((word for word in others if first.text.startswith(word)), None)
        if other is None or context.previous.unit != context.mention.unit:
            return own
        return own._replace(words=(Word(own.text + first.text.removeprefix(other), first.part), *rest))

    def with_modifiers(self, index: int, own: Label) -> Label:
        """职工医保个人账户收入6390亿元，个人账户支出5879亿元: whose the account is was said before."""
        earlier = self.labels[index - 1] if index and self.contexts[index].previous is not None else None
        if earlier is None or len(own.words) < 2 or self.attached[index].kind != self.attached[index - 1].kind:
            return own
        texts = [word.text for word in earlier.words]
        at = texts.index(own.words[0].text) if own.words[0].text in texts else 0
        is_shared = 0 < at < len(texts) - 1 and own.words[0].part == "noun" and own.text not in earlier.text
        return own._replace(words=(*earlier.words[:at], *own.words)) if is_shared else own

    def of_holder(self, index: int, own: Label, owner: Label | None) -> Label:
        """粮食播种面积300万亩、产量125万吨: a measure alone is one of what the number before is said of."""
        if not is_measure(own.words):
            return own
        holder = owner or (self._neighbour(index) if self._is_alone(index, own) else None)
        of_households = self.contexts[index].mention.unit in phrase_words().household_units
        if of_households and holder is not None and not is_person(holder.words[-1]):
            # 自然村1203个，总户数8.6万户
            return own
        things = without_measures(_without_verbs(holder.words)) if holder is not None else ()
        if things and own.relation:
            return own._replace(relation=(*things, *own.relation))
        is_told = own.text.startswith(text_of(things))
        return own if is_told else own._replace(words=(*things, *own.words))

    def _is_alone(self, index: int, own: Label) -> bool:
        """Whether nothing but a label stands between a number and the one before it."""
        gap = self.contexts[index].gap
        # 签约项目45个总投资380亿元
        if gap.startswith(own.text) and measures(self.contexts[index].mention):
            return True
        return gap[:1] in list_words().separators and own.text in gap[1:] and not clause_words().end.search(gap[1:])

    def _neighbour(self, index: int) -> Label | None:
        """The label of the number before, where that is no growth."""
        earlier = self.labels[index - 1] if index and self.contexts[index].previous is not None else None
        is_thing = earlier is not None and not earlier.is_bare and self.attached[index - 1].kind != "change"
        return earlier if is_thing else None

    def of_whole(self, index: int, own: Label, whole: int | None) -> Label:
        """工单94件，其中市民热线92件: a part that only says where is named with what the whole counts."""
        counted = self.labels[whole] if whole is not None and whole < index else None
        if counted is None or whole is None or counted.is_bare or own.action is not None:
            return own
        is_alike = self.contexts[whole].mention.unit == self.contexts[index].mention.unit
        known = vocabulary().by_spelling
        part, thing = known.get(own.words[-1].text), known.get(counted.words[-1].text)
        if not is_alike or part is None or part.kind not in _WHERE or thing is None or thing.kind not in _WHAT:
            return own
        return own._replace(words=(*own.words, counted.words[-1]))

    def with_threshold(self, index: int, own: Label) -> Label:
        """投资10亿元以上项目10个: the sum right before a noun says which of them are counted."""
        context = self.contexts[index]
        if context.previous is None or context.previous.unit == context.mention.unit:
            return own
        limit = context.folded[context.previous.start : context.previous.end]
        if not limit.endswith(list_words().thresholds) or not context.gap.startswith(own.text):
            return own
        before = self.labels[index - 1]
        action = own.action or (before.action if before is not None else None)
        return own._replace(words=(Word(limit, "modifier"), *own.words), action=action)

    def with_average(self, index: int, own: Label) -> Label:
        """入社农户1690万户，平均每社26户: of what so many are there for each."""
        context = self.contexts[index]
        before = self.labels[index - 1] if index and context.previous is not None else None
        is_each = len(own.words) <= _SHORT and own.text.startswith(list_words().each)
        is_alike = context.previous is not None and context.previous.unit == context.mention.unit
        last = own.words[-1].text
        is_whole = len(last) > 1 and (last in vocabulary().by_spelling or last.endswith(list_words().measures))
        if before is None or is_whole or not (is_each and is_alike):
            return own
        return own._replace(words=(*own.words, *before.words))

    def in_full(self, index: int, own: Label) -> Label:
        """建成合作社65万个，35万个社: one character stands for the name that ends in it."""
        if len(own.words) > 1 or len(own.words[0].text) > 1:
            return own
        known = vocabulary().by_spelling
        names = (label.words[-1] for label in reversed(self.labels[max(0, index - _LOOK_BACK) : index]) if label)
        bodies = (name for name in names if name.text in known and known[name.text].kind == "body")
        whole = next((name for name in bodies if name.text.endswith(own.text)), own.words[0])
        return own._replace(words=(whole,))

    def with_verb(self, index: int, verb: Label) -> Label:
        """受理诉求5件，办结4件: the verb with what an earlier number of this unit counts."""
        context = self.contexts[index]
        if verb.action in label_words().intransitive:
            return self._with_agent(index, verb)
        for place in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            if self.contexts[place].sentence != context.sentence:
                break
            earlier = self.labels[place]
            if earlier is None or earlier.is_bare or self.contexts[place].mention.unit != context.mention.unit:
                continue
            things = without_measures(_without_verbs(earlier.things)) or _without_verbs(earlier.things)
            kept = _nobodys([word for word in things[_last_item(things) :] if word.text not in label_words().kept])
            if kept and text_of(kept) not in verb.text:
                # 检察机关批准逮捕320件，提起公诉680件: who did it stands before what was done.
                is_agent = things != earlier.words and is_body(kept[-1])
                words = (*kept, *verb.words) if is_agent else (*verb.words, *kept)
                return Label(words, verb.action, agent=earlier.agent)
        return verb

    def _with_agent(self, index: int, verb: Label) -> Label:
        """道路运输业发生事故3起，死亡2人: of what people died."""
        for place in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            earlier = self.labels[place]
            if self.contexts[place].sentence != self.contexts[index].sentence:
                break
            if earlier is None or earlier.is_bare or earlier.action in label_words().intransitive:
                continue
            return Label((*(earlier.agent or earlier.things), *verb.words), verb.action, agent=earlier.agent)
        return verb


def _nobodys(words: list[Word]) -> list[Word]:
    """诉求 of 市民诉求: a verb alone says what became of it, whoever had it."""
    known = vocabulary().by_spelling
    is_theirs = len(words) > 1 and words[0].text in known and words[1].text in known
    return words[1:] if is_theirs and known[words[0].text].kind == "person" else words


def _last_item(words: Sequence[Word]) -> int:
    """Where the noun begins that an enumeration gives examples of: 杀人、抢劫等⟦犯罪⟧."""
    examples = clause_words().examples
    return 1 + max(
        (at for at, word in enumerate(words) if word.part == "conjunction" or word.text in examples), default=-1
    )


def _without_verbs(words: Sequence[Word]) -> Sequence[Word]:
    """提请审查逮捕案件 that were approved are 案件 alone."""
    acts = label_words().acts
    last = max((at for at, word in enumerate(words[:-1]) if word.part == "verb" or word.text in acts), default=-1)
    return words[last + 1 :]
