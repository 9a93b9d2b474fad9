"""A panel of comparable statistics as a card: title, unit, chart or table, who is missing, notes, source, downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.captions import Chart
from dashboard.charts import draw_figure
from dashboard.compare import Panel
from dashboard.components.comparison import Figure, Foot, Heading, Way, comparison
from dashboard.export.picture import find_browser, to_png
from dashboard.export.svg import to_svg
from dashboard.export.table import to_csv
from dashboard.filters import Filters
from dashboard.tabular import tabulate, to_tsv
from dashboard.views.view import View
from dashboard.widgets import folded, go, open_row, picked, turn

# What a file name should not hold.
UNSAFE: Final = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Card:
    """A panel and what a reader sees of it."""

    panel: Panel
    chart: Chart

    def rows(self) -> list[str]:
        """The ids of the rows behind the marks, both ends of a pair."""
        return [end.id for end in self.panel.ends()]

    def file_name(self, view: View) -> str:
        """What the card's files are called, without suffix: title, measure and data version."""
        parts = [self.chart.title, view.words("option.measure_per_head") if self.panel.is_per_head else ""]
        name = UNSAFE.sub("_", "_".join(part for part in parts if part)).strip("_")
        return f"{name}_v{view.dataset.version}"

    def link(self, view: View) -> dict[str, Any]:
        """The fields of the link that shows just this comparison, drawn as it is."""
        name = self.panel.indicator.id if self.panel.indicator else None
        filters = view.filters.with_values("indicators", (name,)) if name else Filters(themes=(self.panel.theme,))
        return {"filters": filters, "row": None}


def card(shown: Card, view: View) -> None:
    """Draw the card."""
    chart, words = shown.chart, view.words
    heading = Heading(chart.title, chart.badge, chart.subtitle)
    missing = "" if chart.absent else chart.missing
    foot = Foot(missing, [*chart.notes, chart.source], ways(shown, view))
    key, handlers = f"comparison:{shown.panel.key}", handle(shown, view)
    with st.container(border=True, height="stretch"):
        if view.options.display == "table":
            comparison(heading, key=f"{key}:heading", handlers=handlers)
            panel_table(shown, view)
            comparison(foot, key=f"{key}:foot", handlers=handlers)
        else:
            figure = Figure(draw_figure(chart, view.look), chart.alt, words("chart.failure"))
            comparison(heading, figure, foot, key=key, handlers=handlers)
        downloads(shown, view)


def ways(shown: Card, view: View) -> list[Way]:
    """The address of just this comparison, and what its indicator means."""
    words = view.words
    found = [Way("compared", words("compare.this_chart"), view.address("compare", **shown.link(view)))]
    if indicator := shown.panel.indicator:
        address = view.address("indicator", indicator=indicator.id, row=None)
        found.append(Way("explained", words("compare.about_indicator"), address))
    return found


def handle(shown: Card, view: View) -> dict[str, Callable[[str], None]]:
    """What a mark and each way lead to."""
    indicator = shown.panel.indicator
    return {
        "row": open_row,
        "compared": lambda _: go("compare", **shown.link(view)),
        "explained": lambda _: go("indicator", indicator=indicator.id if indicator else None, row=None),
    }


def panel_table(shown: Card, view: View) -> None:
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
    copying = folded(view.words("compare.copy_table"), ":material/content_copy:", f"copy:{key}")
    if copying.open:
        copying.caption(view.words("compare.copy_hint"))
        copying.code(to_tsv(table), language=None, height=240)


def choose_row(key: str, ids: list[str | None]) -> None:
    """Open the sentence of the chosen row; a region that did not report has none."""
    for place in picked(key, "rows"):
        row = ids[int(place)]
        if isinstance(row, str):
            open_row(row)
            st.session_state.opened_by = key.rpartition(":")[0]


def downloads(shown: Card, view: View) -> None:
    """The panel as picture, as table and as rows, and its address; bytes are made only when asked for."""
    words, panel = view.words, shown.panel
    files = folded(words("download.title"), ":material/download:", f"download:{panel.key}")
    if not files.open:
        return
    browser = find_browser()
    with files:
        for kind, ending, mime, make in (
            ("svg", ".svg", "image/svg+xml", lambda: to_svg(shown.chart)),
            ("png", ".png", "image/png", lambda: to_png(to_svg(shown.chart))),
            ("csv", ".csv", "text/csv", lambda: to_csv(tabulate(panel, view.context))),
            ("rows", "_rows.csv", "text/csv", lambda: to_csv(view.dataset.rows_of(shown.rows()))),
        ):
            st.download_button(
                words(f"download.{kind}"),
                make,
                file_name=shown.file_name(view) + ending,
                mime=mime,
                key=f"{kind}:{panel.key}",
                on_click="ignore",
                disabled=kind == "png" and browser is None,
                width="stretch",
            )
        if browser is None:
            st.caption(words("download.no_browser"))
        st.caption(words("compare.this_chart"))
        st.code(view.address("compare", **shown.link(view)), language=None, wrap_lines=True)
