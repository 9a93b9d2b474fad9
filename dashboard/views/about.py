"""Method, measured quality, version, self-checks, shortcuts."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.clauses import Clause
from dashboard.filters import Filters
from dashboard.load import load_report
from dashboard.selfcheck import (
    NOTE,
    RIGHT,
    WRONG,
    Check,
    check_font,
    check_offsets,
    check_package,
    check_pictures,
    check_system_fonts,
    check_table,
    find_texts,
    read_scores,
)
from dashboard.views.shortcuts import DRAWING_KEYS, HELP_KEY, RESET_KEY, REVIEW_KEYS, is_on, switch
from dashboard.views.view import View, plain
from dashboard.widgets import mirror
from extract.table.shipped import shipped

# So many rows are looked at, so many documents named.
MOST_CHECKED, MOST_CITED = 20_000, 50
PROGRAM: Final = "governance-metrics"
PACKAGES: Final = (PROGRAM, "streamlit", "plotly", "pandas", "pyarrow", "jieba")
FONT: Final = Path(str(files("dashboard"))) / "static" / "governance-sans.ttf"
FONT_LICENCE: Final = "app/static/governance-sans-LICENSE.txt"
# Scores that count; the others are shares.
COUNTS: Final = ("gold", "predicted", "right")
STATES: Final = {RIGHT: ("✓", "about.state_right"), WRONG: ("✗", "about.state_wrong"), NOTE: ("i", "about.state_note")}


def about(view: View) -> None:
    """Draw the page."""
    words = view.words
    st.title(words("page.about"))
    st.subheader(words("about.method"))
    st.markdown(words("about.method_text"))
    quality(view)
    this_data(view)
    checks(view)
    keys(view)
    licences(view)


def quality(view: View) -> None:
    """How right the table is, as measured."""
    words = view.words
    st.subheader(words("about.quality"))
    scores = read_scores(shipped("evaluation.json"))
    sets = {name: measured for name, measured in scores.items() if "f1" in measured}
    if not sets:
        st.info(words("about.quality_missing"))
        return
    st.markdown(words("about.quality_lead"))
    measures = dict.fromkeys(measure for measured in sets.values() for measure in measured)
    lines = [
        {
            words("about.measure"): name_measure(measure, view),
            **{words.term("about.set", name): write_score(measure, one.get(measure)) for name, one in sets.items()},
        }
        for measure in measures
    ]
    st.table(pd.DataFrame(lines), border="horizontal", hide_index=True, alt=words("about.quality"))
    st.markdown(words("about.quality_caveat"))
    if cases := scores.get("public_cases"):
        share = write_score("share", cases["share"])
        st.markdown(words("about.quality_cases", cases=int(cases["cases"]), share=share))


def name_measure(measure: str, view: View) -> str:
    """What was measured: a score of the whole, or the share of right cells in a column."""
    texts = view.words.texts
    return texts.get(f"about.score.{measure}", texts.get(f"column.{measure}", measure))


def write_score(measure: str, score: float | None) -> str:
    """A count, or a share in percent; – where it was not measured."""
    if score is None:
        return "–"
    return f"{score:,.0f}" if measure in COUNTS else f"{score:.1%}"


def this_data(view: View) -> None:
    """Which data the app shows."""
    words, data = view.words, view.dataset
    reports, documents = len(data.reports(Filters())), data.tallies.distinct("document", Filters())
    st.subheader(words("about.data"))
    st.markdown(words("about.data_text", rows=len(data), reports=reports, documents=documents))
    st.markdown(words("about.version", version=data.version))
    st.code(data.checksum, language=None, wrap_lines=True)


def checks(view: View) -> None:
    """What the app finds out about its own state, now."""
    words = view.words
    st.subheader(words("about.checks"))
    st.caption(words("about.checks_lead"))
    for check in run_checks(view):
        sign, state = STATES[check.state]
        text = words(check.key, **{name: plain(str(value)) for name, value in check.fields.items()})
        line = f"**{sign} {words(state)}**  \n{text}"
        if check.state == WRONG:
            st.error(line)
        else:
            st.markdown(line)


def run_checks(view: View) -> list[Check]:
    """Every check, in the order in which they are shown."""
    rows = view.dataset.read(Clause(f"position < {MOST_CHECKED}"))
    found = (
        check_pictures(),
        check_font(FONT, find_texts(rows)),
        check_system_fonts(),
        check_package(shipped("datapackage.json")),
        check_table(rows),
        check_offsets(rows, load_report),
    )
    return [check for check in found if check]


def keys(view: View) -> None:
    """The keyboard shortcuts, and their switch."""
    words = view.words
    st.subheader(words("shortcut.title"))
    st.caption(words("shortcut.lead"))
    st.toggle(
        words("shortcut.on"), key=(key := mirror("shortcuts_switch", is_on(), words)), on_change=switch, args=(key,)
    )
    pages = {str(number): words(f"page.{name}") for number, name in enumerate(view.pages, start=1)}
    does = {
        **{key: words(name) for key, name in (DRAWING_KEYS | REVIEW_KEYS).items()},
        RESET_KEY: words("shortcut.reset"),
        **{key: words("shortcut.page", page=page) for key, page in pages.items()},
        HELP_KEY: words("shortcut.help"),
    }
    table = pd.DataFrame({words("shortcut.key"): list(does), words("shortcut.does"): list(does.values())})
    st.table(table, border="horizontal", hide_index=True, width="content", alt=words("shortcut.title"))


def licences(view: View) -> None:
    """Licences, the citation, and the versions at work."""
    words, data = view.words, view.dataset
    st.subheader(words("about.licence"))
    st.markdown(f"{words('about.licence_text')} [{words('about.licence_font')}]({FONT_LICENCE})")
    st.subheader(words("about.cite"))
    documents = sorted(data.tallies.documents(Filters(), MOST_CITED).index)
    titles = [view.title(document) for document in documents]
    citation = words(
        "about.cite_text",
        title=words("app.title"),
        program=find_version(PROGRAM),
        version=data.version,
        checksum=data.checksum,
        sources=words("list.semicolon").join(titles),
    )
    st.code(citation, language=None, wrap_lines=True)
    st.subheader(words("about.versions"))
    versions = [f"{name} {find_version(name)}" for name in PACKAGES]
    st.code(", ".join([f"Python {platform.python_version()}", *versions]), language=None, wrap_lines=True)


def find_version(package: str) -> str:
    """The installed version of a package; – for one that runs without having been installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"
