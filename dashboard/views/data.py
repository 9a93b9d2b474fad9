"""The whole tidy table."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.cells import find, show, sort, write_cell
from dashboard.columns import CHOICE_COLUMNS, find_values
from dashboard.compare import read_marks
from dashboard.tabular import to_tsv
from dashboard.views.controls import show_selection
from dashboard.views.empty import empty
from dashboard.views.listing import chips, controls, current_listing
from dashboard.views.rows import chooser, downloads, grid
from dashboard.views.view import View
from extract.record import REVIEWED_COLUMNS, Column

# A browser's clipboard takes more, but a page that holds it grows slow.
MOST_COPIED: Final = 2000


def data(view: View) -> None:
    """Draw the page."""
    words = view.words
    st.title(words("page.data"))
    st.caption(words("data.lead"))
    show_selection(view, view.filters)
    rows = view.dataset.select(view.filters)
    if rows.empty:
        empty(view)
    else:
        listed(rows, view)
    dictionary(view)


def listed(rows: pd.DataFrame, view: View) -> None:
    """The rows that pass the filters, as the reader wants them listed."""
    words = view.words
    controls(view, {column: find_values(rows, column) for column in CHOICE_COLUMNS})
    listing = current_listing()
    chips(view)
    ordered = sort(listing.apply(rows), listing, view.context)
    shown = find(show(ordered, listing.shown, view.context), listing.find)
    kept = ordered.loc[shown.index]
    st.caption(words("data.shown", count=len(kept), total=len(view.dataset)))
    if kept.empty:
        st.warning(words("data.none"))
        return
    grid(shown, list(kept["id"]), view)
    chooser(read_marks(kept), view)
    downloads(kept, view)
    copy(shown, view)


def copy(shown: pd.DataFrame, view: View) -> None:
    """The table as text for a spreadsheet, made when it is asked for."""
    words, count = view.words, len(shown)
    box = st.expander(words("data.copy"), icon=":material/content_copy:", key="copy", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(words("data.copy_lead", count=min(count, MOST_COPIED)))
        if count > MOST_COPIED:
            st.caption(words("data.copy_many", most=MOST_COPIED, count=count))
        labels = {name: words(f"column.{name}") for name in shown.columns}
        st.code(to_tsv(shown.head(MOST_COPIED).rename(columns=labels)), language=None, height=240)


def dictionary(view: View) -> None:
    """What each column of the tidy table is, in the order of its files."""
    words = view.words
    with st.expander(words("data.dictionary"), icon=":material/menu_book:"):
        lines = [
            {
                words("data.label"): words(
                    "data.named",
                    label=words(f"column.{column.name}"),
                    name=f"`{column.name}`",
                    type=words(f"data.type_{column.type}"),
                ),
                words("data.meaning"): explain(column, view),
            }
            for column in REVIEWED_COLUMNS
        ]
        st.table(pd.DataFrame(lines), border="horizontal", hide_index=True, alt=words("data.dictionary"))


def explain(column: Column, view: View) -> str:
    """What a column means, with the values of a closed vocabulary as they stand in files and in words."""
    words = view.words
    meaning = words(f"column.{column.name}_meaning")
    if not column.values:
        return meaning
    named = [f"`{value}` {write_cell(column.name, value, view.context)}" for value in column.values]
    return words("data.vocabulary", meaning=meaning, values=words.join(named))
