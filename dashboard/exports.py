"""A selection → what an export holds of it, for the page and for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from dashboard.arrange import arrange
from dashboard.captions import make_chart, share_limits
from dashboard.compare import Panel
from dashboard.dataset import Dataset
from dashboard.export.contents import Comparison, Contents
from dashboard.filters import Filters
from dashboard.naming import Context
from dashboard.options import Options
from dashboard.wording import Words

# More statistics than this are not exported row by row.
MOST_ROWS: Final = 20_000


def compare_panels(
    panels: Sequence[Panel], options: Options, data: Dataset, words: Words, address: Callable[[Panel], str]
) -> list[Comparison]:
    """The panels as they are drawn under these options, each with its own address."""
    context = context_of(data, words)
    arranged = [arrange(panel, options, data.populations, data.codebook) for panel in panels]
    charts = [make_chart(panel, context, options) for panel in arranged]
    if options.axis == "shared":
        charts = share_limits(charts)
    return [Comparison(panel, chart, address(panel)) for panel, chart in zip(arranged, charts, strict=True)]


def collect(
    comparisons: Sequence[Comparison], filters: Filters, data: Dataset, words: Words, address: str, made: str
) -> Contents:
    """
    All that passes the filters, with these comparisons; ``made`` is the day, ISO.

    Of very many statistics only those behind the marks, which the export says.
    """
    count = data.count(filters)
    is_whole = count <= MOST_ROWS
    shown = [row_id for comparison in comparisons for row_id in comparison.ids()]
    rows = data.select(filters) if is_whole else data.rows_of(shown)
    sentence = words("export.filters", filters=filters.say(words, data.codebook))
    return Contents(
        comparisons=tuple(comparisons),
        rows=rows,
        sentence=sentence if is_whole else sentence + words("export.marks_only", count=len(rows), total=count),
        address=address,
        documents={name: data.document(name) for name in rows["document"].unique()},
        made=made,
        context=context_of(data, words),
    )


def narrow(filters: Filters, panel: Panel) -> Filters:
    """
    The selection in force, left with what stands in a panel: its indicator, or its theme where it has none; its kind.

    Aims and norms by their status; results may be of a table of version 1, whose rows have none.
    """
    topic = {"indicators": (panel.indicator.id,)} if panel.indicator else {"themes": (panel.theme,)}
    statuses = filters.statuses if panel.is_result else (panel.status,)
    return replace(filters, kinds=(panel.kind,), statuses=statuses, **topic)


def context_of(data: Dataset, words: Words) -> Context:
    """What charts of this data take their words from."""
    return Context(words, data.codebook, data.titles[words.lang], data.colours, data.version)


def today() -> str:
    """The day of an export, ISO, the same wherever the server stands."""
    return datetime.now(UTC).date().isoformat()
