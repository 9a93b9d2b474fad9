"""What every part of a page is drawn from, and the way plain text goes into Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.captions import Context
from dashboard.charts import Look
from dashboard.filters import Filters
from dashboard.load import Dataset
from dashboard.wording import Words, plain

__all__ = ["View", "plain"]


@dataclass(frozen=True)
class View:
    """The data, the language, the selection and the ground of one run."""

    dataset: Dataset
    words: Words
    filters: Filters
    is_per_head: bool
    look: Look

    @property
    def context(self) -> Context:
        """What charts take their words from."""
        data = self.dataset
        return Context(self.words, data.codebook, data.titles[self.words.lang], data.colours, data.version)
