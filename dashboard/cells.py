"""The cells of the tidy table in the reader's language, and the words for a condition on one of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import pandas as pd

from dashboard.clauses import NOTHING, Clause, all_of, any_of, column
from dashboard.columns import BY_NAME, Condition, Listing, form_of
from dashboard.filters import COLUMNS, fold, label, sort_values
from dashboard.mark import read_mark
from dashboard.naming import Context, name_region, write_mark
from dashboard.search import has_text
from dashboard.wording import Words
from dashboard.wording.quantity import unit_name, write_number

# What stands before the column of values: each value as a reader writes it.
FIGURE: Final = "figure"
# Columns of codes, with the wording section of their words; their values are those of the column's vocabulary.
TERM_COLUMNS: Final = (
    *("level", "kind", "qualifier", "direction", "role", "status", "period_basis", "aggregation", "review"),
)
# A vocabulary of more values is sorted as text.
MOST_ORDERED: Final = 200
FILTER_FIELDS: Final = {column: field for field, column in COLUMNS.items()} | {"reporter": "reporters"}


def write_cell(column: str, value: str, context: Context) -> str:
    """One value of a column as a reader sees it; what the codebook does not know stays as it is."""
    words, codebook = context.words, context.codebook
    if column in TERM_COLUMNS:
        return words.term(column, value)
    if column == "flags":
        return say_flags(value, words)
    if column in ("region", "province", "reporter"):
        return name_region(value, context)
    if column == "theme":
        return label("themes", value, words, codebook)
    if column == "indicator":
        return codebook.indicator_label(value, words.lang)
    if column == "unit":
        return unit_name(value, words.lang)
    return context.titles.get(value, value) if column == "document" else value


def say_flags(flags: str, words: Words) -> str:
    """What a person should look at, in words."""
    return words.join([words.term("flag", flag) for flag in flags.split(";") if flag])


def say_section(section: object, words: Words) -> str:
    """The nearest heading above a number, "" where there is none."""
    return words("aim.section", section=section) if isinstance(section, str) and section else ""


def show(rows: pd.DataFrame, shown: Sequence[str], context: Context) -> pd.DataFrame:
    """
    The columns ``shown`` of the rows, with their index; null where there is nothing to say.

    Numbers stay numbers, so that they sort; a value has the figure as a reader writes it before it.
    """
    frame: dict[str, pd.Series] = {}
    for name in shown:
        cells = rows[name]
        if name == "value":
            marks = map(read_mark, rows.to_dict("records"))
            frame[FIGURE] = pd.Series([write_mark(mark, context.words) for mark in marks], rows.index, dtype="str")
        if form_of(name) == "number":
            frame[name] = cells
        else:
            said = {value: write_cell(name, str(value), context) or None for value in cells.dropna().unique()}
            frame[name] = cells.map(said, na_action="ignore").astype("str").where(cells.notna(), None)
    return pd.DataFrame(frame, index=rows.index)


def find(listing: Listing, cells: Mapping[str, Sequence[str]], context: Context) -> Clause:
    """
    The rows of which some shown cell holds each word that is looked for, case aside.

    Args:
        cells:
            The values of each choice column, which are looked for by what they are called.
    """

    def holds(word: str) -> Clause:
        parts = []
        for name in listing.shown:
            form = form_of(name)
            if form == "choice":
                labels = {value: write_cell(name, value, context).casefold() for value in (*cells[name], "")}
                called = tuple(value for value, label in labels.items() if word.casefold() in label)
                parts.append(Condition(name, "in", called).where() if called else NOTHING)
            elif form == "number":
                # A figure is looked for as the text writes it, too.
                digits = word.replace(",", "")
                if digits.isdecimal():
                    parts.append(Clause(f"contains(CAST({column(name)} AS VARCHAR), ?)", (digits,)))
                parts.append(has_text("raw", word))
            else:
                parts.append(has_text(name, word))
        return any_of(parts)

    return all_of(holds(word) for word in listing.find.split())


def order(listing: Listing, cells: Mapping[str, Sequence[str]], context: Context) -> Clause:
    """
    The order of the listing's column as SQL, nulls last, equal rows in the table's order.

    Vocabularies stand in the codebook's order, where they are not so long that nobody knows them.
    """
    if not listing.sort:
        return Clause("position")
    key, way = column(listing.sort), f"{'DESC' if listing.is_descending else 'ASC'} NULLS LAST"
    field = FILTER_FIELDS.get(listing.sort)
    if field and len(cells[listing.sort]) <= MOST_ORDERED:
        values = list(sort_values(field, cells[listing.sort], context.codebook))
        return Clause(f"list_position(?, {key}) {way}, position", (values,))
    if form_of(listing.sort) != "number":
        key = f"nullif({key}, '')" if BY_NAME[listing.sort].type == "str" else key
    return Clause(f"{key} {way}, position")


def say(condition: Condition, context: Context) -> str:
    """
    A condition as a reader says it: 数值 10 至 500.

    An open end is said as such (不小于 10).
    """
    words = context.words
    name = words(f"column.{condition.column}")
    operands = condition.operands
    if condition.mode == "in":
        operands = fold(FILTER_FIELDS.get(condition.column, ""), operands, context.codebook)
        values = words.join([write_cell(condition.column, value, context) for value in operands])
        return words("filter.part", field=name, values=values)
    if condition.mode == "has":
        return words("data.say_has", column=name, text=" ".join(operands))
    if condition.mode != "between":
        return words(f"data.say_{condition.mode}", column=name)
    write = partial(write_end, condition.column, words=words)
    low, high = map(write, operands)
    if low and high:
        return words("data.say_between", column=name, low=low, high=high)
    return words("data.say_from", column=name, low=low) if low else words("data.say_to", column=name, high=high)


def write_end(column: str, end: str, words: Words) -> str:
    """An end of a range as a reader writes it; offsets are plain numbers."""
    return write_number(float(end), words.lang) if end and BY_NAME[column].type == "float" else end
