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
from dashboard.mark import MARK_COLUMNS, Mark, Spread, read_mark, to_records
from dashboard.outlines import Outline
from dashboard.pooling import keep_readings, pool
from dashboard.series import date_reports
from dashboard.wording.codebook import Codebook

# So many statistics are drawn one by one in a panel, so many spreads of more.
MOST_MARKS: Final = 150
MOST_SPREADS: Final = 60
MARKS: Final = ", ".join(f'"{name}"' for name in MARK_COLUMNS)
# A fall is below zero; the earlier end of a pair is no second figure of its region.
SIGNED: Final = "CASE WHEN kind = 'change' AND direction = 'down' AND value > 0 THEN -value ELSE value END"
# Theme, indicator, kind and family of units.
Key = tuple[str, str, str, str]
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
            "SELECT coalesce(indicator, '') AS name, topic, kind, family,"
            " count(*), count(DISTINCT region)"
            f" FROM statistics WHERE {where.text} GROUP BY ALL ORDER BY min(position)"
        )
        found = [
            Outline(theme, name, self._codebook.find_indicator(name, theme), kind, unit, count, breadth)
            for name, theme, kind, unit, count, breadth in self._database.rows(sql, where.values)
        ]
        return sorted(found, key=lambda one: self._codebook.topic_key(one.theme, one.name))

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
                The regions of the scope, in order.
        """
        if not outlines:
            return []
        wanted = self._any_of(outlines, self.outlines(where))
        reporters = Reporters(
            self._reported(all_of([where, wanted])), self._reported(all_of([scope, wanted])), list(everyone)
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
        places = {key_of_outline(one): place for place, one in enumerate(outlines)}
        return [
            replace(tell_readings(panel, outlines[places[key_of(panel)]]), readings=readings)
            for panel in sorted(panels, key=lambda panel: places[key_of(panel)])
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
        few = [one for one in outlines if summaries[key_of_outline(one)][0].count <= MOST_MARKS]
        if few:
            panels += self._read_marks(all_of([where, any_of(map(where_of, few))]), readings, reporters)
        for outline in outlines:
            key = key_of_outline(outline)
            if outline not in few:
                summary, taken = summaries[key]
                panel = make_panel(key, spreads[key], reporters, self._codebook)
                left_out = summary.count - sum(mark.spread.count for mark in panel.marks if mark.spread)
                # The marks are of provinces: who reported is not to be seen in them.
                panels.append(
                    replace(
                        panel,
                        elsewhere=(),
                        earlier=outline.count - taken,
                        undated=summary.undated,
                        summary=replace(summary, left_out=left_out),
                    )
                )
        return panels

    def _sum_up(self, kept: str, where: Clause) -> dict[Key, tuple[Summary, int]]:
        """Of each panel, how many statistics, regions and documents; and how many rows were taken."""
        sql = (
            f"SELECT topic, name, kind, family, count(*) FILTER ({SINGLE}), count(DISTINCT region),"
            f" count(DISTINCT document), count(*) FILTER ({SINGLE} AND day IS NULL), count(*)"
            f" FROM {kept} GROUP BY topic, name, kind, family"
        )
        found = self._database.rows(sql, where.values)
        return {
            (topic, name, kind, family): (Summary(*counts), taken)
            for topic, name, kind, family, *counts, taken in found
        }

    def _read_spreads(self, kept: str, where: Clause) -> dict[Key, list[Mark]]:
        """Of each panel the largest groups of statistics, each as one mark whose row is the one in the middle."""
        sql = (
            "SELECT topic, name, kind, family, CASE WHEN name = '' THEN subject ELSE province END AS member, level,"
            " count(*) AS count, count(DISTINCT region), quantile_cont(signed, [0.25, 0.5, 0.75]),"
            " list(position ORDER BY signed, position)[(count(*) + 1) // 2]"
            f" FROM {kept} WHERE {SINGLE} GROUP BY topic, name, kind, family, member, level"
            f" QUALIFY row_number() OVER (PARTITION BY topic, name, kind, family ORDER BY count DESC, member, level)"
            f" <= {MOST_SPREADS} ORDER BY count DESC, member, level"
        )
        found = self._database.rows(sql, where.values)
        asked = one_of("position", [middle for *_, middle in found])
        rows = self._database.frame(f"SELECT {MARKS}, position FROM statistics WHERE {asked.text}", asked.values)
        middles = dict(zip(rows["position"], map(read_mark, to_records(rows)), strict=True))
        spreads: dict[Key, list[Mark]] = {}
        for topic, name, kind, family, member, level, count, regions, quartiles, middle in found:
            mark = spread_out(middles[middle], quartiles, Spread(count, regions, quartiles[1]))
            mark = replace(
                mark, level=level, region=(member or "") if name else "", subject="" if name else member or ""
            )
            spreads.setdefault((topic, name, kind, family), []).append(mark)
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
    topic = Clause("indicator = ?", (outline.name,)) if outline.name else Clause("indicator IS NULL")
    axis = Clause("topic = ? AND kind = ? AND family = ?", (outline.theme, outline.kind, outline.family))
    return all_of([topic, axis])


def key_of(panel: Panel) -> Key:
    """What tells a panel from others, as its outline has it."""
    return (panel.theme, panel.indicator.id if panel.indicator else "", panel.kind, panel.family)


def key_of_outline(outline: Outline) -> Key:
    """What tells an outline from others."""
    return (outline.theme, outline.name, outline.kind, outline.family)


def tell_readings(panel: Panel, outline: Outline) -> Panel:
    """The panel with how many statistics were not taken, and how many of no known day were; of a summary it is told."""
    if panel.summary:
        return panel
    ends = panel.ends()
    return replace(panel, earlier=max(0, outline.count - len(ends)), undated=sum(end.day is None for end in ends))
