"""A panel of comparable statistics as a card: title, unit, chart or table, who is missing, notes, source, downloads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st
from plotly.basedatatypes import BaseFigure

from dashboard.captions import Chart
from dashboard.charts import draw_figure
from dashboard.compare import Panel
from dashboard.export.picture import find_browser, to_png
from dashboard.export.svg import to_svg
from dashboard.export.table import to_csv
from dashboard.filters import Filters
from dashboard.tabular import tabulate, to_tsv
from dashboard.views.view import View, plain
from dashboard.widgets import folded, open_row, picked, turn
from dashboard.wording import small

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
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

    def address(self, view: View) -> str:
        """The address that shows just this comparison, drawn as it is."""
        name = self.panel.indicator.id if self.panel.indicator else None
        filters = view.filters.with_values("indicators", (name,)) if name else Filters(themes=(self.panel.theme,))
        return view.address("compare", filters=filters, row=None)


class Drawn(BaseFigure):  # type: ignore[misc]
    """
    A figure that is a dict already.

    Streamlit validates a plain dict against all of plotly's schema at every run, which takes as long as all else that
    the server does; the tests validate ours once.
    """

    def __init__(self, figure: dict[str, Any]) -> None:
        self._drawn = figure

    def to_dict(self) -> dict[str, Any]:
        """The dict."""
        return self._drawn


def card(shown: Card, view: View) -> None:
    """Draw the card."""
    chart = shown.chart
    with st.container(border=True, height="stretch"):
        badge = f" :orange-badge[{plain(chart.badge)}]" if chart.badge else ""
        st.markdown(f"#### {plain(chart.title)}{badge}\n\n{small(f':gray[{plain(chart.subtitle)}]')}")
        if view.options.display == "table":
            panel_table(shown, view)
        else:
            panel_chart(shown, view)
        if chart.missing and not chart.absent:
            st.markdown(plain(chart.missing))
        notes = [f":gray[{plain(line)}]" for line in (*chart.notes, chart.source)]
        st.markdown(small(*notes[:-1], f"{notes[-1]} · {links(shown, view)}"))
        downloads(shown, view)


def links(shown: Card, view: View) -> str:
    """The address of just this comparison, and what its indicator means, as Markdown."""
    words = view.words
    ways = [f"[{words('compare.this_chart')}]({shown.address(view)})"]
    if indicator := shown.panel.indicator:
        address = view.address("indicator", indicator=indicator.id, row=None)
        ways.append(f"[{words('compare.about_indicator')}]({address})")
    return " · ".join(ways)


def panel_chart(shown: Card, view: View) -> None:
    """The figure; a chosen mark opens its sentence."""
    key = turn(shown.panel.key)
    st.plotly_chart(
        Drawn(draw_figure(shown.chart, view.look)),
        theme=None,
        config=CONFIG,
        on_select=partial(choose_point, key),
        selection_mode="points",
        key=key,
        alt=shown.chart.alt,
    )


def choose_point(key: str) -> None:
    """Open the sentence of the chosen mark."""
    for point in picked(key, "points"):
        if row := point["customdata"][0]:
            open_row(str(row))
            st.session_state.opened_by = key.rpartition(":")[0]


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
        st.code(shown.address(view), language=None, wrap_lines=True)
