"""Where the data that travels with the program lies: in a checkout ``data/``, in a wheel ``extract/_data/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. ``shipped("codebook", "themes.csv")``."""
    return find_root().joinpath(*parts)


@cache
def find_root() -> Path:
    """The folder of the shipped data, found once: it does not move under a running program."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent / "data"
