from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from dashboard.captions import Chart
from dashboard.export.contents import Contents
from dashboard.export.presets import PRESETS
from dashboard.export.svg import is_too_high, to_svg
from dashboard.options import Options
from dashboard.typesetting import measure

pytestmark = pytest.mark.once

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]
SVG = "{http://www.w3.org/2000/svg}"
TEXT = PRESETS["text"]


def words_of(svg: bytes) -> str:
    return "\n".join(element.text or "" for element in Xml.fromstring(svg).iter(f"{SVG}text"))


def size_of(svg: bytes) -> tuple[float, float]:
    root = Xml.fromstring(svg)
    return float(root.attrib["width"].removesuffix("pt")), float(root.attrib["height"].removesuffix("pt"))


def embedded_font(svg: bytes) -> TTFont:
    found = re.search(rb"base64,([\w+/=]+)", svg)
    assert found
    return TTFont(io.BytesIO(base64.b64decode(found[1])))


def chart_of(contents: Contents) -> Chart:
    (comparison,) = contents.comparisons
    return comparison.chart


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_comparison_makes_a_picture_with_its_words_and_their_glyphs(
    lang: str, make_contents: MakeContents
) -> None:
    contents = make_contents(lang=lang)
    for chart in [comparison.chart for comparison in contents.comparisons[::6]]:
        svg = to_svg(chart, TEXT, contents.sentence)
        words = words_of(svg)
        glyphs = set(embedded_font(svg).getBestCmap())

        assert all(bar.text in words and bar.region in words for bar in chart.bars)
        assert chart.source[:20] in words
        assert contents.sentence in words
        assert {letter for letter in words if ord(letter) not in glyphs} <= {"\n"}
        # Letters of an encoded font may spell anything but this.
        assert b"://" not in svg.replace(b"http://www.w3.org/2000/svg", b"")


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("form", ["bar", "dot"])
def test_a_picture_has_the_size_of_its_preset(name: str, form: str, make_contents: MakeContents) -> None:
    chart = chart_of(make_contents(indicators=("grids_total",), options=Options(form=form)))
    width, height = size_of(to_svg(chart, PRESETS[name]))

    assert width == pytest.approx(PRESETS[name].width, abs=0.1)
    assert height == pytest.approx(PRESETS[name].height or height, abs=0.1)


@pytest.mark.parametrize(
    "subject",
    ["</text><script>alert(1)</script>", "控制\x00字符\x1b\ufffe", "很长" * 300, "=HYPERLINK(1)", "🙂", "", "x" * 500],
)
def test_any_subject_gives_a_readable_picture(subject: str, make_contents: MakeContents, make_rows: MakeRows) -> None:
    svg = to_svg(chart_of(make_contents(make_rows({"subject": subject}))), TEXT)

    assert "8.5万个" in words_of(svg)
    assert list(Xml.fromstring(svg).iter(f"{SVG}script")) == []


def test_many_marks_make_the_picture_higher_than_its_preset_and_lose_none(
    make_contents: MakeContents, make_rows: MakeRows
) -> None:
    rows = make_rows(*({"region": f"区{number}", "value": 10.0 ** (number % 10)} for number in range(30)))
    chart = chart_of(make_contents(rows))
    svg = to_svg(chart, PRESETS["half"])

    assert size_of(svg)[1] > PRESETS["half"].height
    assert is_too_high(chart, PRESETS["half"])
    assert {bar.region for bar in chart.bars} <= set(words_of(svg).split("\n"))


@pytest.mark.parametrize("name", PRESETS)
def test_a_picture_that_keeps_its_shape_is_not_called_too_high(name: str, make_contents: MakeContents) -> None:
    assert not is_too_high(chart_of(make_contents(indicators=("grids_total",))), PRESETS[name])


def edges_of(svg: bytes) -> tuple[float, float]:
    """How far the texts reach to the left and to the right."""
    lefts, rights = [], []
    for element in Xml.fromstring(svg).iter(f"{SVG}text"):
        x = float(element.attrib["x"])
        width = measure(element.text or "", float(element.attrib["font-size"]))
        anchor = element.attrib.get("text-anchor", "start")
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        lefts.append(left)
        rights.append(left + width)
    return min(lefts), max(rights)


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("form", ["bar", "dot"])
@pytest.mark.parametrize("row", [{"subject": "很长" * 300}, {"region": "A" * 80}, {"unit": "x" * 60}, {"value": 1e9}])
def test_no_text_stands_beyond_the_edge(
    name: str, form: str, row: dict[str, object], make_contents: MakeContents, make_rows: MakeRows
) -> None:
    rows = make_rows(row, row | {"value": 1.0})
    for chart in [one.chart for one in make_contents(rows, options=Options(form=form)).comparisons]:
        svg = to_svg(replace(chart, title="很长的题目 and a_very_long_word" * 20), PRESETS[name])
        left, right = edges_of(svg)

        assert left >= 0
        assert right <= PRESETS[name].width
