"""
A corpus run on one process, on two, and on a Dask cluster of two workers.

``python -m bench.engines NAME DOCUMENTS OUT`` does one of them in a process of its own and prints JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench.texts import ROOT
from extract.corpus.cluster import Cluster
from extract.corpus.engines import Engine, Here, Processes
from extract.corpus.listing import list_documents
from extract.corpus.run import run_corpus

ONE, TWO, DASK = "one process", "two processes", "Dask, two workers"
ENGINES: Final[Mapping[str, Callable[[], Engine]]] = {
    ONE: Here,
    TWO: lambda: Processes(2),
    DASK: lambda: Cluster("2"),
}


def measure_engines(documents: Path, turns: int, work: Path) -> dict[str, list[tuple[float, int]]]:
    """Seconds and rows of each run, from the start of its workers to their end; the engines take turns."""
    readings: dict[str, list[tuple[float, int]]] = {name: [] for name in ENGINES}
    for turn in range(turns):
        for number, name in enumerate(ENGINES):
            command = [sys.executable, "-m", "bench.engines", name, str(documents), f"{work}/run-{turn}-{number}/"]
            done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8")
            seconds, rows = json.loads(done.stdout.splitlines()[-1])
            readings[name].append((seconds, rows))
    return readings


def write_engines(readings: Mapping[str, Sequence[tuple[float, int]]], size: int) -> str:
    """Seconds, megabytes a second and rows of each engine; ratios first."""
    seconds = {name: median(one for one, _ in runs) for name, runs in readings.items()}
    lines = [
        f"{seconds[ONE] / seconds[TWO]:5.2f} × as fast on two processes as on one",
        f"{seconds[DASK] / seconds[TWO]:5.2f} × the time of two processes on Dask's two workers",
    ]
    lines += [
        f"{name:<22}{own:>8.1f} s{size / own / 1e6:>8.2f} MB/s{readings[name][0][1]:>9} rows"
        for name, own in seconds.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """One run in this process."""
    name, documents, output = sys.argv[1:]
    start = perf_counter()
    engine = ENGINES[name]()
    try:
        summary = run_corpus(list_documents([documents]), output, engine, None, lambda *_: None)
    finally:
        engine.close()
    print(json.dumps((perf_counter() - start, summary.rows)))


if __name__ == "__main__":
    main()
