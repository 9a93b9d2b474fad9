"""What a statistic counts, and what was done to it: the noun behind its measure word, else the label before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from extract.language.labels import Label, read_label, relation_of, text_of, undirected
from extract.language.subject_rules import clause_words, label_words, list_words, phrase_words
from extract.language.words import Word
from extract.periods.find import TimeExpression
from extract.reporters.gazetteer import is_place_name, names_place
from extract.statistics.clauses_before import (
    Clauses,
    first_action,
    is_joined,
    last_action,
    needs_noun,
    without_comparison,
    without_origin,
)
from extract.statistics.dealing import complete, deal
from extract.statistics.earlier import Earlier
from extract.statistics.kinds import Attached
from extract.statistics.measures import is_measure
from extract.statistics.nouns_behind import Behind, goes_on, may_be_certain, noun_behind
from extract.statistics.surroundings import Context

_LONGEST_PREDICATE: Final = 16


class Named(NamedTuple):
    """
    The label of one statistic and what was done to the counted, as written.

    ``is_predicate`` where nothing named it and the words of its clause stand for it.
    """

    subject: str | None
    action: str | None = None
    is_predicate: bool = False
    agent: str = ""
    deed: str = ""


def attach_subjects(
    contexts: Sequence[Context],
    attached: Sequence[Attached],
    owners: Sequence[int | None],
    bases: Sequence[str | None],
    expressions: Sequence[TimeExpression],
) -> list[Named]:
    """
    The label of each statistic, and the action.

    Args:
        contexts:
            The statistics in text order.
        attached:
            Their kinds and roles: "to" counts what "from" counts.
        owners:
            For each the one that it belongs to: a growth has the label of its level.
        bases:
            What each is measured against, which is not what is counted.
        expressions:
            The words of time of the text, which belong to no label.

    >>> from extract.pipeline import extract_text
    >>> extract_text("设立网格8.5万个，打造一支3.7万名社区工作者队伍。煤、原油产量分别增长7%、9%。")["subject"].tolist()
    ['网格', '社区工作者', '煤产量', '原油产量']
    """
    namer = _Namer(contexts, attached, owners, bases, Clauses(expressions), [], set())
    for index in range(len(contexts)):
        label = namer.label(index)
        namer.labels.append(label if label is None else namer.earlier.in_full(index, label))
    labels = namer.labels
    complete(contexts, namer.clauses, labels)
    deal(contexts, attached, owners, namer.clauses, labels)
    for index in sorted(namer.inherited):
        labels[index] = namer.of_owner(index)
    _look_ahead(owners, labels)
    _share_verbs(contexts, labels)
    return [
        _named(label, how) if label is not None else _predicate(context, namer.clauses)
        for context, how, label in zip(contexts, attached, labels, strict=True)
    ]


def _named(label: Label, how: Attached) -> Named:
    """The label as text; of a growth nothing was done but that it grew."""
    action = None if how.kind == "change" else label.action
    # 近100间房屋倒塌: what the counted did by itself says which of them.
    is_told = bool(label.deed) and label.action in label_words().telling and label.action not in label.text
    text = f"{label.action if is_told else ''}{text_of(label.relation)}{label.text}"
    return Named(text, action, agent=text_of(label.agent), deed=text_of(label.deed))


class _Namer(NamedTuple):
    contexts: Sequence[Context]
    attached: Sequence[Attached]
    owners: Sequence[int | None]
    bases: Sequence[str | None]
    clauses: Clauses
    labels: list[Label | None]
    inherited: set[int]

    @property
    def earlier(self) -> Earlier:
        """What the sentence said before."""
        return Earlier(self.contexts, self.attached, self.labels)

    def label(self, index: int) -> Label | None:
        """The label of one statistic, when those before it have theirs."""
        context, role = self.contexts[index], self.attached[index].role
        before = self.labels[index - 1] if index and context.previous is not None else None
        if role == "to" and before is not None:
            return before
        clauses = self.clauses.before(context)
        clause: Sequence[Word] = next(clauses, [])
        if role == "from":
            clause = without_origin(clause)
        own = self._read(index, clause)
        is_named = own is not None and not own.is_bare and not needs_noun(clause) and not is_joined(clause)
        behind = noun_behind(context) if not is_named or may_be_certain(context) else Behind()
        if behind.comes_first(is_named):
            relation = relation_of(clause)
            if relation:
                return Label(behind.words, relation=relation)
            return _with_noun(behind, clause, own)
        owner = self.of_owner(index)
        if own is not None and not own.is_bare:
            if behind.is_measured and behind.words and is_measure(own.words):
                return Label((*behind.words, *own.words))
            return self._completed(index, own, owner)
        if own is not None:
            return self.earlier.with_verb(index, own)
        if behind.predicate:
            return Label(behind.predicate, behind.action)
        if behind.words and (owner is None or self.attached[index].kind != "change"):
            return Label(behind.words, behind.action)
        if owner is not None:
            self.inherited.add(index)
            return owner
        for earlier in clauses:
            found = self._read(index, earlier)
            if found is not None:
                return found
        return _settled(before, clause) if before is not None and goes_on(context) else None

    def _completed(self, index: int, own: Label, owner: Label | None) -> Label:
        """A label with what stands before its clause."""
        earlier, unit_type = self.earlier, self.contexts[index].unit_type
        found = earlier.of_place(index, own)
        if found is not None:
            return found
        if unit_type == "count":
            own = own._replace(words=undirected(own.words))
        own = earlier.of_opposite(index, own)
        own = earlier.of_holder(index, earlier.with_average(index, earlier.with_modifiers(index, own)), owner)
        return earlier.with_threshold(index, earlier.of_whole(index, own, self.owners[index]))

    def _read(self, index: int, clause: Sequence[Word]) -> Label | None:
        label = read_label(
            without_comparison(_behind_places(tuple(clause)), self.contexts[index].unit_type == "percent")
        )
        if label is None:
            return None
        if label.action in label_words().nouns_too and self.contexts[index].unit_type != "count":
            # 其中出口增长10.8%: what people do is counted in cases, what flows is measured.
            label = label._replace(is_bare=False)
        if len(label.words) > 1 and label.words[-2].part == "conjunction" and names_place(label.words[-1].text):
            # 新探明泾川铀矿、玉门超40吨金矿: the place of what stands behind the number.
            return None
        base, label = self.bases[index], _placeless(label)
        return None if label is None or (base is not None and label.text in base) else label

    def of_owner(self, index: int) -> Label | None:
        """The label of the statistic that one belongs to, where it is known already."""
        owner = self.owners[index]
        return self.labels[owner] if owner is not None and owner < index else None


def _with_noun(behind: Behind, clause: Sequence[Word], own: Label | None) -> Label:
    """The noun behind the number; what was done is said behind it, right before the number, or before examples."""
    if behind.action is not None:
        return Label(behind.words, behind.action, deed=behind.deed)
    has_items = any(word.part == "conjunction" or word.text in clause_words().examples for word in clause)
    # 草原修复2家: a verb behind a noun ends an example.
    is_example = has_items and len(clause) > 1 and clause[-2].part == "noun"
    opening = first_action(clause) if has_items else own.action if own is not None else None
    return Label(behind.words, opening if is_example else last_action(clause) or opening)


def _placeless(label: Label) -> Label | None:
    """A label without the place before it, None where it is a place and nothing else: the row's region says that."""
    words = _behind_places(_behind_examples(label.words))
    return label._replace(words=words, agent=_behind_places(label.agent)) if words else None


