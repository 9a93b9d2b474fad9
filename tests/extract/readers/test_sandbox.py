"""The process with limits: what it survives, and what is said where it does not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from extract.readers import sandbox
from extract.readers.sandbox import Crash, Overrun, Unavailable, run_limited
from extract.table.errors import ReadError

resource = pytest.importorskip("resource")
# A pool whose own end waits for ever, while its process is at work.
STUCK = """
import atexit, multiprocessing, threading, time
from pebble import ProcessPool
from extract.readers import sandbox

class Stuck(ProcessPool):
    def join(self, timeout=None):
        threading.Event().wait()

sandbox.PATIENCE = 0.5
pool = Stuck(max_workers=1, context=multiprocessing.get_context("spawn"))
atexit.register(sandbox.make_end(pool))
pool.schedule(abs, args=[-1]).result()
pool.schedule(time.sleep, args=[1000])
print("done")
"""


def test_gives_the_result_back() -> None:
    assert run_limited(divmod, 85, 2) == (42, 1)


def test_works_in_one_other_process_that_is_kept() -> None:
    first, second = run_limited(os.getpid), run_limited(os.getpid)

    assert first == second != os.getpid()


def test_raises_what_the_function_raises() -> None:
    with pytest.raises(ZeroDivisionError):
        run_limited(divmod, 1, 0)


def test_a_read_error_keeps_its_code_and_fields() -> None:
    error = run_limited(ReadError, "a.pdf", "too_many_pages", pages=9000, limit=5000)

    assert (error.code, error.fields["pages"]) == ("too_many_pages", 9000)
    assert str(error).startswith("a.pdf: has 9000 pages")


def test_a_crash_is_said_and_the_next_call_works() -> None:
    with pytest.raises(Crash):
        run_limited(os.abort)

    assert run_limited(abs, -1) == 1


def test_time_is_limited_and_the_next_call_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "TIMEOUT", 0.5)
    with pytest.raises(Overrun):
        run_limited(time.sleep, 3600)
    monkeypatch.undo()

    assert run_limited(abs, -1) == 1


def test_memory_is_limited_and_the_next_call_works() -> None:
    with pytest.raises(Overrun):
        run_limited(bytearray, sandbox.MEMORY)

    assert run_limited(abs, -1) == 1


def test_computing_does_not_add_up_over_calls() -> None:
    """Each call may compute as long as the first, whatever the calls before it took."""
    before, _ = run_limited(resource.getrlimit, resource.RLIMIT_CPU)
    start = computed()
    # Limits are whole seconds of processor time: compute for one of them, however fast the machine is.
    while computed() < start + 1:
        run_limited(sum, range(10_000_000))
    after, _ = run_limited(resource.getrlimit, resource.RLIMIT_CPU)

    assert before < after


def computed() -> float:
    """The seconds of processor time that the process behind ``run_limited`` has used."""
    used = run_limited(resource.getrusage, resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def test_a_process_that_never_comes_up_is_not_the_function_s_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As in a program read from standard input, which no second process can read again."""
    sandbox._open.cache_clear()
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None, raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(tmp_path / "missing.py"), raising=False)
    with pytest.raises(Unavailable):
        run_limited(abs, -1)
    monkeypatch.undo()

    assert run_limited(abs, -1) == 1


def test_serves_several_threads() -> None:
    results: list[int] = []
    threads = [threading.Thread(target=lambda n=n: results.append(run_limited(abs, -n))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == list(range(8))


def test_a_program_ends_though_its_process_does_not() -> None:
    ended = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, text=True, timeout=100)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")
