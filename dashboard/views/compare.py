"""The comparison: what is selected in a sentence, how it is drawn, then a card for every comparable panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from dashboard.arrange import GROUPS, arrange, level_group
from dashboard.captions import make_chart, share_limits
from dashboard.compare import Panel, make_panels, rank_panels
from dashboard.filters import Filters
from dashboard.options import Options
from dashboard.views.card import Card, card
from dashboard.views.empty import empty
from dashboard.views.rows import chooser
from dashboard.views.view import View, plain
from dashboard.widgets import change, choose, filter_chips, folded, highlight_control, option_control, turn

# So many panels are drawn at once where nothing says which ones are wanted.
FIRST_UNFILTERED, FIRST_BY_PLACE = 1, 6
# The ways to draw that are tucked away; how many of them are not the usual stands beside them.
FURTHER: Final = ("highlight", "order", "form", "scale", "axis", "reference")


def compare(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    rows = data.select(view.filters)
    head, body = st.container(), st.container()
    if rows.empty:
        with head:
            heading(view)
            empty(view)
        return
    panels = rank_panels(make_panels(rows, data.select(view.filters.places()), data.codebook))
    shown = panels[: count_first(panels, view)]
    # The charts before what stands above them: readers wait for the figures.
    with body:
        cards(shown, view)
    with head:
        heading(view)
        st.caption(words("compare.shown", rows=len(rows), panels=len(panels)) + " · " + words("compare.open"))
        drawing_controls(shown, view)
        if not view.filters.active():
            suggestions(panels, view)
    if len(panels) > len(shown):
        st.button(
            words("compare.more", count=len(panels) - len(shown)),
            key="more",
            icon=":material/expand_more:",
            on_click=partial(st.session_state.__setitem__, "all_of", view.filters),
        )
    chooser(rows, view)
    view.page_link("data", words("compare.rows", count=len(rows)), icon=":material/table:")


def heading(view: View) -> None:
    """What is selected, in a sentence and as chips."""
    st.title(view.words("page.compare"))
    st.markdown(f"**{plain(view.filters.say(view.words, view.dataset.codebook))}**")
    if view.filters.active():
        filter_chips(view.dataset, view.words)


def count_first(panels: Sequence[Panel], view: View) -> int:
    """How many panels are drawn: all of a chosen theme or indicator, else the first ones until more are asked for."""
    filters = view.filters
    if filters.themes or filters.indicators or st.session_state.get("all_of") == filters:
        return len(panels)
    return FIRST_BY_PLACE if filters.active() else FIRST_UNFILTERED


def drawing_controls(panels: Sequence[Panel], view: View) -> None:
    """Totals or per head, chart or table, and further ways to draw; the levels that meet here, one click each."""
    words, options = view.words, view.options
    with st.container(horizontal=True, vertical_alignment="bottom"):
        option_control("measure", words, help=words("compare.per_head_help"))
        option_control("display", words)
        changed = sum(getattr(options, name) != getattr(Options(), name) for name in FURTHER)
        further = folded(words("compare.further"), ":material/tune:", "further")
        if changed:
            st.button(
                words("compare.usual", count=changed),
                key="usual",
                icon=":material/undo:",
                type="tertiary",
                on_click=change,
                kwargs={"options": replace(options, **{name: getattr(Options(), name) for name in FURTHER})},
            )
    if further.open:
        with further:
            further_controls(panels, view)
    level_choices(panels, view)


def further_controls(panels: Sequence[Panel], view: View) -> None:
    """The ways to draw that few need."""
    regions = dict.fromkeys(region for panel in panels for region in panel.regions())
    highlight_control(view.dataset.codebook.sort_regions(regions), view.region, view.words)
    for name in FURTHER[1:]:
        option_control(name, view.words, disabled=name == "scale" and view.options.form != "dot")
    st.caption(view.words("compare.log_hint"))


def level_choices(panels: Sequence[Panel], view: View) -> None:
    """Where regions of several levels meet, each group of levels as one click."""
    groups: dict[str, dict[str, None]] = {}
    for mark in (mark for panel in panels for mark in panel.marks):
        if mark.level:
            groups.setdefault(level_group(mark), {})[mark.level] = None
    if len(groups) < 2:
        return
    st.segmented_control(
        view.words("compare.only_level"),
        sorted(groups, key=GROUPS.index),
        format_func=lambda group: view.words.term("level", f"group_{group}"),
        key=(key := turn("only_level")),
        on_change=lambda: choose(view.filters.with_values("levels", tuple(groups[st.session_state[key]]))),
    )


def suggestions(panels: Sequence[Panel], view: View) -> None:
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


def cards(panels: Sequence[Panel], view: View) -> None:
    """The panels as cards, two beside each other where there are several."""
    data, context = view.dataset, view.context
    arranged = [arrange(panel, view.options, data.populations, data.codebook) for panel in panels]
    charts = [make_chart(panel, context, view.options) for panel in arranged]
    if view.options.axis == "shared":
        charts = share_limits(charts)
    drawn = [Card(panel, chart) for panel, chart in zip(arranged, charts, strict=True)]
    if len(drawn) == 1:
        card(drawn[0], view)
        return
    # Pair by pair, so that a phone, which puts columns under each other, keeps the order.
    for start in range(0, len(drawn), 2):
        for column, one in zip(st.columns(2), drawn[start : start + 2], strict=False):
            with column:
                card(one, view)
