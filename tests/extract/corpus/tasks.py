"""Functions for tasks that a test wants done in other processes."""

from __future__ import annotations

import os
import signal
import time

from extract.corpus.work import Task


def die_at_bad(task: Task) -> str:
    """End the process where a document's name says so."""
    if any("坏" in entry.name for entry in task.entries):
        os.kill(os.getpid(), signal.SIGKILL)
    return task.part


def die_once(task: Task) -> str:
    """End the process at the first try; the mark that it leaves is the part's path."""
    try:
        os.close(os.open(task.part, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return task.part
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def never_end(task: Task) -> None:
    """Say that the task has begun, and stay at it."""
    print(task.part, flush=True)
    while True:
        time.sleep(60)
