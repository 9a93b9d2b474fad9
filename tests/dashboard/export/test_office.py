"""Each Office format opened by LibreOffice where the app's own font is the only one: its text, its look."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest

import dashboard
from dashboard.export.contents import Contents
from dashboard.export.formats import FORMATS
from dashboard.export.presets import PRESETS
from dashboard.options import Options
from tests.dashboard.test_series import year

pytestmark = pytest.mark.office
MakeContents = Callable[..., Contents]
MakeRows = Callable[..., pd.DataFrame]
STATIC = Path(dashboard.__file__).with_name("static")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{static}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
TIMEOUT = 180


@pytest.fixture
def convert(libreoffice: Path, tmp_path: Path) -> Callable[[bytes, str], pypdfium2.PdfDocument]:
    """Opens a file and prints it to PDF."""
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(FONTS.format(static=STATIC, cache=tmp_path / "cache"), encoding="utf-8")

    def run(data: bytes, suffix: str) -> pypdfium2.PdfDocument:
        file = tmp_path / f"file{suffix}"
        file.write_bytes(data)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [libreoffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file]
        environment = os.environ | {"FONTCONFIG_FILE": str(fonts)}
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT, env=environment)
        return pypdfium2.PdfDocument(file.with_suffix(".pdf").read_bytes())

    return run


def letters_of(book: pypdfium2.PdfDocument) -> str:
    """All text without blanks, which the program puts between Chinese and figures."""
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in book))


def colours_of(book: pypdfium2.PdfDocument) -> set[str]:
    """Every colour that a page shows."""
    found = set()
    for page in book:
        image = page.render(scale=1).to_pil().convert("RGB")
        found |= {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in image.getcolors(maxcolors=1 << 20) or []}
    return found


@pytest.mark.parametrize("name", ["pptx", "docx", "xlsx"])
def test_it_opens_with_its_words_and_its_colours(
    name: str, make_contents: MakeContents, convert: Callable[[bytes, str], pypdfium2.PdfDocument]
) -> None:
    contents = make_contents(indicators=("grids_total", "community_workers_total"))
    book = convert(FORMATS[name].make(contents, PRESETS["text"], lambda step: None), FORMATS[name].suffix)
    letters, colours = letters_of(book), colours_of(book)

    for comparison in contents.comparisons:
        chart = comparison.chart
        expected = [chart.title, chart.subtitle, chart.source, *chart.notes, *(bar.text for bar in chart.bars)]
        assert all(re.sub(r"\s", "", text) in letters for text in expected)
        assert {bar.colour for bar in chart.bars} <= colours
    assert all(re.sub(r"\s", "", words) in letters for words in ("浙江", "未报告", contents.sentence))


@pytest.mark.parametrize("name", ["pptx", "xlsx"])
def test_lines_open_with_their_years_labels_and_colours(
    name: str, make_contents: MakeContents, make_rows: MakeRows, convert: Callable[[bytes, str], pypdfium2.PdfDocument]
) -> None:
    rows = make_rows(
        *(year(2019, 30), year(2022, 60)),
        *(year(2019, 120, region="山东"), year(2022, 150, region="山东")),
    )
    contents = make_contents(rows, options=Options(form="line"))
    book = convert(FORMATS[name].make(contents, PRESETS["text"], lambda step: None), FORMATS[name].suffix)
    letters = letters_of(book)

    for line in contents.comparisons[0].chart.series:
        assert f"{line.name}{line.spots[-1].text}" in letters
        assert line.colour in colours_of(book)
    assert all(words in letters for words in ("2019", "2020", "2021", "2022"))
