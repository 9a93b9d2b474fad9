"""Every format of an export by name: what it is, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dashboard.captions import Chart
from dashboard.export.contents import Announce, Contents
from dashboard.export.datapackage import concatenate, to_zip
from dashboard.export.document import to_docx
from dashboard.export.picture import to_pdf, to_png
from dashboard.export.presets import Preset
from dashboard.export.slides import to_pptx
from dashboard.export.svg import is_too_high, to_plain_svg, to_svg
from dashboard.export.table import to_csv, to_json, to_parquet
from dashboard.export.webpage import to_html
from dashboard.export.workbook import to_xlsx

Make = Callable[[Contents, Preset, Announce], bytes]
Count = Callable[[Contents], int]
OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """
    A kind of file.

    ``group`` is picture, office, web or data; ``suffix`` ends its files' names, ``count`` tells the rows that it
    holds where that is what a reader chooses by. ``needs_picture`` are those that the process that draws has a part in.
    """

    group: str
    suffix: str
    media_type: str
    make: Make
    count: Count | None = None
    is_single: bool = False
    needs_picture: bool = False


def charts_of(contents: Contents) -> tuple[Chart, ...]:
    """The charts; one that says so where there are none."""
    return tuple(comparison.chart for comparison in contents.comparisons) or (say_nothing(contents),)


def say_nothing(contents: Contents) -> Chart:
    """A chart without any mark."""
    words = contents.context.words
    title = words("export.nothing")
    source = words("datapackage.made", date=contents.made, version=contents.context.version)
    return Chart(title, "", "", (), "", (), source, alt=title, lang=words.lang)


def picture(contents: Contents, preset: Preset) -> bytes:
    """The one comparison as PNG."""
    (chart,) = charts_of(contents)
    return to_png(to_plain_svg(chart, preset, contents.sentence))


def drawing(contents: Contents, preset: Preset) -> bytes:
    """The one comparison as SVG."""
    (chart,) = charts_of(contents)
    return to_svg(chart, preset, contents.sentence)


def count_too_high(contents: Contents, preset: Preset) -> int:
    """How many of the pictures are higher than their preset, for nothing of them is left out."""
    return sum(is_too_high(chart, preset, contents.sentence) for chart in charts_of(contents))


def book(contents: Contents, preset: Preset, announce: Announce) -> bytes:
    """A page for each comparison."""
    pages = []
    for chart in charts_of(contents):
        announce(chart.title)
        pages.append(to_plain_svg(chart, preset, contents.sentence))
    return to_pdf(pages, contents.title)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "png": Format(
            "picture", ".png", "image/png", lambda c, p, _: picture(c, p), is_single=True, needs_picture=True
        ),
        "svg": Format("picture", ".svg", "image/svg+xml", lambda c, p, _: drawing(c, p), is_single=True),
        "pdf": Format("picture", ".pdf", "application/pdf", book, needs_picture=True),
        "pptx": Format(
            "office", ".pptx", f"{OFFICE}.presentationml.presentation", lambda c, _, announce: to_pptx(c, announce)
        ),
        "docx": Format("office", ".docx", f"{OFFICE}.wordprocessingml.document", to_docx, needs_picture=True),
        "xlsx": Format("office", ".xlsx", f"{OFFICE}.spreadsheetml.sheet", lambda c, _, announce: to_xlsx(c, announce)),
        "html": Format("web", ".html", "text/html", lambda c, *_: to_html(c)),
        "table": Format(
            "data", "_table.csv", "text/csv", lambda c, *_: to_csv(concatenate(c)), lambda c: len(concatenate(c))
        ),
        "shown": Format("data", "_shown.csv", "text/csv", lambda c, *_: to_csv(c.shown()), lambda c: len(c.shown())),
        "csv": Format("data", ".csv", "text/csv", lambda c, *_: to_csv(c.rows), lambda c: len(c.rows)),
        "json": Format(
            "data", ".json", "application/json", lambda c, *_: to_json(c.rows, c.about()), lambda c: len(c.rows)
        ),
        "parquet": Format(
            "data",
            ".parquet",
            "application/vnd.apache.parquet",
            lambda c, *_: to_parquet(c.rows, c.about()),
            lambda c: len(c.rows),
        ),
        "zip": Format("data", ".zip", "application/zip", lambda c, *_: to_zip(c)),
    }
)
