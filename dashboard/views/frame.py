"""What stands around every page: navigation, title, language, warnings about the link, the footer."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.components.shortcuts import shortcuts
from dashboard.views.sentence import sentence
from dashboard.views.view import View, plain
from dashboard.widgets import publish
from dashboard.wording import small

# The page's language, for screen readers and the browser's choice of Han glyphs; Streamlit has no setting for it.
SCRIPT: Final = "<script>document.documentElement.lang = '{tag}'{replace}</script>"
REPLACE: Final = "; history.replaceState(history.state, '', '?{query}')"
LANGUAGE_TAGS: Final = {"zh": "zh-CN", "en": "en"}


def frame(view: View, page: st.Page) -> None:
    """Draw the page in its frame."""
    words = view.words
    warnings(view)
    page.run()
    with st.sidebar:
        shortcuts(list(view.pages), page.url_path)
    if view.link.row and page.url_path != "source":
        sentence(view)
    address = view.address(page.url_path or "overview")
    st.markdown(small(f"{words('app.footer', version=view.dataset.version)} · [{words('app.address')}]({address})"))
    query = publish(view.dataset)
    script = SCRIPT.format(tag=LANGUAGE_TAGS[words.lang], replace=REPLACE.format(query=query) if query else "")
    st.html(script, unsafe_allow_javascript=True)


def warnings(view: View) -> None:
    """What the opened link asked for and the data does not have."""
    words = view.words
    if st.session_state.unknown:
        st.warning(plain(words("filter.unknown", codes=words.join(st.session_state.unknown))))
    asked = st.session_state.asked_version
    if asked and asked != view.dataset.version:
        st.warning(plain(words("filter.version", asked=asked, present=view.dataset.version)))
