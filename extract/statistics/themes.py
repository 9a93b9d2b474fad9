"""
Statistic → theme, by the vocabulary: the counted noun, else the clause's, else the part's.

What is done with the counted goes before, where ``rules/themes.toml`` says so (134个园区建立党组织). Of several terms
in a label the last decides, as the head of a Chinese noun phrase stands last; a term at home in many themes (企业,
项目) leaves it to the one before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.language.rulebook import read_toml
from extract.language.vocabulary import Term, vocabulary
from extract.outline.parts import Outline
from extract.statistics.subject import Named
from extract.statistics.surroundings import Context

_NONE: Final = "other"
_BACKGROUND: Final = "context"
_DUTIES: Final = "accountability"
_CARRIERS: Final = ("place", "body")
_REACH: Final = 160


@dataclass(frozen=True, slots=True)
class _Rule:
    theme: str
    pattern: re.Pattern[str]
    sentence: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@cache
def _any_rule() -> re.Pattern[str]:
    """One look for all rules: few clauses have any."""
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in _rules()))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            row["theme"],
            re.compile(row["pattern"]),
            *(re.compile(row[key]) if key in row else None for key in ("sentence", "unless")),
        )
        for row in read_toml("themes.toml")["rule"]
    )


def attach_themes(
    contexts: Sequence[Context], named: Sequence[Named], owners: Sequence[int | None], outline: Outline
) -> list[str]:
    """
    The theme of each statistic of a text, one of the codebook's; "other" where nothing tells.

    Args:
        contexts:
            The statistics in text order.
        named:
            Their labels.
        owners:
            For each the one that it belongs to, whose theme it shares.
        outline:
            The parts of the text: a heading tells the theme where the sentence does not.
    """
    labels = [one.subject or "" for one in named]
    strong = [_theme_in(label, _is_strong) for label in labels]
    by_part = _usual(contexts, strong, outline)
    out: list[str] = []
    for index, context in enumerate(contexts):
        owner = owners[index]
        owned = out[owner] if owner is not None and owner < index else None
        theme = _by_use(context) or strong[index] or owned
        theme = theme or _theme_in(labels[index], _is_no_place) or _in_clause(context)
        theme = theme or _theme_in(labels[index]) or _in_sentence(context)
        if theme is None and context.previous is not None and index:
            theme = out[index - 1]
        if theme is None or theme == _NONE:
            section = outline.around(context.mention.start).section
            theme = _theme_in(section or "") or by_part.get(section)
        out.append(theme or _NONE)
    return out


def _is_no_place(term: Term) -> bool:
    """Whether a term is more than where something is: of 98%的县市区建成示范区 the place tells no theme."""
    return not (term.theme == _BACKGROUND and term.kind in _CARRIERS)


def _is_strong(term: Term) -> bool:
    """Whether a term tells a field: 试点 and 整改 leave it to what is tried or mended."""
    return term.theme != _DUTIES and _is_no_place(term)


def _any(term: Term) -> bool:
    return True


def _themes_in(text: str, counts: Callable[[Term], bool] = _any) -> Iterator[str]:
    return (found.term.theme for found in vocabulary().find(text) if found.term.theme and counts(found.term))


def _theme_in(text: str, counts: Callable[[Term], bool] = _any) -> str | None:
    """The theme of the last term that has one."""
    return max(enumerate(_themes_in(text, counts)), default=(0, None))[1]


def _by_use(context: Context) -> str | None:
    clause = f"{context.left}#{context.right}"
    for rule in _rules() if _any_rule().search(clause) else ():
        if not rule.pattern.search(clause):
            continue
        sentence = context.sentence_left + context.right
        if (rule.sentence is None or rule.sentence.search(sentence)) and not (
            rule.unless and rule.unless.search(sentence)
        ):
            return rule.theme
    return None


def _in_clause(context: Context) -> str | None:
    return _theme_in(context.left, _is_no_place) or next(_themes_in(context.right, _is_no_place), None)


def _in_sentence(context: Context) -> str | None:
    start, end = context.sentence
    before = context.folded[max(start, context.mention.start - _REACH) : context.mention.start]
    after = context.folded[context.mention.end : min(end, context.mention.end + _REACH)]
    return _theme_in(before, _is_strong) or next(_themes_in(after, _is_strong), None)


def _usual(contexts: Sequence[Context], themes: Sequence[str | None], outline: Outline) -> dict[str | None, str]:
    """The theme that most statistics of a part have by their labels."""
    counts: dict[str | None, Counter[str]] = {}
    for context, theme in zip(contexts, themes, strict=True):
        if theme is not None:
            counts.setdefault(outline.around(context.mention.start).section, Counter())[theme] += 1
    return {section: counter.most_common(1)[0][0] for section, counter in counts.items()}
