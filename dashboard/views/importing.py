"""Reports that a person brings: read file by file, looked at beside their text, put right, kept."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final

import streamlit as st

from dashboard.batch import FAILED, READ, STOPPED, WAITING, Batch, Entry, start_batch
from dashboard.components.intake import Offer, Piece, Wish, intake
from dashboard.ingest import Draft, read_draft, warm_up
from dashboard.load import find_store, refuse_twin
from dashboard.store import Merge, Store, StoreError
from dashboard.store.workspace import read_workspace
from dashboard.views.draft import look_at_drafts
from dashboard.views.jumps import Jump, jump_table
from dashboard.views.kept import kept_documents
from dashboard.views.messages import drafts_of, say_fault, show_messages
from dashboard.views.view import View, plain
from dashboard.views.workspace import workspace
from dashboard.wording import Words
from extract.readers import MOST_BYTES, SUFFIXES
from extract.table.errors import ReadError

# Seconds between two looks at a file that is being read: only at these can the reader stop it.
LOOK: Final = 0.25
# Beside reports a workspace can be dropped.
WORKSPACE: Final = ".zip"
SIGNS: Final = {WAITING: "…", READ: "✓", FAILED: "✗", STOPPED: "–"}
MEGA: Final = 1024 * 1024
# A longer list of files is folded away, unless something is wrong in it.
MOST_IN_SIGHT: Final = 12


def importing(view: View) -> None:
    """Draw the page."""
    words, store = view.words, find_store()
    st.title(words("page.import"))
    if store is None:
        return
    load_reader()
    st.markdown(words("import.lead"))
    # A place of their own: what stands below does not move when they are gone.
    with st.container():
        show_messages()
    batch: Batch | None = st.session_state.get("batch")
    zone, progress = st.container(), st.container()
    if batch:
        with progress:
            advance(batch, store, view)
    with zone:
        choose_files(batch, view)
    look_at_drafts(store, view)
    kept_documents(store, view)
    workspace(store, view)


def choose_files(batch: Batch | None, view: View) -> None:
    """Where files are dropped; while a batch is on its way the next piece of it is asked for."""
    wanted = batch.wish() if batch else None
    words = view.words
    intake(
        {
            "choose": words("import.choose"),
            "label": words("import.drop"),
            "hint": words("import.hint", suffixes=" ".join(SUFFIXES), limit=MOST_BYTES // MEGA),
        },
        (*SUFFIXES, WORKSPACE),
        Wish(batch.id, *wanted) if batch and wanted else None,
        "intake",
        offered=start,
        arrived=arrive,
        lost=lose,
    )


def start(name: str, offers: list[Offer]) -> None:
    """Files were dropped."""
    stop()
    st.session_state.batch = start_batch(name, [(offer.name, offer.size) for offer in offers])


def arrive(piece: Piece) -> None:
    """A piece came from the browser."""
    batch: Batch | None = st.session_state.get("batch")
    if batch and batch.id == piece.batch:
        batch.take(piece.file, piece.start, piece.data)


def lose(name: str) -> None:
    """The browser no longer has the rest of a batch."""
    batch: Batch | None = st.session_state.get("batch")
    if batch and batch.id == name:
        batch.stop()


def stop() -> None:
    """The reader wants no more of them."""
    if batch := st.session_state.get("batch"):
        batch.stop()


def advance(batch: Batch, store: Store, view: View) -> None:
    """How far the batch is; a file that has come is read while the bar is shown."""
    words, place, total = view.words, batch.place(), len(batch.entries)
    if place is not None:
        entry, holder = batch.entries[place], st.empty()
        bar, button = holder.container().columns((5, 1), vertical_alignment="center")
        share = min(1.0, (place + len(batch.held) / entry.size) / total)
        text = plain(words("import.reading", number=place + 1, total=total, name=entry.name))
        shown = bar.progress(share, text)
        button.button(words("import.stop"), key="stop", on_click=stop, width="stretch")
        if future := batch.read(lambda data: submit(data, entry.name, store)):
            # In a thread: a click ends this run at the next look, and the next run goes on waiting.
            while not wait([future], LOOK).done:
                shown.progress(share, text)
            batch.reading = None
            settle(entry, future, store)
            if batch.place() is None:
                holder.empty()
    table(batch, view)


def submit(data: bytes, name: str, store: Store) -> Future[Draft | Merge]:
    """Read a file, or take a workspace in."""
    if name.lower().endswith(WORKSPACE):
        return load_reader().submit(read_workspace, store, data, name)
    return load_reader().submit(read_draft, data, name)


def settle(entry: Entry, future: Future[Draft | Merge], store: Store) -> None:
    """What became of a file: a draft to look at, a workspace taken in, or why neither."""
    try:
        result = future.result()
        if isinstance(result, Draft):
            refuse_twin(result, store)
    except (ReadError, StoreError) as error:
        entry.fail(error)
        return
    if isinstance(result, Draft):
        drafts_of()[result.checksum] = result
        entry.succeed(len(result.rows))
        return
    entry.succeed(0, result)


def table(batch: Batch, view: View) -> None:
    """What became of each file."""
    words = view.words
    rows = [
        [Jump(entry.name), Jump(write_size(entry.size), is_number=True), Jump(say_state(entry, words))]
        for entry in batch.entries
    ]
    head = [Jump(words("import.file")), Jump(words("import.size"), is_number=True), Jump(words("import.state"))]
    caption = words("import.batch", done=batch.count_done(), total=len(batch.entries))
    with st.expander(caption, expanded=len(rows) <= MOST_IN_SIGHT or any(entry.error for entry in batch.entries)):
        jump_table(caption, head, rows, "batch_table", "import", view)


def say_state(entry: Entry, words: Words) -> str:
    """What became of a file, in a line."""
    if entry.error:
        return f"{SIGNS[entry.state]} {say_fault(entry.error, words)}"
    text = words(f"import.state_{entry.state}", count=entry.rows)
    if merge := entry.merge:
        text = words("workspace.merged", added=len(merge.added), known=len(merge.known), reviews=merge.reviews)
    return f"{SIGNS[entry.state]} {text}"


def write_size(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / MEGA:,.1f} MB" if count >= MEGA else f"{count / 1024:,.0f} KB"


@st.cache_resource(show_spinner=False)
def load_reader() -> ThreadPoolExecutor:
    """The thread that waits for the process that reads, which starts now: it takes a second or two."""
    reader = ThreadPoolExecutor(1)
    reader.submit(warm_up)
    return reader
