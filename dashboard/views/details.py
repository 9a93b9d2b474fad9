"""The rows behind the charts, and the sentence of one of them in its report."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.captions import write_mark
from dashboard.compare import read_mark
from dashboard.export.table import to_csv
from dashboard.load import load_source
from dashboard.views.view import View, plain
from dashboard.widgets import forget, open_row, picked, turn
from dashboard.wording import Words

COLUMNS: Final = ("region", "theme", "indicator", "subject", "value", "raw", "kind", "period", "flags", "sentence")
# About so many characters of the report are shown on each side of a number, out to the end of a sentence.
AROUND: Final = 200
STOPS: Final = "。！？\n"
Row = Mapping[Hashable, Any]


def table(view: View) -> None:
    """The same rows as in the charts; a chosen one opens its sentence."""
    words = view.words
    rows = view.filters.apply(view.dataset.rows)
    if rows.empty:
        return
    st.subheader(words("table.title"))
    st.caption(words("table.lead"))
    shown, ids = show_rows(rows, view), list(rows["id"])
    key = turn("table")
    st.dataframe(
        shown,
        hide_index=True,
        column_config={
            "value": st.column_config.NumberColumn(words("table.value"), format="localized"),
            **{name: words(f"table.{name}") for name in COLUMNS if name != "value"},
        },
        placeholder="–",
        selection_mode="single-row",
        on_select=lambda: choose_row(key, ids),
        key=key,
        alt=words("table.alt", count=len(rows)),
    )
    labels = {row["id"]: say_row(row, view) for row in rows.to_dict("records")}
    st.selectbox(
        words("table.choose"),
        ids,
        index=None,
        format_func=labels.__getitem__,
        placeholder=words("table.choose_none"),
        key=(choice := turn("choice")),
        on_change=lambda: choose_option(choice),
    )
    downloads(rows, view)


def show_rows(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows in the reader's language; the value stays a number so that it sorts."""
    words, codebook = view.words, view.dataset.codebook
    lang = words.lang
    return pd.DataFrame(
        {
            "region": [codebook.region_label(region, lang) or words("region.unknown") for region in rows["region"]],
            "theme": [codebook.theme_label(theme, lang) for theme in rows["theme"]],
            "indicator": rows["indicator"].map(lambda name: codebook.indicator_label(name, lang), na_action="ignore"),
            "subject": rows["subject"],
            "value": rows["value"],
            "raw": rows["raw"],
            "kind": [words.term("kind", kind) for kind in rows["kind"]],
            "period": rows["period"],
            "flags": [say_flags(flags, words) for flags in rows["flags"]],
            "sentence": rows["sentence"],
        }
    )


def say_flags(flags: str, words: Words) -> str:
    """What a person should look at, in words."""
    return words.join([words.term("flag", flag) for flag in flags.split(";") if flag])


def say_row(row: Row, view: View) -> str:
    """A row in one line: region, what is counted, the value."""
    mark = read_mark(row)
    region = view.dataset.codebook.region_label(mark.region, view.words.lang) or view.words("region.unknown")
    return " · ".join(part for part in (region, mark.subject, write_mark(mark, view.words)) if part)


def choose_row(key: str, ids: list[str]) -> None:
    """Open the sentence of the chosen row."""
    for place in picked(key, "rows"):
        open_row(ids[int(place)])
        st.session_state.opened_by = "table"


def choose_option(key: str) -> None:
    """Open the sentence of the row chosen from the list."""
    open_row(st.session_state[key])
    st.session_state.opened_by = "choice"


def downloads(rows: pd.DataFrame, view: View) -> None:
    """The rows shown, and all of them."""
    version = view.dataset.version
    with st.container(horizontal=True):
        for name, part in (("shown", rows), ("all", view.dataset.rows)):
            st.download_button(
                view.words(f"download.csv_{name}", count=len(part)),
                partial(to_csv, part),
                file_name=f"statistics_{name}_v{version}.csv",
                mime="text/csv",
                key=f"csv:{name}",
                icon=":material/download:",
                on_click="ignore",
            )


def source(view: View) -> None:
    """The opened row, in a dialog that closes back to where the reader was."""
    opened = st.session_state.row
    if not opened:
        return
    rows = view.dataset.rows[view.dataset.rows["id"] == opened]
    if rows.empty:
        st.warning(view.words("source.gone"))
        open_row(None)
        return
    row = rows.to_dict("records")[0]

    @st.dialog(view.words("source.title"), width="large", on_dismiss=close)
    def show() -> None:
        st.markdown(f"**{plain(say_row(row, view))}**")
        text = load_source(row["document"])
        st.html(passage(row, text))
        if text is None:
            st.caption(view.words("source.missing"))
        elif not fits(row, text):
            st.caption(view.words("source.mismatch"))
        title = view.context.titles.get(row["document"], row["document"])
        st.caption(plain(view.words("source.document", title=title)))
        if st.button(view.words("source.back"), key="back", icon=":material/arrow_back:"):
            close()
            st.rerun()

    show()


def close() -> None:
    """Back to the comparison, with nothing selected in what led here."""
    open_row(None)
    forget(st.session_state.get("opened_by", "table"))


def fits(row: Row, text: str) -> bool:
    """Whether the row's offsets are the text's."""
    return text[int(row["start"]) : int(row["end"])] == str(row["raw"])


def passage(row: Row, text: str | None) -> str:
    """
    The number marked in its passage of the report, as HTML with everything from the report escaped.

    Without a text that fits, the sentence alone, unmarked unless it holds the number once.
    """
    if text is None or not fits(row, text):
        before, mark, after = str(row["sentence"]).partition(str(row["raw"]))
        parts = ("", before, mark, after, "")
    else:
        start, end = int(row["start"]), int(row["end"])
        left, right = sentence_around(text, start, end, str(row["sentence"]))
        first, last = surroundings(text, left, right)
        parts = (text[first:left], text[left:start], text[start:end], text[end:right], text[right:last])
    lead, before, mark, after, rest = (html.escape(part).replace("\n", "<br>") for part in parts)
    return (
        '<div lang="zh-CN" style="line-height:1.9;max-height:55vh;overflow:auto" tabindex="0">'
        f'<span style="opacity:.65">{lead}</span>'
        f'<span>{before}<mark style="background:#ffd54d;color:#111;padding:0 .15em">{mark}</mark>{after}</span>'
        f'<span style="opacity:.65">{rest}</span></div>'
    )


def sentence_around(text: str, start: int, end: int, sentence: str) -> tuple[int, int]:
    """Where the row's sentence stands around its number; the number alone where it was cut for the table."""
    left = text.find(sentence, max(0, end - len(sentence)), start + len(sentence))
    return (left, left + len(sentence)) if 0 <= left <= start else (start, end)


def surroundings(text: str, left: int, right: int) -> tuple[int, int]:
    """From the start of a sentence to the end of one, about AROUND characters beyond left and right."""
    before = max(text.rfind(stop, 0, max(0, left - AROUND)) for stop in STOPS) + 1
    after = [place for stop in STOPS if (place := text.find(stop, right + AROUND)) >= 0]
    return before, min(after, default=len(text) - 1) + 1
