"""A report with every statistic marked."""

from __future__ import annotations

import streamlit as st

from dashboard.views.view import View


def source(view: View) -> None:
    """Draw the page."""
    st.title(view.words("page.source"))
