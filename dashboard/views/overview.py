"""The first page: the headline figures, who reported what, the comparison, its rows."""

from __future__ import annotations

import streamlit as st

from dashboard.views.coverage import coverage, headline
from dashboard.views.details import source, table
from dashboard.views.panels import comparison
from dashboard.views.view import View
from dashboard.widgets import language_control


def overview(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(words("app.title"), width="content")
        language_control(words)
    st.markdown(words("app.lead", regions=data.rows["region"].nunique(), count=len(data.rows)))
    if len(data.rows):
        headline(view)
        coverage(view)
    comparison(view)
    table(view)
    source(view)
    st.caption(words("app.footer", version=data.version))
