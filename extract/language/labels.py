"""The words before a number → the label that it would have as the only line of a table, and what was done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from extract.language.governing import governing, is_filler, is_sign, skip
from extract.language.subject_rules import label_words, phrase_words
from extract.language.vocabulary import vocabulary
from extract.language.words import Word

_VERBAL: Final = ("verb", "deverbal")
_NOMINAL: Final = ("noun", "deverbal", "modifier")
_LINKING: Final = ("adverb", "empty", "conjunction", "preposition", "possessive")
_FILLING: Final = ("adverb", "empty", "conjunction")
_NAMELESS: Final = (*_FILLING, "other", "number", "preposition", "possessive")
_LEADING: Final = ("preposition", "conjunction", "adverb", "possessive")
# Kinds of terms that do nothing themselves.
_THINGS: Final = ("goods", "facility", "document")
# A second name behind the first: 地区生产总值（GDP）.
_LATIN_NAME: Final = re.compile("[(（][A-Za-z0-9.&-]+[)）]")


class Label(NamedTuple):
    """
    What a number counts or measures.

    ``action`` is the verb that governs the label or ends it, as written, None where nothing was done; ``is_bare`` where
    the words are that verb and nothing else (批准逮捕1269件). ``agent`` is who did it, as far as the clause says;
    ``deed`` is what the counted did themselves (销售农产品 of 1350户贫困群众销售农产品). ``relation`` ties it to
    another thing (诉求涉及 of 诉求涉及镇街14个) and is part of what a reader sees.
    """

    words: tuple[Word, ...]
    action: str | None = None
    is_bare: bool = False
    agent: tuple[Word, ...] = ()
    deed: tuple[Word, ...] = ()
    relation: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """The label as written."""
        return text_of(self.words)

    @property
    def things(self) -> tuple[Word, ...]:
        """The label without the verb that ends it: 重大刑事犯罪 of 重大刑事犯罪批捕."""
        words = self.words
        return words[:-1] if len(words) > 1 and words[-1].text == self.action else words


def text_of(words: Sequence[Word]) -> str:
    """Words as they stand in the text."""
    return "".join(word.text for word in words)


def read_label(clause: Sequence[Word]) -> Label | None:
    """
    The label of a number from the words of its clause before it, None where they name nothing.

    What links a label to its number is taken off behind (同比增长), what tells nothing in front (全市共). Of the
    rest the last verb governs the noun behind it (市长信箱受理⟦诉求⟧); without a verb all of it is the label.
    """
    words = _parted(_joined(clause))
    end = _end(words)
    start = skip(words, 0, end)
    verb = governing(words, start, end)
    if verb is None:
        return _whole(words[start:end])
    behind = verb + 2 if verb + 1 < end and words[verb + 1].text in label_words().results else verb + 1
    objects = words[skip(words, behind, end) : end]
    agent = _agent(words[start:verb])
    if not objects:
        return Label((*agent, words[verb]), words[verb].text) if _is_done_to(agent) else _bare(words[verb])
    if words[verb].text in label_words().relating:
        return Label(tuple(objects), relation=(*_last_nouns(words[start:verb]), words[verb]))
    if len(objects) == 1 and objects[0].text in label_words().dependent:
        return _dependent(words[verb], objects[0], agent or _last_nouns(words[start:verb]))
    found = _whole(objects)
    if found is not None and found.is_bare:
        return Label(tuple(words[verb:end]), words[verb].text)
    return found._replace(action=_action(_chain(words[start : verb + 1]), found), agent=agent) if found else None


def _joined(words: Sequence[Word]) -> list[Word]:
    """A verb and the suffix that makes a noun of it are one word (解决率, 建有率), so are 不 and what it denies."""
    negations, suffixes = label_words().negations, phrase_words().suffixes
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last and last.text in negations and (word.part in (*_VERBAL, *_NOMINAL) or word.part == "other"):
            out[-1] = Word(last.text + word.text, word.part)
        elif last and word.text in suffixes and last.part in (*_VERBAL, "noun", "adverb", "modifier"):
            out[-1] = Word(last.text + word.text, "noun")
            out = _with_manner(out)
        elif last and word.text[-1] in label_words().timed and last.text in label_words().manners:
            out.append(word)
            out = _with_manner(out)
        else:
            out.append(word)
    return out


def _parted(words: list[Word]) -> list[Word]:
    """加装|电梯: a term that ends its clause and says what was done to what is a verb and its object."""
    if not words or words[-1].part not in _NOMINAL:
        return words
    text, known = words[-1].text, vocabulary().by_spelling
    verbs = label_words().never_nouns
    at = next((at for at in range(2, len(text) - 1) if text[:at] in verbs and text[at:] in known), 0)
    return [*words[:-1], Word(text[:at], "verb"), Word(text[at:], "noun")] if at else words


def _with_manner(words: list[Word]) -> list[Word]:
    """按期|答复率: how soon belongs to the rate that ends some words."""
    *others, manner, rate = (Word("", "other"), *words)
    return [*others[1:], Word(manner.text + rate.text, "noun")] if manner.text in label_words().manners else words


def _end(words: Sequence[Word]) -> int:
    """Where begins what links a label to its number: 达到, 为, 同比增长."""
    rules, end = label_words(), len(words)
    while end:
        word = words[end - 1]
        # 先后迈上, 均高于: a verb behind an adverb, that nothing follows.
        is_led = word.part == "verb" and end > 1 and words[end - 2].part == "adverb"
        # 优良比例连续3年保持
        is_count = word.part == "number" and end > 1 and words[end - 2].part in ("adverb", "number")
        is_count = is_count or (word.part == "number" and word.text[0] in rules.rank)
        is_led = is_led and word.text not in rules.acts
        is_link = word.text in rules.links or word.part in _LINKING or is_led or is_count
        if not is_link and not is_sign(word):
            break
        end -= 1
    return end


def _bare(verb: Word) -> Label | None:
    rules = label_words()
    if verb.text in rules.stocks or verb.text in rules.carriers or verb.text in rules.nameless:
        return None
    return Label((verb,), verb.text, is_bare=True)


def _dependent(verb: Word, thing: Word, agent: tuple[Word, ...]) -> Label:
    """A thing that somebody has: 科创债募集资金, 走失人员; 全年实现利润 names nobody."""
    rules = label_words()
    is_idle = verb.text in rules.stocks or verb.text in rules.carriers
    words = (*agent, thing) if is_idle else (*agent, verb, thing)
    return Label(words, None if is_idle else verb.text)


def _agent(words: Sequence[Word]) -> tuple[Word, ...]:
    """Who did it: 市长信箱 of 市长信箱共受理."""
    kept = list(words)
    while kept and (is_filler(kept[-1]) or kept[-1].part in _VERBAL):
        kept.pop()
    is_name = bool(kept) and kept[-1].part == "noun" and all(word.part in _NOMINAL for word in kept)
    return tuple(kept) if is_name else ()


def _is_done_to(agent: Sequence[Word]) -> bool:
    """商品房累计销售: goods do nothing, it is done to them."""
    term = vocabulary().by_spelling.get(agent[-1].text) if agent else None
    return term is not None and term.kind in _THINGS


def _is_doer(word: Word) -> bool:
    term = vocabulary().by_spelling.get(word.text)
    return term is not None and term.kind in ("person", "body")


def relation_of(clause: Sequence[Word]) -> tuple[Word, ...]:
    """What ties the noun behind a number to what stands before: 诉求涉及 of 市民反映诉求涉及全区14个镇街."""
    end = len(clause)
    while end and is_filler(clause[end - 1]):
        end -= 1
    if not end or clause[end - 1].text not in label_words().relating:
        return ()
    nouns = _last_nouns(clause[: end - 1])
    return (*nouns, clause[end - 1]) if nouns else ()


def _last_nouns(words: Sequence[Word]) -> tuple[Word, ...]:
    """诉求 of 市民反映诉求."""
    at = next((at for at in range(len(words), 0, -1) if words[at - 1].part not in _NOMINAL), 0)
    return tuple(words[at:])


def _whole(words: Sequence[Word]) -> Label | None:
    """All of some words as a label, without what tells nothing."""
    rules = label_words()
    if len(words) > 2 and rules.is_verb(words[0].text) and words[1].part == "possessive":
        words = words[2:]
    if len(words) > 2 and words[0].text in rules.existential and words[1].part == "number":
        # 有少数的大型社
        words = words[2:]
    kept = [word for word in words if word.part == "possessive" or word.text not in rules.fillers]
    while kept and kept[-1].part == "possessive":
        kept.pop()
    while kept and kept[0].part in _LEADING and not _directs(kept):
        # 按可比价格 names nothing, 对烈属 and 对重大犯罪批捕 do.
        first = kept.pop(0)
        names = first.text in rules.directing or any(word.text in rules.acts for word in kept)
        if first.part == "preposition" and not names:
            return None
    if not kept or all(word.text in rules.nameless or word.part in _NAMELESS for word in kept):
        return None
    if len(kept) > 1 and _LATIN_NAME.fullmatch(kept[-1].text):
        kept.pop()
    last = kept[-1]
    is_noun = len(kept) > 1 and last.text in rules.nouns_too
    if is_noun and last.text in rules.acts and _is_doer(kept[-2]):
        # 市总工会投入1000万元
        return Label(tuple(kept), last.text)
    if last.text not in rules.acts or last.part not in _VERBAL or is_noun:
        return Label(tuple(kept))
    if len(kept) > 1 and last.text in rules.flows:
        return Label(tuple(kept[:-1]), last.text)
    is_bare = all(word.part == "adverb" or word.text in (*rules.modal, *rules.links) for word in kept[:-1])
    return Label(tuple(kept), last.text, is_bare)


def undirected(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """What is counted behind a preposition: ⟦边海防官兵家庭⟧ of 对边海防官兵家庭318户."""
    return words[1:] if _directs(words) else words


def _directs(words: Sequence[Word]) -> bool:
    """Whether a preposition with its noun belongs to the noun behind them: 对东盟进出口, 向街道下沉编制."""
    nouns = [word for word in words[1:] if word.part in _NOMINAL]
    is_done = any(word.text in label_words().acts for word in words)
    return words[0].text in label_words().directing and len(nouns) > 1 and not is_done


def _chain(words: Sequence[Word]) -> str:
    """The verb that ends some words, with those right before it: 审核通过."""
    rules, first = label_words(), len(words) - 1
    while first and words[first - 1].text in rules.acts and words[first - 1].text not in rules.carriers:
        first -= 1
    return text_of(words[first:])


def _action(verb: str, label: Label) -> str | None:
    """The verb that says what was done: of 完成改造 the object's own, of 设立 none."""
    rules = label_words()
    if verb in rules.carriers and label.action:
        return label.action
    return None if verb in rules.stocks or rules.denies_stock(verb) else verb
