"""The app as a process of its own, and a fresh browser for each test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "tests" / "dashboard" / "statistics.csv"
SWITCHES = (
    "--no-sandbox",
    # There is none, and to draw as if there were takes longer.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Only a test that fails waits so long: other tests, and other programs, may have the cores.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# Streamlit asks for these at a page's own address too and takes a 404 for an answer.
STREAMLIT_PROBES = ("_stcore/health", "_stcore/host-config")


@contextmanager
def serve(table: Path, store: Path | None = None) -> Iterator[str]:
    """The app on a table, and a store of its own where one is given, as a process on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dashboard", "--port", str(port), "--data", str(table)]
    if store:
        command += ["--store", str(store)]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = []
        for line in server.stdout:
            said.append(line)
            if "URL:" in line:
                break
        else:
            pytest.fail("the app did not start: " + "".join(said))
        try:
            yield f"http://localhost:{port}"
        finally:
            # A polite end waits for every open page, also for those of a failed test.
            server.kill()


@pytest.fixture(scope="session")
def address(chromium: Path) -> Iterator[str]:
    """The app on the hand-made rows, served until the last test ends."""
    with serve(TABLE) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        yield browser
        browser.close()


class Watch:
    """What a page did that it should not: errors in the console, requests to elsewhere."""

    def __init__(self, page: Page, address: str) -> None:
        self.address = address
        self.faults: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.faults.append(str(error.stack)))
        page.on("request", self.follow)

    def hear(self, message: ConsoleMessage) -> None:
        place = str(message.location.get("url", ""))
        if message.type == "error" and not place.endswith(STREAMLIT_PROBES):
            self.faults.append(f"{message.text} ({place})")

    def follow(self, request: Request) -> None:
        own = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        if not request.url.startswith(own):
            self.faults.append(f"request to {request.url}")


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Pages of fresh browsers, with the settings of a context; each fails its test if anything went wrong in it."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def open_one(path: str = "/", **settings: Any) -> Page:
        usual = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 1000}, "accept_downloads": True}
        context = browser.new_context(**usual | settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watches.append(Watch(page, address))
        page.goto(address + path)
        return page

    yield open_one
    faults = [fault for watch in watches for fault in watch.faults]
    for context in contexts:
        context.close()
    assert faults == []
