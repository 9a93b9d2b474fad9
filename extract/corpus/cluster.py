"""Where tasks run: the workers of a Dask scheduler, an existing one or one of this machine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import Any, Final, TypeVar

from extract.corpus.engines import Lost
from extract.corpus.work import Task
from extract.table.errors import InputError

T = TypeVar("T")
# Seconds that a scheduler has to answer, and its first worker to come.
PATIENCE: Final = 20
_AHEAD: Final = 2


class Cluster:
    """
    The workers of a scheduler; one that dies is replaced by its nanny, and what it was at is done again.

    ``where`` is a scheduler's address, or a number of workers to start here.

    Raises:
        InputError:
            Dask is not installed, the scheduler does not answer, or has no worker.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.stack = ExitStack()
        try:
            self.client = self._connect()
        except ImportError as error:
            raise InputError("--dask needs Dask: pip install 'governance-metrics[dask]'") from error
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            raise InputError(
                f"{where}: no Dask scheduler with a worker answers ({error}); start both, or correct --dask"
            ) from error

    def _connect(self) -> Any:
        import distributed as dask

        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        if self.where.isdecimal():
            # Any port: the usual one may be another's.
            workers = dask.LocalCluster(
                n_workers=int(self.where),
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                # The workers' own; what they say while they end is of no use to anybody.
                silence_logs=logging.CRITICAL,
            )
            return self.stack.enter_context(dask.Client(self.stack.enter_context(workers)))
        client = self.stack.enter_context(dask.Client(self.where, timeout=PATIENCE))
        client.wait_for_workers(1, timeout=PATIENCE)
        return client

    def run(self, function: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[tuple[Task, T | Lost]]:
        """The results as they come; a task at which several workers died is lost."""
        from distributed import as_completed
        from distributed.scheduler import KilledWorker

        waiting = iter(tasks)
        running: dict[Any, Task] = {}
        completed: Any = as_completed()
        while True:
            room = _AHEAD * max(1, sum(self.client.nthreads().values())) - len(running)
            for task in islice(waiting, max(0, room)):
                # Not pure: the same task is another one after a change of its documents.
                future = self.client.submit(function, task, pure=False)
                running[future.key] = task
                completed.add(future)
            if not running:
                return
            future = next(completed)
            task = running.pop(future.key)
            try:
                yield task, future.result()
            except KilledWorker as error:
                yield task, Lost(str(error))

    def close(self) -> None:
        """Leave the scheduler, and end it where it was started here."""
        self.stack.close()
