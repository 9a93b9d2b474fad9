"""One indicator: what it means, how far it may be compared, who reported it in which words, and how to cite it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.citation import Citation, cite
from dashboard.columns import Condition, Listing
from dashboard.compare import Panel
from dashboard.filters import sort_values
from dashboard.link import ReportKey
from dashboard.load import load_report
from dashboard.mark import read_mark
from dashboard.naming import explain_time, name_regions, name_status, name_units, write_end
from dashboard.passage import Row, quote
from dashboard.perhead import refusal_of
from dashboard.spans import RESULT, status_of
from dashboard.views.controls import show_selection
from dashboard.views.empty import empty
from dashboard.views.jumps import Jump, jump_table
from dashboard.views.view import View, plain
from dashboard.widgets import open_row, pick_control
from dashboard.wording import LANGUAGES, Words, load_words
from dashboard.wording.codebook import Indicator
from extract.table.record import STATUSES

# So many values are quoted; the page of the whole table has them all.
MOST_QUOTED: Final = 40
GRADES: Final = frozenset("ABCS")


def indicator(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    st.title(words("page.indicator"))
    others = view.filters.without("indicators")
    if others.active():
        show_selection(view, others)
    names = offer_indicators(view)
    if names:
        name = pick_control("indicator", names, lambda name: name_indicator(name, view), words)
        show_indicator(name, view)
    elif not data.count(view.filters):
        empty(view)
    else:
        st.info(words("indicator_page.none"))
    directory(view)


def offer_indicators(view: View) -> list[str]:
    """Those that the other filters allow, those filtered by first; with the one that the link names in any case."""
    chosen = view.filters.indicators
    names = sorted(view.dataset.choices(view.filters)["indicators"], key=lambda name: name not in chosen)
    if view.link.indicator and view.link.indicator not in names:
        names.append(view.link.indicator)
    return names


def name_indicator(name: str, view: View) -> str:
    """An indicator with its theme."""
    codebook, lang = view.dataset.codebook, view.words.lang
    label = codebook.indicator_label(name, lang)
    known = codebook.indicators.get(name)
    if known is None:
        return label
    return view.words("indicator_page.pick", indicator=label, theme=codebook.theme_label(known.theme, lang))


def show_indicator(name: str, view: View) -> None:
    """All that is known of one indicator under the filters."""
    words, data = view.words, view.dataset
    filters = replace(view.filters, indicators=(name,))
    rows, panels = data.select(filters), data.panels(filters)
    found = data.codebook.find_indicator(name, "")
    assert found is not None
    st.header(plain(found.labels[words.lang]))
    facts(found, panels, view)
    view.page_link(
        "compare",
        words("indicator_page.compare"),
        icon=":material/bar_chart:",
        filters=replace(view.filters, indicators=(name,)),
        row=None,
    )
    if rows.empty:
        st.warning(words("indicator_page.filtered_out"))
        return
    st.subheader(words("indicator_page.reported", count=rows["region"].nunique()))
    values(panels, rows, view)
    absent(panels[0], view)
    citations(name, panels, rows, view)


def absent(panel: Panel, view: View) -> None:
    """Who did not report it, and who did but is filtered out."""
    for regions, key in ((panel.missing, "chart.missing"), (panel.filtered, "note.filtered")):
        if regions:
            st.markdown(plain(view.words(key, regions=name_regions(regions, view.context))))


def facts(found: Indicator, panels: Sequence[Panel], view: View) -> None:
    """Definition, unit, grade and what it means, per head or why not, the codebook's note."""
    words, lang = view.words, view.words.lang
    grade = found.grade if found.grade in GRADES else "none"
    units = dict.fromkeys(unit for panel in panels if (unit := name_units(panel, view.context)))
    lines = [
        ("definition", found.definitions.get(lang, words("indicator_page.no_definition"))),
        ("unit", words("list.or").join(units) or words("indicator_page.no_unit")),
        ("grade", words(f"indicator_page.grade_{grade}")),
    ]
    if panels:
        lines.append(("per_head", say_per_head(panels, words)))
    if note := found.notes.get(lang):
        lines.append(("note", note))
    st.markdown("\n".join(f"- **{words(f'indicator_page.{key}')}** {plain(text)}" for key, text in lines))


def say_per_head(panels: Sequence[Panel], words: Words) -> str:
    """Whether figures per head are fair, or why not."""
    if any(panel.allows_per_head for panel in panels):
        return words("indicator_page.per_head_yes")
    refusal = refusal_of(panels[0])
    return words("indicator_page.per_head_grade") if refusal == "grade" else words(f"note.refusal_{refusal}")


def values(panels: Sequence[Panel], rows: pd.DataFrame, view: View) -> None:
    """Every value with its sentence, in the order of its comparison; aims and norms after results, under their word."""
    words = view.words
    by_id: dict[str, Row] = {str(row["id"]): row for row in rows.to_dict("records")}
    ends = [end for panel in panels for mark in panel.marks for end in (mark, mark.end) if end]
    ids = [end.id for status in STATUSES for end in ends if end.status == status]
    if panels[0].lacks_results:
        st.info(words(f"aim.only_{panels[0].status}"))
    headed = RESULT
    for row_id in ids[:MOST_QUOTED]:
        status = status_of(by_id[row_id]["status"])
        if status != headed:
            st.subheader(words.term("status", status))
            headed = status
        value(by_id[row_id], view)
    if len(ids) > MOST_QUOTED:
        chosen = replace(view.filters, indicators=(str(rows["indicator"].iloc[0]),))
        text = words("indicator_page.more", count=len(ids) - MOST_QUOTED)
        view.page_link("data", text, icon=":material/table:", filters=chosen, row=None)


