"""
One extractor over the texts of a folder, in a process of its own: ``python -m bench.process NAME FOLDER`` prints JSON.

Imports and dictionaries are no part of the times; the memory is that of the whole process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from bench.peers import PEERS
from bench.texts import ROOT, read_texts

# Read before the times are taken, with all kinds of quantities: what an extractor loads at first use is loaded then.
WARM_UP: Final = (
    "浙江省委组织部\n全省设立网格8.5万个，每个网格覆盖300至500户，投入2.2亿元；"
    "今年新增社工2.2万名，业委会组建率提升近40个百分点。"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What one process did: things found in so many characters, seconds of processor time and by the clock.

    ``ready_mib`` is the most memory that it had held when it was ready, ``most_mib`` when it was done.
    """

    found: int
    characters: int
    cpu: float
    wall: float
    ready_mib: float
    most_mib: float


def measure(name: str, folder: Path, code: Path = ROOT) -> Reading | str:
    """One reading, the extractor's code taken from a checkout; or why there is none."""
    command = [sys.executable, "-m", "bench.process", name, str(folder.resolve())]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(code), str(ROOT))), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=code, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with status {done.returncode}"])[-1]
    return Reading(**json.loads(done.stdout.splitlines()[-1]))


def most_memory() -> float:
    """The most memory that this process has held so far, in MiB; what its parent held is no part of it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Measure in this process."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    texts = read_texts(folder)
    try:
        extract = next(peer for peer in PEERS if peer.name == name).load()
    except ImportError as error:
        sys.exit(f"not installed: {error}")
    extract(WARM_UP)
    ready = most_memory()
    wall, cpu = perf_counter(), process_time()
    found = sum(extract(text) for text in texts)
    cpu, wall = process_time() - cpu, perf_counter() - wall
    print()
    print(json.dumps(asdict(Reading(found, sum(map(len, texts)), cpu, wall, ready, most_memory()))))


if __name__ == "__main__":
    main()
