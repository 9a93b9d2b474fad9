"""The servers under measurement: started, asked for their processor time, stopped."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]

from bench.subjects import Subject

ROOT: Final = Path(__file__).resolve().parent.parent
START_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and the page on it."""

    subject: Subject
    port: int
    process: psutil.Process

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://localhost:{self.port}/{self.subject.path}"

    def cpu_seconds(self) -> float:
        """The processor time of the server so far, its threads included."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory_mib(self) -> float:
        """The memory that the server holds."""
        return float(self.process.memory_info().rss) / 2**20


@contextmanager
def serve(subject: Subject) -> Iterator[Server]:
    """The server of a page on a free port, ready to answer."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [*subject.command, str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for_answer(port, process)
            yield Server(subject, port, psutil.Process(process.pid))
        finally:
            # A polite end waits for every open page.
            process.kill()


def wait_for_answer(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; RuntimeError where it ended or never does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server on port {port} did not start: {process.args!r}")
