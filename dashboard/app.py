"""The app's table of contents: data, state, navigation. Streamlit runs this file at every change a reader makes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from dashboard.charts import DARK, LIGHT
from dashboard.database import DatabaseError
from dashboard.dataset import Dataset
from dashboard.link import to_params
from dashboard.load import LoadError, data_path, load_present
from dashboard.store import StoreError
from dashboard.views.about import about
from dashboard.views.compare import compare
from dashboard.views.controls import filter_panel
from dashboard.views.data import data
from dashboard.views.frame import ICON, frame
from dashboard.views.importing import importing
from dashboard.views.indicator import indicator
from dashboard.views.overview import overview
from dashboard.views.region import region
from dashboard.views.review import review
from dashboard.views.source import source
from dashboard.views.view import View, plain
from dashboard.widgets import JUMP_PARAM, arrive, current, has_bounced, restore
from dashboard.wording import load_words, match_language

BACK_SCRIPT: Final = "<script>history.back()</script>"
# In the order in which they stand in the navigation, each with its path in the address.
PAGES: Final = {
    "overview": overview,
    "compare": compare,
    "region": region,
    "indicator": indicator,
    "source": source,
    "data": data,
    "import": importing,
    "review": review,
    "about": about,
}


def main() -> None:
    """One run of the app; data that can't be asked any more are told of."""
    try:
        run()
    except DatabaseError as error:
        link = st.session_state.get("link")
        words = load_words((link and link.lang) or match_language(st.context.locale))
        st.error(plain(words("error.database", reason=error)))


def run() -> None:
    """One run of the app on the data as they are."""
    found = open_dataset()
    if found is None:
        return
    dataset, fault = found
    restore(dataset)
    words = load_words(current().lang or "")
    look = DARK if st.context.theme.type == "dark" else LIGHT
    view = View(dataset=dataset, words=words, look=look, fault=fault)
    view.pages.update({name: make_page(name, view) for name in PAGES})
    page = st.navigation(list(view.pages.values()), position="top")
    if destination := st.session_state.pop("destination", None):
        st.switch_page(view.pages[destination], query_params=to_params(view.link, dataset.codebook) | {JUMP_PARAM: "1"})
    if has_bounced(page.url_path):
        st.html(BACK_SCRIPT, unsafe_allow_javascript=True)
        return
    arrive(page.url_path)
    title = f"{page.title} · {words('app.title')}"
    if st.session_state.get("title") != title:
        st.set_page_config(page_title=title, layout="wide", page_icon=ICON)
    # What a filter changes comes first, the filters themselves after it: readers wait for the figures.
    frame(view, page)
    filter_panel(view)
    # Set only now: a run that is cut short may not have told the browser. To tell it again at each run takes time.
    st.session_state.title = title


def make_page(name: str, view: View) -> st.Page:
    """One page of the navigation; the first is the app's root."""
    return st.Page(
        partial(show, PAGES[name], view),
        title=view.words(f"page.{name}"),
        url_path=name,
        default=name == "overview",
    )


def show(page: Callable[[View], None], view: View) -> None:
    """Draw a page; a store that fails meanwhile is told in it."""
    try:
        page(view)
    except StoreError as error:
        st.error(plain(error.say(view.words)))


def open_dataset() -> tuple[Dataset, StoreError | None] | None:
    """The data, and why the imported documents are not in it; or None, with a message in the page."""
    try:
        return load_present(data_path())
    except LoadError as error:
        words = load_words(match_language(st.context.locale))
        st.set_page_config(page_title=words("app.title"), page_icon=ICON)
        st.error(f"**{words('error.page')}**  \n{plain(error.say(words))}")
        return None


if __name__ == "__main__":
    main()
