"""Where the data that travels with the program lies: in a checkout ``data/``, in a wheel ``extract/_data/``."""

from __future__ import annotations

from pathlib import Path


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. ``shipped("codebook", "themes.csv")``."""
    package = Path(__file__).resolve().parent
    installed = package / "_data"
    root = installed if installed.is_dir() else package.parent / "data"
    return root.joinpath(*parts)
