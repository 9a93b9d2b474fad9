"""
Rows that pass → panels of comparable statistics, however many rows there are.

Where they can be looked at one by one, each is a mark of its own; of more, each province, or without an indicator each
subject, is one mark that reaches over the middle half of its statistics.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Final

from dashboard.clauses import EVERYTHING, Clause, all_of, any_of, one_of
from dashboard.compare import Panel, Reporters, Summary, fill_panels, make_panel
from dashboard.database import KEPT, Database
from dashboard.families import BREADTH, IS_REFERENCE
from dashboard.mark import MARK_COLUMNS, Mark, Spread, read_mark, to_records
from dashboard.outlines import Measure, Outline, PanelKey, sort_places
from dashboard.pooling import keep_readings, pool
from dashboard.series import date_reports
from dashboard.spans import RESULT
from dashboard.wording.codebook import Codebook

# So many statistics are drawn one by one in a panel, so many spreads of more.
MOST_MARKS: Final = 150
MOST_SPREADS: Final = 60
MARKS: Final = ", ".join(f'"{name}"' for name in MARK_COLUMNS)
# A fall is below zero; the earlier end of a pair is no second figure of its region.
SIGNED: Final = "CASE WHEN kind = 'change' AND direction = 'down' AND value > 0 THEN -value ELSE value END"
# What tells a panel from another, in the order of PanelKey.
PLACE: Final = "topic, name, kind, family, state, span"
SINGLE: Final = "role IS DISTINCT FROM 'from'"


class PanelReader:
    """
    Reads panels out of the database.

    ``dates`` are those of the documents that are known better than by the rows themselves.
    """

    def __init__(self, database: Database, codebook: Codebook, dates: Mapping[str, str]) -> None:
        self._database = database
        self._codebook = codebook
        self._dates = dates

    def outlines(self, where: Clause) -> Sequence[Outline]:
        """The panels of the rows that pass, without their statistics, in the codebook's order."""
        return self._outlined(where)

    @cached_property
    def _outlined(self) -> Callable[[Clause], Sequence[Outline]]:
        return lru_cache(KEPT)(self._outline)

    def _outline(self, where: Clause) -> Sequence[Outline]:
        sql = (
            f"SELECT {PLACE}, count(*), {BREADTH}"
            f" FROM (SELECT *, coalesce(indicator, '') AS name FROM statistics WHERE {where.text})"
            f" GROUP BY {PLACE} ORDER BY min(position)"
        )
        found = {
            to_place(cells): Outline(to_place(cells), self._codebook.find_indicator(cells[1], cells[0]), count, breadth)
            for *cells, count, breadth in self._database.rows(sql, where.values)
        }
        return [found[place] for place in sort_places(found, self._codebook)]

    def panels(
        self, where: Clause, scope: Clause, everyone: Sequence[str], outlines: Sequence[Outline], readings: str
    ) -> list[Panel]:
        """
        The panels of some outlines, in their order.

        Args:
            where:
                The rows that pass.
            scope:
                Those of everybody whom the reader looks at, whatever they report.
            everyone:
                Who reports in the scope, in order.
        """
        if not outlines:
            return []
        wanted = self._any_of(outlines, self.outlines(where))
        named = one_of("indicator", sorted({one.place.measure.name for one in outlines} - {""}))
        reporters = Reporters(
            shown=self._reported(all_of([where, named])),
            reported=self._reported(all_of([scope, named])),
            results=self._reported(all_of([scope, named, one_of("state", [RESULT])])),
            everyone=list(everyone),
        )
        few = [one for one in outlines if one.count <= MOST_MARKS]
        many = [one for one in outlines if one.count > MOST_MARKS]
        panels = (
            self._read_marks(all_of([where, wanted, self._any_of(few, outlines)]), readings, reporters) if few else []
        )
        panels += (
            self._read_many(all_of([where, wanted, self._any_of(many, outlines)]), many, readings, reporters)
            if many
            else []
        )
        places = {one.place: number for number, one in enumerate(outlines)}
        return [
            replace(tell_readings(panel, outlines[places[panel.place]]), readings=readings)
            for panel in sorted(panels, key=lambda panel: places[panel.place])
        ]

    def _any_of(self, some: Sequence[Outline], outlines: Sequence[Outline]) -> Clause:
        return EVERYTHING if len(some) == len(outlines) else any_of(map(where_of, some))

    def _read_marks(self, where: Clause, readings: str, reporters: Reporters) -> list[Panel]:
        """Each statistic as a mark of its own, but for those of several documents that say the same."""
        rows = self._database.frame(
            f"SELECT {MARKS}, CAST(reported AS VARCHAR) AS reported FROM {keep_readings(readings, where)}"
            " ORDER BY position",
            where.values,
        )
        dates = dict(zip(rows["document"], rows["reported"].fillna(""), strict=True)) | dict(self._dates)
        return [pool(date_reports(panel, dates)) for panel in fill_panels(rows, reporters, self._codebook)]

    def _read_many(
        self, where: Clause, outlines: Sequence[Outline], readings: str, reporters: Reporters
    ) -> list[Panel]:
        """Panels of many statistics, one by one where few of them are of the readings that are taken."""
        kept = f"(SELECT *, coalesce(indicator, '') AS name, {SIGNED} AS signed FROM {keep_readings(readings, where)})"
        summaries = self._sum_up(kept, where)
        spreads = self._read_spreads(kept, where)
        panels = []
        few = [one for one in outlines if summaries[one.place][0].count <= MOST_MARKS]
        if few:
            panels += self._read_marks(all_of([where, any_of(map(where_of, few))]), readings, reporters)
        for outline in outlines:
            if outline not in few:
                summary, taken = summaries[outline.place]
                panel = make_panel(outline.place, spreads[outline.place], reporters, self._codebook)
                left_out = summary.count - sum(mark.spread.count for mark in panel.marks if mark.spread)
                # The marks are of provinces: who reported is not to be seen in them.
                panels.append(
                    replace(
                        panel,
                        elsewhere=(),
                        aimed=(),
                        earlier=outline.count - taken,
                        undated=summary.undated,
                        summary=replace(summary, left_out=left_out),
                    )
                )
        return panels

    def _sum_up(self, kept: str, where: Clause) -> dict[PanelKey, tuple[Summary, int]]:
        """Of each panel, how many statistics, regions and documents; and how many rows were taken."""
        sql = (
            f"SELECT {PLACE}, count(*) FILTER ({SINGLE}), {BREADTH},"
            f" count(DISTINCT document), count(*) FILTER ({SINGLE} AND day IS NULL), count(*)"
            f" FROM {kept} GROUP BY {PLACE}"
        )
        width = len(PLACE.split(", "))
        return {
            to_place(cells[:width]): (Summary(*cells[width:-1]), cells[-1])
            for cells in self._database.rows(sql, where.values)
        }

    def _read_spreads(self, kept: str, where: Clause) -> dict[PanelKey, list[Mark]]:
        """Of each panel the largest groups of statistics, each as one mark whose row is the one in the middle."""
        sql = (
            f"SELECT {PLACE}, CASE WHEN name = '' THEN subject WHEN {IS_REFERENCE} THEN region ELSE province END"
            " AS member, level, count(*) AS count, count(DISTINCT region), quantile_cont(signed, [0.25, 0.5, 0.75]),"
            " list(position ORDER BY signed, position)[(count(*) + 1) // 2]"
            f" FROM {kept} WHERE {SINGLE} GROUP BY {PLACE}, member, level"
            f" QUALIFY row_number() OVER (PARTITION BY {PLACE} ORDER BY count DESC, member, level)"
            f" <= {MOST_SPREADS} ORDER BY count DESC, member, level"
        )
        found = self._database.rows(sql, where.values)
        asked = one_of("position", [middle for *_, middle in found])
        rows = self._database.frame(f"SELECT {MARKS}, position FROM statistics WHERE {asked.text}", asked.values)
        middles = dict(zip(rows["position"], map(read_mark, to_records(rows)), strict=True))
        spreads: dict[PanelKey, list[Mark]] = {}
        for *cells, member, level, count, regions, quartiles, middle in found:
            place = to_place(cells)
            mark = spread_out(middles[middle], quartiles, Spread(count, regions, quartiles[1]))
            region, subject = (member or "", "") if place.measure.name else ("", member or "")
            mark = replace(mark, level=level, region=region, subject=subject)
            spreads.setdefault(place, []).append(mark)
        return spreads

    def _reported(self, where: Clause) -> dict[str, frozenset[str]]:
        """Indicator → the regions that have a row of it."""
        sql = f"SELECT DISTINCT indicator, region FROM statistics WHERE indicator IS NOT NULL AND {where.text}"
        found: dict[str, set[str]] = {}
        for name, region in self._database.rows(sql, where.values):
            found.setdefault(name, set()).add(region)
        return {name: frozenset(regions) for name, regions in found.items()}


