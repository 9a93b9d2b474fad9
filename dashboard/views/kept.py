"""The documents that are kept: what they are, how far they are reviewed, and what can be done with each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard.components.form import Button, Choice, Fold, Pick, Row, Values, form
from dashboard.ingest import extract_again, is_outdated, place_region
from dashboard.link import ReportKey
from dashboard.store import Facts, Store, StoredDocument, StoreError
from dashboard.views.draft import ask_facts
from dashboard.views.jumps import Jump, jump_table
from dashboard.views.messages import say_fault, show_messages, tell
from dashboard.views.view import View, plain
from dashboard.widgets import go
from dashboard.wording import Words
from extract.language.rulebook import fingerprint
from extract.table.errors import ReadError

# Where this part of the page says what was done.
HERE: Final = "kept"


def kept_documents(store: Store, view: View) -> None:
    """Draw the list, and below it what can be done with one of them."""
    words, documents = view.words, store.documents()
    st.header(words("kept.title"))
    with st.container():
        show_messages(HERE)
    if documents:
        table(documents, view)
        actions(documents, store, view)
    else:
        st.caption(words("kept.none"))
    st.caption(plain(words("kept.place", place=store.place)))
    if removed := store.removed():
        removed_documents(removed, store, words)


def table(documents: Sequence[StoredDocument], view: View) -> None:
    """Each document with a way to its text and to its review."""
    words = view.words
    head = [
        *(Jump(words(f"kept.{name}")) for name in ("document", "region", "date")),
        *(Jump(words(f"kept.{name}"), is_number=True) for name in ("rows", "reviewed")),
        *(Jump(words(f"kept.{name}")) for name in ("file", "state")),
    ]
    rows = [
        [
            Jump(one.facts.title, page="source", fields={"report": ReportKey(one.name, 1), "row": None}),
            Jump(view.region(one.facts.region) if one.facts.region else "–"),
            Jump(one.facts.reference_date or "–"),
            Jump(str(one.rows), is_number=True),
            Jump(str(one.reviewed), page="review", fields={"document": one.name, "row": None}, is_number=True),
            Jump(one.file_name),
            Jump(words("kept.outdated" if is_outdated(one) else "kept.current")),
        ]
        for one in documents
    ]
    jump_table(words("kept.title"), head, rows, "kept", "import", view)


def actions(documents: Sequence[StoredDocument], store: Store, view: View) -> None:
    """What can be done with the chosen document."""
    words = view.words
    names = [one.name for one in documents]
    chosen = st.session_state.get("kept_document")
    document = documents[names.index(chosen)] if chosen in names else documents[-1]
    choices = [Choice(one.name, one.facts.title) for one in documents]
    buttons = [Button(name, words(f"kept.{name}")) for name in ("review", "edit", "extract", "remove")]
    form(
        [Row([Pick("document", words("kept.choose"), choices, document.name), *buttons])],
        "kept_actions",
        changed=choose,
        pressed=partial(press, document=document, store=store, words=words),
    )
    outdated = [one for one in documents if is_outdated(one)]
    if outdated:
        st.button(
            words("kept.extract_all", count=len(outdated)),
            key="extract_all",
            help=words("kept.extract_help"),
            on_click=extract,
            args=(outdated, store, words),
        )
    if st.session_state.pop("editing_facts", None) == document.name:
        st.dialog(words("facts.title_of_form"), width="large")(edit)(document, store, view)


def choose(values: Values) -> None:
    """Another document is worked on."""
    st.session_state.kept_document = values["document"]


def press(name: str, document: StoredDocument, store: Store, words: Words) -> None:
    """One of the buttons beside the list."""
    st.session_state.kept_document = document.name
    if name == "review":
        go("review", document=document.name, row=None)
    elif name == "edit":
        st.session_state.editing_facts = document.name
    elif name == "extract":
        extract([document], store, words)
    else:
        change(partial(store.remove, document.name), words("kept.removed", title=document.facts.title), words)


def change(act: partial[None], done: str, words: Words) -> None:
    """Change the store and say so, or why not."""
    try:
        act()
    except StoreError as error:
        tell(say_fault(error, words), "error", HERE)
        return
    tell(done, place=HERE)


def extract(documents: Sequence[StoredDocument], store: Store, words: Words) -> None:
    """Read the rows of documents anew under the present rules; what people said of them stays."""
    for document in documents:
        update(document, document.facts, store, words)


def update(document: StoredDocument, facts: Facts, store: Store, words: Words) -> None:
    """Keep facts of a document, and the rows that follow from them."""
    try:
        rows = extract_again(document, store.text(document.name) or "", store.places(document.name), facts)
        kept = store.replace_rows(document.name, rows, fingerprint(), facts)
    except (ReadError, StoreError) as error:
        tell(say_fault(error, words), "error", HERE)
        return
    said = words("kept.extracted", title=facts.title, before=document.rows, count=kept.rows)
    tell(said, place=HERE)


def edit(document: StoredDocument, store: Store, view: View) -> None:
    """The facts of a kept document in a dialog."""
    words = view.words
    with st.form("kept_facts", border=False):
        facts = ask_facts(document.facts, [document.facts.region], words)
        is_done = st.form_submit_button(words("facts.save"))
    if is_done:
        update(document, place_region(facts, document.facts), store, words)
        st.rerun()


def removed_documents(removed: Sequence[StoredDocument], store: Store, words: Words) -> None:
    """Undone imports, folded away: each can come back, or go for good."""
    choices = [Choice(one.name, one.facts.title) for one in removed]
    chosen = st.session_state.get("removed_document")
    document = next((one for one in removed if one.name == chosen), removed[-1])
    pick = Pick("removed", words("kept.choose"), choices, document.name)
    buttons = [Button(name, words(f"kept.{name}"), help=words(f"kept.{name}_help")) for name in ("restore", "erase")]
    form(
        [Fold("removed_fold", words("kept.removed_title", count=len(removed)), [pick, *buttons])],
        "removed_actions",
        changed=choose_removed,
        pressed=partial(press_removed, document=document, store=store, words=words),
    )


def choose_removed(values: Values) -> None:
    """Another removed document is worked on."""
    st.session_state.removed_document = values["removed"]


def press_removed(name: str, document: StoredDocument, store: Store, words: Words) -> None:
    """Bring a document back, or erase it."""
    act = store.restore if name == "restore" else store.erase
    done = words("kept.restored" if name == "restore" else "kept.erased", title=document.facts.title)
    change(partial(act, document.name), done, words)
