"""A report with every statistic marked, each one click from its comparison."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Final

import streamlit as st

from dashboard.filters import Filters
from dashboard.link import ReportKey
from dashboard.views.controls import show_selection
from dashboard.views.marks import marked_report
from dashboard.views.view import View, plain
from dashboard.widgets import change, open_row, pick_control

# So many reports are offered at once.
MOST_REPORTS: Final = 300


def source(view: View) -> None:
    """Draw the page."""
    words, data = view.words, view.dataset
    st.title(words("page.source"))
    if not len(data):
        st.info(words("error.empty"))
        return
    settle_row(view)
    report = pick_report(view)
    selected = view.link.row or ""
    if selected and selected not in set(data.report_rows(report)["id"]):
        # The reader turned to another report.
        open_row(None)
    region = data.reports(Filters()).get(report, "")
    count, passing = len(data.report_rows(report)), len(data.passing(report, view.filters))
    st.caption(plain(words("source.lead", title=view.title(report.document), count=count)))
    if region in data.vocabulary.values["regions"]:
        view.page_link("region", words("source.region", region=view.region(region)), place=region, row=None)
    if view.filters.active():
        show_selection(view, view.filters, words("source.passing", count=passing))
    marked_report(report, view.link.row or st.session_state.get("mark", ""), open_row, view)


def settle_row(view: View) -> None:
    """The report of the opened row where the link names none; a row that this data does not have is named."""
    if not view.link.row:
        return
    row = view.dataset.find(view.link.row)
    if row is None:
        st.warning(view.words("sentence.gone"))
        open_row(None)
    elif view.link.report is None:
        change(report=ReportKey(str(row["document"]), int(row["report"])))


def pick_report(view: View) -> ReportKey:
    """The report to show; those with something under the filters come first."""
    data = view.dataset
    passing, every = data.reports(view.filters), data.reports(Filters())
    # Those that pass first; of very many the others are a matter of filters.
    reports = list(dict.fromkeys([*islice(passing, MOST_REPORTS), *islice(every, MOST_REPORTS)]))
    if view.link.report and view.link.report not in reports:
        reports.append(view.link.report)
    names = {report: name_report(report, view) for report in reports}
    several = Counter(names.values())

    def write(report: ReportKey) -> str:
        return (
            view.words("source.numbered", name=names[report], number=report.number)
            if several[names[report]] > 1
            else names[report]
        )

    picked: ReportKey = pick_control("report", reports, write, view.words)
    return picked


def name_report(report: ReportKey, view: View) -> str:
    """A report by who reports, and its document."""
    region = view.region(view.dataset.reports(Filters()).get(report, ""))
    return view.words("source.report", region=region, title=view.title(report.document))
