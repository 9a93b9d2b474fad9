"""The whole tidy table."""

from __future__ import annotations

import streamlit as st

from dashboard.views.view import View


def data(view: View) -> None:
    """Draw the page."""
    st.title(view.words("page.data"))
