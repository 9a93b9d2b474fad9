"""All documents, rows and reviews as one file, for a colleague or a backup; it is dropped where reports are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from dashboard.store import Store
from dashboard.store.workspace import write_workspace
from dashboard.views.view import View

MEDIA_TYPE: Final = "application/zip"


def workspace(store: Store, view: View) -> None:
    """The way out."""
    words = view.words
    st.header(words("workspace.title"))
    st.caption(words("workspace.lead"))
    st.download_button(
        words("workspace.save", count=len(store.documents())),
        lambda: write_workspace(store),
        file_name=f"workspace_{datetime.now(UTC):%Y-%m-%d}.zip",
        mime=MEDIA_TYPE,
        key="workspace",
        on_click="ignore",
    )
