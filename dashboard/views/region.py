"""One region's whole report in figures: where each stands among the others, what is absent, and the marked text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.captions import write_mark
from dashboard.cells import say_section
from dashboard.components.figures import AbsentData, FigureData, ThemeFigures, figures
from dashboard.filters import PLACE_FIELDS, Filters
from dashboard.link import ReportKey
from dashboard.naming import explain_time, name_span, name_status
from dashboard.passage import Row
from dashboard.standing import Gap, Standing, find_gaps, find_peers, find_standings
from dashboard.views.controls import show_selection
from dashboard.views.marks import leave, marked_report, say_flags, target_of
from dashboard.views.source import name_report
from dashboard.views.view import View, plain
from dashboard.widgets import go, open_row, pick_control
from dashboard.wording.quantity import write_number

# So many of a region's figures are shown; where all its reports have more, only the latest are.
MOST_FIGURES: Final = 600
# More documents are counted.
MOST_TITLES: Final = 12
WORDS = ("caption", "name", "value", "place", "open", "absent")


def region(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    st.title(words("page.region"))
    if not len(data):
        st.info(words("error.empty"))
        return
    place = pick_control("place", offer_places(view), view.region, words)
    readings = find_readings(place, view)
    rows = data.select_readings(Filters(regions=(place,)), readings)
    header(place, rows, view)
    what = view.filters.without(*PLACE_FIELDS)
    if what.active():
        show_selection(view, what)
    chosen = replace(what, regions=(place,))
    shown = data.select_readings(chosen, readings)
    st.subheader(words("region_page.figures", count=len(shown)))
    st.caption(words("region_page.lead") if len(shown) else words("region_page.none"))
    if readings != "all":
        st.caption(words(f"note.readings_{readings}"))
    if len(shown) > MOST_FIGURES:
        st.caption(words("region_page.first", count=MOST_FIGURES))
        shown = shown.head(MOST_FIGURES)
    show_figures(place, shown, chosen, readings, view)
    texts(place, view)


def offer_places(view: View) -> list[str]:
    """
    The regions that the filters allow, those filtered by first, then those that report; with the one that the link
    names in any case.
    """
    filters, data = view.filters, view.dataset
    allowed = data.choices(Filters(provinces=filters.provinces, levels=filters.levels))["regions"]
    chosen, reporters = {*filters.regions, *filters.reporters}, set(data.tallies.reporters(Filters()))
    places = sorted(allowed, key=lambda place: (place not in chosen, place not in reporters))
    if view.link.place is not None and view.link.place not in places:
        places.append(view.link.place)
    return places or list(data.vocabulary.values["regions"])


def find_readings(place: str, view: View) -> str:
    """Which statistics of several reports are taken: what the reader chose, of very many the latest."""
    is_large = view.dataset.count(Filters(regions=(place,))) > MOST_FIGURES
    return "latest" if is_large and view.options.readings == "all" else view.options.readings


def header(place: str, rows: pd.DataFrame, view: View) -> None:
    """Level, province, residents, documents; and whom to compare the region with."""
    words, data = view.words, view.dataset
    levels = [words.term("level", level) for level in rows["level"].dropna().unique()]
    provinces = [view.region(province) for province in rows["province"].dropna().unique()]
    facts = [
        words("region_page.level", level=words.join(levels)) if levels else words("region_page.no_level"),
        words("region_page.province", province=words.join(provinces)) if provinces else "",
        say_residents(place, rows, view),
    ]
    st.markdown(plain(words("list.semicolon").join(filter(None, facts))))
    documents = list(rows["document"].unique())
    titles = words.join([view.title(document) for document in documents[:MOST_TITLES]])
    if len(documents) > MOST_TITLES:
        titles = words("region_page.titles", titles=titles, count=len(documents))
    st.caption(plain(words("region_page.documents", titles=titles)))
    if peers := find_peers(place, data.vocabulary.values["regions"], data.populations):
        names = words.join([view.region(peer) for peer in peers])
        view.page_link(
            "compare",
            words("region_page.peers", regions=names),
            icon=":material/bar_chart:",
            filters=replace(view.filters.without(*PLACE_FIELDS), regions=(place, *peers)),
            options=replace(view.options, highlight=place),
            row=None,
        )
    else:
        st.caption(words("region_page.no_peers"))


def say_residents(place: str, rows: pd.DataFrame, view: View) -> str:
    """The residents with their date and source; a figure of another level of the same name is not theirs."""
    population = view.dataset.populations.get(place)
    if population is None or not set(rows["level"].dropna()) <= {population.level}:
        return view.words("region_page.no_residents")
    count = write_number(population.residents, view.words.lang)
    return view.words(
        "region_page.residents", count=count, as_of=population.as_of, source=population.sources[view.words.lang]
    )


def show_figures(place: str, rows: pd.DataFrame, filters: Filters, readings: str, view: View) -> None:
    """The table of figures, and the indicators that peers reported and this region did not."""
    words, data = view.words, view.dataset
    standings = find_standings(rows, data.peers(filters, readings), data.populations, data.codebook)
    by_id = {str(row["id"]): row for row in rows.astype(object).where(rows.notna(), None).to_dict("records")}
    # Who does not report leaves nothing out.
    is_whole = place in data.tallies.reporters(Filters()) and not view.filters.without(*PLACE_FIELDS).active()
    gaps = find_gaps(place, data.tallies.indicators_by_region(), data.codebook) if is_whole else []
    rarely = [gap for gap in gaps if len(gap.reporters) == 1]
    often = [gap for gap in gaps if len(gap.reporters) > 1]
    themes: list[ThemeFigures] = [
        {
            "label": data.codebook.theme_label(theme, words.lang),
            "figures": [make_figure(standing, by_id, view) for standing in group],
        }
        for theme, group in groupby(standings, key=lambda standing: standing.theme)
    ]
    figures(
        {
            "themes": themes,
            "absent": [make_absent(gap, place, view) for gap in often],
            "rarely": [make_absent(gap, place, view) for gap in rarely],
            "words": {name: words(f"region_page.{name}") for name in WORDS}
            | {"rarely": words("region_page.rarely", count=len(rarely))},
        },
        key="figures",
        handlers={
            "opened": open_row,
            "compared": lambda row_id: go("compare", **target_of(by_id[row_id])),
            "absent": lambda indicator: go("compare", **absent_target(indicator, place, view)),
        },
    )


def make_figure(standing: Standing, rows: Mapping[str, Row], view: View) -> FigureData:
    """One figure in words; of a pair the end that the filters let through leads to the sentence."""
    words, mark = view.words, standing.mark
    row_id = mark.id if mark.id in rows or mark.end is None else mark.end.id
    name = standing.indicator.labels[words.lang] if standing.indicator else mark.subject
    details = [
        "" if name == mark.subject else mark.subject,
        name_status(mark.status, words),
        name_span(standing.span, words),
        explain_time(mark, words),
        say_section(rows[row_id]["section"], words),
        say_flags(str(rows[row_id]["flags"]), words),
    ]
    return {
        "id": row_id,
        "name": name or words("region_page.nameless"),
        "details": " · ".join(filter(None, details)),
        "value": write_mark(mark, words),
        "href": view.address("compare", **target_of(rows[row_id])),
        "place": say_place(standing, view),
        "share": standing.share,
    }


def say_place(standing: Standing, view: View) -> str:
    """Where a figure stands, or why it is not ranked."""
    words = view.words
    if standing.rank is None:
        return words(f"region_page.refusal_{standing.refusal}")
    text = words(f"region_page.rank{'_tied' if standing.is_tied else ''}", rank=standing.rank, count=standing.count)
    if standing.is_per_head:
        return words("region_page.rank_per_head", rank=text)
    return (
        words("region_page.rank_in", group=words(f"level.group_{standing.group}"), rank=text)
        if standing.group
        else text
    )


def make_absent(gap: Gap, place: str, view: View) -> AbsentData:
    """An indicator that is absent, and who reported it."""
    regions = view.words.join([view.region(region) for region in gap.reporters])
    return {
        "indicator": gap.indicator,
        "name": view.dataset.codebook.indicator_label(gap.indicator, view.words.lang),
        "regions": view.words("region_page.reporters", regions=regions),
        "href": view.address("compare", **absent_target(gap.indicator, place, view)),
    }


def absent_target(indicator: str, place: str, view: View) -> dict[str, object]:
    """The fields of the link to the comparison of an indicator that a region lacks."""
    return {
        "filters": Filters(indicators=(indicator,)),
        "options": replace(view.options, highlight=place),
        "row": None,
    }


def texts(place: str, view: View) -> None:
    """The text of the region's report, every statistic marked; one of them to pick where there are several."""
    st.subheader(view.words("region_page.text"))
    found = view.dataset.reports(Filters(regions=(place,)))
    # Its own come before those of others that speak of it.
    reports = sorted(found, key=lambda report: found[report] != place)
    report = reports[0]
    if len(reports) > 1:
        report = pick_control("report", reports, partial(name_numbered, view), view.words)
    view.page_link("source", view.words("region_page.source"), icon=":material/article:", report=report, row=None)
    marked_report(report, "", leave, view)


def name_numbered(view: View, report: ReportKey) -> str:
    """A report with its number in the document."""
    return view.words("source.numbered", name=name_report(report, view), number=report.number)
