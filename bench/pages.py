"""The app beside the same page in plain Dash, an empty Streamlit page, and plotly.io.write_image."""

from __future__ import annotations

import argparse
import shutil
import sys
from contextlib import ExitStack
from typing import Final

from playwright.sync_api import sync_playwright

from bench.exports import measure_all, write_report
from bench.measure import SWITCHES, Readings, measure_filter, measure_loads
from bench.report import describe_machine, write_ratios, write_table
from bench.servers import serve
from bench.subjects import DASH, EMPTY, OURS, SUBJECTS

# How messages and frames happen to fall differs from session to session more than within one.
SESSIONS: Final = 5
# So often each process makes its export, the first time cold.
EXPORT_ROUNDS: Final = 4


def measure_pages(arguments: argparse.Namespace) -> None:
    """All servers run from the start; the pages take turns, so that a busy moment of the machine meets them all."""
    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("bench: no Chromium on this machine: apt-get install chromium")
    readings = {subject.name: Readings() for subject in SUBJECTS}
    with ExitStack() as stack:
        servers = [stack.enter_context(serve(subject)) for subject in SUBJECTS]
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=executable, args=list(SWITCHES)
        )
        version = browser.version
        # The first load warms up a server and is not counted.
        for server in servers:
            measure_loads(browser, server, Readings())
        for _ in range(arguments.loads):
            for server in servers:
                measure_loads(browser, server, readings[server.subject.name])
        for _ in range(SESSIONS):
            for server in servers:
                measure_filter(browser, server, readings[server.subject.name], -(-arguments.rounds // SESSIONS))
        browser.close()
    print(write_ratios(readings[OURS.name], readings[DASH.name], readings[EMPTY.name]))
    print(write_table(readings))
    if arguments.exports:
        print(write_report(measure_all(arguments.exports, EXPORT_ROUNDS)))
    print(describe_machine("streamlit", "dash", "plotly") + f", Chromium {version}")
