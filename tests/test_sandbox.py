"""The process that may die: what becomes of it at the end of the program."""

from __future__ import annotations

import subprocess
import sys

# A pool whose own end waits for ever, while its process is at work.
STUCK = """
import atexit, multiprocessing, threading, time
from pebble import ProcessPool
from extract import sandbox

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


def test_a_program_ends_though_its_process_does_not() -> None:
    ended = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, text=True, timeout=100)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")
