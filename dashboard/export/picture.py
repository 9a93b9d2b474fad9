"""
SVG → PNG by a headless Chromium, one short-lived process a picture.

A process a picture costs about a second and nothing between pictures: there is no browser to keep, to hang or to
restart. The picture is the SVG itself, so that both always agree.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Final

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SCALE: Final = 2
TIMEOUT: Final = 30.0
SIZE: Final = re.compile(rb'<svg[^>]* width="(\d+)" height="(\d+)"')
SWITCHES: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--no-first-run",
)
# Browsers are heavy: one at a time, whoever asks.
ONE_AT_A_TIME: Final = threading.Lock()


class PictureError(Exception):
    """No picture came out; the text says why."""


def find_browser() -> str | None:
    """The path of a Chromium or a browser made of it, None where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def to_png(svg: bytes) -> bytes:
    """
    The picture of an SVG made here, twice its size in pixels.

    Raises:
        PictureError:
            No browser is there, or it gave no picture in time.
    """
    browser = find_browser()
    size = SIZE.search(svg)
    if browser is None or size is None:
        raise PictureError("no Chromium was found; install it, e.g. apt install chromium")
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="governance-picture-") as folder:
        source, target = Path(folder, "chart.svg"), Path(folder, "chart.png")
        source.write_bytes(svg)
        command = [
            browser,
            *SWITCHES,
            *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
            f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={SCALE}",
            f"--window-size={int(size[1])},{int(size[2])}",
            f"--screenshot={target}",
            source.as_uri(),
        ]
        run(command)
        if not target.is_file():
            raise PictureError("Chromium ended without a picture")
        return target.read_bytes()


def run(command: list[str]) -> None:
    """Run a browser to its end; one that takes too long is ended."""
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise PictureError(f"Chromium gave no picture within {TIMEOUT:.0f} s") from error
    except subprocess.CalledProcessError as error:
        raise PictureError(f"Chromium failed with status {error.returncode}") from error
    except OSError as error:
        raise PictureError(f"Chromium failed to start: {error}") from error
