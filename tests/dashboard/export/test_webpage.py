from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from dashboard.export.contents import Contents
from dashboard.export.webpage import to_html

pytestmark = pytest.mark.once

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]


class Reader(HTMLParser):
    """Texts and elements of a page, as a browser would take them."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.addresses: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def figures_of(page: bytes) -> list[dict[str, object]]:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page.decode("utf-8"), re.S)
    assert found
    figures: list[dict[str, object]] = json.loads(found[1])
    return figures


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_has_all_that_is_said_and_needs_no_network(lang: str, make_contents: MakeContents) -> None:
    contents = make_contents(lang=lang, themes=("grid",))
    page = to_html(contents)
    reader = Reader(page)
    text = "\n".join(reader.texts)

    assert len(figures_of(page)) == len(contents.comparisons)
    assert contents.sentence in text
    for comparison in contents.comparisons:
        assert all(words in text for words in (comparison.chart.title, comparison.chart.source))
        assert all(contents.row(row)["sentence"] in text for row in comparison.ids())
    assert "link" not in reader.tags
    assert set(reader.addresses) == {comparison.address for comparison in contents.comparisons}


@pytest.mark.parametrize(
    "subject",
    ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "控制\x00\x1b🙂", "长" * 500, ""],
)
def test_no_text_becomes_markup(subject: str, make_contents: MakeContents, make_rows: MakeRows) -> None:
    row = {"subject": subject, "sentence": subject, "region": subject or "浙江"}
    plain = Reader(to_html(make_contents(make_rows({"region": "x"}))))
    hostile = Reader(page := to_html(make_contents(make_rows(row))))

    assert hostile.tags == plain.tags
    assert len(figures_of(page)) == 1


def test_the_face_in_the_page_has_the_letters_of_texts_at_the_pointer_too(
    make_contents: MakeContents, make_rows: MakeRows
) -> None:
    """What a report writes of a number stands in no other text but the table's, and its sentence may differ."""
    page = to_html(make_contents(make_rows({"raw": "捌拾陆匹", "sentence": "x"})))
    found = re.search(rb"data:font/woff2;base64,([A-Za-z0-9+/=]+)", page)
    assert found
    letters = TTFont(io.BytesIO(base64.b64decode(found[1]))).getBestCmap()

    assert "捌拾陆匹" in json.dumps(figures_of(page), ensure_ascii=False)
    assert set(map(ord, "捌拾陆匹")) <= letters.keys()


def test_nothing_to_compare_is_said(make_contents: MakeContents, make_rows: MakeRows) -> None:
    assert "没有可比的统计" in "".join(Reader(to_html(make_contents(make_rows()))).texts)
