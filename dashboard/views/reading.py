"""A text with its rows marked where a person works on them: a mark selects its row, selected words can become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from dashboard.captions import write_mark
from dashboard.components.link_table import Cell, link_table
from dashboard.components.marked_text import MarkData, MarkedText, marked_text, to_pieces
from dashboard.mark import read_mark
from dashboard.marking import mark_text
from dashboard.passage import Passage, Row
from dashboard.views.marks import make_legend, number_themes, say_flags
from dashboard.views.view import View
from dashboard.wording import Words

# About as high as the text's own box.
HEIGHT: Final = 620
FLAG: Final = "⚑"
SIGNS: Final = {"accepted": "✓", "corrected": "✎", "added": "＋", "rejected": "✗"}
WORDS: Final = ("legend", "previous", "next", "text")


def reading_text(
    text: str,
    rows: Sequence[Row],
    selected: str,
    key: str,
    view: View,
    *,
    on_select: Callable[[str], None],
    on_quote: Callable[[str], None] | None = None,
) -> None:
    """
    Draw it.

    Args:
        rows:
            Of this text, rejected ones too: those are pale.
        selected:
            The id of the row to scroll to, or "".
        on_select:
            Called with the id of a row.
        on_quote:
            Called with the words that were selected, where they may become a row.
    """
    words = view.words
    pieces, _ = mark_text(Passage(text), rows)
    places = {str(row["id"]): place for place, row in enumerate(rows)}
    numbers = number_themes(view)
    marks = [make_mark(row, numbers, view) for row in rows]
    said = {name: words(f"source.{name}") for name in WORDS}
    said |= {name: words(f"reading.{name}") for name in ("filter", "hint", "action", "only")}
    said |= {"place": words("source.place", place="{place}", count=sum(not mark["is_pale"] for mark in marks))}
    data: MarkedText = {
        "pieces": to_pieces([(piece.text, [places[row_id] for row_id in piece.ids]) for piece in pieces]),
        "marks": marks,
        "themes": make_legend(marks, numbers, view),
        "selected": selected if selected in places else "",
        "is_beside": True,
        "words": said | ({"quote": words("reading.quote")} if on_quote else {}),
    }
    handlers = dict.fromkeys(("compared", "explained", "selected"), on_select)
    marked_text(data, key, handlers | {"theme": ignore, "quoted": on_quote or ignore})


def reading_rows(rows: Sequence[Row], key: str, page: str, view: View, *, on_select: Callable[[str], None]) -> None:
    """The rows as a list in a box that scrolls beside the text; a chosen one is shown there."""
    words = view.words
    head = [Cell(words("reading.figure")), Cell(words("reading.what"))]
    # Each row has the page's address, for a reader who hears that it is a link.
    href = view.address(page)
    cells = [[Cell(say_figure(row, words), href=href), say_what(row, view)] for row in rows]
    with st.container(height=HEIGHT, border=False):
        link_table(
            words("reading.rows", count=len(rows)), head, cells, key, lambda row, _: on_select(str(rows[row]["id"]))
        )


def say_figure(row: Row, words: Words) -> str:
    """The figure of a row, with the sign of what a person said of it."""
    return f"{SIGNS.get(str(row.get('review')), '')} {write_mark(read_mark(row), words)}".strip()


def say_what(row: Row, view: View) -> Cell:
    """What is counted, under which indicator or theme; a flag where a person should look, which the name spells out."""
    words, codebook = view.words, view.dataset.codebook
    mark = read_mark(row)
    indicator = codebook.indicator_label(str(row["indicator"]), words.lang) if row["indicator"] else ""
    text = " · ".join(filter(None, (mark.subject, indicator or codebook.theme_label(mark.theme, words.lang))))
    flags = say_flags(str(row["flags"] or ""), words)
    return Cell(f"{FLAG} {text}", name=f"{text} · {flags}") if flags else Cell(text)


def make_mark(row: Row, numbers: dict[str, int], view: View) -> MarkData:
    """What a reader sees of a row beside its place in the text."""
    words, codebook = view.words, view.dataset.codebook
    mark = read_mark(row)
    details = [
        mark.subject,
        words("source.theme", theme=codebook.theme_label(mark.theme, words.lang)),
        codebook.indicator_label(str(row["indicator"]), words.lang) if row["indicator"] else "",
        mark.period or "",
        say_flags(str(row["flags"] or ""), words),
    ]
    return {
        "id": mark.id,
        "theme": numbers.get(mark.theme, 0),
        "is_pale": row.get("review") == "rejected",
        "value": write_mark(mark, words),
        "details": [detail for detail in dict.fromkeys(details) if detail],
        "href": "",
        "about": "",
    }


def ignore(value: str) -> None:
    """A legend entry filters nothing here."""
