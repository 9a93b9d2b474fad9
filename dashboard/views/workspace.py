"""All documents, rows and reviews as one file, for a colleague or a backup; and such a file back in."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.store import Store, StoreError
from dashboard.store.workspace import read_workspace, write_workspace
from dashboard.views.messages import say_fault, tell
from dashboard.views.view import View
from dashboard.widgets import forget, turn

MEDIA_TYPE = "application/zip"


def workspace(store: Store, view: View) -> None:
    """The two ways."""
    words = view.words
    st.header(words("workspace.title"))
    st.caption(words("workspace.lead"))
    out, back = st.columns(2)
    out.download_button(
        words("workspace.save", count=len(store.documents())),
        lambda: write_workspace(store),
        file_name=f"workspace_{datetime.now(UTC):%Y-%m-%d}.zip",
        mime=MEDIA_TYPE,
        key="workspace",
        on_click="ignore",
    )
    given = back.file_uploader(words("workspace.load"), "zip", key=(key := turn("workspace_file")))
    if given is not None:
        merge(given.getvalue(), store, view)
        forget("workspace_file")
        del st.session_state[key]
        st.rerun()


def merge(data: bytes, store: Store, view: View) -> None:
    """Take a workspace in, whole or not at all."""
    words = view.words
    try:
        merged = read_workspace(store, data)
    except StoreError as error:
        tell(say_fault(error, words), "error")
        return
    tell(words("workspace.merged", added=len(merged.added), known=len(merged.known), reviews=merged.reviews))
