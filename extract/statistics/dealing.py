"""Several values that share a label, or a label each: lists of values, and numbers before one noun."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from extract.language.labels import Label, read_label, text_of
from extract.language.subject_rules import label_words, list_words, phrase_words
from extract.language.vocabulary import vocabulary
from extract.language.words import Word, segmenter, words_of
from extract.reporters.gazetteer import is_place_name
from extract.statistics.clauses_before import Clauses, last_action
from extract.statistics.kinds import Attached
from extract.statistics.nouns_behind import counts
from extract.statistics.surroundings import Context

_NEAR: Final = 16
_LONGEST_RANK: Final = 4
# What two items of one kind end in: 平台⟦企业⟧ and 快递⟦企业⟧党组织.
_SHARED: Final = 2
_NOMINAL: Final = ("noun", "deverbal")


def deal(
    contexts: Sequence[Context],
    attached: Sequence[Attached],
    owners: Sequence[int | None],
    clauses: Clauses,
    labels: list[Label | None],
) -> None:
    """
    Give the values of a list their labels one by one: 城镇、农村居民收入分别增长5%、6%.

    Only where as many are named as there are values. Values that belong to levels of their own have their labels.
    """
    for first, count in _runs(contexts, attached):
        own = owners[first : first + count]
        if None not in own and len(set(own)) == count:
            continue
        for place, words in enumerate(_dealt(contexts, range(first, first + count), clauses, labels), start=first):
            label = labels[place]
            labels[place] = Label(words, label.action if label else None)


def _runs(contexts: Sequence[Context], attached: Sequence[Attached]) -> Iterator[tuple[int, int]]:
    """The lists of values: the index of the first and the number of each."""
    first = 0
    while first < len(contexts):
        last = first
        while last + 1 < len(contexts) and _is_next(contexts, attached, last + 1):
            last += 1
        if last > first:
            yield first, last - first + 1
        first = last + 1


def _is_next(contexts: Sequence[Context], attached: Sequence[Attached], index: int) -> bool:
    """Whether nothing but a mark of enumeration parts a value from the one before it, which is of its kind."""
    context, before = contexts[index], contexts[index - 1]
    is_alike = attached[index].kind == attached[index - 1].kind
    return is_alike and context.previous == before.mention and list_words().gap.fullmatch(context.gap) is not None


def _dealt(
    contexts: Sequence[Context], run: range, clauses: Clauses, labels: Sequence[Label | None]
) -> list[tuple[Word, ...]]:
    """A label a value, [] where the words before name another number of things."""
    first, count = run.start, len(run)
    for clause in clauses.before(contexts[first]):
        ways = list(_items(clause, count))
        items = next((way for way in ways if len(way) == count), ways[0])
        if len(items) == count and all(is_place_name(text_of(item)) for item in items[:-1]):
            # 杭州、宁波、温州三市分别新建公园12个、8个和5个: the places are the regions.
            return [tuple(items[-1])] * count
        if len(items) == count:
            return [tuple(item) for item in _with_shared_head(items)]
        if items:
            return []
    earlier = [label.words for label in labels[max(0, first - count) : first] if label is not None]
    return earlier if len(earlier) == count and _follows(contexts, run) else []


def _follows(contexts: Sequence[Context], run: range) -> bool:
    """Whether a list goes on with as many values before it: 产值5亿元，利润1亿元。分别增长6%、7%."""
    one, before, first = contexts[run.start - len(run)], contexts[run.start - 1], contexts[run.start]
    is_told = list_words().respective in first.sentence_left[-_NEAR:]
    return one.sentence == first.sentence or (is_told and before.sentence[1] == first.sentence[0])


def _items(clause: Sequence[Word], count: int) -> Iterator[list[list[Word]]]:
    """The labels of an enumeration: 原煤、钢材、水泥产量; then those between its commas alone: 用品和服务、娱乐价格."""
    yield _between(clause, count, lambda word: word.part == "conjunction")
    if any(word.text == list_words().respective for word in clause):
        yield _between(clause, count, lambda word: word.text in list_words().separators)


def _between(clause: Sequence[Word], count: int, parts_items: Callable[[Word], bool]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in clause:
        if parts_items(word):
            parts.append([])
        else:
            parts[-1].append(word)
    labels = [label for part in parts if (label := read_label(part) or _ordinal(part)) is not None]
    return _joint(labels[0], count) if len(labels) == 1 else [list(label.words) for label in labels]


def _ordinal(part: Sequence[Word]) -> Label | None:
    """第二 of 第二、第三产业."""
    is_rank = len(part) == 1 and part[0].part == "number" and part[0].text[0] in label_words().rank
    return Label(tuple(part)) if is_rank else None


def _joint(label: Label, count: int) -> list[list[Word]]:
    """城乡居民收入 is said of two."""
    first, *rest = label.words
    for word, parts in list_words().joint.items():
        if first.text.startswith(word) and len(parts) == count:
            return [[Word(part + first.text.removeprefix(word), "noun"), *rest] for part in parts]
    return [[first, *rest]]


def _with_shared_head(items: Sequence[list[Word]]) -> Iterator[list[Word]]:
    """The items of a list in which only the last has the head: 黄金、白银产量, 城镇、农村居民人均可支配收入."""
    last = text_of(items[-1])
    for item in items[:-1]:
        head = _head(text_of(item), last)
        yield [*item, Word(head, "noun")] if head else item
    yield items[-1]


def _head(item: str, last: str) -> str:
    """The end of the last item that an item lacks; "" where it lacks none."""
    rules, known = list_words(), vocabulary().by_spelling
    if item.endswith(rules.measures):
        return ""
    if item[-1:] in rules.parallel and item[-1] in last:
        return last.partition(item[-1])[2]
    named = next((last[at:] for at in _cuts(last) if item + last[at:] in known), "")
    shared = rules.heads.search(last)
    return named or (shared[0] if shared and shared.start() else "")


def _cuts(text: str) -> Iterator[int]:
    """Where a head may begin: behind a term (农村|居民收入) or a word (白银|产量), not within one (原油产量)."""
    words = segmenter().cut(text)
    ends = set(accumulate(map(len, words)))
    return (at for at in range(1, len(text)) if at in ends or text[:at] in vocabulary().by_spelling)


def complete(contexts: Sequence[Context], clauses: Clauses, labels: list[Label | None]) -> None:
    """Numbers that share a noun with the one behind them: 23轮3.3亿人次检测, 1个市级和10个区级中心."""
    rules = list_words()
    for index in range(len(contexts) - 2, -1, -1):
        context, behind, whole = contexts[index], contexts[index + 1], labels[index + 1]
        distance = behind.mention.start - context.mention.end
        if distance > _NEAR or behind.previous != context.mention or whole is None:
            continue
        if rules.adjacent.fullmatch(behind.gap) and counts(context) and not _is_named(context):
            labels[index] = labels[index + 1] = whole._replace(action=whole.action or _done(clauses, context))
        listed = rules.item.fullmatch(behind.gap)
        if listed:
            labels[index] = _completed(context, behind, listed["item"], whole) or labels[index]


def _done(clauses: Clauses, context: Context) -> str | None:
    """The verb right before a number: ⟦完成⟧23轮3.3亿人次检测."""
    verb = last_action(next(clauses.before(context), []))
    return verb if verb in label_words().acts and verb not in phrase_words().changes else None


def _is_named(context: Context) -> bool:
    before = words_of(context.left[-_NEAR:])
    return bool(before) and before[-1].part in _NOMINAL


def _completed(context: Context, behind: Context, item: str, whole: Label) -> Label | None:
    """An item of an enumeration with the head that it shares with the next one, None where it has its own."""
    parts, name = words_of(item), whole.words
    if len(item) <= _LONGEST_RANK and len(parts) == 1 and _is_rank(parts[0]):
        return Label((*parts, *(name[1:] if len(name) > 1 and _is_rank(name[0]) else (_core(name[-1]),))))
    if context.mention.unit == behind.mention.unit and context.mention.unit in phrase_words().establishments:
        at = whole.text.find(item[-_SHARED:])
        rest = whole.text[at + _SHARED :] if at > 0 else ""
        return Label((*parts, *words_of(rest))) if rest else None
    return None


def _core(word: Word) -> Word:
    """社区党群服务中心 without the level that it is of."""
    known = vocabulary().by_spelling
    shorter = (word.text[at:] for at in range(1, len(word.text) - 1) if word.text[at:] in known)
    return Word(next(shorter, word.text), word.part)


def _is_rank(word: Word) -> bool:
    """Whether a word only tells things of one name apart: 市级, 省级."""
    return word.part == "modifier" or word.text[-1:] in phrase_words().ranked
