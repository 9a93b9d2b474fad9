"""A report's text with every statistic marked, as the pages of a report and of a region show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any, Final

import streamlit as st

from dashboard.captions import write_mark
from dashboard.cells import say_section
from dashboard.components.marked_text import MarkData, MarkedText, ThemeData, marked_text, to_pieces
from dashboard.link import ReportKey
from dashboard.load import load_report
from dashboard.mark import read_mark
from dashboard.marking import Piece, mark_sentences, mark_text
from dashboard.naming import explain_time, name_status
from dashboard.passage import Row
from dashboard.views.sentence import comparison_of
from dashboard.views.view import View
from dashboard.widgets import choose, current, go
from dashboard.wording import Words

# What the component says, by the last part of the key.
WORDS: Final = (
    "source.legend",
    "source.filter",
    "source.previous",
    "source.next",
    "source.only",
    "source.hint",
    "source.text",
    "source.action",
    "source.compared",
    "source.explained",
)


def marked_report(report: ReportKey, selected: str, on_selected: Callable[[str], None], view: View) -> None:
    """The text of a report; its sentences where it is not shipped, and those that do not fit the text below it."""
    frame = view.dataset.report_rows(report)
    rows: list[Row] = list(frame.astype(object).where(frame.notna(), None).to_dict("records"))
    draw = partial(show_marked, report=report, selected=selected, on_selected=on_selected, view=view)
    passage = load_report(report)
    if passage is None:
        st.info(view.words("source.missing"))
        draw("sentences", mark_sentences(rows), rows)
        return
    pieces, foreign = mark_text(passage, rows)
    draw("text", pieces, rows)
    if foreign:
        st.warning(view.words("source.foreign", count=len(foreign)))
        draw("foreign", mark_sentences(foreign), foreign)


def show_marked(
    name: str,
    pieces: Sequence[Piece],
    rows: Sequence[Row],
    *,
    report: ReportKey,
    selected: str,
    on_selected: Callable[[str], None],
    view: View,
) -> None:
    """Pieces of text whose marks lead to their comparison."""
    shown = {row_id for piece in pieces for row_id in piece.ids}
    by_id = {str(row["id"]): row for row in rows if row["id"] in shown}
    places = {row_id: place for place, row_id in enumerate(by_id)}
    passing = view.dataset.passing(report, view.filters)
    numbers = number_themes(view)
    find_ways = way_finder(view)
    marks = [make_mark(row, row_id not in passing, numbers, find_ways, view) for row_id, row in by_id.items()]
    words = {key.removeprefix("source."): view.words(key) for key in WORDS}
    data: MarkedText = {
        "pieces": to_pieces([(piece.text, [places[row_id] for row_id in piece.ids]) for piece in pieces]),
        "marks": marks,
        "themes": make_legend(marks, numbers, view),
        "selected": selected if selected in shown else "",
        "is_beside": False,
        "words": words | {"place": view.words("source.place", place="{place}", count=len(shown & passing))},
    }
    handlers: dict[str, Callable[[str], None]] = {
        "compared": partial(compare, by_id),
        "explained": partial(explain, by_id),
        "selected": on_selected,
        "theme": toggle_theme,
    }
    marked_text(data, f"{name}:{report.code}", handlers)


def number_themes(view: View) -> dict[str, int]:
    """A number for each theme, from 1, the same in every report: the codebook's order, then further ones."""
    themes = view.dataset.codebook.themes
    further = [theme for theme in view.dataset.vocabulary.values["themes"] if theme not in themes]
    return {theme: number for number, theme in enumerate([*themes, *further], start=1)}


def make_legend(marks: Sequence[MarkData], numbers: dict[str, int], view: View) -> list[ThemeData]:
    """The themes of the marks, each with how many there are."""
    present = [mark["theme"] for mark in marks]
    return [
        {
            "number": number,
            "theme": theme,
            "label": view.dataset.codebook.theme_label(theme, view.words.lang),
            "count": present.count(number),
            "is_pressed": theme in view.filters.themes,
        }
        for theme, number in numbers.items()
        if number in present
    ]


def way_finder(view: View) -> Callable[[str, str, str], tuple[str, str]]:
    """
    From an indicator ("" for none), a theme and a region to the addresses of the comparison and of the indicator.

    A report has many statistics and few of these.
    """

    @cache
    def find_ways(indicator: str, theme: str, region: str) -> tuple[str, str]:
        target = target_of({"indicator": indicator, "theme": theme, "region": region})
        about = view.address("indicator", indicator=indicator, row=None) if indicator else ""
        return view.address("compare", **target), about

    return find_ways


def make_mark(
    row: Row, is_pale: bool, numbers: dict[str, int], find_ways: Callable[[str, str, str], tuple[str, str]], view: View
) -> MarkData:
    """What a reader sees of a row beside its place in the text."""
    words, codebook = view.words, view.dataset.codebook
    mark = read_mark(row)
    indicator = str(row["indicator"] or "")
    theme = codebook.theme_label(mark.theme, words.lang)
    label = codebook.indicator_label(indicator, words.lang) if indicator else ""
    details = [
        mark.subject,
        words("source.theme", theme=theme),
        label,
        name_status(mark.status, words),
        explain_time(mark, words),
        say_section(row["section"], words),
        say_flags(str(row["flags"]), words),
    ]
    href, about = find_ways(indicator, mark.theme, mark.region)
    return {
        "id": mark.id,
        "theme": numbers[mark.theme],
        "is_pale": is_pale,
        "value": write_mark(mark, words),
        "details": [detail for detail in dict.fromkeys(details) if detail],
        "href": href,
        "about": about,
    }


def say_flags(flags: str, words: Words) -> str:
    """What a person should look at, in words."""
    return words.join([words.term("flag", flag) for flag in flags.split(";") if flag])


def target_of(row: Row) -> dict[str, Any]:
    """The fields of the link to a row's comparison, its region highlighted."""
    options = replace(current().options, highlight=str(row["region"]))
    return comparison_of(row) | {"options": options}


def compare(rows: dict[str, Row], row_id: str) -> None:
    """Turn to a mark's comparison; on the way back the mark is still selected."""
    leave(row_id)
    go("compare", **target_of(rows[row_id]))


def explain(rows: dict[str, Row], row_id: str) -> None:
    """Turn to the indicator of a mark."""
    leave(row_id)
    go("indicator", indicator=str(rows[row_id]["indicator"]), row=None)


def leave(row_id: str) -> None:
    """Remember the mark at which the reader was."""
    st.session_state.mark = row_id


def toggle_theme(theme: str) -> None:
    """Filter by a theme of the legend, or no longer."""
    filters = current().filters
    if theme in filters.themes:
        choose(replace(filters, themes=tuple(kept for kept in filters.themes if kept != theme)))
    else:
        choose(replace(filters, themes=(*filters.themes, theme)))
