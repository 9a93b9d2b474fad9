"""The controls of the whole table: what is looked for, the order, the columns, a condition on any column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.cells import FILTER_FIELDS, say, write_cell
from dashboard.columns import DEFAULT_COLUMNS, PRESENCE, Condition, Listing, form_of, modes_of
from dashboard.filters import fold, meant, nameable
from dashboard.link import LONGEST_SEARCH
from dashboard.views.view import View, plain
from dashboard.widgets import change, current, mirror
from extract.table.record import REVIEWED_NAMES

# Days that a reader can enter; reports look back and plan ahead.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
DIRECTIONS: Final[Mapping[bool, str]] = {False: "data.order_up", True: "data.order_down"}
MODE_WORDS: Final[Mapping[str, str]] = {
    "in": "data.mode_in",
    "has": "data.mode_has",
    "between": "data.mode_between",
    "empty": "data.mode_empty",
    "filled": "data.mode_filled",
}


def current_listing() -> Listing:
    """How the table is listed at present."""
    return current().listing


def change_listing(**fields: Any) -> None:
    """Change fields of the listing (in a callback)."""
    set_listing(replace(current_listing(), **fields))


def set_listing(listing: Listing) -> None:
    """Make a listing the present one."""
    change(listing=listing)


def take(field: str, key: str) -> None:
    """A widget of the listing was changed: its value is the state."""
    value = st.session_state[key]
    change_listing(**{field: tuple(value) if isinstance(value, list) else value})


def controls(view: View, values: Mapping[str, Sequence[str]]) -> None:
    """Search, order, columns and conditions; ``values`` are what the choice columns can be."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        find_control(view)
        sort_control(view)
    columns_control(view)
    box = st.expander(view.words("data.filter"), icon=":material/filter_alt:", key="column_filter")
    with box.container(horizontal=True, vertical_alignment="bottom"):
        condition_control(view, values)


def find_control(view: View) -> None:
    """What is looked for in the cells shown."""
    st.text_input(
        view.words("data.find"),
        key=(key := mirror("find", current_listing().find, view.words)),
        on_change=take,
        args=("find", key),
        placeholder=view.words("data.find_hint"),
        max_chars=LONGEST_SEARCH,
        icon=":material/search:",
        width=280,
    )


def sort_control(view: View) -> None:
    """The column that the table is sorted by, and which end comes first."""
    words, listing = view.words, current_listing()
    st.selectbox(
        words("data.sort"),
        ("", *REVIEWED_NAMES),
        format_func=lambda name: words(f"column.{name}") if name else words("data.sort_none"),
        key=(key := mirror("sort", listing.sort, words)),
        on_change=take,
        args=("sort", key),
        width=220,
    )
    if not listing.sort:
        return
    st.segmented_control(
        words("data.order"),
        list(DIRECTIONS),
        format_func=lambda is_descending: words(DIRECTIONS[is_descending]),
        required=True,
        key=(key := mirror("is_descending", listing.is_descending, words)),
        on_change=take,
        args=("is_descending", key),
    )


def columns_control(view: View) -> None:
    """Which columns are shown."""
    words, listing = view.words, current_listing()
    with st.expander(words("data.columns"), icon=":material/view_column:", key="columns"):
        st.multiselect(
            words("data.columns"),
            REVIEWED_NAMES,
            format_func=lambda name: words(f"column.{name}"),
            key=(key := mirror("shown", list(listing.shown), words)),
            on_change=take_shown,
            args=(key,),
            help=words("data.columns_help"),
        )
        with st.container(horizontal=True):
            for name, shown in (("data.columns_all", REVIEWED_NAMES), ("data.columns_default", DEFAULT_COLUMNS)):
                st.button(
                    words(name),
                    key=name,
                    on_click=partial(change_listing, shown=shown),
                    disabled=listing.shown == shown,
                )


def take_shown(key: str) -> None:
    """The columns were changed; without any the usual ones come back."""
    change_listing(shown=tuple(st.session_state[key]) or DEFAULT_COLUMNS)


