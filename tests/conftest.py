"""What any test may ask for: the folder of gold documents, a browser, an office suite."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dashboard.store import STORE_VARIABLE

ROOT = Path(__file__).resolve().parent.parent

# No test asserts a duration: the first example of a run also loads the rule tables and the dictionary.
settings.register_profile("project", parent=settings(), deadline=None)
# What one Python has been shown by a hundred examples is tried on the newest by twenty.
settings.register_profile("newest", parent=settings.get_profile("project"), max_examples=20)
settings.load_profile("project")


@pytest.fixture(scope="session", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test sees, or changes, what the user has imported."""
    folder = tmp_path_factory.mktemp("store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session")
def gold_dir() -> Path:
    """The folder with the documents and answers that are not the project's own: ``$GOLD_DIR``, by default ../shared."""
    folder = ROOT / os.environ.get("GOLD_DIR", "../shared")
    if not folder.is_dir():
        pytest.skip(f"no gold documents in {folder}; set GOLD_DIR")
    return folder


def find_program(title: str, packages: str, *names: str) -> Path:
    """The path of a program on this machine; without one the test is skipped, in CI it fails."""
    for name in names:
        if found := shutil.which(name):
            return Path(found)
    missing = f"no {title} on this machine: apt-get install {packages}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of a Chromium."""
    return find_program("Chromium", "chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    """The path of LibreOffice with its word processor, spreadsheet and presentation."""
    packages = " ".join(f"libreoffice-{part}-nogui" for part in ("writer", "calc", "impress"))
    return find_program("LibreOffice", packages, "soffice", "libreoffice")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount(folder, "-t", "tmpfs", "-o", "size=2m", "tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def mount(folder: Path, *options: str) -> None:
    """Mount on a folder; where that is not allowed the test is skipped."""
    done = subprocess.run(["mount", *options, folder], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"may not mount: {done.stderr.strip()}")
