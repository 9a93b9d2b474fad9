"""The whole tidy table."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.cells import find, order, show, write_cell
from dashboard.clauses import all_of
from dashboard.mark import read_marks
from dashboard.tabular import to_tsv
from dashboard.views.controls import show_selection
from dashboard.views.empty import empty
from dashboard.views.listing import chips, controls, current_listing
from dashboard.views.rows import chooser, downloads, grid
from dashboard.views.view import View
from extract.table.record import REVIEWED_COLUMNS, Column

# A browser holds more, but grows slow.
PAGE_ROWS: Final = 1000


def data(view: View) -> None:
    """Draw the page."""
    words = view.words
    st.title(words("page.data"))
    st.caption(words("data.lead"))
    show_selection(view, view.filters)
    if view.dataset.count(view.filters):
        listed(view)
    else:
        empty(view)
    dictionary(view)


def listed(view: View) -> None:
    """The rows that pass the filters, as the reader wants them listed, page by page."""
    words, data = view.words, view.dataset
    cells = data.vocabulary.cells
    controls(view, cells)
    listing = current_listing()
    chips(view)
    where = all_of([data.where(view.filters), listing.where(), find(listing, cells, view.context)])
    count = data.count_rows(where)
    st.caption(words("data.shown", count=f"{count:,}", total=f"{len(data):,}"))
    if not count:
        st.warning(words("data.none"))
        return
    first = (pick_page(count, view) - 1) * PAGE_ROWS
    kept = data.page(where, first, PAGE_ROWS, order(listing, cells, view.context))
    shown = show(kept, listing.shown, view.context)
    grid(shown, list(kept["id"]), view)
    chooser(read_marks(kept), view)
    downloads(where, count, view)
    copy(shown, count, view)


def pick_page(count: int, view: View) -> int:
    """Which page is shown, from 1; another selection begins at its first page."""
    pages = -(-count // PAGE_ROWS)
    if pages == 1:
        return 1
    key = f"page:{hash((view.filters, current_listing()))}"
    label = view.words("data.page", pages=pages, rows=PAGE_ROWS)
    return int(st.number_input(label, min_value=1, max_value=pages, step=1, key=key, width=220))


def copy(shown: pd.DataFrame, count: int, view: View) -> None:
    """The page as text for a spreadsheet, made when it is asked for."""
    words = view.words
    box = st.expander(words("data.copy"), icon=":material/content_copy:", key="copy", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption(words("data.copy_lead", count=len(shown)))
        if count > len(shown):
            st.caption(words("data.copy_many", most=len(shown), count=count))
        labels = {name: words(f"column.{name}") for name in shown.columns}
        st.code(to_tsv(shown.rename(columns=labels)), language=None, height=240)


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