def value(row: Row, view: View) -> None:
    """One value: who, of what level, what, how much, when; its sentence; the way to the text around it."""
    words, mark = view.words, read_mark(row)
    role = "" if pd.isna(row["role"]) else words.term("role", str(row["role"]))
    details = (
        words.term("level", mark.level) if mark.level else "",
        mark.subject,
        role,
        explain_time(mark, words) or words("note.period_none"),
    )
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            text = " · ".join(plain(detail) for detail in details if detail)
            st.markdown(f"**{plain(view.region(mark.region))}** **{plain(write_end(mark, words))}** · {text}")
            st.button(
                words("indicator_page.read"),
                key=f"read:{mark.id}",
                icon=":material/article:",
                type="tertiary",
                on_click=open_row,
                args=(mark.id,),
                help=words("indicator_page.read_help"),
            )
        st.html(quote_sentence(row))


def quote_sentence(row: Row) -> str:
    """The whole sentence with its number marked, as HTML, everything from the report escaped."""
    shown = quote(row, load_report(ReportKey(str(row["document"]), int(row["report"]))))
    before, mark, after = (html.escape(part) for part in (shown.before, shown.mark, shown.after))
    marked = f'<mark style="background:#ffd54d;color:#111;padding:0 .15em">{mark}</mark>' if mark else ""
    return f'<blockquote lang="zh-CN" style="line-height:1.8;margin:0;padding:0">{before}{marked}{after}</blockquote>'


def citations(name: str, panels: Sequence[Panel], rows: pd.DataFrame, view: View) -> None:
    """How to cite the values shown, short and in full, in both languages, the present one first."""
    st.subheader(view.words("citation.title_block"))
    st.caption(view.words("citation.lead"))
    for lang in sorted(LANGUAGES, key=lambda lang: lang != view.words.lang):
        citation = make_citation(name, panels, rows, lang, view)
        st.markdown(f"**{view.words(f'app.{lang}')}**")
        st.code(citation.short, language=None, wrap_lines=True)
        st.code(citation.full, language=None, wrap_lines=True)


def make_citation(name: str, panels: Sequence[Panel], rows: pd.DataFrame, lang: str, view: View) -> Citation:
    """The citation of the values in one language, its link in that language too."""
    data, words = view.dataset, load_words(lang)
    regions = dict.fromkeys(region for panel in panels for region in panel.regions() or panel.references())
    label, status = data.codebook.indicator_label(name, lang), name_status(panels[0].status, words)
    return cite(
        words("aim.named", name=label, what=status) if panels[0].lacks_results else label,
        [data.codebook.region_label(region, lang) or words("region.unknown") for region in regions],
        [data.document(document) for document in rows["document"].unique()],
        data.version,
        view.address("indicator", indicator=name, lang=lang, row=None),
        words,
    )


def directory(view: View) -> None:
    """The codebook's indicators to turn to, and a word on the statistics that fit none."""
    words, data = view.words, view.dataset
    counts = data.tallies.regions(view.filters.without("indicators"))
    st.header(words("indicator_page.directory"))
    st.caption(words("indicator_page.directory_lead"))
    here = set(data.vocabulary.values["indicators"])
    names = sort_values("indicators", here | set(data.codebook.indicators), data.codebook)
    head = [Jump(words(f"indicator_page.{key}")) for key in ("indicator", "theme", "grade_short")]
    head.append(Jump(words("indicator_page.regions"), is_number=True))
    jump_table(
        words("indicator_page.directory"),
        head,
        [directory_row(name, counts.get(name, 0), name in here, view) for name in names],
        "directory",
        "indicator",
        view,
    )
    if without := counts.get(""):
        st.caption(words("indicator_page.without", count=without))
        listing = Listing().put(Condition("indicator", "empty"))
        filters = view.filters.without("indicators")
        text = words("indicator_page.list_without")
        view.page_link("data", text, icon=":material/table:", filters=filters, listing=listing, row=None)


def directory_row(name: str, count: int, is_here: bool, view: View) -> list[Jump]:
    """An indicator of the list; one that the data has is a way to its page."""
    words, codebook = view.words, view.dataset.codebook
    known = codebook.find_indicator(name, "")
    theme = codebook.theme_label(known.theme, words.lang) if known else ""
    fields: dict[str, Any] = {"indicator": name, "row": None}
    return [
        Jump(codebook.indicator_label(name, words.lang), page="indicator" if is_here else "", fields=fields),
        Jump(theme),
        Jump(known.grade if known and known.grade else "–"),
        Jump(str(count), is_number=True) if count else Jump("–", words("coverage.absent"), is_number=True),
    ]
