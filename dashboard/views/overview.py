"""The first page: who reported what, and the comparisons with most regions."""

from __future__ import annotations

import streamlit as st

from dashboard.views.coverage import coverage, headline
from dashboard.views.view import View


def overview(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    st.title(words("app.title"))
    regions = data.vocabulary.values["regions"]
    st.markdown(words("app.lead", regions=len([region for region in regions if region]), count=len(data)))
    if len(data):
        headline(view)
        coverage(view)
