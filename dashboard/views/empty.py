"""What stands where the filters leave nothing: which of them does it, and a button that drops just that one."""

from __future__ import annotations

import streamlit as st

from dashboard.views.view import View
from dashboard.widgets import choose


def empty(view: View) -> None:
    """Say why there is nothing, and the ways out."""
    words, data, filters = view.words, view.dataset, view.filters
    if not len(data):
        st.info(words("error.empty"))
        return
    culprits = data.culprits(filters)
    is_one_enough = data.count(filters.without(culprits[0])) > 0
    st.warning(words("filter.empty") + words("filter.empty_culprit" if is_one_enough else "filter.empty_all"))
    with st.container(horizontal=True):
        for field in culprits:
            st.button(
                words("filter.drop", field=words(f"filter.{field}")),
                key=f"drop:{field}",
                on_click=choose,
                args=(filters.without(field),),
            )
