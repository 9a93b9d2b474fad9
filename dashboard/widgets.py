"""
Every input that pages share, and the state behind them: widgets, session state and address always say the same.

Session state holds one ``link``; ``published`` is the address last written, or at first the one that was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.link import Link, from_params, to_params
from dashboard.options import Options
from dashboard.wording import Words, match_language

# Marks an address to which a callback jumped.
JUMP_PARAM: Final = "j"


@dataclass(frozen=True, slots=True)
class Correction:
    """A query to put in place of the present one, "" for none; of two equal ones the number tells the later."""

    query: str = ""
    number: int = 0


def restore(dataset: Dataset) -> None:
    """
    Take the state from the address where it says something new: at the start of a session, after the browser's back,
    or where a link between pages says more than the page.

    An address that differs while a widget has just changed, or with a press that was left out, is only late, and the
    state is right. A bare address comes from the navigation, which hands the view on as it is.
    """
    is_late = st.session_state.pop("is_late", False)
    incoming = {name: value for name, value in st.query_params.to_dict().items() if name != JUMP_PARAM}
    published = st.session_state.get("published")
    is_new = incoming and incoming != published and not is_late
    if published is None or (is_new and to_params(current(), dataset.codebook) == published):
        st.session_state.asked_version = incoming.get("v")
        st.session_state.link, st.session_state.unknown = read_address(incoming, dataset)
        # Known from here on: a reader may turn to another page before the first run has ended.
        st.session_state.setdefault("published", to_params(current(), dataset.codebook))


def leave_out() -> None:
    """A press came too late to mean what is shown: it does nothing, and the address that it brings says nothing."""
    st.session_state.is_late = True


def arrive(page: str) -> None:
    """A page opened from the navigation leaves the open sentence behind."""
    if page != st.session_state.get("page", page) and not st.query_params:
        open_row(None)
    st.session_state.page = page


def has_bounced(page: str) -> bool:
    """
    Whether the browser's back has met the step that Streamlit adds to a jump: the new parameters on the old page.

    The step before it is where the reader came from.
    """
    return JUMP_PARAM in st.query_params and page == st.session_state.get("origin")


def read_address(params: Mapping[str, str], dataset: Dataset) -> tuple[Link, tuple[str, ...]]:
    """What an address says of this data, in the browser's language where it names none; and its unknown codes."""
    link, unknown = from_params(params, dataset.vocabulary, dataset.codebook)
    return replace(link, lang=link.lang or match_language(st.context.locale), version=dataset.version), unknown


def publish(dataset: Dataset) -> Correction:
    """
    Write the state into the address bar; what the opened link lacked is told until the reader moves on.

    Returns:
        What to put in place of the present query: an address that says the same in other words, or nothing yet, is
        completed and not added to, for one more step would lead the browser's back here again. So is one that was
        right when the browser sent it: of two quick changes the first may have been written since.
    """
    params = to_params(current(), dataset.codebook)
    has_changed = st.session_state.published != params
    if has_changed:
        st.session_state.unknown, st.session_state.asked_version = (), None
    st.session_state.published = params
    address = st.query_params.to_dict()
    if address == params:
        return correct(params) if has_changed else Correction()
    if not address or read_address(address, dataset)[0] == current():
        return correct(params)
    st.query_params.from_dict(params)
    return Correction()


def correct(params: Mapping[str, str]) -> Correction:
    """The next correction of the address."""
    st.session_state.corrections = st.session_state.get("corrections", 0) + 1
    return Correction(urlencode(params), st.session_state.corrections)


def current() -> Link:
    """The present state."""
    link: Link = st.session_state.link
    return link


def change(**fields: Any) -> None:
    """Change fields of the link (before the widgets are drawn: at the start of a run or in a callback)."""
    before, link = current(), replace(current(), **fields)
    if link.filters != before.filters:
        # All comparisons were asked for of the selection before.
        link = replace(link, options=replace(link.options, extent=Options().extent))
    st.session_state.link = link


def change_options(**options: str) -> None:
    """Change how comparisons are drawn."""
    change(options=replace(current().options, **options))


def choose(filters: Filters) -> None:
    """Make a selection the present one."""
    change(filters=filters)


def go(page: str, **fields: Any) -> None:
    """Change the link and turn to a page; for callbacks, where no page can be switched yet."""
    change(**fields)
    st.session_state.origin, st.session_state.destination = st.session_state.page, page


def open_row(row: str | None) -> None:
    """Show the sentence of a row, or close it."""
    change(row=row)


def mirror(name: str, value: object, words: Words) -> str:
    """
    The key of a widget that shows a part of the state, in one language.

    The state stands apart from it: Streamlit forgets a widget that one run does not draw, and takes old labels for
    values where the labels of a widget change under it.
    """
    key = f"{name}:{words.lang}"
    st.session_state[key] = value
    return key


def take(name: str, key: str) -> None:
    """Another field of the link was changed."""
    change(**{name: st.session_state[key]})


def turn(key: str) -> str:
    """The present key of a widget that forgets its selection when it is turned."""
    return f"{key}:{st.session_state.get(f'turn:{key}', 0)}"


def forget(key: str) -> None:
    """Let a chart or table forget what is selected in it, so that the same thing can be selected again."""
    st.session_state[f"turn:{key}"] = st.session_state.get(f"turn:{key}", 0) + 1


def picked(key: str, part: str) -> list[Any]:
    """What is selected in a chart (``points``) or a table (``rows``, ``cells``), read in its callback."""
    return list(st.session_state[key]["selection"][part])


def pick_control(name: str, values: Sequence[Any], write: Callable[[Any], str], words: Words, **settings: Any) -> Any:
    """A field of the link as a list to pick from; the first value where the link has none that is offered."""
    value = getattr(current(), name)
    if value not in values:
        value = values[0]
    return st.selectbox(
        words(f"pick.{name}"),
        values,
        format_func=write,
        key=(key := mirror(name, value, words)),
        on_change=take,
        args=(name, key),
        **settings,
    )
