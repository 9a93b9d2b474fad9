"""The sentence of one statistic in its report, in a dialog that closes back to where the reader was."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from dashboard.cells import say_section, write_cell
from dashboard.filters import Filters
from dashboard.link import ReportKey
from dashboard.load import load_places, load_report
from dashboard.naming import Context
from dashboard.passage import Row, quote, to_html
from dashboard.revise import write_entry
from dashboard.views.rows import say_row
from dashboard.views.view import View, plain
from dashboard.widgets import forget, open_row
from dashboard.wording import Words
from extract.readers import find_place
from extract.table.record import Place


def sentence(view: View) -> None:
    """The opened row in a dialog; a row that this data does not have is named."""
    row = view.dataset.find(view.link.row or "")
    if row is None:
        st.warning(view.words("sentence.gone"))
        open_row(None)
        return
    st.dialog(view.words("sentence.title"), width="large", on_dismiss=close)(show)(row, view)


def show(row: Row, view: View) -> None:
    """What stands in the dialog: the value, the passage, where it comes from, and where to go from here."""
    words = view.words
    report = ReportKey(str(row["document"]), int(row["report"]))
    passage = load_report(report)
    st.markdown(f"**{plain(say_row(row, view))}**")
    st.html(to_html(quote(row, passage)))
    if passage is None:
        st.caption(words("sentence.missing"))
    elif passage.span(row) is None:
        st.caption(words("sentence.mismatch"))
    place = say_place(row, load_places(report.document), words)
    origin = (words("sentence.document", title=view.title(report.document)), place, say_section(row["section"], words))
    st.caption(plain(" · ".join(filter(None, origin))))
    if row["review"] != "unreviewed":
        st.caption(plain(say_review(row, view.context)))
    for twin in view.dataset.twins(row):
        text = words("sentence.twin", title=view.title(str(twin["document"])))
        other = ReportKey(str(twin["document"]), int(twin["report"]))
        view.page_link("source", text, icon=":material/content_copy:", report=other, row=str(twin["id"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(words("sentence.back"), key="back", icon=":material/arrow_back:"):
            close()
            st.rerun()
        view.page_link("source", words("sentence.in_report"), icon=":material/article:", report=report)
        view.page_link("compare", words("sentence.compared"), icon=":material/bar_chart:", **comparison_of(row))
        if row["indicator"]:
            view.page_link(
                "indicator", words("sentence.indicator"), icon=":material/info:", indicator=row["indicator"], row=None
            )


def say_place(row: Row, places: Sequence[Place], words: Words) -> str:
    """Where a row's number stands in the file that was imported; "" where that has no places."""
    place = find_place(places, int(row["start"]))
    if place is None:
        return ""
    parts = [(name, getattr(place, name)) for name in ("page", "table", "row", "paragraph")]
    return "".join(words(f"place.{name}", number=number) for name, number in parts if number is not None)


def say_review(row: Row, context: Context) -> str:
    """What a person said of a row, who and when, and what it was before it was corrected."""
    words = context.words
    said = words(
        "sentence.review",
        state=words.term("review", str(row["review"])),
        reviewer=row["reviewer"],
        at=str(row["reviewed_at"])[:10],
    )
    before = json.loads(str(row["original"] or "{}"))
    changes = [
        f"{words(f'column.{name}')} {'–' if cell is None else write_cell(name, write_entry(cell), context)}"
        for name, cell in before.items()
    ]
    return said + (words("sentence.before", changes=words.join(changes)) if changes else "")


def comparison_of(row: Row) -> dict[str, object]:
    """The fields of the link to the comparison in which a row stands: its indicator's, else its theme's."""
    filters = Filters(indicators=(str(row["indicator"]),)) if row["indicator"] else Filters(themes=(str(row["theme"]),))
    return {"filters": filters, "row": None}


def close() -> None:
    """Back to where the reader was, with nothing selected in what led here."""
    open_row(None)
    forget(st.session_state.get("opened_by", "table"))
