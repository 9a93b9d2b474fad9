"""
The one place that turns ``Filters`` into answers: nothing else in the app knows where rows lie.

Every answer is as small as what is shown of it: counts, outlines, a page of rows, the statistics of a few panels.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

import pandas as pd

from dashboard.choices import ChoiceCounter
from dashboard.citation import Document
from dashboard.clauses import Clause, all_of, any_of, one_of
from dashboard.columns import CHOICE_COLUMNS
from dashboard.compare import Panel
from dashboard.database import KEPT, Database
from dashboard.filters import COLUMNS, Filters, sort_values
from dashboard.lazy import Lazy
from dashboard.link import ReportKey, Vocabulary
from dashboard.mark import Population
from dashboard.outlines import Outline
from dashboard.panels import MARKS, PanelReader
from dashboard.passage import Row
from dashboard.pooling import keep_readings
from dashboard.search import Search
from dashboard.spans import status_of
from dashboard.tallies import Tallies
from dashboard.wording import LANGUAGES
from dashboard.wording.codebook import Codebook
from extract.table.record import REVIEWED_NAMES

# What a figure must have in common with the same one in another document; so many of those are named.
TWIN_COLUMNS: Final = (
    *("region", "level", "subject", "value", "value_high", "unit", "qualifier", "kind", "direction", "role"),
    *("period_start", "period_end"),
)
MOST_TWINS: Final = 20
IN_PLACE: Final = Clause("position")
WHOLE: Final = ", ".join(f'"{name}"' for name in REVIEWED_NAMES)


@dataclass(frozen=True)
class Dataset:
    """
    The rows and what is needed to read them; shared between sessions, so never changed.

    ``version`` is the short form of ``checksum``; ``documents`` are those of which more than the name is known;
    ``listed`` are values of columns that are known without a look at the rows, each with its count; ``is_outdated``
    says that a run has changed the corpus since, or changes it.
    """

    database: Database
    size: int
    checksum: str
    version: str
    codebook: Codebook
    populations: Mapping[str, Population]
    documents: Mapping[str, Document]
    colours: Mapping[str, str]
    listed: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_outdated: bool = False

    def __len__(self) -> int:
        return self.size

    def close(self) -> None:
        """Give the memory back; nothing can be asked any more."""
        self.database.close()

    def count(self, filters: Filters) -> int:
        """How many rows pass."""
        return self._counted(filters)

    @cached_property
    def _counted(self) -> Callable[[Filters], int]:
        def count(filters: Filters) -> int:
            return self.count_rows(self.where(filters)) if filters.active() else self.size

        return lru_cache(KEPT)(count)

    def where(self, filters: Filters) -> Clause:
        """Which rows pass the filters."""
        return all_of(filters.clauses(self._find_terms).values())

    def _find_terms(self, terms: tuple[str, ...]) -> Clause:
        return self.database.remember(terms, lambda: self._search.where(terms))

    @cached_property
    def _search(self) -> Search:
        return Search(self.vocabulary.cells, self.codebook, self.database.find_word)

    def select(self, filters: Filters) -> pd.DataFrame:
        """The tidy rows that pass, in the table's order; for a selection that is shown or taken away as a whole."""
        return self.read(self.where(filters))

    def read(self, where: Clause, columns: str = WHOLE) -> pd.DataFrame:
        """The rows of a condition, in the table's order."""
        sql = f"SELECT {columns} FROM statistics WHERE {where.text} ORDER BY position"
        return self.database.frame(sql, where.values)

    def outlines(self, filters: Filters) -> Sequence[Outline]:
        """The panels of the rows that pass, without their statistics, in the codebook's order."""
        return self._reader.outlines(self.where(filters))

    @cached_property
    def _reader(self) -> PanelReader:
        dates = {name: document.date for name, document in self.documents.items()}
        return PanelReader(self.database, self.codebook, dates)

    def panels(
        self, filters: Filters, outlines: Sequence[Outline] | None = None, readings: str = "all"
    ) -> Sequence[Panel]:
        """
        Panels of comparable statistics; who is missing is judged among the same places.

        Args:
            outlines:
                Those that are wanted, all by default.
            readings:
                Which statistics of a region are taken where it reports several in time; see ``keep_readings``.
        """
        return self._compared(filters, tuple(self.outlines(filters) if outlines is None else outlines), readings)

    @cached_property
    def _compared(self) -> Callable[[Filters, tuple[Outline, ...], str], Sequence[Panel]]:
        def compare(filters: Filters, outlines: tuple[Outline, ...], readings: str) -> Sequence[Panel]:
            places = filters.places()
            return self._reader.panels(
                self.where(filters), self.where(places), self.tallies.reporters(places), outlines, readings
            )

        return lru_cache(KEPT)(compare)

    def find(self, row_id: str) -> Row | None:
        """One row by its id; what the row does not say is None."""
        return self._found(row_id)

    @cached_property
    def _found(self) -> Callable[[str], Row | None]:
        def find(row_id: str) -> Row | None:
            found = self.rows_of([row_id])
            return found.astype(object).where(found.notna(), None).to_dict("records")[0] if len(found) else None

        return lru_cache(KEPT)(find)

    def twins(self, row: Row) -> list[Row]:
        """The rows of other documents that say the same of the same region and day as a row does."""
        if not row["region"]:
            return []
        where = all_of(Clause(f'"{name}" IS NOT DISTINCT FROM ?', (row[name],)) for name in TWIN_COLUMNS)
        where = all_of([where, Clause("document <> ? AND state = ?", (row["document"], status_of(row["status"])))])
        found = self.page(where, 0, MOST_TWINS, Clause("document, position"))
        return list(found.astype(object).where(found.notna(), None).to_dict("records"))

    def rows_of(self, ids: Collection[str]) -> pd.DataFrame:
        """The rows of these ids, in the table's order."""
        return self.read(self.database.locate(ids))

    def choices(self, filters: Filters) -> dict[str, dict[str, int]]:
        """For each filter field the values that leave something under the other filters, each with its rows."""
        return self._counter.choices(filters)

    @cached_property
    def _counter(self) -> ChoiceCounter:
        return ChoiceCounter(self.database, self.codebook, self.listed, self.where)

    @cached_property
    def tallies(self) -> Tallies:
        """Who says how much on what."""
        return Tallies(self.database, self.codebook, self.listed, self.where)

    def culprits(self, filters: Filters) -> tuple[str, ...]:
        """The fields each of which, dropped alone, would let rows through again; all the active ones if none would."""
        alone = tuple(name for name in filters.active() if self.count(filters.without(name)))
        return alone or filters.active()

    def find_flagged(self, filters: Filters, most: int) -> dict[str, tuple[int, pd.DataFrame]]:
        """Flag → how many rows carry it and the first of them, the commonest first; a row with two is under both."""
        where = self.where(filters)
        sql = f"SELECT flags, count(*) FROM statistics WHERE flags <> '' AND {where.text} GROUP BY flags"
        counts: dict[str, int] = {}
        for flags, count in self.database.rows(sql, where.values):
            for flag in flags.split(";"):
                counts[flag] = counts.get(flag, 0) + count
        found = {}
        for flag in sorted(counts, key=lambda name: (-counts[name], name)):
            carries = Clause("list_contains(string_split(flags, ';'), ?)", (flag,))
            found[flag] = (counts[flag], self.page(all_of([where, carries]), 0, most))
        return found

    def document(self, name: str) -> Document:
        """What is known of a document; without a sidecar its name is its title."""
        return self.documents.get(name) or self._described(name)

    @cached_property
    def _described(self) -> Callable[[str], Document]:
        def describe(name: str) -> Document:
            title, date = self.database.describe(name) or (None, None)
            return Document(dict.fromkeys(LANGUAGES, title or name), date=date or "")

        return lru_cache(KEPT)(describe)

    def report_rows(self, report: ReportKey) -> pd.DataFrame:
        """The rows of one report, in text order."""
        return self._reports_rows(report)

    @cached_property
    def _reports_rows(self) -> Callable[[ReportKey], pd.DataFrame]:
        return lru_cache(KEPT)(
            lambda report: self.read(self._in_report(report)).sort_values("start", kind="stable", ignore_index=True)
        )

    def _in_report(self, report: ReportKey) -> Clause:
        return Clause("document = ? AND report = ?", (report.document, report.number))

    def reports(self, filters: Filters) -> Mapping[ReportKey, str]:
        """The reports with a row that passes, by document and number, each with its reporter."""
        return self._reports(filters)

    @cached_property
    def _reports(self) -> Callable[[Filters], Mapping[ReportKey, str]]:
        def find(filters: Filters) -> Mapping[ReportKey, str]:
            where = self.where(filters)
            sql = f"SELECT document, report, mode(speaker) FROM statistics WHERE {where.text} GROUP BY ALL ORDER BY ALL"
            return {ReportKey(name, number): region for name, number, region in self.database.rows(sql, where.values)}

        return lru_cache(KEPT)(find)

    def passing(self, report: ReportKey, filters: Filters) -> frozenset[str]:
        """The ids of a report's rows that pass."""
        where = all_of([self._in_report(report), self.where(filters)])
        return frozenset(self.read(where, columns="id")["id"])

    def select_readings(self, filters: Filters, readings: str) -> pd.DataFrame:
        """The tidy rows that pass, of several in time those of ``keep_readings``, in the table's order."""
        where = self.where(filters)
        kept = keep_readings(readings, where)
        return self.database.frame(f"SELECT {WHOLE} FROM {kept} ORDER BY position", where.values)

    def peers(self, filters: Filters, readings: str) -> pd.DataFrame:
        """The statistics of all known regions on the indicators of the rows that pass, and those rows themselves."""
        names = list(self._counter.count_values("indicator", filters))
        alike = all_of([one_of("indicator", names), Clause("region <> ''")])
        where = any_of([self.where(filters), alike])
        kept = keep_readings(readings, where)
        return self.database.frame(f"SELECT {MARKS} FROM {kept} ORDER BY position", where.values)

    def count_rows(self, where: Clause) -> int:
        """How many rows there are of a condition."""
        return int(self.database.rows(f"SELECT count(*) FROM statistics WHERE {where.text}", where.values)[0][0])

    def page(self, where: Clause, first: int, most: int, order: Clause = IN_PLACE) -> pd.DataFrame:
        """Some of the rows of a condition, in an order of ``cells.order``, else that of the table."""
        sql = f"SELECT position FROM statistics WHERE {where.text} ORDER BY {order.text} LIMIT {most} OFFSET {first}"
        places = [place for (place,) in self.database.rows(sql, (*where.values, *order.values))]
        found = self.read(one_of("position", places), columns=f"{WHOLE}, position").set_index("position")
        return found.loc[places].reset_index(drop=True)

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """Language → document → the title in its sidecar."""
        return {lang: {name: known[lang] for name, known in self.codebook.documents.items()} for lang in LANGUAGES}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What a link can name: values in the order of the codebook, reports in the table's."""
        return Vocabulary(
            values=Lazy(COLUMNS, self._find_values),
            reports=lambda: tuple(self.reports(Filters())),
            cells=Lazy(CHOICE_COLUMNS, self._find_cells),
        )

    def _find_values(self, name: str) -> tuple[str, ...]:
        found = set(self._distinct(COLUMNS[name]))
        # A document without any statistic can be looked at as well.
        found |= set(self.documents) if name == "documents" else set()
        found |= self.tallies.find_told() if name == "reporters" else set()
        return sort_values(name, found, self.codebook)

    def _find_cells(self, column: str) -> tuple[str, ...]:
        """The values of a choice column, each once, sorted; the codes of ``flags`` singly; "" and null are none."""
        values = set(self._distinct(column))
        if column == "flags":
            values = {flag for value in values for flag in value.split(";")}
        return tuple(sorted(values - {""}))

    def _distinct(self, column: str) -> list[str]:
        if column in self.listed:
            return list(self.listed[column])
        sql = f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM statistics WHERE "{column}" IS NOT NULL'
        return [value for (value,) in self.database.rows(sql)]
