"""Readings → the lines that ``make bench`` prints."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from statistics import median, quantiles

import psutil  # type: ignore[import-untyped]

from bench.measure import Readings


def percentile_95(values: Sequence[float]) -> float:
    """What 19 of 20 values stay below."""
    return quantiles(values, n=20, method="inclusive")[-1]


def write_ratios(ours: Readings, dash: Readings, empty: Readings) -> str:
    """The app in relation to the others, and what is aimed at."""
    lines = [
        ("filter → repaint, median", median(ours.filter_ms) / median(dash.filter_ms), "Dash", 1.5),
        ("filter → repaint, p95", percentile_95(ours.filter_ms) / percentile_95(dash.filter_ms), "Dash", None),
        ("cold load until a chart is read, median", median(ours.cold_ms) / median(dash.cold_ms), "Dash", 1.5),
        ("cold load until plotly has it, median", median(ours.live_ms) / median(dash.live_ms), "Dash", None),
        ("load with browser cache, median", median(ours.cached_ms) / median(dash.cached_ms), "Dash", None),
        ("server CPU per rerun", ours.cpu_ms / empty.cpu_ms, "an empty Streamlit page", 2.0),
    ]
    return "\n".join(
        f"{ratio:5.2f} × {base:<24} {name}" + (f" (at most {most:g})" if most else "")
        for name, ratio, base, most in lines
    )


def write_table(readings: Mapping[str, Readings]) -> str:
    """The figures themselves, a line a page."""
    lines = [
        f"\n{'':22}{'cold ms':>9}{'live':>7}{'cached':>8}{'filter':>8}{'p95':>7}{'CPU/rerun':>11}"
        f"{'MiB sent':>10}{'requests':>10}{'RSS MiB':>9}"
    ]
    lines += [
        f"{name:<22}{median(own.cold_ms):>9.0f}{median(own.live_ms):>7.0f}{median(own.cached_ms):>8.0f}{median(own.filter_ms):>8.0f}"
        f"{percentile_95(own.filter_ms):>7.0f}{own.cpu_ms:>8.1f} ms{own.transferred_mib:>10.1f}{own.requests:>10}"
        f"{own.memory_mib:>9.0f}"
        for name, own in readings.items()
    ]
    first = next(iter(readings.values()))
    return "\n".join([*lines, f"medians of {len(first.cold_ms)} loads and {len(first.filter_ms)} filter choices"])


def describe_machine(*packages: str) -> str:
    """Where it was measured, and how busy that was: a busy machine distorts even ratios."""
    memory = psutil.virtual_memory().total / 2**30
    versions = "".join(f", {name} {version(name)}" for name in packages)
    load = ", ".join(f"{load:.1f}" for load in psutil.getloadavg())
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GiB, load {load} (1, 5, 15 minutes);"
        f" Python {platform.python_version()}{versions}"
    )
