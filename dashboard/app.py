"""The app's table of contents: data, state, navigation. Streamlit runs this file at every change a reader makes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.charts import DARK, LIGHT
from dashboard.load import LoadError, data_path, load_dataset
from dashboard.views.overview import overview
from dashboard.views.view import View, plain
from dashboard.widgets import filter_controls, present, publish, restore
from dashboard.wording import load_words, match_language

ICON: Final = Path(__file__).with_name("static") / "icon.png"
# The page's language, for screen readers and the browser's choice of Han glyphs; Streamlit has no setting for it.
LANGUAGE_SCRIPT = "<script>document.documentElement.lang = '{tag}'</script>"
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def main() -> None:
    """One run of the app."""
    st.set_page_config(layout="wide", page_icon=str(ICON))
    path = data_path()
    try:
        dataset = load_dataset(path, path.stat().st_mtime if path.exists() else 0.0)
    except LoadError as error:
        words = load_words(match_language(st.context.locale))
        st.error(f"**{words('error.page')}**  \n{plain(error.say(words))}")
        return
    restore(dataset)
    words = load_words(st.session_state.lang)
    st.set_page_config(page_title=words("app.title"))
    filter_controls(dataset, words)
    link = present(dataset)
    view = View(
        dataset=dataset,
        words=words,
        filters=link.filters,
        is_per_head=link.is_per_head,
        look=DARK if st.context.theme.type == "dark" else LIGHT,
    )
    if st.session_state.unknown:
        st.warning(plain(words("filter.unknown", codes=words.join(st.session_state.unknown))))
    asked = st.session_state.asked_version
    if asked and asked != dataset.version:
        st.warning(plain(words("filter.version", asked=asked, present=dataset.version)))
    page = st.Page(lambda: overview(view), title=words("app.title"), url_path="overview", default=True)
    st.navigation([page], position="hidden").run()
    publish(dataset)
    st.html(LANGUAGE_SCRIPT.format(tag=LANGUAGE_TAGS[words.lang]), unsafe_allow_javascript=True)


if __name__ == "__main__":
    main()
