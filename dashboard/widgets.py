"""
Every input of the app, and the state behind them: widgets, session state and link always say the same.

Session state holds one entry a filter field, ``lang``, ``measure`` and ``row``; ``published`` is the link last written.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.filters import FIELDS, Filters, Link, from_params, label, to_params
from dashboard.load import Dataset
from dashboard.wording import LANGUAGES, Words, match_language, plain

MEASURES: Final = ("absolute", "per_head")


def restore(dataset: Dataset) -> None:
    """
    Take the state from the link where it says something new: at the start of a session, or after the browser's back.

    A link that differs while a widget has just changed is only late, and the widget is right.
    """
    incoming = st.query_params.to_dict()
    published = st.session_state.get("published")
    if published is None or (incoming != published and to_params(present(dataset), dataset.codebook) == published):
        link, unknown = from_params(incoming, dataset.choices, dataset.codebook)
        st.session_state.lang = link.lang or match_language(st.context.locale)
        st.session_state.measure = MEASURES[link.is_per_head]
        st.session_state.row = link.row
        st.session_state.unknown = unknown
        st.session_state.asked_version = link.version
        choose(link.filters)


def mirror(field: str, words: Words) -> str:
    """
    The key of a widget that shows a field of the state, in one language.

    The state stands under a name of its own: Streamlit forgets a widget that one run does not draw, and takes old
    labels for values where the labels of a widget change under it.
    """
    key = f"{field}:{words.lang}"
    st.session_state[key] = st.session_state[field]
    return key


def take(field: str, key: str) -> None:
    """A widget was changed: its value is the state."""
    st.session_state[field] = st.session_state[key]


def present(dataset: Dataset) -> Link:
    """The state as a link."""
    state = st.session_state
    return Link(
        filters=Filters(**{field: tuple(state[field]) for field in FIELDS}),
        lang=state.lang,
        is_per_head=state.measure == "per_head",
        row=state.row,
        version=dataset.version,
    )


def publish(dataset: Dataset) -> None:
    """Write the state into the address bar; what the opened link lacked is told until the reader moves on."""
    params = to_params(present(dataset), dataset.codebook)
    if st.session_state.get("published") not in (None, params):
        st.session_state.unknown, st.session_state.asked_version = (), None
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)
    st.session_state.published = params


def choose(filters: Filters) -> None:
    """Make a selection the present one (before the widgets are drawn: at the start of a run or in a callback)."""
    for field in FIELDS:
        st.session_state[field] = list(filters.chosen(field))


def drop(field: str, value: str) -> None:
    """Take one value out of a filter."""
    st.session_state[field] = [kept for kept in st.session_state[field] if kept != value]


def drop_field(field: str) -> None:
    """Empty one filter."""
    st.session_state[field] = []


def open_row(row: str | None) -> None:
    """Show the sentence of a row, or close it."""
    st.session_state.row = row


def turn(key: str) -> str:
    """The present key of a widget that forgets its selection when it is turned."""
    return f"{key}:{st.session_state.get(f'turn:{key}', 0)}"


def forget(key: str) -> None:
    """Let a chart or table forget what is selected in it, so that the same thing can be selected again."""
    st.session_state[f"turn:{key}"] = st.session_state.get(f"turn:{key}", 0) + 1


def language_control(words: Words) -> None:
    """The switch between Chinese and English."""
    names = {"zh": words("app.chinese"), "en": words("app.english")}
    st.segmented_control(
        words("app.language"),
        LANGUAGES,
        format_func=names.__getitem__,
        required=True,
        key=(key := mirror("lang", words)),
        on_change=take,
        args=("lang", key),
        label_visibility="collapsed",
    )


def filter_controls(dataset: Dataset, words: Words) -> None:
    """The filters in the sidebar; each shows the values that the data has."""
    st.sidebar.subheader(words("filter.title"))
    for field in FIELDS:
        st.sidebar.multiselect(
            words(f"filter.{field}"),
            dataset.choices[field],
            format_func=partial(label, field, words=words, codebook=dataset.codebook),
            key=(key := mirror(field, words)),
            on_change=take,
            args=(field, key),
            placeholder=words("filter.all"),
        )
    is_idle = not any(st.session_state[field] for field in FIELDS)
    st.sidebar.button(
        words("filter.reset"), key="reset", on_click=choose, args=(Filters(),), disabled=is_idle, width="stretch"
    )


def filter_chips(filters: Filters, dataset: Dataset, words: Words) -> None:
    """What is filtered, value by value, each to be taken away by a click."""
    with st.container(horizontal=True, gap="small"):
        for field in filters.active():
            for value in filters.chosen(field):
                st.button(
                    plain(label(field, value, words, dataset.codebook)),
                    key=f"chip:{field}:{value}",
                    icon=":material/close:",
                    on_click=drop,
                    args=(field, value),
                    help=words("filter.drop", field=words(f"filter.{field}")),
                )
        st.button(words("filter.reset"), key="reset_chips", type="tertiary", on_click=choose, args=(Filters(),))


def measure_control(words: Words) -> None:
    """Totals or figures per 10,000 residents."""
    st.segmented_control(
        words("compare.measure"),
        MEASURES,
        format_func=lambda measure: words(f"compare.{measure}"),
        required=True,
        key=(key := mirror("measure", words)),
        on_change=take,
        args=("measure", key),
        help=words("compare.per_head_help"),
        label_visibility="collapsed",
    )


def picked(key: str, part: str) -> list[Any]:
    """What is selected in a chart (``points``) or a table (``rows``, ``cells``), read in its callback."""
    return list(st.session_state[key]["selection"][part])
