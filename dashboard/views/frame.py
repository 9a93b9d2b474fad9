"""What stands around every page: navigation, title, language, warnings about the link, the footer."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.components.shortcuts import shortcuts
from dashboard.views.sentence import sentence
from dashboard.views.view import View, plain
from dashboard.widgets import folded, language_control

# The page's language, for screen readers and the browser's choice of Han glyphs; Streamlit has no setting for it.
LANGUAGE_SCRIPT: Final = "<script>document.documentElement.lang = '{tag}'</script>"
LANGUAGE_TAGS: Final = {"zh": "zh-CN", "en": "en"}


def frame(view: View, page: st.Page) -> None:
    """Draw the page in its frame."""
    words = view.words
    st.html(LANGUAGE_SCRIPT.format(tag=LANGUAGE_TAGS[words.lang]), unsafe_allow_javascript=True)
    with st.container(gap=None):
        # First, so that a key pressed while a page is being drawn is heard; without a gap, as it has no height.
        shortcuts(list(view.pages), page.url_path)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            navigation(view)
            language_control(words)
    warnings(view)
    page.run()
    if view.link.row and page.url_path != "source":
        sentence(view)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(words("app.footer", version=view.dataset.version), width="content")
        share(view, page)


def navigation(view: View) -> None:
    """The pages as links that carry the whole view, so that one opened in a new tab shows the same."""
    with st.container(horizontal=True, gap="small", width="content"):
        for name in view.pages:
            view.page_link(name, view.words(f"page.{name}"), row=None)


def share(view: View, page: st.Page) -> None:
    """The address of the page as it is, to be sent to somebody."""
    words = view.words
    sharing = folded(words("compare.share"), ":material/share:", "share")
    if sharing.open:
        sharing.caption(words("compare.share_hint"))
        sharing.code(view.address(page.url_path or "overview"), language=None, wrap_lines=True)


def warnings(view: View) -> None:
    """What the opened link asked for and the data does not have."""
    words = view.words
    if st.session_state.unknown:
        st.warning(plain(words("filter.unknown", codes=words.join(st.session_state.unknown))))
    asked = st.session_state.asked_version
    if asked and asked != view.dataset.version:
        st.warning(plain(words("filter.version", asked=asked, present=view.dataset.version)))
