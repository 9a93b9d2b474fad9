"""The same rows wherever tasks run, and nothing lost or doubled where a process dies."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pytest

from extract.corpus import run as corpus_run
from extract.corpus.cluster import Cluster
from extract.corpus.engines import Here, Lost, Processes
from extract.corpus.listing import Entry
from extract.corpus.work import Task
from extract.table.errors import InputError
from tests.extract.corpus.conftest import Run, rows_of
from tests.extract.corpus.tasks import die_at_bad, die_once

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def larger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of documents enough for several tasks."""
    monkeypatch.setattr(corpus_run, "TASK_DOCUMENTS", 3)
    for number in range(24):
        text = "".join(f"第{line}街道设立网格{number * 1000 + line}个，选派社工{line}名。\n" for line in range(40))
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def scheduler() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A real scheduler and two real workers, each a process of its own; its address, and the workers."""
    with ExitStack() as stack:

        def start(program: str, *arguments: str, until: str) -> tuple[subprocess.Popen[str], str]:
            command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
            environment = os.environ | {"PYTHONPATH": str(ROOT)}
            process = stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=environment)
            )
            stack.callback(process.kill)
            assert process.stderr is not None
            line = next((line for line in process.stderr if until in line), "")
            assert line, f"{program} did not start"
            return process, line

        here = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        address = start("dask_scheduler", *here, until="Scheduler at:")[1].split()[-1]
        worker = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        yield address, [start(*worker, until="Registered to")[0] for _ in range(2)]


class Killing(Cluster):
    """A cluster of which a worker is killed when two tasks are done."""

    def __init__(self, where: str, worker: subprocess.Popen[str]) -> None:
        super().__init__(where)
        self.worker = worker

    def run(self, function: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[tuple[Task, T | Lost]]:
        """The results as they come."""
        for count, outcome in enumerate(super().run(function, tasks), start=1):
            if count == 2:
                self.worker.send_signal(signal.SIGKILL)
            yield outcome


@pytest.mark.once
def test_the_rows_are_the_same_on_one_process_and_on_several(run: Run, larger: Path, output: Path) -> None:
    run(engine=Here())
    here = {path.name: path.read_bytes() for path in output.rglob("*.*") if path.is_file()}
    rows = rows_of(output)
    shutil.rmtree(output)
    with closing(Processes(2)) as engine:
        summary = run(engine=engine)

    assert summary.new == 28
    pd.testing.assert_frame_equal(rows_of(output), rows)
    assert {path.name: path.read_bytes() for path in output.rglob("*.*") if path.is_file()} == here


@pytest.mark.once
def test_a_worker_killed_in_the_middle_loses_and_doubles_no_row(
    run: Run, larger: Path, output: Path, scheduler: tuple[str, list[subprocess.Popen[str]]]
) -> None:
    run()
    expected = rows_of(output)
    shutil.rmtree(output)
    address, workers = scheduler
    with closing(Killing(address, workers[0])) as engine:
        summary = run(engine=engine)

    assert workers[0].wait() == -signal.SIGKILL
    assert summary.failures == []
    pd.testing.assert_frame_equal(rows_of(output), expected)


def task(path: Path, *names: str) -> Task:
    return Task(str(path), tuple(Entry(name, name, 1) for name in names), (), "", None, {})


def test_a_process_that_dies_once_is_tried_again(tmp_path: Path) -> None:
    tasks = [task(tmp_path / str(number), "好") for number in range(4)]
    with closing(Processes(2)) as engine:
        results = [result for _, result in engine.run(die_once, tasks)]

    assert sorted(map(str, results)) == [one.part for one in tasks]


@pytest.mark.once
def test_a_task_at_which_the_process_dies_is_lost_and_the_rest_is_done(tmp_path: Path) -> None:
    tasks = [task(tmp_path / name, name) for name in ("好1", "坏", "好2", "好3")]
    with closing(Processes(2)) as engine:
        results = {done.part: result for done, result in engine.run(die_at_bad, tasks)}

    lost = results.pop(str(tmp_path / "坏"))
    assert isinstance(lost, Lost)
    assert lost.reason == "the process ended with status -9, 3 times"
    assert results == {one.part: one.part for one in tasks if not one.part.endswith("坏")}


def test_workers_end_with_the_program_that_is_killed() -> None:
    script = (
        "from extract.corpus.engines import Processes; from extract.corpus.work import Task;"
        " from tests.extract.corpus.tasks import never_end;"
        " list(Processes(2).run(never_end, [Task(part, (), (), '', None, {}) for part in 'ab']))"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert {next(process.stdout), next(process.stdout)} == {"a\n", "b\n"}
        process.kill()

        # The workers hold the other end: there is an end only when they are gone.
        assert process.stdout.read() == ""


class Deadly(Here):
    """This process, as if it died at a document whose name says so."""

    def run(self, function: Callable[[Task], T], tasks: Iterable[Task]) -> Iterator[tuple[Task, T | Lost]]:
        """Lost, or the result."""
        for one in tasks:
            read = {entry.name for entry in one.entries} - one.lost
            yield one, Lost("died") if any("坏" in name for name in read) else function(one)


def test_the_document_that_ends_the_process_is_found_out_and_the_others_are_read(
    run: Run, folder: Path, output: Path
) -> None:
    (folder / "坏.txt").write_text("网格3万个。", encoding="utf-8")
    summary = run(engine=Deadly())

    assert summary.failures == [f"{folder}/坏.txt: ends the process that reads it; leave it out"]
    assert summary.documents == 4
    assert "坏.txt" not in set(rows_of(output)["document"])


@pytest.mark.parametrize("where", ["tcp://127.0.0.1:9", "nowhere"])
def test_a_scheduler_that_does_not_answer_is_one_error(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.corpus.cluster.PATIENCE", 1)
    with pytest.raises(InputError, match=f"{where}: no Dask scheduler with a worker answers"):
        Cluster(where)


@pytest.mark.once
def test_dask_here_runs_the_command(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "extract", str(folder), "-o", f"{tmp_path}/out/", "--dask", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.splitlines()) == (
        0,
        [f"{tmp_path}/out/: 7 rows of 4 documents", "4 found; 4 new"],
    )
