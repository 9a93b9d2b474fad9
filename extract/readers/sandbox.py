"""
A function in a process of its own that may die: with a limit of time, of computing and of memory.

The process is started anew (spawn), serves one call at a time, is kept warm between calls, and is replaced after one
that it did not survive.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from threading import Event, Lock, Thread
from typing import Final, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

try:
    import resource
except ImportError:  # Windows has no limits of this kind; that of time holds there as well.
    resource = None  # type: ignore[assignment]

# Seconds of one call, by the clock; and of computing.
TIMEOUT: Final = 120.0
COMPUTING: Final = 120
# Bytes of address space.
MEMORY: Final = 4 << 30
# Seconds that the end of the program waits for the process.
PATIENCE: Final = 5.0
_ATTEMPTS: Final = 2
_OPENING: Final = Lock()

P = ParamSpec("P")
T = TypeVar("T")


class Crash(Exception):  # noqa: N818
    """The function took its process down."""


class Unavailable(Exception):  # noqa: N818
    """No process could be started; the function is not to blame."""


class Overrun(Exception):  # noqa: N818
    """The function took more time, computing or memory than it may."""


def run_limited(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """
    The result of a function of a module, from the limited process; what the function raises is raised here.

    Raises:
        Crash:
            The process died in it.
        Overrun:
            It was ended at one of its limits.
        Unavailable:
            No process could be started.
    """
    for _ in range(_ATTEMPTS):
        try:
            future: Future[T] = _pool().schedule(_call, args=[function, args, kwargs], timeout=TIMEOUT)
        except RuntimeError:
            # The pool has given up; another one may fare better.
            continue
        with suppress(BrokenProcessPool):
            return _result(future.result)
    raise Unavailable(f"no process came up in {_ATTEMPTS} attempts")


def _result(wait: Callable[[], T]) -> T:
    try:
        return wait()
    except Late as error:
        raise Overrun(f"not done within {TIMEOUT:.0f} s") from error
    except MemoryError as error:
        raise Overrun(f"not done within {MEMORY >> 30} GiB") from error
    except ProcessExpired as error:
        if error.exitcode == -getattr(signal, "SIGXCPU", 0):
            raise Overrun(f"not done within {COMPUTING} s of computing") from error
        raise Crash(f"the process ended with status {error.exitcode}") from error


def _call(function: Callable[P, T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    """What the process does: each call may compute for as long, however much the process has computed before it."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        ceiling = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + COMPUTING + 1, ceiling))
    return function(*args, **kwargs)  # type: ignore[arg-type]


def limit_process() -> None:
    """Limit this process's memory, and keep what a dying library writes away from the terminal."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.stderr is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _pool() -> ProcessPool:
    with _OPENING:
        if not _open().active:
            _open.cache_clear()
        return _open()


@cache
def _open() -> ProcessPool:
    """The one process; it starts with the first call and ends with the program."""
    pool = ProcessPool(max_workers=1, context=multiprocessing.get_context("spawn"), initializer=limit_process)
    atexit.register(make_end(pool))
    return pool


def make_end(pool: ProcessPool) -> Callable[[], None]:
    """
    What ends a pool within bounded time.

    Its own end waits for its threads and then for its processes, for as long as they may take, and so does Python's at
    exit for any process that is left. The thread that waits starts now: at exit none can be started any more.
    """
    asked = Event()

    def end() -> None:
        asked.wait()
        pool.stop()
        pool.join()

    waiting = Thread(target=end, daemon=True)
    waiting.start()

    def ask() -> None:
        asked.set()
        waiting.join(PATIENCE)
        if waiting.is_alive():
            for process in multiprocessing.active_children():
                process.kill()

    return ask
