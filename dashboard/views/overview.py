"""The first page: what was reported by whom – comparisons, coverage, documents, and what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.arrange import arrange
from dashboard.captions import make_chart
from dashboard.columns import Condition, Listing
from dashboard.compare import Panel
from dashboard.components.form import form
from dashboard.components.multiples import Multiple, multiples
from dashboard.filters import Filters
from dashboard.headlines import draw_lines, pick_headlines
from dashboard.link import ReportKey
from dashboard.naming import name_measure, name_regions
from dashboard.notes import denominators_of, drawing_notes
from dashboard.options import Options
from dashboard.outlines import rank_panels
from dashboard.views.controls import show_selection
from dashboard.views.coverage import coverage
from dashboard.views.drawing import option, take_options
from dashboard.views.empty import empty
from dashboard.views.jumps import Jump, jump_table
from dashboard.views.rows import say_row
from dashboard.views.view import View, plain
from dashboard.widgets import go, open_row
from dashboard.wording import Words

# More regions than this are counted, not named.
MOST_NAMED: Final = 8
# Of each flag so many statistics are listed; the page of the whole table has them all.
MOST_FLAGGED: Final = 5
# So many documents are listed, the newest.
MOST_DOCUMENTS: Final = 100


def overview(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    st.title(words("app.title"))
    reporters = [name for name in data.tallies.speakers(Filters()) if name]
    st.markdown(words("app.lead", regions=len(reporters), count=f"{len(data):,}"))
    count = data.count(view.filters)
    if view.filters.active():
        show_selection(view, view.filters, words("overview.passing", count=f"{count:,}"))
    if not count:
        empty(view)
        return
    outlines = data.outlines(view.filters)
    picked = pick_headlines(outlines)
    if picked:
        headlines(rank_panels(data.panels(view.filters, picked, view.options.readings)), view)
    else:
        st.header(words("headline.title"))
        has_aims = any(not one.is_result and one.breadth > 1 for one in outlines)
        st.caption(words("aim.none_shown" if has_aims else "headline.none"))
    coverage(view)
    documents(view)
    flagged(view)


def headlines(panels: Sequence[Panel], view: View) -> None:
    """The indicators that most regions reported alike, as small multiples."""
    words, data, context = view.words, view.dataset, view.context
    st.header(words("headline.title"))
    st.caption(words("headline.lead"))
    form(
        [option("measure", view.options, words, help=words("compare.per_head_help"))],
        "measure",
        changed=partial(take_options, view=view),
    )
    options = Options(highlight=view.options.highlight, measure=view.options.measure)
    arranged = [arrange(panel, options, data.populations, data.codebook) for panel in panels]
    links = [link_of(panel, view) for panel in panels]
    multiples(
        [make_card(panel, link, options, view) for panel, link in zip(arranged, links, strict=True)],
        words("headline.read"),
        "headlines",
        compare=lambda number: go("compare", **links[number]),
        read=open_row,
    )
    notes = dict.fromkeys(note for panel in arranged for note in drawing_notes(panel, options, context))
    if denominators := denominators_of((mark for panel in arranged for mark in panel.marks), context):
        notes[words("note.denominator", items=denominators)] = None
    st.caption("  \n".join(map(plain, notes)))


def link_of(panel: Panel, view: View) -> dict[str, Any]:
    """The fields of the link to the comparison of a panel: its indicator, among what else is filtered."""
    names = (panel.indicator.id,) if panel.indicator else ()
    return {"filters": replace(view.filters, indicators=names), "row": None}


def make_card(panel: Panel, link: dict[str, Any], options: Options, view: View) -> Multiple:
    """A panel as a small card."""
    words, context = view.words, view.context
    chart = make_chart(panel, context, options)
    # A heading has said the level.
    names = {mark.id: view.region(mark.region) for mark in panel.marks} if panel.parts_levels else {}
    lines = [replace(line, region=names.get(line.id, line.region)) for line in draw_lines(chart)]
    return Multiple(
        title=name_measure(panel, context),
        href=view.address("compare", **link),
        subtitle=" · ".join([words("headline.regions", count=panel.breadth), *say_measure(panel, options, words)]),
        lines=lines,
        more=words("headline.more", count=len(chart.bars) - len(lines)) if len(lines) < len(chart.bars) else "",
        missing=words("chart.missing", regions=list_regions(panel.missing, view)) if panel.missing else "",
    )


def say_measure(panel: Panel, options: Options, words: Words) -> list[str]:
    """What a card shows where figures per head are asked for, which not every indicator allows."""
    if options.measure == "absolute":
        return []
    return [words("option.measure_per_head" if panel.is_per_head else "option.measure_absolute")]


def list_regions(regions: Sequence[str], view: View) -> str:
    """A few regions by name, many by number."""
    if len(regions) > MOST_NAMED:
        return view.words("overview.region_count", count=len(regions))
    return name_regions(regions, view.context)


def documents(view: View) -> None:
    """The documents, newest first: what they are, of when, how much of the selection is theirs."""
    words, data = view.words, view.dataset
    counts = data.tallies.documents(view.filters, MOST_DOCUMENTS)
    st.header(words("overview.documents"))
    rows = [
        [
            Jump(view.title(name), page="source", fields=source_of(name, int(counts.at[name, "report"]))),
            Jump(data.document(name).date or "–"),
            Jump(list_regions(counts.at[name, "reporters"], view)),
            Jump(str(counts.at[name, "count"]), is_number=True),
        ]
        for name in counts.index
    ]
    head = [
        Jump(words("overview.document")),
        Jump(words("overview.date")),
        Jump(words("overview.regions")),
        Jump(words("overview.count"), is_number=True),
    ]
    jump_table(words("overview.documents"), head, rows, "documents", "overview", view)
    if len(counts) == MOST_DOCUMENTS and (whole := data.tallies.distinct("document", view.filters)) > MOST_DOCUMENTS:
        st.caption(words("overview.more_documents", shown=MOST_DOCUMENTS, count=whole))


def source_of(document: str, number: int) -> dict[str, Any]:
    """The fields of the link to a report's text."""
    return {"report": ReportKey(document, number), "row": None}


def flagged(view: View) -> None:
    """The statistics that a person should look at, by what is the matter, each one click from its sentence."""
    words = view.words
    st.header(words("overview.flagged"))
    groups = view.dataset.find_flagged(view.filters, MOST_FLAGGED)
    if not groups:
        st.caption(words("overview.flagged_none"))
        return
    st.caption(words("overview.flagged_lead", most=MOST_FLAGGED))
    rows = []
    for flag, (count, first) in groups.items():
        label = words.term("flag", flag)
        listing = Listing().put(Condition("flags", "in", (flag,)))
        whole = words("overview.flag_count", flag=label, count=count)
        rows += [
            [
                Jump(say_row(row, view), page="overview", fields={"row": str(row["id"])}),
                Jump(whole, page="data", fields={"listing": listing, "row": None}),
            ]
            for row in first.to_dict("records")
        ]
    head = [Jump(words("overview.statistic")), Jump(words("overview.flag"))]
    jump_table(words("overview.flagged"), head, rows, "flagged", "overview", view)
