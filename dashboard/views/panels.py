"""The comparison: what is selected in a sentence, then a card for every panel of comparable statistics."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

import streamlit as st

from dashboard.captions import Chart, make_chart
from dashboard.charts import draw_figure
from dashboard.compare import Panel, make_panels, rank_panels, to_per_head
from dashboard.export.picture import find_browser, to_png
from dashboard.export.svg import to_svg
from dashboard.export.table import to_csv
from dashboard.filters import Filters
from dashboard.views.view import View, plain
from dashboard.widgets import choose, drop_field, filter_chips, measure_control, open_row, picked, turn

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
# What a file name should not hold.
UNSAFE: Final = re.compile(r"[^\w-]+")
# So many panels are drawn at once where nothing says which ones are wanted.
FIRST_UNFILTERED, FIRST_BY_PLACE = 1, 6


def comparison(view: View) -> None:
    """The head of the comparison and its panels, or what to do where the filters leave none."""
    data, words = view.dataset, view.words
    rows = view.filters.apply(data.rows)
    st.subheader(words("compare.title"))
    st.markdown(f"**{plain(view.filters.say(words, data.codebook))}**")
    if view.filters.active():
        filter_chips(view.filters, data, words)
    if rows.empty:
        empty(view)
        return
    panels = rank_panels(make_panels(rows, view.filters.places().apply(data.rows), data.codebook))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(words("compare.shown", rows=len(rows), panels=len(panels)) + " · " + words("compare.open"))
        measure_control(words)
    if not view.filters.active():
        suggestions(panels, view)
    cards(panels, view)


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
    if not len(view.dataset.rows):
        st.info(words("error.empty"))
        return
    culprits = view.filters.culprits(view.dataset.rows)
    is_one_enough = len(view.filters.without(culprits[0]).apply(view.dataset.rows)) > 0
    st.warning(words("filter.empty") + words("filter.empty_culprit" if is_one_enough else "filter.empty_all"))
    with st.container(horizontal=True):
        for field in culprits:
            st.button(
                words("filter.drop", field=words(f"filter.{field}")),
                key=f"drop:{field}",
                on_click=drop_field,
                args=(field,),
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


def card(panel: Panel, view: View) -> None:
    """One panel: title, unit, bars, who is missing, notes, source, downloads."""
    if view.is_per_head:
        panel = to_per_head(panel, view.dataset.populations, view.dataset.codebook)
    chart = make_chart(panel, view.context)
    key = turn(panel.key)
    with st.container(border=True, height="stretch"):
        badge = f" :orange-badge[{plain(chart.badge)}]" if chart.badge else ""
        st.markdown(f"#### {plain(chart.title)}{badge}")
        st.caption(plain(chart.subtitle))
        st.plotly_chart(
            draw_figure(chart, view.look),
            theme=None,
            config=CONFIG,
            on_select=partial(choose_point, key),
            selection_mode="points",
            key=key,
            alt=chart.alt,
        )
        if chart.missing:
            st.markdown(plain(chart.missing))
        st.caption("  \n".join(plain(line) for line in (*chart.notes, chart.source)))
        downloads(panel, chart, view)


def choose_point(key: str) -> None:
    """Open the sentence of the chosen bar."""
    for point in picked(key, "points"):
        open_row(str(point["customdata"][0]))
        st.session_state.opened_by = key.rpartition(":")[0]


def downloads(panel: Panel, chart: Chart, view: View) -> None:
    """The panel as picture and as rows; bytes are made only when asked for."""
    words = view.words
    name = f"{UNSAFE.sub('_', chart.title).strip('_')}_v{view.dataset.version}"
    ids = [end.id for mark in panel.marks for end in (mark, mark.end) if end]
    rows = view.dataset.rows[view.dataset.rows["id"].isin(ids)]
    browser = find_browser()
    with st.popover(words("download.title"), icon=":material/download:", key=f"download:{panel.key}"):
        for kind, mime, make in (
            ("svg", "image/svg+xml", lambda: to_svg(chart)),
            ("png", "image/png", lambda: to_png(to_svg(chart))),
            ("csv", "text/csv", lambda: to_csv(rows)),
        ):
            st.download_button(
                words(f"download.{kind}"),
                make,
                file_name=f"{name}.{kind}",
                mime=mime,
                key=f"{kind}:{panel.key}",
                on_click="ignore",
                disabled=kind == "png" and browser is None,
                width="stretch",
            )
        if browser is None:
            st.caption(words("download.no_browser"))
