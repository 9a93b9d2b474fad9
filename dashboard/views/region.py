"""One region's whole report in figures."""

from __future__ import annotations

import streamlit as st

from dashboard.views.view import View


def region(view: View) -> None:
    """Draw the page."""
    st.title(view.words("page.region"))
