"""The forms of a review, each in a dialog: put a row right, or add one by naming a passage of the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from dashboard.ingest import LONGEST_PASSAGE, find_passage, suggest_rows
from dashboard.passage import Row
from dashboard.revise import ASKED, EntryError, add, correct, list_others, to_entries
from dashboard.views.desk import Desk, keep_review, who
from dashboard.views.view import View, plain
from dashboard.wording import Words
from extract.table.record import AGGREGATIONS, DIRECTIONS, KINDS, PERIOD_BASES, QUALIFIERS, STATUSES
from extract.table.reviews import Review

# Characters around a passage that tell its places apart.
AROUND: Final = 15
# Fields beside each other.
ACROSS: Final = 3
LONGEST: Final = 200
CODES: Final[Mapping[str, Sequence[str]]] = {
    "qualifier": QUALIFIERS,
    "kind": KINDS,
    "direction": ("", *DIRECTIONS),
    "status": ("", *STATUSES),
    "aggregation": ("", *AGGREGATIONS),
    "period_basis": ("", *PERIOD_BASES),
}
# Columns that say more of how to fill them in.
HELPED: Final = ("value", "region", "reporter", "relative_to", "action", "period_start", "period_end")


def correct_row(desk: Desk, view: View) -> None:
    """The selected row to put right."""
    if desk.row is not None:
        row_form(desk.row, desk, view, correct)


def add_row(desk: Desk, view: View) -> None:
    """A passage of the text, what the rules read in it, and the row to keep."""
    words, text = view.words, desk.store.text(desk.document.name) or ""
    quote = st.text_area(
        words("revise.quote"),
        st.session_state.get("quote", ""),
        max_chars=LONGEST_PASSAGE,
        help=words("revise.quote_help"),
        height=80,
    )
    spans = find_passage(text, quote)
    if not spans:
        st.info(words("revise.quote_missing" if quote.strip() else "revise.quote_first"))
        return
    selected = st.session_state.get("quote_span")
    span = selected if selected in spans else spans[0]
    if len(spans) > 1:
        span = st.selectbox(
            words("revise.which"), spans, index=spans.index(span), format_func=lambda one: show_around(text, one)
        )
    rows = suggest_rows(text, span, desk.document)
    present = {(row["start"], row["end"]) for row in desk.reviewed.rows}
    new = [row for row in rows if (row["start"], row["end"]) not in present]
    if not new:
        st.warning(words("revise.present"))
        return
    row = new[0]
    if len(new) > 1:
        row = st.selectbox(words("revise.number"), new, format_func=lambda one: str(one["raw"]))
    row_form(row, desk, view, add)


def show_around(text: str, span: tuple[int, int]) -> str:
    """A passage in its surroundings."""
    start, end = span
    return f"…{text[max(0, start - AROUND) : start]}【{text[start:end]}】{text[end : end + AROUND]}…".replace("\n", " ")


def row_form(row: Row, desk: Desk, view: View, make: Callable[..., Review]) -> None:
    """The columns of a row that a person may put right, and why; kept with one button."""
    words = view.words
    st.markdown(f"**{plain(str(row['raw']))}**　{plain(str(row['sentence']))}")
    with st.form(f"row:{row['id']}", border=False):
        asked = ask_all(to_entries(row), list_others(row, desk.reviewed.rows), view)
        reason = st.text_input(words("revise.reason"), max_chars=LONGEST, placeholder=words("revise.reason_hint"))
        is_done = st.form_submit_button(words("revise.save"))
    if not is_done:
        return
    if not who():
        st.warning(words("review_page.who_first"))
        return
    try:
        review = make(row, asked, desk.document.facts, who(), reason.strip())
    except EntryError as error:
        st.error(plain(words("revise.unreadable", column=words(f"column.{error.column}"), text=error.text)))
        return
    keep_review(desk, review)
    st.rerun()


def ask_all(entries: Mapping[str, str], others: Mapping[str, str], view: View) -> dict[str, str]:
    """
    All columns to fill in, a few beside each other, in an order that is the same for the eye and the Tab key.

    ``others`` are the rows to which this row may belong.
    """
    asked = {}
    for start in range(0, len(ASKED), ACROSS):
        line = ASKED[start : start + ACROSS]
        for name, column in zip(line, st.columns(ACROSS), strict=False):
            asked[name] = ask(name, entries[name], find_vocabulary(name, others, view), column, view.words)
    return asked


def ask(
    name: str,
    entry: str,
    choices: Mapping[str, str] | None,
    column: st.delta_generator.DeltaGenerator,
    words: Words,
) -> str:
    """One column of a row to fill in: from its vocabulary where it has one."""
    label = words(f"column.{name}")
    if choices is None:
        help = words(f"revise.{name}_help") if name in HELPED else None
        return column.text_input(label, entry, max_chars=LONGEST, help=help)
    options = list(choices) if entry in choices else [entry, *choices]
    return column.selectbox(
        label, options, index=options.index(entry), format_func=lambda code: choices.get(code, code) or "–"
    )


def find_vocabulary(name: str, others: Mapping[str, str], view: View) -> Mapping[str, str] | None:
    """The codes of a column with their words; None where a person may write anything."""
    words, codebook = view.words, view.dataset.codebook
    if name in CODES:
        return {code: words.term(name, code) if code else "" for code in CODES[name]}
    if name == "of_row":
        return {"": ""} | dict(others)
    if name == "theme":
        return {theme: codebook.theme_label(theme, words.lang) for theme in codebook.themes}
    if name == "indicator":
        return {"": ""} | {one: codebook.indicator_label(one, words.lang) for one in codebook.indicators}
    return None
