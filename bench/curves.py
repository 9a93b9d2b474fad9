"""Whether time grows in step with the length of a document and with the number of rules, and not faster."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from bench.peers import OURS
from bench.process import Reading, measure
from bench.texts import ROOT, join_texts, number_copies, write_texts

TIMES: Final = (1, 2, 4, 8)
# The tables that are multiplied: the keys of their patterns, of which all must match for a rule to fire.
PATTERNS: Final[Mapping[str, Sequence[str]]] = {
    "exclusions.toml": ("pattern",),
    "indicators.toml": ("clause",),
    "themes.toml": ("pattern",),
}
_RULE: Final = re.compile(r"^\[\[\w+\]\]\n(?:.+\n?)+", re.MULTILINE)
# No text holds it: what a made rule looks for ends with it, so that it looks as far as its model, and in vain.
NEVER: Final = "\ue000"


def measure_lengths(texts: Sequence[str], turns: int, work: Path) -> dict[int, list[Reading]]:
    """The same characters as documents of one, two, four and eight reports."""
    whole = number_copies(texts, max(1, len(texts) // TIMES[-1]) * TIMES[-1])
    folders = {times: write_texts(work / f"length-{times}", join_texts(whole, times)) for times in TIMES}
    return _take_turns({times: (folder, ROOT) for times, folder in folders.items()}, turns)


def measure_rules(texts: Sequence[str], turns: int, work: Path) -> dict[int, list[Reading]]:
    """The same documents under so many times the rules, loaded from copies of the project."""
    folder = write_texts(work / "few", texts[: TIMES[-1]])
    return _take_turns({times: (folder, multiply_rules(work / f"rules-{times}", times)) for times in TIMES}, turns)


def _take_turns(subjects: Mapping[int, tuple[Path, Path]], turns: int) -> dict[int, list[Reading]]:
    readings: dict[int, list[Reading]] = {times: [] for times in subjects}
    for _ in range(turns):
        for times, (folder, code) in subjects.items():
            reading = measure(OURS.name, folder, code)
            if isinstance(reading, str):
                raise RuntimeError(f"{OURS.name}: {reading}")
            readings[times].append(reading)
    return readings


def multiply_rules(copy: Path, times: int) -> Path:
    """A copy of the extractor in which each rule of some tables stands so many times; the made ones never fire."""
    shutil.copytree(ROOT / "extract", copy / "extract", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data" / "codebook", copy / "data" / "codebook")
    for name, keys in PATTERNS.items():
        path = copy / "extract" / "rules" / name
        table = path.read_text(encoding="utf-8")
        rules = _RULE.findall(table)
        made = [spoil(rule, keys, number) for number in range(1, times) for rule in rules]
        path.write_text("\n\n".join([table, *made]), encoding="utf-8")
    _multiply_indicators(copy / "data" / "codebook" / "indicators.csv", times)
    return copy


def spoil(rule: str, keys: Sequence[str], number: int) -> str:
    """
    A rule that looks for the same and never finds it, under a name of its own where it has one.

    >>> print(spoil("[[rule]]\\nindicator = 'a'\\nclause = '''人|户'''\\n", ["clause"], 2).replace("\\ue000", "*"))
    [[rule]]
    indicator = 'a_2'
    clause = '''(?:人|户)*'''
    <BLANKLINE>
    """
    for key in keys:
        rule = re.sub(rf"^{key} = '''(.*)'''$", rf"{key} = '''(?:\1){NEVER}'''", rule, flags=re.MULTILINE)
    return re.sub(r"^(indicator = (['\"]).+)\2$", rf"\1_{number}\2", rule, flags=re.MULTILINE)


def _multiply_indicators(path: Path, times: int) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    made = [row | {"indicator": f"{row['indicator']}_{number}"} for number in range(1, times) for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows, *made])


def write_curve(what: str, readings: Mapping[int, Sequence[Reading]]) -> str:
    """Processor time of each multiple, by the character, beside that of the first."""
    costs = {times: median(one.cpu / one.characters for one in some) for times, some in readings.items()}
    lines = [
        f"{times:>3} ×{cost / costs[1]:>8.2f} ×{1e6 * cost:>10.2f} µs a character"
        f"{max(one.most_mib for one in readings[times]):>8.0f} MiB{readings[times][0].found:>8} rows"
        for times, cost in costs.items()
    ]
    return "\n".join([f"\n{what}: processor time a character", *lines])
