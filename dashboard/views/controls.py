"""The filters beside every page, and what is filtered above what it leaves: a sentence, and a chip a value."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboard.choices import MOST_OFFERED
from dashboard.components.form import Button, Checks, Choice, Part, Radios, Row, Search, Text, Values, form
from dashboard.filters import CHOICE_FIELDS, Filters, label
from dashboard.link import LONGEST_SEARCH, read_terms
from dashboard.views.view import View
from dashboard.widgets import change, choose
from dashboard.wording import LANGUAGES

# The fields whose values are in sight from the start.
OPEN_FIELDS: Final = ("regions", "themes")
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
    """Whether a field is worth a list: statuses, documents and review states only where there are several."""
    return field not in EXTRA_FIELDS or len(view.dataset.choices(Filters())[field]) > 1


def checks(field: str, filters: Filters, view: View) -> Checks:
    """One field as a list of its values."""
    words, codebook = view.words, view.dataset.codebook
    offered = view.dataset.choices(filters)[field]
    return Checks(
        name=field,
        label=words(f"filter.{field}"),
        choices=[Choice(value, label(field, value, words, codebook), count) for value, count in offered.items()],
        chosen=filters.chosen(field),
        find=words("filter.find") if len(offered) < MOST_OFFERED else words("filter.find_among", count=len(offered)),
        is_open=field in OPEN_FIELDS,
    )


def take(view: View, values: Values) -> None:
    """The filters or the language were changed: their values are the state, whatever a browser may have sent."""
    offered = view.dataset.vocabulary.values
    chosen = {
        field: tuple(value for value in values.get(field, ()) if value in offered[field]) for field in CHOICE_FIELDS
    }
    lang = values.get("lang")
    change(
        lang=lang if lang in LANGUAGES else view.words.lang,
        filters=Filters(terms=read_terms(str(values.get("terms", ""))), **chosen),
    )


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
        for value in filters.chosen(field)
    ]
    return [sentence, Row([*chips, Button(RESET, words("filter.reset"), look="quiet")])]


def press(view: View, name: str) -> None:
    """A chip takes its value away, the reset all of them."""
    field, _, value = name.partition(":")
    choose(Filters() if name == RESET else view.filters.drop(field, value))
