"""The comparison: what is selected in a sentence, then a card for every panel of comparable statistics."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.compare import Panel, make_panels, rank_panels
from dashboard.filters import Filters
from dashboard.views.card import card
from dashboard.views.rows import table
from dashboard.views.view import View, plain
from dashboard.widgets import choose, filter_chips, option_control

# So many panels are drawn at once where nothing says which ones are wanted.
FIRST_UNFILTERED, FIRST_BY_PLACE = 1, 6


def compare(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    st.title(words("page.compare"))
    st.markdown(f"**{plain(view.filters.say(words, data.codebook))}**")
    if view.filters.active():
        filter_chips(data, words)
    rows = data.select(view.filters)
    if rows.empty:
        empty(view)
        return
    panels = rank_panels(make_panels(rows, data.select(view.filters.places()), data.codebook))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(words("compare.shown", rows=len(rows), panels=len(panels)) + " · " + words("compare.open"))
        option_control("measure", words, label_visibility="collapsed", help=words("compare.per_head_help"))
    if not view.filters.active():
        suggestions(panels, view)
    cards(panels, view)
    table(rows, view)


def suggestions(panels: list[Panel], view: View) -> None:
    """The indicators that several regions report alike, each one click away."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(view.words("compare.suggestions"), width="content")
        for panel in panels:
            if panel.is_ranked and panel.indicator and len(panel.regions()) > 1:
                name = panel.indicator.labels[view.words.lang]
                st.button(
                    plain(view.words("compare.suggestion", name=name, count=len(panel.regions()))),
                    key=f"suggestion:{panel.key}",
                    on_click=choose,
                    args=(Filters(indicators=(panel.indicator.id,)),),
                )


def empty(view: View) -> None:
    """Which filter leaves nothing, and a button that drops it."""
    words = view.words
    if not len(view.dataset):
        st.info(words("error.empty"))
        return
    culprits = view.dataset.culprits(view.filters)
    is_one_enough = len(view.dataset.select(view.filters.without(culprits[0]))) > 0
    st.warning(words("filter.empty") + words("filter.empty_culprit" if is_one_enough else "filter.empty_all"))
    with st.container(horizontal=True):
        for field in culprits:
            st.button(
                words("filter.drop", field=words(f"filter.{field}")),
                key=f"drop:{field}",
                on_click=choose,
                args=(view.filters.without(field),),
            )


def cards(panels: list[Panel], view: View) -> None:
    """The panels: all of a chosen theme or indicator, else the first ones and a button for the others."""
    filters = view.filters
    first = len(panels)
    if not (filters.themes or filters.indicators or st.session_state.get("all_of") == filters):
        first = FIRST_BY_PLACE if filters.active() else FIRST_UNFILTERED
    shown = panels[:first]
    if len(shown) == 1:
        card(shown[0], view)
    else:
        # Pair by pair, so that a phone, which puts columns under each other, keeps the order.
        for start in range(0, len(shown), 2):
            for column, panel in zip(st.columns(2), shown[start : start + 2], strict=False):
                with column:
                    card(panel, view)
    if len(panels) > first:
        st.button(
            view.words("compare.more", count=len(panels) - first),
            key="more",
            icon=":material/expand_more:",
            on_click=partial(st.session_state.__setitem__, "all_of", filters),
        )
