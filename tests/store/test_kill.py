"""
A program killed at any moment leaves each document whole or not at all, and loses nothing that it had confirmed.

``make faults`` does this five hundred times.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from dashboard.store import Store, open_store
from tests.store.importer import rows_of, text_of

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("STORE_KILLS", "20"))
# So many kills one after the other hit the same store, beginning with one that is just being made.
KILLS_EACH = 5
SEED = 20260101


class Importer:
    """The program that imports, and its output line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.stdin: IO[str] = process.stdin
        self.stdout: IO[str] = process.stdout

    def import_until_killed(self, folder: Path, number: int, chance: random.Random) -> list[list[str]]:
        """Let it import into a folder, and kill it at a random moment; the lines that it said."""
        self.stdin.write(f"{folder} {number}\n")
        self.stdin.flush()
        # The parent's line may come after the child's first.
        lines: list[list[str]] = []
        patience = chance.randrange(12)
        while not (found := [line for line in lines if line[0] == "process"]) or len(lines) <= patience:
            lines.append(self.stdout.readline().split())
        # Somewhere within the next steps: input never comes, so that this only lets some time go by.
        select.select([], [], [], chance.uniform(0, 0.03))
        os.kill(int(found[0][1]), signal.SIGKILL)
        while lines[-1][0] != "ended":
            lines.append(self.stdout.readline().split())
        return [line for line in lines if line[0] in ("begin", "document", "review")]


@pytest.fixture
def importer() -> Iterator[Importer]:
    """The program, started."""
    command = [sys.executable, "-m", "tests.store.importer"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        yield Importer(process)
        assert process.stdin is not None
        process.stdin.close()


def test_a_killed_program_loses_nothing_confirmed_and_leaves_nothing_in_part(
    importer: Importer, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    figures: Counter[str] = Counter()
    confirmed: set[tuple[str, str]] = set()
    for kill in range(KILLS):
        folder = tmp_path / f"store-{kill // KILLS_EACH}"
        if kill % KILLS_EACH == 0:
            confirmed = set()
        lines = importer.import_until_killed(folder, kill, chance)
        confirmed |= {(line[0], line[1]) for line in lines if line[0] != "begin"}
        with closing(open_store(folder)) as store:
            found = check(store)
        assert confirmed <= found
        # One step at most was under way: it is there as a whole, or it is not there.
        unconfirmed = found - confirmed
        assert len(unconfirmed) <= 1
        confirmed |= unconfirmed
        figures.update(
            kills=1, whole=len(unconfirmed), nothing=lines[-1:] != [] and lines[-1][0] == "begin" and not unconfirmed
        )
        figures.update(f"{line[0]}s" for line in lines if line[0] != "begin")

    assert figures["kills"] == KILLS
    assert figures["documents"] > KILLS / 2
    print(f"\n{dict(figures)}")


def check(store: Store) -> set[tuple[str, str]]:
    """What is in a store, all of it whole."""
    with closing(sqlite3.connect(store.place)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    found = set()
    counts = store.rows().groupby("document").size()
    for kept in store.documents():
        assert store.text(kept.name) == text_of(kept.name)
        assert len(store.places(kept.name)) == 2
        assert counts[kept.name] == kept.rows == rows_of(kept.name)
        found.add(("document", kept.name))
        found |= {("review", said.id) for said in store.reviews(kept.name)}
    assert set(counts.index) == {name for kind, name in found if kind == "document"}
    assert store.removed() == []
    return found
