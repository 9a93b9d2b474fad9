"""
The one place that turns ``Filters`` into a frame: nothing else in the app knows where rows lie.

Today they are a table in memory; whatever takes its place answers the same questions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import pandas as pd

from dashboard.citation import Document
from dashboard.columns import CHOICE_COLUMNS, find_values
from dashboard.compare import Panel, Population, count_coverage, make_panels
from dashboard.filters import COLUMNS, Filters, find_choices, sort_values
from dashboard.link import ReportKey, Vocabulary
from dashboard.passage import Row
from dashboard.search import SEARCH_COLUMN
from dashboard.series import date_reports
from dashboard.wording import LANGUAGES
from dashboard.wording.codebook import Codebook

# So many selections are remembered.
KEPT: Final = 128


@dataclass(frozen=True)
class Dataset:
    """
    The rows and what is needed to read them; shared between sessions, so never changed.

    ``version`` is the short form of ``checksum``; ``documents`` are those with a sidecar, by name.
    """

    rows: pd.DataFrame
    checksum: str
    version: str
    codebook: Codebook
    populations: Mapping[str, Population]
    documents: Mapping[str, Document]
    colours: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.rows)

    def select(self, filters: Filters) -> pd.DataFrame:
        """The rows that pass, in the table's order; shared, so never changed."""
        return self._selected(filters)

    @cached_property
    def _selected(self) -> Callable[[Filters], pd.DataFrame]:
        """The latest selections: readers look at the same ones, and one reader comes back to them."""
        return lru_cache(KEPT)(lambda filters: filters.apply(self.rows))

    @cached_property
    def _offered(self) -> Callable[[Filters], dict[str, dict[str, int]]]:
        return lru_cache(KEPT)(lambda filters: find_choices(self.rows, filters, self.codebook))

    def panels(self, filters: Filters) -> Sequence[Panel]:
        """The rows that pass as panels of comparable statistics; who is missing is judged among the same places."""
        return self._compared(filters)

    @cached_property
    def _compared(self) -> Callable[[Filters], Sequence[Panel]]:
        def compare(filters: Filters) -> Sequence[Panel]:
            panels = make_panels(self.select(filters), self.select(filters.places()), self.codebook)
            dates = {name: document.date for name, document in self.documents.items()}
            return [date_reports(panel, dates) for panel in panels]

        return lru_cache(KEPT)(compare)

    def find(self, row_id: str) -> Row | None:
        """One row by its id; what the row does not say is None."""
        found = self.rows[self.rows["id"] == row_id]
        return found.astype(object).where(found.notna(), None).to_dict("records")[0] if len(found) else None

    def rows_of(self, ids: Collection[str]) -> pd.DataFrame:
        """The rows of these ids, in the table's order, without what only the app needs."""
        return self.rows[self.rows["id"].isin(list(ids))].drop(columns=SEARCH_COLUMN)

    def choices(self, filters: Filters) -> dict[str, dict[str, int]]:
        """For each filter field the values that leave something under the other filters, each with its rows."""
        return self._offered(filters)

    def culprits(self, filters: Filters) -> tuple[str, ...]:
        """The filters to drop where nothing passes."""
        return filters.culprits(self.rows)

    def count_coverage(self, filters: Filters) -> pd.DataFrame:
        """How many statistics each region reported on each theme: themes as rows, regions as columns."""
        return count_coverage(self.select(filters), self.codebook)

    def count_documents(self, filters: Filters) -> pd.DataFrame:
        """
        The documents with rows that pass, by name.

        Columns: ``count`` of rows, the first ``report`` with one, their ``regions`` in the fixed order.
        """
        groups = self.select(filters).groupby("document")
        regions = {name: tuple(self.codebook.sort_regions(cells)) for name, cells in groups["region"]}
        return pd.DataFrame({"count": groups.size(), "report": groups["report"].min(), "regions": pd.Series(regions)})

    def find_flagged(self, filters: Filters) -> dict[str, pd.DataFrame]:
        """Flag → the rows that pass and carry it, the commonest flag first; a row with two flags stands under both."""
        rows = self.select(filters)
        flags = rows["flags"].str.split(";").explode()
        flags = flags[flags != ""]
        return {str(flag): rows.loc[flags.index[flags == flag]] for flag in flags.value_counts().index}

    def document(self, name: str) -> Document:
        """What is known of a document; without a sidecar its name is its title."""
        return self.documents.get(name) or Document(dict.fromkeys(LANGUAGES, name))

    def report_rows(self, report: ReportKey) -> pd.DataFrame:
        """The rows of one report, in text order."""
        rows = self.rows[(self.rows["document"] == report.document) & (self.rows["report"] == report.number)]
        return rows.sort_values("start", kind="stable")

    def reports(self, filters: Filters) -> tuple[ReportKey, ...]:
        """The reports with a row that passes, by document and number."""
        pairs = self.select(filters)[["document", "report"]].drop_duplicates().sort_values(["document", "report"])
        return tuple(map(ReportKey, pairs["document"].tolist(), pairs["report"].tolist()))

    def passing(self, report: ReportKey, filters: Filters) -> frozenset[str]:
        """The ids of a report's rows that pass."""
        return frozenset(filters.apply(self.report_rows(report))["id"])

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """Language → document → the title in its sidecar."""
        return {lang: {name: known[lang] for name, known in self.codebook.documents.items()} for lang in LANGUAGES}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What a link can name: values in the order of the codebook, reports in the table's."""
        found = {
            field: {str(value) for value in self.rows[column].dropna().unique()} for field, column in COLUMNS.items()
        }
        # A document without any statistic can be looked at as well.
        found["documents"] |= set(self.documents)
        values = {field: sort_values(field, known, self.codebook) for field, known in found.items()}
        cells = {column: find_values(self.rows, column) for column in CHOICE_COLUMNS}
        return Vocabulary(values, self.reports(Filters()), cells)

    @cached_property
    def report_regions(self) -> Mapping[ReportKey, str]:
        """Who reports in each report: the region of its rows, the commonest where there are several."""
        return {report: str(self.report_rows(report)["region"].mode().iloc[0]) for report in self.vocabulary.reports}
