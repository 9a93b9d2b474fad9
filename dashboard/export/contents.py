"""What an export holds: the comparisons as they are shown, the statistics behind them, what is to be said of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from dashboard.captions import Chart
from dashboard.citation import Document
from dashboard.compare import Panel
from dashboard.naming import Context

# What a file name should not hold, and how long it may be before version and suffix.
UNSAFE: Final = re.compile(r"[^\w-]+")
LONGEST_NAME: Final = 80
# What Office's XML cannot hold, escaped or not.
FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Told the name of a step before it is taken.
Announce = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A panel and what a reader sees of it; ``address`` shows just this comparison, "" where no app is running."""

    panel: Panel
    chart: Chart
    address: str

    def ids(self) -> list[str]:
        """The rows behind the marks, both ends of a pair."""
        return [end.id for end in self.panel.ends()]


@dataclass(frozen=True, slots=True)
class Contents:
    """
    One or more comparisons, and all that was selected.

    Args:
        rows:
            The statistics that pass the filters, as in the tidy table; those behind the marks are among them.
        sentence:
            The filters in words.
        address:
            Where all of it is shown, "" where no app is running.
        documents:
            What is known of each document of the rows, by name.
        made:
            The day of the export, ISO.
    """

    comparisons: tuple[Comparison, ...]
    rows: pd.DataFrame
    sentence: str
    address: str
    documents: Mapping[str, Document]
    made: str
    context: Context

    @property
    def title(self) -> str:
        """The comparison's own title, or how many there are."""
        if len(self.comparisons) == 1:
            return self.comparisons[0].chart.title
        return self.context.words("export.title", count=len(self.comparisons))

    @property
    def file_name(self) -> str:
        """What the files are called, without suffix: title, filters of several, measure, data version."""
        parts = [self.title] if len(self.comparisons) == 1 else [self.title, self.sentence]
        if any(comparison.panel.is_per_head for comparison in self.comparisons):
            parts.append(self.context.words("option.measure_per_head"))
        name = UNSAFE.sub("_", "_".join(parts))[:LONGEST_NAME].strip("_")
        return f"{name}_v{self.context.version}"

    def shown(self) -> pd.DataFrame:
        """The statistics behind the marks, each once, in the table's order."""
        ids = {row_id for comparison in self.comparisons for row_id in comparison.ids()}
        return self.rows[self.rows["id"].isin(ids)]

    def about(self) -> dict[str, str]:
        """What a file of data says of itself."""
        return {
            "title": self.title,
            "filters": self.sentence,
            "version": self.context.version,
            "exported": self.made,
            "address": self.address,
        }

    def row(self, row_id: str) -> Mapping[str, object]:
        """A statistic by its id."""
        found = self.rows[self.rows["id"] == row_id].iloc[0].to_dict()
        return {str(name): cell for name, cell in found.items()}


def clean(text: str) -> str:
    """A text without the characters that no XML can hold."""
    return FORBIDDEN.sub("", text)
