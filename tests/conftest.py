"""What any test may ask for: the folder of gold documents and a browser."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# No test asserts a duration: the first example of a run also loads the rule tables and the dictionary.
settings.register_profile("project", parent=settings(), deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session")
def gold_dir() -> Path:
    """The folder with the documents and answers that are not the project's own: ``$GOLD_DIR``, by default ../shared."""
    folder = ROOT / os.environ.get("GOLD_DIR", "../shared")
    if not folder.is_dir():
        pytest.skip(f"no gold documents in {folder}; set GOLD_DIR")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of a Chromium on this machine; without one the test is skipped, in CI it fails."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    missing = "no Chromium on this machine: apt-get install chromium"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
