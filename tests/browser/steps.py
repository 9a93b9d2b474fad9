"""What the journeys have in common: finding a chart's words, clicking a mark, waiting for a run to end."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def charts(page: Page) -> Locator:
    """The figures of the page."""
    return page.locator(".js-plotly-plot")


def drawn(page: Page) -> Locator:
    """The words drawn in the figures."""
    return page.locator(".js-plotly-plot .textpoint")


def settled(page: Page) -> None:
    """Wait until the page's run has ended: a click into one that still changes may hit nothing."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def click_bar(page: Page, number: int = 0) -> None:
    """Click a bar near its start."""
    settled(page)
    box = page.locator(".js-plotly-plot .bars .point path").nth(number).bounding_box()
    assert box
    page.mouse.click(box["x"] + min(20, box["width"] / 2), box["y"] + box["height"] / 2)


def words_of(page: Page) -> list[tuple[str, float, float]]:
    """The words drawn in charts with the places in pixels where they start."""
    found = page.locator(".figure svg text").evaluate_all(
        """texts => texts.map(text => {
            const {x, y} = text.getBoundingClientRect()
            return [text.textContent, x, y]
        })"""
    )
    return sorted((words, x, y) for words, x, y in found if words)