def condition_control(view: View, values: Mapping[str, Sequence[str]]) -> None:
    """A column, and what its cells must be."""
    words = view.words
    st.session_state.setdefault("condition_column", "value")
    column: str = st.selectbox(
        words("data.column"),
        REVIEWED_NAMES,
        format_func=lambda name: words(f"column.{name}"),
        key=(key := mirror("condition_column", st.session_state.condition_column, words)),
        on_change=lambda: st.session_state.update(condition_column=st.session_state[key]),
        width=220,
    )
    modes = modes_of(column)
    present = current_listing().condition(column)
    mode: str = modes[0]
    if len(modes) > 1:
        mode = st.segmented_control(
            words("data.mode"),
            modes,
            format_func=lambda mode: words(MODE_WORDS[mode]),
            required=True,
            key=(key := mirror(f"mode:{column}", present.mode if present else modes[0], words)),
            on_change=lambda: take_mode(column, key),
        )
    if mode == "in":
        choice_operands(view, column, values[column])
    elif mode == "has":
        text_operands(view, column)
    elif mode == "between":
        range_operands(view, column)


def take_mode(column: str, key: str) -> None:
    """Another question is asked of a column: presence answers itself, the others wait for their operands."""
    mode = st.session_state[key]
    listing = current_listing()
    set_listing(listing.put(Condition(column, mode)) if mode in PRESENCE else listing.drop(column))


def operands_of(column: str, mode: str) -> tuple[str, ...]:
    """What the present condition on a column asks for, where it asks in this mode."""
    present = current_listing().condition(column)
    return present.operands if present and present.mode == mode else ()


def put(column: str, mode: str, operands: tuple[str, ...]) -> None:
    """Set the condition on a column."""
    set_listing(current_listing().put(Condition(column, mode, operands)))


def choice_operands(view: View, column: str, values: Sequence[str]) -> None:
    """The values to choose among, and those chosen."""
    codebook, field = view.dataset.codebook, FILTER_FIELDS.get(column, column)
    # A group of themes is chosen as one.
    chosen = fold(field, operands_of(column, "in"), codebook)
    st.multiselect(
        view.words("data.values"),
        list(dict.fromkeys((*nameable(field, values, codebook), *chosen))),
        format_func=lambda value: write_cell(column, value, view.context),
        key=(key := mirror(f"in:{column}", list(chosen), view.words)),
        on_change=lambda: put(column, "in", meant(field, st.session_state[key], codebook)),
        placeholder=view.words("filter.all"),
        width=420,
    )


def text_operands(view: View, column: str) -> None:
    """The words that a text must hold; ``~`` stands between the conditions of a link."""
    st.text_input(
        view.words("data.text"),
        key=(key := mirror(f"has:{column}", " ".join(operands_of(column, "has")), view.words)),
        on_change=lambda: put(column, "has", tuple(st.session_state[key].replace("~", " ").split())),
        max_chars=LONGEST_SEARCH,
        width=280,
    )


def range_operands(view: View, column: str) -> None:
    """The two ends of a range of numbers or days, each of which may stay open."""
    words = view.words
    ends = operands_of(column, "between") or ("", "")
    keys: list[str] = []

    def take_ends() -> None:
        entered = [st.session_state[key] for key in keys]
        put(column, "between", tuple("" if end is None else write_operand(end) for end in entered))

    is_date = form_of(column) == "date"
    for place, name in enumerate(("first", "last") if is_date else ("low", "high")):
        end = ends[place]
        value = (date.fromisoformat(end) if is_date else float(end)) if end else None
        keys.append(mirror(f"{name}:{column}", value, words))
        if is_date:
            st.date_input(
                words(f"data.{name}"),
                value=None,
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                format="YYYY-MM-DD",
                key=keys[-1],
                on_change=take_ends,
                width=180,
            )
        else:
            label = words(f"data.{name}")
            st.number_input(label, value=None, format="%.15g", key=keys[-1], on_change=take_ends, width=180)


def write_operand(end: float | date) -> str:
    """An end of a range as a condition holds it: an ISO date, or the number without idle digits."""
    return end.isoformat() if isinstance(end, date) else f"{end:.15g}"


def chips(view: View) -> None:
    """The search and each condition, to be taken away by a click, and one reset of them all."""
    listing, words = current_listing(), view.words
    if not (listing.find or listing.conditions):
        return
    with st.container(horizontal=True, gap="small"):
        if listing.find:
            chip("find", words("data.say_find", text=listing.find), replace(listing, find=""), view)
        for condition in listing.conditions:
            chip(condition.column, say(condition, view.context), listing.drop(condition.column), view)
        st.button(
            words("data.reset"),
            key="reset_listing",
            type="tertiary",
            on_click=set_listing,
            args=(replace(listing, find="", conditions=()),),
        )


def chip(name: str, text: str, without: Listing, view: View) -> None:
    """One thing that restricts the table, and the listing without it."""
    st.button(
        plain(text),
        key=f"listing_chip:{name}",
        icon=":material/close:",
        on_click=set_listing,
        args=(without,),
        help=view.words("data.drop"),
    )
