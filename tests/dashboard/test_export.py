from __future__ import annotations

import base64
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from dashboard.captions import Chart, Context, make_chart
from dashboard.compare import make_panels
from dashboard.dataset import Dataset
from dashboard.export import picture
from dashboard.export.svg import INNER, to_svg
from dashboard.export.table import to_csv
from dashboard.typesetting import advances, clip, measure, wrap
from dashboard.wording import LANGUAGES, load_words

MakeRows = Callable[..., pd.DataFrame]
SVG = "{http://www.w3.org/2000/svg}"


def chart_of(rows: pd.DataFrame, context: Context) -> Chart:
    (panel,) = make_panels(rows, rows, context.codebook)
    return make_chart(panel, context)


def words_of(svg: bytes) -> str:
    return "\n".join(element.text or "" for element in Xml.fromstring(svg).iter(f"{SVG}text"))


def embedded_font(svg: bytes) -> TTFont:
    found = re.search(rb"base64,([\w+/=]+)", svg)
    assert found
    return TTFont(io.BytesIO(base64.b64decode(found[1])))


@pytest.mark.parametrize("context", ["zh", "en"], indirect=True)
def test_every_panel_makes_a_picture_with_its_words_and_their_glyphs(context: Context, dataset: Dataset) -> None:
    for panel in make_panels(dataset.rows, dataset.rows, dataset.codebook)[::6]:
        chart = make_chart(panel, context)
        svg = to_svg(chart)
        words = words_of(svg)
        glyphs = set(embedded_font(svg).getBestCmap())

        assert all(bar.text in words and bar.region in words for bar in chart.bars)
        assert chart.source[:20] in words
        assert {letter for letter in words if ord(letter) not in glyphs} <= {"\n"}
        assert b"http" not in svg.replace(b"http://www.w3.org/2000/svg", b"")


@pytest.mark.parametrize(
    "subject",
    ["</text><script>alert(1)</script>", "控制\x00字符\x1b\ufffe", "很长" * 300, "=HYPERLINK(1)", "🙂", ""],
)
def test_any_subject_gives_a_readable_picture(subject: str, context: Context, make_rows: MakeRows) -> None:
    svg = to_svg(chart_of(make_rows({"subject": subject}), context))

    assert "85,000" in words_of(svg)
    assert list(Xml.fromstring(svg).iter(f"{SVG}script")) == []


def test_the_font_has_every_letter_of_the_app(dataset: Dataset) -> None:
    codebook = dataset.codebook
    labels = [
        label for item in (*codebook.themes.values(), *codebook.indicators.values()) for label in item.labels.values()
    ]
    texts = [text for lang in LANGUAGES for text in load_words(lang).texts.values()]

    letters = {letter for text in (*labels, *texts, *codebook.regions) for letter in text}
    assert set() == letters - {"\n"} - {chr(code) for code in advances()}


def test_lines_are_as_wide_as_asked_and_lose_nothing() -> None:
    text = "口径不同：按固定地区次序排列，不排名、不合计。Comparability: provincial totals of organisations. " * 4
    lines = wrap(text, 13, INNER)

    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(measure(line, 13) <= INNER for line in lines)
    assert not any(line[0] in "，。、：" for line in lines)
    assert measure(clip(text, 13, 100), 13) <= 100


def test_a_csv_opens_right_and_runs_nothing(make_rows: MakeRows) -> None:
    rows = make_rows({"subject": "=HYPERLINK(1)", "value": -5.5}, {"subject": "网格,“引号”\n换行"}, {"subject": " @x"})
    data = to_csv(rows)
    back = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig")

    assert data.startswith(b"\xef\xbb\xbf")
    assert list(back["subject"]) == ["'=HYPERLINK(1)", "网格,“引号”\n换行", "' @x"]
    assert back["value"][0] == -5.5
    assert list(rows.columns) == list(back.columns)


@pytest.mark.browser
@pytest.mark.parametrize("context", ["zh"], indirect=True)
def test_a_png_is_the_svg_in_pixels(context: Context, dataset: Dataset, chromium: Path) -> None:
    chart = chart_of(dataset.rows[dataset.rows["indicator"] == "grids_total"], context)
    image = Image.open(io.BytesIO(picture.to_png(to_svg(chart)))).convert("RGB")
    colours = image.getcolors(maxcolors=1 << 20) or []

    assert image.width == 1920
    assert len(colours) > 50
    assert max(colours)[1] == (255, 255, 255)
    assert {bar.colour for bar in chart.bars} <= {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in colours}


def test_without_a_browser_a_png_says_how_to_get_one(
    context: Context, make_rows: MakeRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(picture.PictureError, match="apt install chromium"):
        picture.to_png(to_svg(chart_of(make_rows({}), context)))


def test_a_browser_that_fails_is_an_error_not_a_picture(
    context: Context, make_rows: MakeRows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "find_browser", lambda: shutil.which("false"))

    with pytest.raises(picture.PictureError, match="failed"):
        picture.to_png(to_svg(chart_of(make_rows({}), context)))
