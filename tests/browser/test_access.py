"""Who can use it: every page by axe-core in light and dark, on a phone, by keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.app import PAGES
from tests.browser.conftest import TABLE, serve
from tests.browser.steps import drawn, settled

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
SERIOUS: Final = ("serious", "critical")
PHONE: Final = {"width": 390, "height": 844}
# The rules that a colour can break: of two themes all others hold in both or in neither.
OF_COLOURS: Final = ("color-contrast", "link-in-text-block")
# Parts of Streamlit's own shell, which no app can change: each with the rule that it breaks.
STREAMLITS_OWN: Final = frozenset({("aria-allowed-attr", "stSidebar")})
# How wide the page is, and its main part.
WIDTHS: Final = "[...document.querySelectorAll('html, [data-testid=stMain]')].map(part => part.scrollWidth)"

# Nothing runs, waits for its turn in a run, or is still fading in: only then has a text its contrast.
AT_REST: Final = """() => document.querySelector('[data-test-script-state=notRunning]')
    && !document.querySelector('[data-stale=true]')
    && document.getAnimations().every(animation => animation.playState !== 'running')"""
LOOKS: Final = 5
BACKGROUND: Final = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
WATCH_RUNS: Final = """() => {
    window.ranAgain = false
    new MutationObserver(() => { window.ranAgain = true })
        .observe(document.querySelector('[data-test-script-state]'), {attributeFilter: ['data-test-script-state']})
}"""


def path_of(name: str) -> str:
    """Where a page lies; the first is the root."""
    return "/" if name == next(iter(PAGES)) else f"/{name}"


def find_violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Serious violations of all rules, or of some, as "rule: element", without those of Streamlit's own shell."""
    asked = {"runOnly": list(rules)} if rules else {}
    # A page may run once more after it was at rest, as when the last of several files is done: then look again.
    for _ in range(LOOKS):
        page.wait_for_function(AT_REST)
        page.evaluate(WATCH_RUNS)
        found = Axe().run(page, options={"resultTypes": ["violations"], **asked}).response["violations"]
        if not page.evaluate("window.ranAgain"):
            break
    else:
        pytest.fail("the page is never at rest")
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
        if not any(rule == violation["id"] and part in node["html"] for rule, part in STREAMLITS_OWN)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_used_in_the_light_in_the_dark_and_made_as_narrow_as_a_phone(
    name: str, open_page: OpenPage
) -> None:
    page = open_page(f"{path_of(name)}?i=grids_total&lang=en", color_scheme="light")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)

    assert find_violations(page) == []
    turn(page, "dark")
    assert find_violations(page, OF_COLOURS) == []
    page.set_viewport_size(PHONE)
    page.wait_for_function(f"Math.max(...{WIDTHS}) <= {PHONE['width']}")


@pytest.mark.parametrize("path", [*map(path_of, PAGES), "/indicator?m=grids_total"])
def test_a_phone_shows_all_of_every_page(path: str, open_page: OpenPage) -> None:
    """Nothing reaches beyond the right edge; what is wider scrolls in itself. English has the longer words."""
    page = open_page(f"{path}{'&' if '?' in path else '?'}lang=en", viewport=PHONE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)

    assert max(page.evaluate(WIDTHS)) <= PHONE["width"]


def test_a_unit_without_blanks_does_not_widen_a_phone_s_page(browser: Browser, tmp_path: Path) -> None:
    table = pd.read_csv(TABLE)
    table.loc[table["indicator"] == "grids_total", "unit"] = "x" * 80
    path = tmp_path / "rows.csv"
    table.to_csv(path, index=False)
    with serve(path) as served, browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{served}/compare?lang=en&i=grids_total")
        expect(drawn(page).first).to_be_visible()

        comparison = page.locator(".comparison").bounding_box()
        assert comparison
        assert comparison["width"] <= 390
        assert page.locator(".comparison .note").first.evaluate("note => note.scrollWidth <= note.clientWidth")


def test_the_keyboard_alone_goes_from_the_first_page_to_a_sentence_and_back(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    press_until(page, "Tab", lambda: focused(page).endswith("compare"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    settled(page)

    page.locator("summary", has_text="Indicator").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("grids")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("i=grids_total"))
    expect(drawn(page).get_by_text("85,000")).to_be_visible()
    settled(page)

    page.get_by_role("combobox", name="See a statistic in its report").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark")).to_have_text("8.5万个")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(drawn(page).get_by_text("85,000")).to_be_visible()


def test_downloads_are_reached_and_left_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total&lang=en", color_scheme="light")
    expect(drawn(page).get_by_text("85,000")).to_be_visible()
    settled(page)
    button = page.get_by_role("button", name="Download or copy")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="SVG")).to_be_visible()
    settled(page)

    assert find_violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


def test_downloads_have_room_on_a_phone_and_can_be_read_in_the_dark(open_page: OpenPage) -> None:
    page = open_page("/compare?i=grids_total&lang=en", viewport=PHONE, color_scheme="dark")
    expect(drawn(page).get_by_text("85,000")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Download or copy").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="SVG")).to_be_visible()
    dialog = page.get_by_role("dialog").bounding_box()

    assert dialog
    assert dialog["x"] >= 0
    assert dialog["x"] + dialog["width"] <= PHONE["width"]
    settled(page)
    assert find_violations(page, OF_COLOURS) == []


def turn(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Turn the reader's system to light or to dark, and wait until the page has followed."""
    before = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(f"({BACKGROUND})() !== {json.dumps(before)}")


def focused(page: Page) -> str:
    """Where the link that has the focus leads."""
    return str(page.evaluate("document.activeElement?.getAttribute('href') ?? ''"))


def press_until(page: Page, key: str, is_there: Callable[[], bool]) -> None:
    """Press a key until something holds; a page has fewer than a hundred stops."""
    for _ in range(100):
        if is_there():
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never got there")
