"""One indicator: what it means and who reported it."""

from __future__ import annotations

import streamlit as st

from dashboard.views.view import View


def indicator(view: View) -> None:
    """Draw the page."""
    st.title(view.words("page.indicator"))
