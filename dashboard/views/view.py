"""What every part of a page is drawn from, and the way plain text goes into Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dashboard.captions import Context
from dashboard.charts import Look
from dashboard.filters import Filters
from dashboard.load import Dataset
from dashboard.wording import Words

# Markdown makes links of bare addresses, whatever is escaped in them; an invisible character keeps them text.
ADDRESS: Final = re.compile(r"(?i:https?:|www(?=\.))")
MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


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


def plain(text: str) -> str:
    """
    A text that Markdown shows as it is: reports and tables are not ours, and may hold anything.

    >>> plain("1. [x](javascript:0)")
    '1\\\\. \\\\[x\\\\]\\\\(javascript\\\\:0\\\\)'
    """
    return MARKDOWN.sub(r"\\\1", ADDRESS.sub("\\g<0>\u200b", text))
