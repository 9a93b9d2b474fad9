"""Every row of an imported document beside its text: accept, correct, reject, add, undo; flagged rows come first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.cells import write_cell
from dashboard.components.form import Button, Choice, Pick, Radios, Text, Values, form
from dashboard.components.form import Row as Beside
from dashboard.load import find_store, load_places
from dashboard.passage import Row
from dashboard.revise import list_others, write_entry
from dashboard.store import StoredDocument
from dashboard.views.desk import SCOPES, Desk, open_desk, open_form, quote, say_verdict, select, step, undo
from dashboard.views.messages import show_messages
from dashboard.views.reading import reading_rows, reading_text
from dashboard.views.revising import add_row, correct_row
from dashboard.views.rows import say_flags, say_row
from dashboard.views.sentence import say_place
from dashboard.views.shortcuts import REVIEW_KEYS
from dashboard.views.view import View, plain
from dashboard.widgets import change, go, leave_out
from extract.table.reviews import Review

WIDTHS: Final = (3, 2)
# So many reviews that fit no row any more are named.
MOST_STALE: Final = 20
# Columns that few rows have, named where they are filled.
FURTHER: Final = (
    *("section", "status", "period_basis", "aggregation"),
    *("relative_to", "action", "of_row", "reporter"),
)


def review(view: View) -> None:
    """Draw the page."""
    words, store = view.words, find_store()
    st.title(words("page.review"))
    documents = store.documents() if store else []
    if store is None or not documents:
        st.info(words("review_page.none"))
        st.button(words("review_page.to_import"), key="to_import", on_click=go, args=("import",))
        return
    desk = open_desk(documents, store, view)
    head(desk, documents, view)
    view.keys.update(zip(REVIEW_KEYS, actions(desk).values(), strict=True))
    text, beside = st.columns(WIDTHS)
    with text:
        reading_text(
            store.text(desk.document.name) or "",
            desk.reviewed.rows,
            str(desk.row["id"]) if desk.row else "",
            f"review:{desk.document.name}",
            view,
            on_select=partial(select, desk),
            on_quote=partial(quote, desk),
        )
    with beside:
        with st.container():
            show_messages()
        card(desk, view)
        reading_rows(desk.queue, f"queue:{desk.document.name}", "review", view, on_select=partial(select, desk))
    stale(desk, view)
    dialogs(desk, view)


def actions(desk: Desk) -> dict[str, partial[None]]:
    """What a person can do, by name, in the order of the keys."""
    return {
        "accept": partial(say_verdict, desk, "accepted"),
        "edit": partial(open_form, "edit"),
        "reject": partial(say_verdict, desk, "rejected"),
        "undo": partial(undo, desk),
        "next": partial(step, desk, 1),
        "previous": partial(step, desk, -1),
        "add": partial(quote, desk),
    }


def head(desk: Desk, documents: Sequence[StoredDocument], view: View) -> None:
    """Which document, which rows, who reviews; how far it is."""
    words = view.words
    choices = [
        Choice(one.name, words("review_page.choice", title=one.facts.title, count=one.rows - one.reviewed))
        for one in documents
    ]
    scopes = [Choice(scope, words(f"review_page.scope_{scope}")) for scope in SCOPES]
    parts = [
        Pick("document", words("review_page.document"), choices, desk.document.name),
        Radios("scope", words("review_page.scope"), scopes, st.session_state.get("scope", "all")),
    ]
    form([Beside(parts)], "review_head", changed=choose)
    st.text_input(
        words("review_page.reviewer"),
        key="reviewer_box",
        value=st.session_state.get("reviewer", ""),
        max_chars=50,
        placeholder=words("review_page.reviewer_hint"),
        on_change=lambda: st.session_state.update(reviewer=st.session_state.reviewer_box.strip()),
        width=280,
    )
    total = len(desk.reviewed.rows)
    done = total - desk.count_open()
    st.progress(done / total if total else 1.0, words("review_page.progress", done=done, total=total))


def choose(values: Values) -> None:
    """Another document, or other rows of it."""
    st.session_state.scope = values["scope"]
    change(document=str(values["document"]), row=None)


def card(desk: Desk, view: View) -> None:
    """The selected row in full, and what can be said of it."""
    words, row = view.words, desk.row
    if row is None:
        st.info(words("review_page.empty"))
    else:
        with st.container(border=True):
            st.markdown(f"**{plain(say_row(row, view))}**")
            st.markdown("  \n".join(plain(line) for line in details(row, desk, view)))
    # With the row that the reader sees, for a press that comes while the page is turning.
    seen = str(row["id"]) if row else ""
    buttons = [
        Button(f"{name}:{seen}", words(f"review_page.{name}", letter=key))
        for name, key in zip(actions(desk), REVIEW_KEYS, strict=True)
    ]
    form(
        [Beside(buttons), Text(words("review_page.keys"))],
        "verdicts",
        pressed=partial(press, desk),
    )


def press(desk: Desk, button: str) -> None:
    """A button, unless it was pressed on a row that is no longer looked at."""
    name, _, seen = button.partition(":")
    if seen != (str(desk.row["id"]) if desk.row else ""):
        leave_out()
    else:
        actions(desk)[name]()


def details(row: Row, desk: Desk, view: View) -> Iterator[str]:
    """What stands in the row, line by line, with what it was before it was corrected."""
    words, codebook, others = view.words, view.dataset.codebook, list_others(row, desk.reviewed.rows)
    indicator = codebook.indicator_label(str(row["indicator"]), words.lang) if row["indicator"] else "–"
    yield words("review_page.raw", raw=row["raw"], place=say_place(row, load_places(desk.document.name), words))
    yield words("review_page.topic", indicator=indicator, theme=codebook.theme_label(str(row["theme"]), words.lang))
    yield words(
        "review_page.when",
        region=view.region(str(row["region"] or "")),
        period=row["period"] or "–",
        start=row["period_start"] or "–",
        end=row["period_end"] or "–",
    )
    yield words(
        "review_page.kind",
        kind=words.term("kind", str(row["kind"])),
        qualifier=words.term("qualifier", str(row["qualifier"])),
    )
    further = [
        words("filter.part", field=words(f"column.{name}"), values=say_cell(name, row[name], others, view))
        for name in FURTHER
        if row[name]
    ]
    if further:
        yield words("list.semicolon").join(further)
    if row["flags"]:
        yield words("review_page.flags", flags=say_flags(str(row["flags"]), words))
    if row["review"] != "unreviewed":
        yield words(
            "review_page.state",
            state=words.term("review", str(row["review"])),
            reviewer=row["reviewer"],
            at=str(row["reviewed_at"])[:10],
            reason=row["reason"] or "–",
        )
    for name, before in json.loads(row["original"] or "{}").items():
        yield words("review_page.before", column=words(f"column.{name}"), before=say_cell(name, before, others, view))


def say_cell(name: str, cell: Any, others: Mapping[str, str], view: View) -> str:
    """A cell in the reader's language, its row among ``others`` where it is the id of one."""
    entry = write_entry(cell)
    if name == "of_row":
        entry = others.get(entry, entry)
    return write_cell(name, entry, view.context) if entry else "–"


