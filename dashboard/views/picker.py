"""A list of statistics to open a sentence from: the way for the keyboard, and for a finger on a narrow bar."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.views.rows import say_row
from dashboard.views.view import View
from dashboard.widgets import open_row, turn


def sentence_picker(rows: pd.DataFrame, view: View) -> None:
    """The rows, each in a line; the chosen one opens its sentence."""
    words = view.words
    labels = {str(row["id"]): say_row(row, view) for row in rows.to_dict("records")}
    st.selectbox(
        words("table.choose"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=words("table.choose_none"),
        key=(key := turn("picker")),
        on_change=lambda: choose_option(key),
    )


def choose_option(key: str) -> None:
    """Open the sentence of the row chosen from the list."""
    open_row(st.session_state[key])
    st.session_state.opened_by = "picker"
