"""The filters beside every page, and what is filtered above what it leaves: a sentence, and a chip a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from dashboard.choices import MOST_OFFERED
from dashboard.components.form import Button, Checks, Choice, Part, Radios, Row, Search, Section, Text, Values, form
from dashboard.filters import CHOICE_FIELDS, Filters, label, meant, nameable
from dashboard.link import LONGEST_SEARCH, read_terms
from dashboard.nesting import group_value, open_groups, split_themes, split_told
from dashboard.views.view import View
from dashboard.widgets import change, choose
from dashboard.wording import LANGUAGES

# The fields whose values are in sight from the start.
OPEN_FIELDS: Final = ("reporters", "regions", "themes")
# The fields that matter once the data have several values of them.
EXTRA_FIELDS: Final = ("statuses", "years", "documents", "reviews")
RESET: Final = "reset"


def filter_panel(view: View) -> None:
    """The language and the filters, in the sidebar; each filter offers what leaves something under the others."""
    words, filters = view.words, view.filters
    languages = [Choice(lang, words(f"app.{lang}")) for lang in LANGUAGES]
    parts: list[Part] = [
        Radios("lang", words("app.language"), languages, words.lang),
        Text(words("filter.title"), is_strong=True),
        Search("terms", words("filter.terms"), " ".join(filters.terms), words("filter.terms_hint"), LONGEST_SEARCH),
        *(checks(field, filters, view) for field in CHOICE_FIELDS if is_offered(field, view)),
    ]
    if filters.active():
        parts.append(Button(RESET, words("filter.reset"), look="quiet"))
    with st.sidebar:
        form(parts, "filters", changed=partial(take, view), pressed=partial(press, view))


def is_offered(field: str, view: View) -> bool:
    """
    Whether a field is worth a list: statuses, documents and review states only where there are several, reporters where
    any speaks of another place than itself.
    """
    if field == "reporters":
        return view.dataset.tallies.has_others
    return field not in EXTRA_FIELDS or len(view.dataset.choices(Filters())[field]) > 1


def checks(field: str, filters: Filters, view: View) -> Checks:
    """One field as a list of its values."""
    words, codebook = view.words, view.dataset.codebook
    offered = view.dataset.choices(filters)[field]
    choices = {value: Choice(value, label(field, value, words, codebook), count) for value, count in offered.items()}
    chosen = filters.folded(field, codebook)
    return Checks(
        name=field,
        label=words(f"filter.{field}"),
        choices=nest(choices, chosen, view) if (nest := NESTED.get(field)) else list(choices.values()),
        chosen=chosen,
        find=words("filter.find") if len(offered) < MOST_OFFERED else words("filter.find_among", count=len(offered)),
        is_open=field in OPEN_FIELDS and not (field == "regions" and view.dataset.tallies.has_others),
    )


def group_themes(choices: Mapping[str, Choice], chosen: Sequence[str], view: View) -> list[Choice | Section]:
    """
    The themes below their groups, where there is more than one group to open.

    Of a group that is chosen as a whole, themes without any statistic are left out.
    """
    words, codebook = view.words, view.dataset.codebook
    groups, parts = split_themes(choices, codebook), list[Choice | Section]()
    has_several = len(set(groups) & set(open_groups(codebook))) > 1
    for group, themes in groups.items():
        whole = group_value(group)
        below = [choices[theme] for theme in themes if whole not in chosen or choices[theme].count]
        if has_several and group in open_groups(codebook):
            name, count = codebook.group_label(group, words.lang), sum(one.count or 0 for one in below)
            parts.append(Section(Choice(whole, name, count), below, words("filter.open", name=name)))
        else:
            parts += below
    return parts


def nest_places(choices: Mapping[str, Choice], chosen: Sequence[str], view: View) -> list[Choice | Section]:
    """The reporters, below each what it says of itself and of other places."""
    words, codebook = view.words, view.dataset.codebook
    below: dict[str, list[Choice]] = {}
    for value, choice in choices.items():
        reporter, region = split_told(value)
        if region is not None:
            name = choice.text if region == reporter else label("regions", region, words, codebook)
            below.setdefault(reporter, []).append(replace(choice, text=name))
    heads = dict.fromkeys(split_told(value)[0] for value in choices)
    found = [choices.get(head) or Choice(head, label("reporters", head, words, codebook), 0) for head in heads]
    return [
        Section(head, below[head.value], words("filter.open", name=head.text)) if head.value in below else head
        for head in found
    ]


# The fields whose values stand below others.
NESTED: Final = {"themes": group_themes, "reporters": nest_places}


def take(view: View, values: Values) -> None:
    """The filters or the language were changed: their values are the state, whatever a browser may have sent."""
    # A field without a list keeps what a link asked for.
    chosen = {field: take_values(field, values.get(field, view.filters.chosen(field)), view) for field in CHOICE_FIELDS}
    lang = values.get("lang")
    change(
        lang=lang if lang in LANGUAGES else view.words.lang,
        filters=Filters(terms=read_terms(str(values.get("terms", ""))), **chosen),
    )


def take_values(field: str, values: Sequence[str], view: View) -> tuple[str, ...]:
    """The values of a field that its list says are chosen."""
    codebook = view.dataset.codebook
    offered = nameable(field, view.dataset.vocabulary.values[field], codebook)
    return meant(field, [value for value in dict.fromkeys(values) if value in offered], codebook)


def show_selection(view: View, filters: Filters, *notes: str) -> None:
    """What is filtered, on a page that has nothing else to choose above what it shows."""
    form([*selection(view, filters), *map(Text, notes)], "selection", pressed=partial(press, view))


def selection(view: View, filters: Filters) -> list[Part]:
    """What is filtered, in a sentence and value by value, each to be taken away by a click."""
    words, codebook = view.words, view.dataset.codebook
    sentence = Text(filters.say(words, codebook), is_strong=True)
    if not filters.active():
        return [sentence]
    chips = [
        Button(
            f"{field}:{value}",
            label(field, value, words, codebook),
            help=words("filter.drop", field=words(f"filter.{field}")),
            look="chip",
        )
        for field in filters.active()
        for value in filters.folded(field, codebook)
    ]
    return [sentence, Row([*chips, Button(RESET, words("filter.reset"), look="quiet")])]


def press(view: View, name: str) -> None:
    """A chip takes its value away, the reset all of them."""
    field, _, value = name.partition(":")
    choose(Filters() if name == RESET else view.filters.drop(field, value, view.dataset.codebook))
