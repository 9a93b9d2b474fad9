"""Method, measured quality, version, self-checks, shortcuts."""

from __future__ import annotations

import streamlit as st

from dashboard.views.view import View


def about(view: View) -> None:
    """Draw the page."""
    st.title(view.words("page.about"))
