"""How long questions to 10⁴ … 10⁷ rows take in the app, beside a pandas frame of the same rows."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import fsspec
from playwright.sync_api import sync_playwright

from bench.measure import SWITCHES, new_context, open_page
from bench.report import describe_machine, percentile_95
from bench.rows_process import Answers, measure_rows
from bench.servers import serve
from bench.subjects import OURS
from bench.synthesize import read_models, synthesize
from bench.texts import ROOT, SHIPPED
from extract.corpus.parts import read_dataset
from extract.corpus.sorting import sort_dataset

# Made once: ten million rows take minutes.
PLACE = ROOT / "build" / "rows"


def make_dataset(count: int, corpus: Path) -> Path:
    """A dataset of so many rows with its sorted copy, whole or not at all."""
    folder = PLACE / str(count)
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        started = perf_counter()
        rows = synthesize([*read_models(corpus), *read_models(SHIPPED)], count, str(folder))
        print(f"{rows:,} rows made in {perf_counter() - started:.0f} s")
        (folder / "made").touch()
    fs, path = fsspec.url_to_fs(str(folder))
    started = perf_counter()
    if sort_dataset(fs, path, read_dataset(fs, path)):
        print(f"{count:,} rows sorted in {perf_counter() - started:.0f} s")
    return folder


def measure_all_rows(arguments: argparse.Namespace) -> None:
    """Each number of rows in the app and in pandas, in processes of their own."""
    readings = []
    for count in arguments.rows:
        folder = make_dataset(count, arguments.corpus)
        readings.append((measure_rows("app", folder), measure_rows("pandas", folder)))
    print(write_rows(readings), flush=True)
    print(write_starts(measure_starts(make_dataset(max(arguments.rows), arguments.corpus), arguments.turns)))
    print(describe_machine("duckdb", "pandas"))


def measure_starts(folder: Path, turns: int) -> dict[str, list[float]]:
    """Seconds from the start of the app until its first chart is read, on the shipped rows and on many."""
    executable = shutil.which("chromium")
    if executable is None:
        return {}
    many = replace(OURS, command=(sys.executable, "-m", "dashboard", "--data", str(folder), "--port"))
    seconds: dict[str, list[float]] = {"shipped rows": [], "most rows": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(SWITCHES))
        for _ in range(turns):
            for name, subject in zip(seconds, (OURS, many), strict=True):
                started = perf_counter()
                with serve(subject) as server:
                    context = new_context(browser)
                    open_page(context, server)
                    seconds[name].append(perf_counter() - started)
                    context.close()
        browser.close()
    return seconds


def write_starts(seconds: Mapping[str, Sequence[float]]) -> str:
    """How much longer a start takes on many rows."""
    if not seconds:
        return "starts of the app: no Chromium on this machine"
    (shipped, first), (most, second) = ((name, median(times)) for name, times in seconds.items())
    return (
        f"\n{second / first:.2f} × the time from the start of the app to its first chart:"
        f" {most} {second:.1f} s, {shipped} {first:.1f} s"
    )


def write_rows(readings: Sequence[tuple[Answers, Answers]]) -> str:
    """Ratios first, then the figures themselves."""
    lines = []
    for app, frame in readings:
        if app.found[: len(app.questions)] != frame.found[: len(frame.questions)]:
            lines.append(f"{app.rows:,} rows: the two counted differently: {app.found} {frame.found}")
        lines.append(
            f"{app.rows:>12,} rows, app : pandas – question {ratio(app.questions, frame.questions)},"
            f" new search {ratio(app.searches, frame.searches)}, memory {app.most_mib / frame.most_mib:.2f} ×,"
            f" opening {app.opened / frame.opened:.3f} ×"
        )
    head = f"{'':>12}{'':>8}{'open s':>9}{'question ms':>13}{'p95':>7}{'search ms':>11}{'p95':>7}{'MiB':>8}"
    lines += ["", head]
    for pair in readings:
        for name, one in zip(("app", "pandas"), pair, strict=True):
            lines.append(
                f"{one.rows:>12,}{name:>8}{one.opened:>9.2f}{1000 * median(one.questions):>13.0f}"
                f"{1000 * percentile_95(one.questions):>7.0f}{1000 * median(one.searches):>11.0f}"
                f"{1000 * percentile_95(one.searches):>7.0f}{one.most_mib:>8.0f}"
            )
    return "\n".join(lines)


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Of medians, and of what 19 of 20 stay below."""
    return f"{median(ours) / median(theirs):.3f} × (p95 {percentile_95(ours) / percentile_95(theirs):.3f} ×)"
