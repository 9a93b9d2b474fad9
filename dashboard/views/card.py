"""A panel of comparable statistics as a card: title, unit, bars, who is missing, notes, source, downloads."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

import streamlit as st

from dashboard.captions import Chart, make_chart
from dashboard.charts import draw_figure
from dashboard.compare import Panel, to_per_head
from dashboard.export.picture import find_browser, to_png
from dashboard.export.svg import to_svg
from dashboard.export.table import to_csv
from dashboard.views.view import View, plain
from dashboard.widgets import open_row, picked, turn

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
# What a file name should not hold.
UNSAFE: Final = re.compile(r"[^\w-]+")


def card(panel: Panel, view: View) -> None:
    """One panel: title, unit, bars, who is missing, notes, source, downloads."""
    if view.options.measure == "per_head":
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