def _behind_places(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Without the places at the head, and what joins them: ⟦庆阳、酒泉⟧经济总量, ⟦黄石、咸宁等⟧文明城市."""
    joins = clause_words().examples
    at = 0
    while at < len(words) and (length := 1 if at and words[at].part == "conjunction" else _place_at(words, at)):
        at += length
    return words[at + 1 :] if 0 < at < len(words) and words[at].text in joins else words[at:]


def _place_at(words: Sequence[Word], at: int) -> int:
    """How many words are a place, with its rank where the dictionary parts it: ⟦襄阳|市⟧调解员; 0 of 广东|团."""
    if is_place_name(text_of(words[at : at + 2])):
        return 2
    is_ranked = words[at].text.endswith(tuple(phrase_words().places))
    is_whole = at + 1 == len(words) or len(words[at + 1].text) > 1 or words[at + 1].part != "noun"
    return int((is_ranked or is_whole) and is_place_name(words[at].text))


def _behind_examples(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The class alone where its examples have numbers of their own: 平凉7亿吨级白云岩等⟦大中型矿产地⟧."""
    at = next((at for at, word in enumerate(words) if word.text in clause_words().examples), 0)
    has_numbers = any(word.part == "number" for word in words[:at])
    return words[at + 1 :] if has_numbers and len(words) > at + 1 else words


def _look_ahead(owners: Sequence[int | None], labels: list[Label | None]) -> None:
    """A growth before its level: 增长5.2%、约4.4万亿元."""
    for index, owner in enumerate(owners):
        if labels[index] is None and owner is not None:
            labels[index] = labels[owner]


def _share_verbs(contexts: Sequence[Context], labels: list[Label | None]) -> None:
    """The items of an enumeration share the verb before the first: 新建茶叶基地16个、西瓜基地7个."""
    rules = list_words()
    for index in range(1, len(contexts)):
        label, earlier, gap = labels[index], labels[index - 1], contexts[index].gap
        if contexts[index].previous is None or label is None or earlier is None or label.action is not None:
            continue
        if gap[:1] in rules.joins and _is_money(contexts[index]) == _is_money(contexts[index - 1]):
            label = label._replace(action=earlier.action)
        is_next = gap[:1] in (*rules.joins, *rules.separators) and gap[1:] in ("", label.text)
        if is_next or (gap[-1:] in rules.joins and gap[:-1] == earlier.text):
            label = label._replace(relation=label.relation or earlier.relation)
        labels[index] = label


def _settled(label: Label, clause: Sequence[Word]) -> Label:
    """新增县区26个，累计达到46个: of a total nothing was done."""
    is_total = any(word.text in label_words().totals for word in clause)
    return label._replace(action=None) if is_total else label


def _is_money(context: Context) -> bool:
    return context.unit_type == "money"


def _predicate(context: Context, clauses: Clauses) -> Named:
    """The words around a number that nothing names."""
    before = next(clauses.texts(context), "")[-_LONGEST_PREDICATE:]
    behind = clause_words().end.split(context.right[:_LONGEST_PREDICATE])[0]
    return Named(before or behind or None, is_predicate=True)
