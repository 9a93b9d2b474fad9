"""The comparison: what is selected in a sentence, how it is drawn, then a card for every comparable panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.compare import Panel
from dashboard.components.form import Button, Choice, Menu, Part, Row, Text, form
from dashboard.export.contents import Comparison
from dashboard.exports import collect, compare_panels, today
from dashboard.naming import name_time
from dashboard.outlines import Outline, rank_panels
from dashboard.views.card import card, fields_of
from dashboard.views.controls import press, selection
from dashboard.views.downloads import ALL, downloads, is_offered, offer
from dashboard.views.drawing import drawing_parts, press_drawing, suggestion_parts, take_options
from dashboard.views.empty import empty
from dashboard.views.rows import say_mark
from dashboard.views.view import View
from dashboard.widgets import change_options, go, open_row

# So many panels are drawn at once where nothing says which ones are wanted.
FIRST_UNFILTERED, FIRST_BY_PLACE = 1, 6
# More statistics than this are not all compared at once; of them at most so many panels are drawn, or exported.
MOST_AT_ONCE, MOST_LARGE = 3000, 24


def compare(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    rows = data.count(view.filters)
    if not rows:
        heading(view)
        empty(view)
        return
    outlines = rank_panels(data.outlines(view.filters))
    shown = data.panels(view.filters, outlines[: count_first(outlines, view)], view.options.readings)
    heading(
        view,
        Text(words("compare.shown", rows=rows, panels=len(outlines)) + " · " + words("compare.open")),
        *drawing_parts(shown, view),
        *([] if view.filters.active() else suggestion_parts(outlines, view)),
        panels=shown,
    )
    cards(shown, view)
    below(shown, len(outlines), rows, view)
    if is_offered(ALL):
        offered = outlines if rows <= MOST_AT_ONCE else outlines[:MOST_LARGE]
        downloads_of_all(data.panels(view.filters, offered, view.options.readings), view)


def below(shown: Sequence[Panel], panels: int, rows: int, view: View) -> None:
    """What else there is: further panels, the sentence of each statistic (the way for a keyboard), and the table."""
    words = view.words
    sentences = [
        Choice(mark.id, " · ".join(part for part in (say_mark(mark, view), name_time(mark, words)) if part))
        for panel in shown
        for mark in panel.ends()
    ]
    parts: list[Part] = [
        Menu("read", words("table.choose"), words("table.choose_none"), words("headline.read"), sentences),
        Button("rows", words("compare.rows", count=rows)),
        Button("downloads", words("compare.download_all", count=panels if rows <= MOST_AT_ONCE else MOST_LARGE)),
    ]
    if left := panels - len(shown):
        parts.insert(0, Button("more", words("compare.more", count=left)))
    form([Row(parts)], "below", pressed=partial(press_below, view=view))


def press_below(name: str, view: View) -> None:
    """A button or a sentence below the charts."""
    what, _, row = name.partition(":")
    if what == "read":
        open_row(row)
    elif what == "rows":
        go("data")
    elif what == "downloads":
        offer(ALL)
    else:
        change_options(extent="all")


def heading(view: View, *further: Part, panels: Sequence[Panel] = ()) -> None:
    """What is selected, in a sentence and as chips, and how it is drawn."""
    st.title(view.words("page.compare"))
    form(
        [*selection(view, view.filters), *further],
        "heading",
        changed=partial(take_options, view=view),
        pressed=partial(press_heading, panels=panels, view=view),
    )


def press_heading(name: str, panels: Sequence[Panel], view: View) -> None:
    """A button above the charts."""
    if not press_drawing(name, panels, view):
        press(view, name)


def count_first(panels: Sequence[Outline], view: View) -> int:
    """
    How many panels are drawn: all of a chosen theme or indicator, else the first ones until more are asked for.

    Of very many statistics never all at once: each of those panels is a question of its own.
    """
    filters = view.filters
    is_large = sum(panel.count for panel in panels) > MOST_AT_ONCE
    if filters.themes or filters.indicators or view.options.extent == "all":
        most = MOST_LARGE if view.options.extent == "all" else FIRST_BY_PLACE
        return most if is_large else len(panels)
    return FIRST_BY_PLACE if filters.active() else FIRST_UNFILTERED


def cards(panels: Sequence[Panel], view: View) -> None:
    """The panels as cards, two beside each other where there are several."""
    drawn = draw_panels(panels, view)
    if len(drawn) == 1:
        card(drawn[0], view)
        return
    # Pair by pair, so that a phone, which puts columns under each other, keeps the order.
    for start in range(0, len(drawn), 2):
        for column, one in zip(st.columns(2), drawn[start : start + 2], strict=False):
            with column:
                card(one, view)


def draw_panels(panels: Sequence[Panel], view: View) -> list[Comparison]:
    """The panels as they are drawn under the present options, each with the address of its own."""

    def address(panel: Panel) -> str:
        return view.address("compare", **fields_of(panel, view))

    return compare_panels(panels, view.options, view.dataset, view.words, address)


def downloads_of_all(panels: Sequence[Panel], view: View) -> None:
    """Every comparison under the present filters, those that are not drawn yet too."""
    comparisons = draw_panels(panels, view)
    address = view.address("compare", options=replace(view.options, extent="all"), row=None)
    downloads(collect(comparisons, view.filters, view.dataset, view.words, address, today()), view)
