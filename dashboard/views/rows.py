"""The rows behind the charts as a table, a list to open their sentences from, and their downloads."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.captions import write_mark
from dashboard.compare import read_mark
from dashboard.export.table import to_csv
from dashboard.passage import Row
from dashboard.views.view import View
from dashboard.widgets import open_row, picked, turn
from dashboard.wording import Words

COLUMNS: Final = ("region", "theme", "indicator", "subject", "value", "raw", "kind", "period", "flags", "sentence")


def table(rows: pd.DataFrame, view: View) -> None:
    """The same rows as in the charts; a chosen one opens its sentence."""
    words = view.words
    st.subheader(words("table.title"))
    st.caption(words("table.lead"))
    shown, ids = show_rows(rows, view), list(rows["id"])
    key = turn("table")
    st.dataframe(
        shown,
        hide_index=True,
        column_config={
            "value": st.column_config.NumberColumn(words("table.value"), format="localized"),
            **{name: words(f"table.{name}") for name in COLUMNS if name != "value"},
        },
        placeholder="–",
        selection_mode="single-row",
        on_select=lambda: choose_row(key, ids),
        key=key,
        alt=words("table.alt", count=len(rows)),
    )
    labels = {row["id"]: say_row(row, view) for row in rows.to_dict("records")}
    st.selectbox(
        words("table.choose"),
        ids,
        index=None,
        format_func=labels.__getitem__,
        placeholder=words("table.choose_none"),
        key=(choice := turn("choice")),
        on_change=lambda: choose_option(choice),
    )
    downloads(rows, view)


def show_rows(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows in the reader's language; the value stays a number so that it sorts."""
    words, codebook = view.words, view.dataset.codebook
    lang = words.lang
    return pd.DataFrame(
        {
            "region": [view.region(region) for region in rows["region"]],
            "theme": [codebook.theme_label(theme, lang) for theme in rows["theme"]],
            "indicator": rows["indicator"].map(lambda name: codebook.indicator_label(name, lang), na_action="ignore"),
            "subject": rows["subject"],
            "value": rows["value"],
            "raw": rows["raw"],
            "kind": [words.term("kind", kind) for kind in rows["kind"]],
            "period": rows["period"],
            "flags": [say_flags(flags, words) for flags in rows["flags"]],
            "sentence": rows["sentence"],
        }
    )


def say_flags(flags: str, words: Words) -> str:
    """What a person should look at, in words."""
    return words.join([words.term("flag", flag) for flag in flags.split(";") if flag])


def say_row(row: Row, view: View) -> str:
    """A row in one line: region, what is counted, the value."""
    mark = read_mark(row)
    return " · ".join(part for part in (view.region(mark.region), mark.subject, write_mark(mark, view.words)) if part)


def choose_row(key: str, ids: list[str]) -> None:
    """Open the sentence of the chosen row."""
    for place in picked(key, "rows"):
        open_row(ids[int(place)])
        st.session_state.opened_by = "table"


def choose_option(key: str) -> None:
    """Open the sentence of the row chosen from the list."""
    open_row(st.session_state[key])
    st.session_state.opened_by = "choice"


def downloads(rows: pd.DataFrame, view: View) -> None:
    """The rows shown, and all of them."""
    version = view.dataset.version
    with st.container(horizontal=True):
        for name, part in (("shown", rows), ("all", view.dataset.rows)):
            st.download_button(
                view.words(f"download.csv_{name}", count=len(part)),
                partial(to_csv, part),
                file_name=f"statistics_{name}_v{version}.csv",
                mime="text/csv",
                key=f"csv:{name}",
                icon=":material/download:",
                on_click="ignore",
            )