def spread_out(middle: Mark, quartiles: Sequence[float], spread: Spread) -> Mark:
    """Many statistics as a mark: over the middle half of them, and without what is the middle one's alone."""
    low, _, high = quartiles
    return replace(
        middle,
        value=low,
        high=high if high > low else None,
        qualifier="exact",
        direction=None,
        period=None,
        first=None,
        last=None,
        spread=spread,
    )


def where_of(outline: Outline) -> Clause:
    """The rows of a panel."""
    (theme, name, kind, family), status, span = outline.place
    topic = Clause("indicator = ?", (name,)) if name else Clause("indicator IS NULL")
    axis = Clause("topic = ? AND kind = ? AND family = ?", (theme, kind, family))
    return all_of([topic, axis, Clause("state = ? AND span = ?", (status, span))])


def to_place(cells: Sequence[str]) -> PanelKey:
    """The columns of PLACE as what tells a panel from another."""
    *measure, status, span = cells
    return PanelKey(Measure(*measure), status, span)


def tell_readings(panel: Panel, outline: Outline) -> Panel:
    """The panel with how many statistics were not taken, and how many of no known day were; of a summary it is told."""
    if panel.summary:
        return panel
    ends = panel.ends()
    return replace(panel, earlier=max(0, outline.count - len(ends)), undated=sum(end.day is None for end in ends))
