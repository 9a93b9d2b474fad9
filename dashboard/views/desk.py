"""The state of a review: whose rows, in which order, which of them is looked at; and what each verdict does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.ingest import find_selection
from dashboard.library import judge_rows
from dashboard.passage import Row
from dashboard.revise import judge, next_after, sort_queue
from dashboard.store import Store, StoredDocument, StoreError
from dashboard.views.messages import say_fault, tell
from dashboard.views.view import View
from dashboard.widgets import change, current, leave_out
from dashboard.wording import Words
from extract.table.reviews import Review, Reviewed

# Which rows of a document a reviewer wants to see.
SCOPES: Final = ("all", "open", "flagged")


@dataclass(frozen=True)
class Desk:
    """
    A document under review.

    ``queue`` are the rows of the chosen scope in the order in which they are looked at, ``row`` the selected one, None
    where there is none. ``kept`` counts the reviews that the session had kept when it was drawn.
    """

    store: Store
    document: StoredDocument
    reviewed: Reviewed
    queue: Sequence[Row]
    row: Row | None
    words: Words
    kept: int

    @property
    def ids(self) -> list[str]:
        """The rows of the queue."""
        return [str(row["id"]) for row in self.queue]

    def count_open(self) -> int:
        """How many rows nobody has looked at."""
        return sum(row["review"] == "unreviewed" for row in self.reviewed.rows)


def open_desk(documents: Sequence[StoredDocument], store: Store, view: View) -> Desk:
    """
    The document that the link names, or whose row it names, else the one with most rows that nobody has looked at; and
    the link made to say which row is looked at.
    """
    found = view.dataset.find(view.link.row) if view.link.row and not view.link.document else None
    wanted = view.link.document or (str(found["document"]) if found else None)
    named = [one for one in documents if one.name == wanted]
    document = named[0] if named else max(documents, key=lambda one: one.rows - one.reviewed)
    if wanted and not named:
        st.warning(view.words("review_page.gone"))
    reviewed = judge_rows(store.rows(document.name), store.reviews(document.name))
    queue = [row for row in sort_queue(reviewed.rows) if is_in(row, st.session_state.get("scope", "all"))]
    selected = [row for row in reviewed.rows if row["id"] == view.link.row]
    row = selected[0] if selected else (queue[0] if queue else None)
    if view.link.row and not selected and (named or not wanted):
        st.warning(view.words("sentence.gone"))
    change(document=document.name, row=str(row["id"]) if row else None)
    return Desk(store, document, reviewed, queue, row, view.words, count_kept())


def is_in(row: Row, scope: str) -> bool:
    """Whether a row is among those that the reviewer wants to see."""
    return scope == "all" or (row["review"] == "unreviewed" if scope == "open" else bool(row["flags"]))


def who() -> str:
    """The reviewer of this session, "" where nobody has said so."""
    return str(st.session_state.get("reviewer", ""))


def keep_review(desk: Desk, review: Review) -> None:
    """Keep what was said of a row, and turn to the next one."""
    # First of all: the next press may be heard, in a thread of its own, before this one is written.
    st.session_state.reviews_kept = count_kept() + 1
    try:
        desk.store.add_review(desk.document.name, review)
    except StoreError as error:
        tell(say_fault(error, desk.words), "error")
        return
    change(document=desk.document.name, row=next_after(desk.queue, review.row) or review.row)


def count_kept() -> int:
    """How many reviews this session has kept or is about to keep."""
    return int(st.session_state.get("reviews_kept", 0))


def say_verdict(desk: Desk, verdict: str) -> None:
    """Accept or reject the selected row."""
    if not who():
        tell(desk.words("review_page.who_first"), "warning")
    elif desk.row is not None and (current().row != desk.row["id"] or desk.kept != count_kept()):
        # Of two quick presses the second may still be meant for the row that the first has judged.
        leave_out()
    elif desk.row is not None:
        keep_review(desk, judge(desk.row, verdict, who()))


def undo(desk: Desk) -> None:
    """Take back what this reviewer said last, and look at it again."""
    if not who():
        tell(desk.words("review_page.who_first"), "warning")
        return
    try:
        review = desk.store.undo_review(desk.document.name, who())
    except StoreError as error:
        tell(say_fault(error, desk.words), "error")
        return
    if review is None:
        tell(desk.words("review_page.nothing_to_undo"), "warning")
        return
    tell(desk.words("review_page.undone", verdict=desk.words.term("review", review.verdict), raw=review.raw))
    change(document=desk.document.name, row=review.row if review.verdict != "added" else None)


def step(desk: Desk, by: int) -> None:
    """Turn to the next or the previous row of the queue, around its ends."""
    if desk.ids:
        current = str(desk.row["id"]) if desk.row else ""
        place = desk.ids.index(current) + by if current in desk.ids else 0
        select(desk, desk.ids[place % len(desk.ids)])


def select(desk: Desk, row: str) -> None:
    """Look at a row."""
    change(document=desk.document.name, row=row)


def open_form(name: str) -> None:
    """Open a form in a dialog at the next run: ``edit`` for the selected row, ``add`` for a passage."""
    st.session_state.revising = name


def quote(desk: Desk, selection: str = "") -> None:
    """Words of the text were selected to become a row: from which character on, and how many, without line breaks."""
    start, _, length = selection.partition(":")
    text = desk.store.text(desk.document.name) or ""
    span = find_selection(text, int(start), int(length)) if length else None
    st.session_state.quote_span = span
    st.session_state.quote = text[slice(*span)] if span else ""
    open_form("add")
