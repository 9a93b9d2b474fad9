"""
How long exports take: ``python -m bench.exports NAME ROUNDS`` makes one again and again in a process of its own.

It prints the seconds of each time as JSON. NAME is a format, ``all NAME`` of every comparison, or ``plotly`` for one
plain ``plotly.io.write_image`` call with the same chart.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from statistics import median
from time import perf_counter
from typing import Final

PLOTLY: Final = "plotly"
SINGLE: Final = ("png", "svg", "pdf", "html", "pptx", "docx", "xlsx", "csv", "parquet", "zip")
ALL: Final = ("all pptx", "all docx", "all xlsx", "all zip", "all pdf")
INDICATOR: Final = "grids_total"


def make_task(name: str) -> Callable[[], object]:
    """What is timed, its modules and data loaded."""
    from dashboard.charts import LIGHT, draw_figure
    from dashboard.export.formats import FORMATS
    from dashboard.export.presets import PRESETS
    from dashboard.exports import collect, compare_panels, today
    from dashboard.filters import Filters
    from dashboard.load import data_path, read_dataset
    from dashboard.options import Options
    from dashboard.outlines import rank_panels
    from dashboard.wording import load_words

    data, words = read_dataset(data_path()), load_words("zh")
    scope, _, kind = name.rpartition(" ")
    filters = Filters() if scope else Filters(indicators=(INDICATOR,))
    comparisons = compare_panels(rank_panels(data.panels(filters)), Options(), data, words, lambda _: "")
    contents = collect(comparisons, filters, data, words, "", today())
    if name == PLOTLY:
        import plotly.io

        figure = draw_figure(comparisons[0].chart, LIGHT)
        return lambda: plotly.io.write_image(figure, io.BytesIO(), format="png", scale=300 / 96)
    return partial(FORMATS[kind].make, contents, PRESETS["text"], lambda step: None)


def measure(name: str, rounds: int) -> list[float]:
    """The seconds of each time, in a new process; the first is cold."""
    command = [sys.executable, "-m", "bench.exports", name, str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    times: list[float] = json.loads(done.stdout.splitlines()[-1])
    return times


def measure_all(processes: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Cold and warm seconds of each export, medians; they take turns, so that a busy moment meets all of them."""
    times: dict[str, list[list[float]]] = {}
    for _ in range(processes):
        for name in (PLOTLY, *SINGLE, *ALL):
            times.setdefault(name, []).append(measure(name, rounds))
    return {
        name: (median(run[0] for run in runs), median(time for run in runs for time in run[1:]))
        for name, runs in times.items()
    }


def write_report(times: Mapping[str, tuple[float, float]]) -> str:
    """A line for each export: its ratio to one plotly.io.write_image call, cold and warm, and the seconds."""
    cold, warm = times[PLOTLY]
    lines = [f"\n{'export':<12}{'cold ×':>8}{'warm ×':>8}{'cold s':>9}{'warm s':>9}   × one plotly.io.write_image call"]
    lines += [
        f"{name:<12}{own_cold / cold:>8.2f}{own_warm / warm:>8.2f}{own_cold:>9.2f}{own_warm:>9.3f}"
        for name, (own_cold, own_warm) in times.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Time one export in this process."""
    name, rounds = sys.argv[1], int(sys.argv[2])
    task = make_task(name)
    times = []
    for _ in range(rounds):
        start = perf_counter()
        task()
        times.append(perf_counter() - start)
    print(json.dumps(times))


if __name__ == "__main__":
    main()