def stale(desk: Desk, view: View) -> None:
    """Reviews that fit no row any more, and corrections of what the rules now read otherwise: told, not lost."""
    for name, reviews in (("stale", desk.reviewed.stale), ("overtaken", desk.reviewed.overtaken)):
        if reviews:
            with st.expander(view.words(f"review_page.{name}", count=len(reviews))):
                st.markdown("  \n".join(plain(say_review(one, view)) for one in reviews[:MOST_STALE]))


def say_review(said: Review, view: View) -> str:
    """A review in a line."""
    pairs = {name: (said.old.get(name), cell) for name, cell in said.new.items()}
    changes = [
        f"{view.words(f'column.{name}')} {' → '.join(say_cell(name, cell, {}, view) for cell in pair)}"
        for name, pair in pairs.items()
    ]
    return view.words(
        "review_page.said",
        raw=said.raw,
        verdict=view.words.term("review", said.verdict),
        reviewer=said.reviewer,
        at=said.at[:10],
        changes=view.words.join(changes if said.old else []),
    )


def dialogs(desk: Desk, view: View) -> None:
    """The form that was asked for."""
    asked = st.session_state.pop("revising", None)
    if asked == "edit" and desk.row is not None:
        st.dialog(view.words("revise.edit"), width="large", on_dismiss="rerun")(correct_row)(desk, view)
    elif asked == "add":
        st.dialog(view.words("revise.add"), width="large", on_dismiss="rerun")(add_row)(desk, view)
