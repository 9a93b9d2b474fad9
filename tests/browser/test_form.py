"""The form's script by itself: what the browser keeps while answers are under way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.components.assets import read_asset, to_json
from dashboard.components.form import Checks, Choice, Section

pytestmark = pytest.mark.browser
# A form whose answers the test gives by hand; what it sends is kept.
PREPARE = """async (source) => {
  const script = URL.createObjectURL(new Blob([source], { type: "text/javascript" }))
  window.draw = (await import(script)).default
  window.sent = []
  window.answer = (data) =>
    window.draw({ data, parentElement: document.body, setTriggerValue: (name, value) => window.sent.push(value) })
}"""


@pytest.fixture
def page(browser: Browser) -> Page:
    page = browser.new_page()
    page.set_content('<form class="form"></form>')
    page.evaluate(PREPARE, read_asset("dom.js") + read_asset("form.js"))
    return page


def answer(page: Page, chosen: tuple[str, ...], answered: float) -> list[str]:
    """Answer with some values chosen; what is ticked then."""
    choices = [Choice(value, value) for value in ("浙江", "山东", "仙林")]
    parts = to_json([Checks("regions", "地区", choices, chosen, "查找", is_open=True)])
    page.evaluate("(data) => window.answer(data)", {"parts": parts, "answered": answered})
    # A form that stands is drawn anew after the figures.
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    return [str(box.input_value()) for box in page.get_by_role("checkbox", checked=True).all()]


def sent(page: Page) -> list[Any]:
    return [change["values"]["regions"] for change in page.evaluate("window.sent")]


def test_an_answer_to_an_earlier_change_takes_nothing_back(page: Page) -> None:
    answer(page, (), 0)
    page.get_by_role("checkbox", name="浙江").click()
    page.get_by_role("checkbox", name="山东").click()
    first, second = (change["at"] for change in page.evaluate("window.sent"))

    assert answer(page, ("浙江",), first) == ["浙江", "山东"]
    page.get_by_role("checkbox", name="仙林").click()
    assert answer(page, ("浙江", "山东"), second) == ["浙江", "山东", "仙林"]
    assert sent(page) == [["浙江"], ["浙江", "山东"], ["浙江", "山东", "仙林"]]


def test_the_answer_to_the_last_change_is_what_holds(page: Page) -> None:
    answer(page, (), 0)
    page.get_by_role("checkbox", name="浙江").click()
    last = page.evaluate("window.sent")[-1]["at"]

    assert answer(page, ("山东",), last) == ["山东"]
    # A chip or the way back changes the values without a change of the form.
    assert answer(page, (), last) == []


def test_a_lost_session_does_not_hold_the_form_for_ever(page: Page) -> None:
    page.clock.install()
    answer(page, (), 0)
    page.get_by_role("checkbox", name="浙江").click()
    page.clock.set_fixed_time(page.evaluate("Date.now()") + 60_000)

    page.evaluate("(data) => window.answer(data)", {"parts": to_json([]), "answered": 0})
    page.clock.run_for(10)
    assert page.get_by_role("checkbox").count() == 0


def test_the_head_of_a_section_stands_for_all_below_it(page: Page) -> None:
    below = [Choice("safety", "法治"), Choice("defence", "国防")]
    choices = [Section(Choice("order.all", "秩序"), below, "展开"), Choice("other", "其他")]
    parts = to_json([Checks("regions", "地区", choices, ("safety",), "查找", is_open=True)])
    page.evaluate("(data) => window.answer(data)", {"parts": parts, "answered": 0})
    head = page.get_by_role("checkbox", name="秩序")

    expect(head).to_have_js_property("indeterminate", True)
    head.click()
    page.get_by_role("checkbox", name="其他").click()
    page.get_by_role("checkbox", name="国防").click()
    assert sent(page) == [["order.all"], ["order.all", "other"], ["safety", "other"]]
    expect(head).to_have_js_property("indeterminate", True)
