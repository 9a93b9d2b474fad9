"""What each filter offers under the other filters, and how much there is of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from dashboard.clauses import EVERYTHING, Clause
from dashboard.database import KEPT, Database
from dashboard.filters import COLUMNS, Filters, sort_values
from dashboard.nesting import told
from dashboard.wording.codebook import Codebook

# So many values of a field are offered at once, the commonest of them.
MOST_OFFERED: Final = 300
Counts = dict[str, int]


class ChoiceCounter:
    """
    Counts values of the filter fields.

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

    def choices(self, filters: Filters) -> dict[str, Counts]:
        """
        For each field the values that leave something under the other filters, each with its rows.

        A choice among them never empties the page; null is no value. The chosen ones are always among them, and of very
        many the commonest. The order is the codebook's.
        """
        return self._offered(filters)

    @cached_property
    def _offered(self) -> Callable[[Filters], dict[str, Counts]]:
        return lru_cache(KEPT)(self._offer)

    def _offer(self, filters: Filters) -> dict[str, Counts]:
        # Fields that restrict nothing see the same rows, and are counted in one go.
        idle = [name for name in COLUMNS if not filters.chosen(name)]
        counted = self._count_idle(idle, filters)
        for name in filters.active():
            if name in COLUMNS:
                counted[name] = self.count_values(COLUMNS[name], filters.without(name))
        counted["reporters"] |= self._count_told(counted["reporters"], filters.without("reporters"))
        choices = {}
        for name in COLUMNS:
            values = sort_values(name, {*counted[name], *filters.chosen(name)}, self._codebook)
            choices[name] = {value: counted[name].get(value, 0) for value in values}
        return choices

    def _count_told(self, speakers: Collection[str], filters: Filters) -> Counts:
        """
        What these reporters say of places, where one speaks of several; of many the commonest, and nothing of so many
        reporters that not all of them are offered.
        """
        if "speaker" in self._listed or len(speakers) >= MOST_OFFERED:
            # Listed, each speaks of itself alone.
            return {}
        where = self._where(filters)
        sql = (
            f"SELECT speaker, region, count(*) AS rows FROM statistics WHERE {where.text} GROUP BY speaker, region"
            f" QUALIFY count(*) OVER (PARTITION BY speaker) > 1 ORDER BY rows DESC, 1, 2 LIMIT {MOST_OFFERED}"
        )
        found = self._database.rows(sql, where.values)
        return {told(speaker, region): count for speaker, region, count in found if speaker in speakers}

    def _count_idle(self, names: Sequence[str], filters: Filters) -> dict[str, Counts]:
        if not filters.active():
            return {name: self.count_values(COLUMNS[name], filters) for name in names}
        where, columns = self._where(filters), [f'"{COLUMNS[name]}"' for name in names]
        counted: dict[str, Counts] = {name: {} for name in names}
        if not columns:
            return counted
        sql = (
            f"SELECT {', '.join(columns)}, grouping_id({', '.join(columns)}) AS number, count(*) AS rows"
            f" FROM statistics WHERE {where.text} GROUP BY GROUPING SETS ({', '.join(f'({name})' for name in columns)})"
            f" QUALIFY row_number() OVER (PARTITION BY number ORDER BY rows DESC) <= {MOST_OFFERED + 1}"
            f" ORDER BY rows DESC, {', '.join(columns)}"
        )
        for *cells, number, count in self._database.rows(sql, where.values):
            # In a grouping id the bit of the column that is grouped by is not set.
            place = next(at for at in range(len(names)) if not number >> (len(names) - 1 - at) & 1)
            if cells[place] is not None and len(counted[names[place]]) < MOST_OFFERED:
                counted[names[place]][cells[place]] = count
        return counted

    def count_values(self, column: str, filters: Filters) -> Counts:
        """The commonest values of a column among the rows that pass, each with its rows."""
        where = self._where(filters)
        if where == EVERYTHING and column in self._listed:
            counted = sorted(self._listed[column].items(), key=lambda pair: (-pair[1], pair[0]))
            return dict(counted[:MOST_OFFERED])
        sql = (
            f'SELECT "{column}", count(*) AS rows FROM statistics WHERE "{column}" IS NOT NULL AND {where.text}'
            f" GROUP BY ALL ORDER BY rows DESC, 1 LIMIT {MOST_OFFERED}"
        )
        return dict(self._database.rows(sql, where.values))
