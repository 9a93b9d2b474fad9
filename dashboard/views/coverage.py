"""The headline figures and the matrix theme × region: who reported what, to be entered by a click."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.captions import write_mark
from dashboard.compare import make_panels
from dashboard.filters import Filters
from dashboard.views.view import View, plain
from dashboard.widgets import forget, go, picked, turn

# The figures that the product was ordered for.
HEADLINES: Final = ("grids_total", "party_members_sent_down", "property_company_party_orgs")
SHOWN_MARKS: Final = 3
PIXELS_A_LETTER, WIDEST_LABEL = 7, 300
# The ground of a cell, from few statistics to many: the same hue on light and on dark.
SHADE: Final = "background-color: rgba(59, 118, 175, {alpha:.2f})"
LIGHTEST, DARKEST = 0.08, 0.5


def headline(view: View) -> None:
    """A card for each figure that the product was ordered for: the values, and one click to their comparison."""
    for column, indicator in zip(st.columns(len(HEADLINES)), HEADLINES, strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"**{plain(view.dataset.codebook.indicator_label(indicator, view.words.lang))}**")
            st.markdown(headline_values(indicator, view))
            view.page_link(
                "compare",
                view.words("headline.compare"),
                icon=":material/bar_chart:",
                filters=Filters(indicators=(indicator,)),
            )


def headline_values(indicator: str, view: View) -> str:
    """The first few values of an indicator, region by region, as Markdown."""
    data = view.dataset
    panels = make_panels(data.select(Filters(indicators=(indicator,))), data.select(Filters()), data.codebook)
    marks = [mark for panel in panels for mark in panel.marks]
    if not marks:
        return view.words("headline.none")
    values = [
        f"{plain(view.region(mark.region))} **{plain(write_mark(mark, view.words))}**" for mark in marks[:SHOWN_MARKS]
    ]
    if len(marks) > SHOWN_MARKS:
        values.append(view.words("headline.more", count=len(marks) - SHOWN_MARKS))
    return "  \n".join(values)


def coverage(view: View) -> None:
    """The matrix, folded away once something is chosen; a chosen cell becomes the filter."""
    words = view.words
    counts = view.dataset.count_coverage(Filters())
    most = int(counts.to_numpy().max())
    is_idle = not view.filters.active()
    key = turn("coverage")
    with st.expander(words("coverage.title"), expanded=is_idle, key=f"coverage_open:{is_idle}"):
        st.caption(words("coverage.lead"))
        shown = coverage_table(counts, view)
        st.dataframe(
            shown.style.map(lambda count: shade(count, most), subset=list(counts.columns)),
            height="content",
            hide_index=True,
            column_config={
                "theme": st.column_config.TextColumn(
                    words("coverage.theme"), width=label_width(shown["theme"]), pinned=True
                ),
                "total": st.column_config.NumberColumn(words("coverage.total")),
                **{region: st.column_config.NumberColumn(view.region(region)) for region in counts.columns},
            },
            placeholder="–",
            selection_mode="single-cell",
            on_select=lambda: choose_cell(key, counts),
            key=key,
            alt=words("coverage.alt", themes=len(counts.index), regions=len(counts.columns)),
        )


def coverage_table(counts: pd.DataFrame, view: View) -> pd.DataFrame:
    """The counts with the theme's label and total before them; a count of nothing is null."""
    shown = counts.astype("Int64").mask(counts == 0).reset_index(drop=True)
    labels = [view.dataset.codebook.theme_label(theme, view.words.lang) for theme in counts.index]
    shown.insert(0, "theme", labels)
    shown.insert(1, "total", list(counts.sum(axis=1)))
    return shown


def label_width(labels: Iterable[str]) -> int:
    """Pixels for the longest label in the grid's font, where a Chinese character is as wide as two Latin letters."""
    letters = max(sum(2 if ord(char) > 0x2E80 else 1 for char in label) for label in labels)
    return min(WIDEST_LABEL, PIXELS_A_LETTER * letters + 24)


def shade(count: int | None, most: int) -> str:
    """The ground of a cell by its count; none for a cell without one."""
    if count is None or pd.isna(count):
        return ""
    return SHADE.format(alpha=LIGHTEST + (DARKEST - LIGHTEST) * count / most)


def choose_cell(key: str, counts: pd.DataFrame) -> None:
    """Filter by the theme and the region of the chosen cell; a cell of the theme or total column, by its theme."""
    for row, column in picked(key, "cells"):
        regions = (str(column),) if column in counts.columns else ()
        go("compare", filters=Filters(themes=(str(counts.index[int(row)]),), regions=regions))
        forget("coverage")
