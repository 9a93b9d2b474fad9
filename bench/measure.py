"""
Measuring in a real Chromium. Times are taken inside the page, when its document changes, not by asking from outside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from bench.servers import Server
from bench.subjects import LIVE, Subject

SWITCHES: Final = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WINDOW: Final[ViewportSize] = {"width": 1280, "height": 1000}
LONGEST_MS: Final = 120_000
# A page is settled when so long nothing has changed in it; waited for before and after what is measured.
SETTLED_MS: Final = 600
# Streamlit keeps an old chart beside the new one until that is drawn, the first time for a second or two.
FIRST_SETTLED_MS: Final = 4000
# Times are milliseconds since the start of the navigation; a click's is that of the input, before any handler runs.
WATCH: Final = """
const watch = window.watch = {first: null, live: null, last: 0, clicked: null, changed: null, wanted: null};
watch.read = () => [...document.querySelectorAll(%(labels)r)].map(label => label.textContent).join("|");
watch.arm = wanted => Object.assign(watch, {clicked: null, changed: null, wanted});
addEventListener("pointerup", event => { watch.clicked = event.timeStamp; }, true);
new MutationObserver(() => {
  watch.last = performance.now();
  if (watch.first === null && watch.read()) watch.first = watch.last;
  if (watch.live === null && document.querySelector(%(live)r)) watch.live = watch.last;
  if (watch.clicked !== null && watch.changed === null && watch.read() === watch.wanted) watch.changed = watch.last;
}).observe(document, {subtree: true, childList: true, characterData: true});
"""


@dataclass(slots=True)
class Readings:
    """
    All that was measured of one page: milliseconds, seconds of processor time, MiB.

    ``cold_ms`` is until a chart can be read, ``live_ms`` until it can be pointed at, both with an empty browser cache.
    """

    cold_ms: list[float] = field(default_factory=list)
    live_ms: list[float] = field(default_factory=list)
    cached_ms: list[float] = field(default_factory=list)
    filter_ms: list[float] = field(default_factory=list)
    cpu_seconds: float = 0.0
    reruns: int = 0
    transferred_mib: float = 0.0
    requests: int = 0
    memory_mib: float = 0.0

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of processor time of the server for one rerun."""
        return 1000 * self.cpu_seconds / self.reruns


def measure_loads(browser: Browser, server: Server, readings: Readings) -> None:
    """One load with an empty browser cache, then one with what the first left in it."""
    context = new_context(browser)
    sizes: list[int] = []
    context.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page = open_page(context, server)
    readings.cold_ms.append(page.evaluate("watch.first"))
    readings.live_ms.append(page.evaluate("watch.live"))
    readings.transferred_mib, readings.requests = sum(sizes) / 2**20, len(sizes)
    page.close()
    page = open_page(context, server)
    readings.cached_ms.append(page.evaluate("watch.first"))
    context.close()


def measure_filter(browser: Browser, server: Server, readings: Readings, rounds: int) -> None:
    """Choose the option and take it back, so many times in one page; the processor time of the server meanwhile."""
    context = new_context(browser)
    page, subject = open_page(context, server), server.subject
    without = str(page.evaluate("watch.read()"))
    # A first round shows what the labels will be, and warms up the page.
    choose(page, subject)
    settle(page, FIRST_SETTLED_MS)
    chosen = str(page.evaluate("watch.read()"))
    click_and_wait(page, subject.undo, without)
    settle(page)
    started = server.cpu_seconds()
    for _ in range(rounds):
        open_list(page, subject)
        readings.filter_ms.append(click_and_wait(page, subject.option, chosen))
        click_and_wait(page, subject.undo, without)
    settle(page)
    readings.cpu_seconds += server.cpu_seconds() - started
    readings.reruns += 2 * rounds
    readings.memory_mib = server.memory_mib()
    context.close()


def new_context(browser: Browser) -> BrowserContext:
    """A browser that has seen nothing yet, of a Chinese reader."""
    return browser.new_context(locale="zh-CN", viewport=WINDOW)


def open_page(context: BrowserContext, server: Server) -> Page:
    """The page with its charts drawn, and settled."""
    page = context.new_page()
    page.add_init_script(WATCH % {"labels": server.subject.labels, "live": LIVE})
    page.goto(server.address, wait_until="commit")
    page.wait_for_function("window.watch?.live != null", timeout=LONGEST_MS, polling=100)
    settle(page)
    return page


def settle(page: Page, quiet_ms: int = SETTLED_MS) -> None:
    """Wait until nothing has changed for so long."""
    page.wait_for_function(f"performance.now() - watch.last > {quiet_ms}", timeout=LONGEST_MS, polling=100)


def open_list(page: Page, subject: Subject) -> None:
    """Open the list of regions, if it is not."""
    if not page.locator(subject.option).is_visible():
        page.click(subject.opener)
        page.wait_for_selector(subject.option)


def choose(page: Page, subject: Subject) -> None:
    """Choose the option."""
    open_list(page, subject)
    page.click(subject.option)


def click_and_wait(page: Page, selector: str, wanted: str) -> float:
    """Milliseconds from a click to the moment when the labels of all charts are the wanted ones."""
    page.evaluate("wanted => watch.arm(wanted)", wanted)
    page.click(selector)
    page.wait_for_function("watch.changed !== null", timeout=LONGEST_MS, polling=50)
    return float(page.evaluate("watch.changed - watch.clicked"))
