"""The extractor beside others that find quantities or words, on one process and several, and as its work grows."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from bench.curves import measure_lengths, measure_rules, write_curve
from bench.engines import measure_engines, write_engines
from bench.peers import OURS, PEERS
from bench.process import Reading, measure
from bench.report import describe_machine
from bench.texts import number_copies, read_texts, write_texts

# Documents of the corpus runs, all distinct.
DOCUMENTS: Final = 300

Readings = Mapping[str, Sequence[Reading]]


def measure_extraction(arguments: argparse.Namespace) -> None:
    """Extractors take turns, each time in a new process, so that a busy moment of the machine meets them all."""
    print(f"at the start: {describe_machine()}")
    texts = read_texts(arguments.corpus)
    readings: dict[str, list[Reading]] = {}
    absent: dict[str, str] = {}
    for _ in range(arguments.turns):
        for peer in PEERS:
            if peer.name not in absent:
                reading = measure(peer.name, arguments.corpus)
                if isinstance(reading, str):
                    absent[peer.name] = reading
                else:
                    readings.setdefault(peer.name, []).append(reading)
    print(write_speeds(readings), flush=True)
    print(write_table(readings, absent), flush=True)
    with TemporaryDirectory() as place:
        work = Path(place)
        copies = number_copies(texts, DOCUMENTS)
        size = sum(len(text.encode()) for text in copies)
        documents = write_texts(work / "documents", copies)
        print(f"\ncorpus run of {DOCUMENTS} distinct documents, {size / 1e6:.1f} MB")
        print(write_engines(measure_engines(documents, arguments.turns, work), size), flush=True)
        print(write_curve("length of a document", measure_lengths(texts, arguments.turns, work)), flush=True)
        print(write_curve("number of rules", measure_rules(texts, arguments.turns, work)))
    packages = [peer.package for peer in PEERS if peer.package and peer.name in readings]
    print(f"\nat the end: {describe_machine(*packages, 'distributed')}")


def write_speeds(readings: Readings) -> str:
    """How many times the speed of each comparable extractor this project's is, and what is asked."""
    lines = []
    for peer in PEERS:
        if peer.least is not None and {peer.name, OURS.name} <= readings.keys():
            ratio = _cpu(readings[peer.name]) / _cpu(readings[OURS.name])
            aim = f", aim {peer.aim:g}" if peer.aim else ""
            lines.append(f"{ratio:6.2f} × the speed of {peer.name:<28} (at least {peer.least:g}{aim})")
    return "\n".join(lines)


def _cpu(readings: Sequence[Reading]) -> float:
    return median(one.cpu for one in readings)


def write_table(readings: Readings, absent: Mapping[str, str]) -> str:
    """The figures themselves, a line an extractor."""
    lines = [f"\n{'':32}{'chars/CPU s':>13}{'CPU s':>8}{'wall s':>8}{'MiB ready':>11}{'MiB most':>10}{'found':>8}"]
    for name, own in readings.items():
        cpu, wall = _cpu(own), median(one.wall for one in own)
        ready, most = median(one.ready_mib for one in own), median(one.most_mib for one in own)
        speed, found = own[0].characters / cpu, own[0].found
        lines.append(f"{name:<32}{speed:>13,.0f}{cpu:>8.2f}{wall:>8.2f}{ready:>11.0f}{most:>10.0f}{found:>8}")
    lines += [f"{name:<32} {reason}" for name, reason in absent.items()]
    for first, *others in list(readings.values())[:1]:
        lines.append(
            f"{first.characters:,} characters; medians of {1 + len(others)} processes each;"
            " imports and dictionaries are not in the times"
        )
    return "\n".join(lines)
