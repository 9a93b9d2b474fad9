"""
A program that imports documents until it is killed, and says on its output what has been confirmed.

Each line of its input is a folder and a number: a process of its own opens the store there and imports. The program
starts once and forks, so that five hundred kills do not load pandas five hundred times.
"""

from __future__ import annotations

import os
import random
import sys

from dashboard.store import open_store
from tests.store.examples import document, review, statistics

# Large enough that a transaction is many writes to the disk.
TEXT = "全省设立网格8.5万个，组建率82%。" * 1500


def text_of(name: str) -> str:
    """The text of a document, which tells by its name what it must be."""
    return f"{name}：{TEXT[: random.Random(name).randrange(100, len(TEXT))]}"


def rows_of(name: str) -> int:
    """How many rows a document has."""
    return random.Random(name).randrange(50, 300)


def work(folder: str, number: str) -> None:
    """Import documents, and review them in between."""
    store = open_store(folder)
    for count in range(100_000):
        name = f"{number}-{count}"
        say("begin", name)
        text = text_of(name)
        store.add(document(name, text=text), statistics(text, count=rows_of(name)))
        say("document", name)
        for judged in range(3):
            say("begin", name)
            store.add_review(name, review(1, id=f"{name}-{judged}", row=f"row-{judged}"))
            say("review", f"{name}-{judged}")


def say(*words: str) -> None:
    """One line, at once."""
    os.write(1, (" ".join(words) + "\n").encode())


def main() -> None:
    """Serve the lines of the input, one process at a time."""
    for line in sys.stdin:
        folder, number = line.rsplit(maxsplit=1)
        process = os.fork()
        if not process:
            try:
                work(folder, number)
            finally:
                os._exit(1)
        say("process", str(process))
        os.waitpid(process, 0)
        say("ended")


if __name__ == "__main__":
    main()
