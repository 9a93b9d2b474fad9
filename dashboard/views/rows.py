"""Rows as a table in the reader's language: a chosen one opens its sentence; they can be copied and downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.captions import write_mark
from dashboard.cells import FIGURE, say_flags
from dashboard.clauses import EVERYTHING, Clause
from dashboard.columns import form_of
from dashboard.export.table import to_csv
from dashboard.mark import Mark, read_mark
from dashboard.naming import name_status
from dashboard.passage import Row
from dashboard.views.view import View
from dashboard.widgets import open_row, picked, turn
from dashboard.wording import Words

# Rows of one file: more of them no spreadsheet opens at once.
MOST_SAVED: Final = 200_000
__all__ = ["chooser", "downloads", "grid", "say_flags", "say_row"]


def grid(shown: pd.DataFrame, ids: Sequence[str], view: View) -> None:
    """Cells in the reader's language, one row an id; a chosen row opens its sentence."""
    key = turn("table")
    st.dataframe(
        shown,
        hide_index=True,
        column_config={name: configure(name, view.words) for name in shown.columns},
        placeholder="–",
        selection_mode="single-row",
        on_select=lambda: choose_row(key, ids),
        key=key,
        alt=view.words("table.alt", count=len(shown)),
    )


def configure(name: str, words: Words) -> object:
    """How one column is headed and drawn; what it means stands in the tip of its head."""
    label = words(f"column.{name}")
    meaning = words(f"column.{name}_meaning")
    if name == FIGURE:
        return st.column_config.TextColumn(label, help=meaning, alignment="right")
    if form_of(name) == "number":
        return st.column_config.NumberColumn(label, help=meaning, format="localized")
    return st.column_config.TextColumn(label, help=meaning, width="large" if name == "sentence" else None)


def chooser(marks: Iterable[Mark], view: View) -> None:
    """A list of marks to open one's sentence from: the way for a keyboard."""
    labels = {mark.id: say_mark(mark, view) for mark in marks}
    st.selectbox(
        view.words("table.choose"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=view.words("table.choose_none"),
        key=(choice := turn("choice")),
        on_change=lambda: choose_option(choice),
    )


def say_row(row: Row, view: View) -> str:
    """A row in one line: region, what is counted, the value."""
    return say_mark(read_mark(row), view)


def say_mark(mark: Mark, view: View) -> str:
    """A mark in one line."""
    status = name_status(mark.status, view.words)
    parts = (view.region(mark.region), mark.subject, write_mark(mark, view.words), status)
    return " · ".join(part for part in parts if part)


def choose_row(key: str, ids: Sequence[str]) -> None:
    """Open the sentence of the chosen row."""
    for place in picked(key, "rows"):
        open_row(ids[int(place)])
        st.session_state.opened_by = "table"


def choose_option(key: str) -> None:
    """Open the sentence of the row chosen from the list."""
    open_row(st.session_state[key])
    st.session_state.opened_by = "choice"


def downloads(where: Clause, count: int, view: View) -> None:
    """The rows listed, on whatever page, and all of them, with every column; too many for one file are not offered."""
    data, version = view.dataset, view.dataset.version
    offered = {"shown": (where, count), "all": (EVERYTHING, len(data))}
    with st.container(horizontal=True):
        for name, (part, size) in offered.items():
            if size > MOST_SAVED:
                continue
            st.download_button(
                view.words(f"download.csv_{name}", count=size),
                lambda part=part: to_csv(data.read(part)),
                file_name=f"statistics_{name}_v{version}.csv",
                mime="text/csv",
                key=f"csv:{name}",
                icon=":material/download:",
                on_click="ignore",
            )
    if len(data) > MOST_SAVED:
        st.caption(view.words("download.too_many", most=MOST_SAVED))
