"""
Many documents of one region: which of its statistics are the latest, and which say the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dashboard.clauses import Clause
from dashboard.compare import Panel
from dashboard.mark import Mark

# The day at which a row counts: that of its pair's later end for an earlier one.
MOMENT: Final = (
    "CASE WHEN role = 'from' THEN coalesce(lead(CASE WHEN role = 'to' THEN day END IGNORE NULLS)"
    " OVER (PARTITION BY document, region, unit, indicator, state, span ORDER BY start), day) ELSE day END"
)


def keep_readings(readings: str, where: Clause) -> str:
    """
    The statistics of a condition that stay, as what follows FROM.

    ``all`` of them, the ``latest`` or the ``yearly`` latest: those of the last day (of each year) among what a region
    reports of one thing – under an indicator that is all of it, without one each subject is a thing of its own;
    results, aims, and sums of several years are different things. Of no known region, each document's are by
    themselves. What is of no known day stays where nothing has one. Both ends of a pair count at the day of the later
    one.
    """
    if readings == "all":
        return f"statistics WHERE {where.text}"
    thing = (
        "indicator, CASE WHEN indicator IS NULL THEN theme END, CASE WHEN indicator IS NULL THEN subject END, kind,"
        " family, state, span, region, level, CASE WHEN region = '' THEN document END"
    )
    if readings == "yearly":
        thing += ", year(moment)"
    return (
        f"(SELECT *, {MOMENT} AS moment FROM statistics WHERE {where.text})"
        f" QUALIFY moment IS NOT DISTINCT FROM max(moment) OVER (PARTITION BY {thing})"
    )


def pool(panel: Panel) -> Panel:
    """
    The panel with one mark for all statistics of several documents that say the same of the same day.

    The same are: region, subject, value as written, and the days of the period, or of the document where none is
    stated. The first of them stands for the ``others``. What one document says twice stays twice.
    """
    alike: dict[tuple[object, ...], list[Mark]] = {}
    for mark in panel.marks:
        alike.setdefault(same_figure(mark), []).append(mark)
    if len(alike) == len(panel.marks):
        return panel
    groups = {id(group[0]): group for group in alike.values() if len({mark.document for mark in group}) > 1}
    gone = {id(mark) for group in groups.values() for mark in group[1:]}
    marks = [
        replace(mark, others=tuple(groups[id(mark)][1:])) if id(mark) in groups else mark
        for mark in panel.marks
        if id(mark) not in gone
    ]
    return replace(panel, marks=tuple(marks))


def same_figure(mark: Mark) -> tuple[object, ...]:
    """What equal figures have in common; of no known region nobody knows whether they are equal."""
    end = same_figure(mark.end) if mark.end else ()
    place = (mark.region, mark.level) if mark.region else (mark.document,)
    figure = (mark.subject, mark.value, mark.high, mark.unit, mark.qualifier, mark.kind, mark.direction)
    return (*place, *figure, mark.first, mark.last or mark.day, end)
