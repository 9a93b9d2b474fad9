"""What every page is drawn from, the links between pages, and the way plain text goes into Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urljoin

import streamlit as st

from dashboard.captions import Context
from dashboard.charts import Look
from dashboard.dataset import Dataset
from dashboard.exports import context_of
from dashboard.filters import Filters
from dashboard.link import SEPARATOR, Link, to_params
from dashboard.options import Options
from dashboard.store import StoreError
from dashboard.widgets import current
from dashboard.wording import Words, plain

__all__ = ["View", "plain"]


@dataclass(frozen=True)
class View:
    """
    The data, the language and the ground of one run.

    ``fault`` says why the imported documents can't be shown, ``pages`` are the app's pages by name, ``keys`` what
    single keys do on the present page only.
    """

    dataset: Dataset
    words: Words
    look: Look
    fault: StoreError | None = None
    pages: dict[str, st.Page] = field(default_factory=dict)
    keys: dict[str, Callable[[], None]] = field(default_factory=dict)

    @property
    def link(self) -> Link:
        """The present state."""
        return current()

    @property
    def filters(self) -> Filters:
        """What is selected."""
        return self.link.filters

    @property
    def options(self) -> Options:
        """How comparisons are drawn."""
        return self.link.options

    @property
    def context(self) -> Context:
        """What charts take their words from."""
        return context_of(self.dataset, self.words)

    def region(self, name: str) -> str:
        """A region as a reader sees it."""
        return self.dataset.codebook.region_label(name, self.words.lang) or self.words("region.unknown")

    def title(self, document: str) -> str:
        """A document's title in the present language."""
        return self.dataset.titles[self.words.lang].get(document, document)

    def address(self, page: str, **fields: Any) -> str:
        """The whole address of a page with fields of the present link changed, to be sent to somebody."""
        params = to_params(replace(self.link, **fields), self.dataset.codebook)
        base = urljoin(st.context.url or "", self.pages[page].url_path or ".")
        return f"{base}?{urlencode(params, safe=SEPARATOR)}"

    def page_link(self, page: str, text: str, icon: str | None = None, **fields: Any) -> None:
        """A link to a page with fields of the present link changed; ``text`` is plain text."""
        st.page_link(
            self.pages[page],
            label=plain(text),
            icon=icon,
            query_params=to_params(replace(self.link, **fields), self.dataset.codebook),
        )
