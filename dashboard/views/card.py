"""A panel of comparable statistics as a card: title, unit, chart or table, who is missing, notes, source, downloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts import draw_figure
from dashboard.compare import Panel
from dashboard.components.comparison import Figure, Foot, Heading, Way, comparison
from dashboard.export.contents import Comparison, Contents
from dashboard.exports import collect, narrow, today
from dashboard.notes import table_notes
from dashboard.options import Options
from dashboard.tabular import tabulate
from dashboard.views.downloads import downloads, is_offered, offer
from dashboard.views.view import View
from dashboard.widgets import go, open_row, picked, turn


def card(shown: Comparison, view: View) -> None:
    """Draw the card."""
    chart, words = shown.chart, view.words
    heading = Heading(chart.title, chart.badge, chart.subtitle)
    is_table = view.options.display == "table"
    notes = table_notes(shown.panel, view.context) if is_table else chart.notes
    foot = Foot(chart.missing, [*notes, chart.source], ways(shown, view))
    key, handlers = f"comparison:{shown.panel.key}", handle(shown, view)
    with st.container(border=True, height="stretch"):
        if is_table:
            comparison(heading, key=f"{key}:heading", handlers=handlers)
            panel_table(shown, view)
            comparison(foot, key=f"{key}:foot", handlers=handlers)
        else:
            figure = Figure(draw_figure(chart, view.look), chart.alt, words("chart.failure"))
            comparison(heading, figure, foot, key=key, handlers=handlers)
    if is_offered(shown.panel.key):
        downloads(contents_of(shown, view), view)


def contents_of(shown: Comparison, view: View) -> Contents:
    """The comparison with all statistics that its own address shows."""
    filters = narrow(view.filters, shown.panel)
    return collect([shown], filters, view.dataset, view.words, shown.address, today())


def fields_of(panel: Panel, view: View) -> dict[str, Any]:
    """The fields of the link that shows just this comparison, drawn as it is but for an axis shared with others."""
    options = replace(view.options, axis=Options().axis, extent=Options().extent)
    return {"filters": narrow(view.filters, panel), "options": options, "row": None}


def ways(shown: Comparison, view: View) -> list[Way]:
    """The address of just this comparison, and what its indicator means."""
    words = view.words
    found = [Way("compared", words("compare.this_chart"), shown.address)]
    if indicator := shown.panel.indicator:
        address = view.address("indicator", indicator=indicator.id, row=None)
        found.append(Way("explained", words("compare.about_indicator"), address))
    return [*found, Way("downloads", words("download.title"))]


def handle(shown: Comparison, view: View) -> dict[str, Callable[[str], None]]:
    """What a mark and each way lead to."""
    indicator = shown.panel.indicator
    return {
        "row": open_row,
        "downloads": lambda _: offer(shown.panel.key),
        "compared": lambda _: go("compare", **fields_of(shown.panel, view)),
        "explained": lambda _: go("indicator", indicator=indicator.id if indicator else None, row=None),
    }


def panel_table(shown: Comparison, view: View) -> None:
    """The table of the very same view; a chosen row opens its sentence."""
    table = tabulate(shown.panel, view.context)
    id_column = view.words("tabular.id")
    ids = table[id_column].tolist()
    key = turn(shown.panel.key)
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        column_config={id_column: None},
        placeholder="–",
        selection_mode="single-row",
        on_select=partial(choose_row, key, ids),
        key=key,
        alt=shown.chart.title,
    )


def choose_row(key: str, ids: list[str | None]) -> None:
    """Open the sentence of the chosen row; a region that did not report has none."""
    for place in picked(key, "rows"):
        row = ids[int(place)]
        if isinstance(row, str):
            open_row(row)
            st.session_state.opened_by = key.rpartition(":")[0]
