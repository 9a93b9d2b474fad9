"""Comparisons → one HTML file with the interactive figures, which works without any network."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from importlib.resources import files
from string import Template
from typing import Final

from dashboard.charts import FONTS, LIGHT, draw_figure
from dashboard.export.contents import Comparison, Contents, clean
from dashboard.export.font import FAMILY, embed
from dashboard.tabular import tabulate

ENGINE: Final = "plotly-basic.min.js"


def to_html(contents: Contents) -> bytes:
    """The page: figures that answer to a pointer, notes and source, the table of each with the quoted sentences."""
    words = contents.context.words
    sections = [section for one in contents.comparisons for section in write_section(one, contents)]
    figures = json.dumps([draw_figure(one.chart, LIGHT) for one in contents.comparisons], ensure_ascii=False)
    texts = {
        "title": escape(contents.title),
        "sentence": escape(contents.sentence),
        "made": escape(words("datapackage.made", date=contents.made, version=contents.context.version)),
        "sections": "\n".join(sections) or f"<p>{escape(words('export.nothing'))}</p>",
        # No text of a report may end the element that it stands in.
        "figures": figures.replace("<", "\\u003c"),
    }
    page = Template((files("dashboard.export") / "webpage.html").read_text(encoding="utf-8"))
    return page.substitute(
        texts,
        lang=words.tag,
        engine=(files("dashboard") / "static" / ENGINE).read_text(encoding="utf-8"),
        family=FAMILY,
        fonts=FONTS,
        font=embed("".join(sorted(set("".join(texts.values()))))),
        text=LIGHT.text,
        muted=LIGHT.muted,
        line=LIGHT.line,
        ground=LIGHT.ground,
    ).encode("utf-8", "replace")


def write_section(comparison: Comparison, contents: Contents) -> Iterator[str]:
    """A comparison as on the page, then its table and the sentences behind it."""
    chart, words = comparison.chart, contents.context.words
    badge = f' <span class="badge">{escape(chart.badge)}</span>' if chart.badge else ""
    yield f"<section><h2>{escape(chart.title)}{badge}</h2>"
    yield f'<p class="note">{escape(chart.subtitle)}</p>'
    yield f'<div class="figure" role="img" aria-label="{escape(chart.alt)}"></div>'
    if chart.missing:
        yield f"<p>{escape(chart.missing)}</p>"
    for note in (*chart.notes, chart.source):
        yield f'<p class="note">{escape(note)}</p>'
    if comparison.address:
        address = escape(comparison.address)
        yield f'<p class="note"><a href="{address}" rel="noopener noreferrer">{address}</a></p>'
    yield f"<details><summary>{escape(words('webpage.table'))}</summary>"
    yield from write_table(comparison, contents)
    yield "</details></section>"


def write_table(comparison: Comparison, contents: Contents) -> Iterator[str]:
    """The table of the view, each row with the sentence that it comes from."""
    words = contents.context.words
    table = tabulate(comparison.panel, contents.context)
    ids = table.pop(words("tabular.id"))
    sentences = [str(contents.row(row)["sentence"]) if isinstance(row, str) else "" for row in ids]
    table[words("column.sentence")] = sentences
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table)
    yield f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>'
    for cells in table.astype(object).where(table.notna(), "").to_numpy().tolist():
        written = (f"{cell:.15g}" if isinstance(cell, float) else str(cell) for cell in cells)
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in written) + "</tr>"
    yield "</tbody></table></div>"


def escape(text: str) -> str:
    """A text as it may stand in the page, in an attribute too."""
    return html.escape(clean(text))
