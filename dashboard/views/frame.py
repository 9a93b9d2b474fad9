"""What stands around every page: navigation, title, language, warnings about the link, the footer."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from typing import Final

import streamlit as st

from dashboard.components.shell import Foot, Shell, shell
from dashboard.views.desk import count_kept
from dashboard.views.sentence import sentence
from dashboard.views.shortcuts import ROW_KEYS, find_actions
from dashboard.views.view import View, plain
from dashboard.widgets import publish

# As an address that holds the picture: a file would be read and hashed at every run.
ICON: Final = "data:image/png;base64," + b64encode(files("dashboard").joinpath("static/icon.png").read_bytes()).decode()

# The pages that show the opened row in its text themselves.
READING_PAGES: Final = frozenset({"source", "review"})
# What of the session asks for a dialog in this run.
DIALOGS: Final = ("offered", "revising", "editing_facts")


def frame(view: View, page: st.Page) -> None:
    """Draw the page in its frame."""
    words = view.words
    warnings(view)
    has_offer = any(st.session_state.get(name) for name in DIALOGS)
    page.run()
    # Open in the browser now; a later run of the page, or of another one, does not open it again.
    st.session_state.offered = None
    has_sentence = bool(view.link.row) and page.url_path not in READING_PAGES
    if has_sentence:
        sentence(view)
    foot = Foot(
        text=words("app.footer", version=view.dataset.version),
        link=words("app.address"),
        href=view.address(page.url_path or "overview"),
    )
    # A row that was judged is another subject, also where an address that is late turns back to it.
    subject = f"{view.link.row or ''} {count_kept()}"
    state = Shell(foot, words.tag, publish(view.dataset), has_sentence or has_offer, subject, ROW_KEYS)
    shell(state, find_actions(list(view.pages), page.url_path, view.keys))


def warnings(view: View) -> None:
    """Imported documents that can't be shown; a corpus that changes; what the link asked for and the data has not."""
    words = view.words
    if view.fault:
        st.error(plain(view.fault.say(words)))
    if view.dataset.is_outdated:
        st.warning(words("filter.outdated", version=view.dataset.version))
    if st.session_state.unknown:
        st.warning(plain(words("filter.unknown", codes=words.join(st.session_state.unknown))))
    asked = st.session_state.asked_version
    if asked and asked != view.dataset.version:
        st.warning(plain(words("filter.version", asked=asked, present=view.dataset.version)))
