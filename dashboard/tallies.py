"""Who says how much on what: counts of the rows that pass, by reporter, region, theme, indicator and document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Final

import pandas as pd

from dashboard.clauses import EVERYTHING, Clause, all_of, literal
from dashboard.database import KEPT, Database
from dashboard.families import BREADTH, IS_REFERENCE, IS_UNSIGNED
from dashboard.filters import Filters, sort_values
from dashboard.nesting import told
from dashboard.spans import REFERENCE_LEVELS, RESULT
from dashboard.wording.codebook import Codebook

# The rows in which somebody speaks of itself.
OWN: Final = Clause(f"({IS_UNSIGNED} OR reporter = region) AND NOT {IS_REFERENCE}")


class Tallies:
    """
    Counts rows.

    ``listed`` are columns whose values are counted already, for all rows; ``where`` is how filters are asked.
    """

    def __init__(
        self,
        database: Database,
        codebook: Codebook,
        listed: Mapping[str, Mapping[str, int]],
        where: Callable[[Filters], Clause],
    ) -> None:
        self._database = database
        self._codebook = codebook
        self._listed = listed
        self._where = where

    @cached_property
    def has_others(self) -> bool:
        """Whether any reporter speaks of another place than itself."""
        if "speaker" in self._listed:
            return False
        return bool(
            self._database.rows(f"SELECT 1 FROM statistics WHERE NOT {IS_UNSIGNED} AND reporter <> region LIMIT 1")
        )

    def speakers(self, filters: Filters) -> tuple[str, ...]:
        """Who says a row that passes, in the fixed order."""
        return self._speaking(filters, EVERYTHING)

    def reporters(self, filters: Filters) -> tuple[str, ...]:
        """Those of them who say it of themselves, and so could have been missing; nothing that is for reference."""
        return self._speaking(filters, OWN)

    @cached_property
    def _speaking(self) -> Callable[[Filters, Clause], tuple[str, ...]]:
        def find(filters: Filters, which: Clause) -> tuple[str, ...]:
            # Of all rows it is known, unless some of the regions are for reference.
            is_known = which == EVERYTHING or not REFERENCE_LEVELS.intersection(self._listed.get("level", ()))
            if "speaker" in self._listed and is_known and not filters.active():
                return tuple(self._codebook.sort_regions(self._listed["speaker"]))
            where = all_of([which, self._where(filters)])
            found = self._database.rows(f"SELECT DISTINCT speaker FROM statistics WHERE {where.text}", where.values)
            return tuple(self._codebook.sort_regions(speaker for (speaker,) in found))

        return lru_cache(KEPT)(find)

    def coverage(self, filters: Filters, column: str) -> pd.DataFrame:
        """How many statistics each reporter, or province, has on each theme: themes as rows, in the fixed order."""
        where = self._where(filters)
        sql = f"SELECT theme, {column}, count(*) FROM statistics WHERE {where.text} GROUP BY ALL"
        counts: dict[str, dict[str, int]] = {}
        for theme, place, count in self._database.rows(sql, where.values):
            counts.setdefault(theme, {})[place or ""] = count
        themes = sort_values("themes", counts, self._codebook)
        places = self._codebook.sort_regions(place for its in counts.values() for place in its)
        cells = [[counts[theme].get(place, 0) for place in places] for theme in themes]
        return pd.DataFrame(cells, index=pd.Index(themes), columns=pd.Index(places))

    def documents(self, filters: Filters, most: int) -> pd.DataFrame:
        """
        The documents with rows that pass, the newest first, as many as are wanted.

        Columns: ``count`` of rows, the first ``report`` with one, their ``reporters`` in the fixed order.
        """
        where = self._where(filters)
        sql = (
            "SELECT document, count(*) AS count, min(report) AS report, list(DISTINCT speaker) AS reporters,"
            " max(reported) AS reported"
            f" FROM statistics WHERE {where.text} GROUP BY document ORDER BY reported DESC NULLS LAST, document DESC"
            f" LIMIT {most}"
        )
        found = self._database.rows(sql, where.values)
        return pd.DataFrame(
            {
                "count": [count for _, count, *_ in found],
                "report": [report for _, _, report, *_ in found],
                "reporters": [tuple(self._codebook.sort_regions(reporters)) for *_, reporters, _ in found],
            },
            index=pd.Index([name for name, *_ in found], dtype=object),
        )

    def distinct(self, column: str, filters: Filters) -> int:
        """How many different values a column has among the rows that pass."""
        where = self._where(filters)
        sql = f'SELECT count(DISTINCT "{column}") FROM statistics WHERE {where.text}'
        return int(self._database.rows(sql, where.values)[0][0])

    def regions(self, filters: Filters) -> dict[str, int]:
        """Indicator → how many regions it is reported of; "" → how many statistics have none."""
        where = self._where(filters)
        sql = (
            f"SELECT coalesce(indicator, ''), CASE WHEN indicator IS NULL THEN count(*) ELSE {BREADTH} END"
            f" FROM statistics WHERE {where.text} GROUP BY indicator"
        )
        return dict(self._database.rows(sql, where.values))

    def indicators_by_region(self) -> pd.DataFrame:
        """
        Who reported what: a row for each ``region``, ``level`` and ``indicator`` (null for none).

        Its ``status`` says whether any of it is a result.
        """
        return self._known

    @cached_property
    def _known(self) -> pd.DataFrame:
        result = literal(RESULT)
        status = f"CASE WHEN bool_or(state = {result}) THEN {result} ELSE min(state) END AS status"
        return self._database.frame(
            f"SELECT region, level, indicator, {status} FROM statistics GROUP BY ALL ORDER BY ALL"
        )

    def find_told(self) -> set[str]:
        """What reporters say of places, where one speaks of several."""
        if not self.has_others:
            return set()
        several = "count(*) OVER (PARTITION BY speaker) > 1"
        sql = f"SELECT speaker, region FROM statistics GROUP BY speaker, region QUALIFY {several}"
        return {told(speaker, region) for speaker, region in self._database.rows(sql)}
