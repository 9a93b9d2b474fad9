"""
Where tasks run: in this process, or in worker processes that may die.

An engine gives the result of each task as it comes, in any order; ``Lost`` where the process died in it.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from threading import Thread
from typing import Final, Protocol, TypeVar

from pebble import ProcessExpired, ProcessPool

from extract.corpus.work import Task
from extract.readers.sandbox import limit_process, make_end
from extract.table.errors import InputError

T = TypeVar("T")
# Tasks that wait for each worker, so that none stands idle; more would only fill the memory.
_AHEAD: Final = 2
# A worker that was killed from outside is not the document's fault.
_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Lost:
    """The process died in a task, at every try."""

    reason: str


class Engine(Protocol):
    """Runs a function over tasks."""

    def run(self, function: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[tuple[Task, T | Lost]]:
        """The results as they come."""
        ...

    def close(self) -> None:
        """End what runs."""
        ...


class Here:
    """This very process."""

    def run(self, function: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[tuple[Task, T | Lost]]:
        """One task after the other."""
        for task in tasks:
            yield task, function(task)

    def close(self) -> None:
        """Nothing runs."""


class Processes:
    """Worker processes on this machine, limited in memory; one that dies is replaced, and all end with this process."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.pool = ProcessPool(max_workers=count, context=multiprocessing.get_context("spawn"), initializer=_begin)
        self.end = make_end(self.pool)

    def run(self, function: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[tuple[Task, T | Lost]]:
        """The results as they come; a task whose process died is tried again."""
        waiting = iter(tasks)
        running: dict[Future[T], tuple[Task, int]] = {}
        while True:
            for task in islice(waiting, _AHEAD * self.count - len(running)):
                running[self._submit(function, task)] = (task, 1)
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                task, attempt = running.pop(future)
                try:
                    yield task, future.result()
                except ProcessExpired as error:
                    if attempt < _ATTEMPTS:
                        running[self._submit(function, task)] = (task, attempt + 1)
                    else:
                        yield task, Lost(f"the process ended with status {error.exitcode}, {attempt} times")

    def _submit(self, function: Callable[[Task], T], task: Task) -> Future[T]:
        try:
            future: Future[T] = self.pool.schedule(function, args=[task])
            return future
        except RuntimeError as error:
            raise InputError(f"no worker process comes up ({error}); run with --jobs 1") from error

    def close(self) -> None:
        """End the processes, whatever they are at."""
        self.end()


def _begin() -> None:
    """Limit this worker, and end it with its program: a part written later would be in nobody's plan."""
    limit_process()
    Thread(target=_end_with_program, daemon=True).start()


def _end_with_program() -> None:
    program = multiprocessing.parent_process()
    if program is not None:
        program.join()
        os._exit(1)


def make_processes(count: int) -> Engine:
    """Workers for so many tasks at once; for one no process is needed."""
    return Processes(count) if count > 1 else Here()
