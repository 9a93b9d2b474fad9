"""Stores, and disks on which little or nothing can be written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dashboard.store import Store, open_store
from tests.conftest import mount


@pytest.fixture
def open_at() -> Iterator[Callable[[str | Path], Store]]:
    """Opens a store that is closed after the test."""
    with ExitStack() as stack:

        def open_and_note(place: str | Path) -> Store:
            store = open_store(place)
            stack.callback(store.close)
            return store

        yield open_and_note


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that was just made: the tables are made once for all tests."""
    folder = tmp_path_factory.mktemp("fresh")
    open_store(folder).close()
    return folder


@pytest.fixture
def store(open_at: Callable[[str | Path], Store], fresh: Path, tmp_path: Path) -> Store:
    """A fresh store."""
    return open_at(shutil.copytree(fresh, tmp_path / "store"))


@pytest.fixture
def readonly_folder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder that can't be written, by root neither."""
    if os.geteuid() == 0:
        folder: Path = request.getfixturevalue("small_disk")
        mount(folder, "-o", "remount,ro")
    else:
        folder = tmp_path / "readonly"
        folder.mkdir(mode=0o555)
    yield folder
    if os.geteuid():
        folder.chmod(0o755)
