from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from dashboard.export import picture, renderer
from dashboard.export.contents import Contents
from dashboard.export.font import FAMILY
from dashboard.export.presets import PRESETS
from dashboard.export.svg import to_plain_svg

pytestmark = pytest.mark.once

MakeContents = Callable[..., Contents]


def svg_of(contents: Contents, preset: str = "text") -> bytes:
    return to_plain_svg(contents.comparisons[0].chart, PRESETS[preset], contents.sentence)


def hang(svg: str) -> bytes:
    time.sleep(600)
    return b""


def die(svg: str = "") -> bytes:
    os._exit(1)


def process_id(svg: str) -> bytes:
    return str(os.getpid()).encode()


def fail_first(marker: str) -> bytes:
    """Hangs the first time that it is asked, in whichever process."""
    try:
        Path(marker).mkdir()
    except FileExistsError:
        return b"drawn"
    return hang(marker)


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "TIMEOUT", 2.0)


def test_a_png_is_the_svg_in_pixels_of_300_an_inch(make_contents: MakeContents) -> None:
    contents = make_contents(indicators=("grids_total",))
    for name in ("half", "square", "slide"):
        image = Image.open(io.BytesIO(picture.to_png(svg_of(contents, name))))
        colours = image.convert("RGB").getcolors(maxcolors=1 << 20) or []

        assert image.width == pytest.approx(PRESETS[name].width / 72 * 300, abs=1)
        assert image.height == pytest.approx(PRESETS[name].height / 72 * 300, abs=1)
        assert image.info["dpi"][0] == pytest.approx(300, abs=1)
        assert max(colours)[1] == (255, 255, 255)
        drawn = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in colours}
        assert {bar.colour for bar in contents.comparisons[0].chart.bars} <= drawn


def test_chinese_is_drawn_with_the_bundled_font_and_not_as_boxes() -> None:
    def draw(letter: str) -> bytes:
        return picture.to_png(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="40pt" height="40pt" font-family="{FAMILY}">'
            f'<text y="30" font-size="30">{letter}</text></svg>'.encode()
        )

    # Letters that no font has look alike.
    assert draw("\U0002a6d6") == draw("\U0002a6d7")
    assert len({draw(letter) for letter in "浙江湖北\U0002a6d6"}) == 5


def test_a_pdf_has_a_page_for_each_picture_with_its_text_and_its_font(make_contents: MakeContents) -> None:
    contents = make_contents(themes=("grid",))
    charts = [comparison.chart for comparison in contents.comparisons]
    data = picture.to_pdf([to_plain_svg(chart, PRESETS["square"]) for chart in charts], contents.title)
    book = pypdfium2.PdfDocument(data)

    assert len(book) == len(charts) > 1
    assert book.get_metadata_dict()["Title"] == contents.title
    for page, chart in zip(book, charts, strict=True):
        assert page.get_size() == pytest.approx((PRESETS["square"].width, PRESETS["square"].height), abs=0.5)
        text = page.get_textpage().get_text_range().replace("\r\n", "").replace(" ", "")
        assert all(bar.text.replace(" ", "") in text and bar.region in text for bar in chart.bars)
    assert b"/FontFile" in data
    assert b"Governance" in data or b"WenQuanYi" in data


def test_pictures_asked_for_at_once_are_all_drawn_by_one_process() -> None:
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda _: picture.draw(process_id, b""), range(16)))

    assert len(set(drawn)) == 1


def test_one_that_hangs_is_ended_and_tried_again(short_patience: None, tmp_path: object) -> None:
    assert picture.draw(fail_first, f"{tmp_path}/asked".encode()) == b"drawn"


@pytest.mark.parametrize("broken", [hang, die])
def test_one_that_never_comes_is_an_error_and_the_next_is_drawn(
    broken: Callable[[str], bytes], short_patience: None, make_contents: MakeContents
) -> None:
    with pytest.raises(picture.PictureError, match="in 2 attempts"):
        picture.draw(broken, b"")

    assert picture.find_fault(20) == ""
    assert picture.to_png(svg_of(make_contents(indicators=("grids_total",)))).startswith(b"\x89PNG")


def test_what_is_no_svg_is_an_error_in_one_line() -> None:
    with pytest.raises(picture.PictureError, match=r"^not drawn in 2 attempts of at most 20 s: .*root node$"):
        picture.to_png(b"<svg")


def test_a_process_that_does_not_come_up_is_named(monkeypatch: pytest.MonkeyPatch, short_patience: None) -> None:
    monkeypatch.setattr(renderer, "set_up", die)
    picture.try_out.cache_clear()
    picture.open_pool.cache_clear()
    try:
        assert picture.find_fault(30)
    finally:
        picture.open_pool.cache_clear()
        picture.try_out.cache_clear()
