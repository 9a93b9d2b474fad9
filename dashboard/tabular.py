"""The table of the very view that a chart draws, and its form for spreadsheets."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import pandas as pd

from dashboard.arrange import rank_marks
from dashboard.compare import Panel
from dashboard.mark import Mark
from dashboard.naming import Context, label_period, name_place, name_region, name_span, name_status, write_mark
from dashboard.wording import Words
from dashboard.wording.quantity import round_to, to_decimal, unit_name

# What a spreadsheet may take for a formula or a command.
FORMULA: Final = re.compile(r"^[\s]*[=+\-@\t\r\n|]")
# Significant digits of a relative change.
CHANGE_DIGITS: Final = 3
# Columns that a table has only where a row of it fills them.
OPTIONAL: Final = (
    "status",
    "span",
    "group",
    "rank",
    "median",
    "count",
    "high",
    "start",
    "stop",
    "difference",
    "ratio",
    "residents",
    "as_of",
    "end_id",
)
Cell = str | float | int | None


def neutralise(cell: object) -> object:
    """
    A text cell that a spreadsheet would run, made a text again; numbers stay numbers.

    >>> neutralise("=HYPERLINK(1)"), neutralise("网格"), neutralise(-5.0)
    ("'=HYPERLINK(1)", '网格', -5.0)
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def tabulate(panel: Panel, context: Context) -> pd.DataFrame:
    """
    A row for each mark in the chart's order, then one for each region that did not report.

    Returns:
        Columns named in the context's language. Numbers are exact, in the unit of their row, falls below zero; of a
        from→to pair ``value`` is the later one, and start, end and changes have columns of their own where the panel
        has any pair: the absolute change in the unit (for % in percentage points), the relative one in %. Groups,
        ranks, upper ends and denominators have columns where the panel has them, and so have the status of what are no
        results and the span of several years. A missing region has no number.
    """
    words = context.words
    names = column_names(words)
    what: dict[str, Cell] = {
        "status": name_status(panel.status, words) or None,
        "span": name_span(panel.span, words) or None,
    }
    rows = [what | cells_of(mark, context) for mark in panel.marks]
    for row, rank, group in zip(rows, rank_marks(panel), panel.groups or ("",) * len(rows), strict=True):
        row["rank"] = rank
        row["group"] = words.term("level", f"group_{group}") if group else None
    rows += [{"region": name_region(region, context), "text": words("chart.absent")} for region in panel.missing]
    table = pd.DataFrame(rows, columns=list(names), dtype=object)
    for name in ("rank", "residents", "count"):
        table[name] = table[name].astype("Int64")
    for name in ("median", "value", "high", "start", "stop", "difference", "ratio"):
        table[name] = table[name].astype("Float64")
    empty = [name for name in OPTIONAL if table[name].isna().all()]
    return table.drop(columns=empty).rename(columns=names)


def column_names(words: Words) -> dict[str, str]:
    """The columns in order, with what a reader sees of each."""
    return {
        "status": words("tabular.status"),
        "span": words("tabular.span"),
        "group": words("tabular.group"),
        "rank": words("tabular.rank"),
        "region": words("tabular.region"),
        "level": words("tabular.level"),
        "subject": words("tabular.subject"),
        "text": words("tabular.text"),
        "median": words("tabular.median"),
        "count": words("tabular.count"),
        "value": words("tabular.value"),
        "high": words("tabular.high"),
        "unit": words("tabular.unit"),
        "qualifier": words("tabular.qualifier"),
        "period": words("tabular.period"),
        "start": words("tabular.start"),
        "stop": words("tabular.stop"),
        "difference": words("tabular.difference"),
        "ratio": words("tabular.ratio"),
        "residents": words("tabular.residents"),
        "as_of": words("tabular.as_of"),
        "document": words("tabular.document"),
        "raw": words("tabular.raw"),
        "id": words("tabular.id"),
        "end_id": words("tabular.end_id"),
    }


def cells_of(mark: Mark, context: Context) -> dict[str, Cell]:
    """The cells of one mark, by column."""
    words, last = context.words, mark.end or mark
    sign = -1 if mark.is_fall() else 1
    unit = unit_name(mark.unit, words.lang)
    cells: dict[str, Cell] = {
        "region": name_place(mark, context),
        "level": words.term("level", mark.level) if mark.level else None,
        "subject": mark.subject or None,
        "text": write_mark(mark, words),
        "median": mark.spread.median if mark.spread else None,
        "count": mark.spread.count if mark.spread else None,
        "value": sign * last.value,
        "high": None if last.high is None else sign * last.high,
        "unit": words("tabular.per_head", unit=unit) if mark.population else unit or None,
        "qualifier": words.term("qualifier", last.qualifier),
        "period": label_period(mark, context) or None,
        "document": words.join([context.titles.get(one.document, one.document) for one in (mark, *mark.others)]),
        "raw": f"{mark.raw} → {mark.end.raw}" if mark.end else mark.raw,
        "id": mark.id,
    }
    if mark.spread:
        # What the one in the middle says is not what all of them say.
        cells |= {"document": None, "raw": None, "qualifier": None}
    if mark.population:
        cells |= {"residents": round(mark.population.residents), "as_of": mark.population.as_of}
    return cells | changes_of(mark, mark.end, sign) if mark.end else cells


def changes_of(start: Mark, end: Mark, sign: int) -> dict[str, Cell]:
    """Both ends of a pair and the change between them; no relative change from zero."""
    first, last = to_decimal(start.value), to_decimal(end.value)
    difference: Decimal = last - first
    ratio = float(round_to(float(difference / first) * 100, CHANGE_DIGITS)) if first else None
    return {
        "start": sign * start.value,
        "stop": sign * end.value,
        "difference": sign * float(difference),
        "ratio": ratio,
        "end_id": end.id,
    }


def to_tsv(table: pd.DataFrame) -> str:
    """The table with its header as tab-separated text, to be pasted into Excel or WPS, where no cell of it is run."""
    lines = [list(table.columns), *table.astype(object).where(table.notna(), None).to_numpy().tolist()]
    return "\n".join("\t".join(write_cell(cell) for cell in line) for line in lines)


def write_cell(cell: object) -> str:
    """A cell in one line: whole numbers without ".0", texts without tabs and line breaks."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(neutralise(re.sub(r"\s+", " ", str(cell))))
