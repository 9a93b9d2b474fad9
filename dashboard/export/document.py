"""Comparisons → a Word document: figure and table of each, and the numbered sentences that the values come from."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import pandas as pd
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

from dashboard.captions import Chart
from dashboard.citation import full_document
from dashboard.export.contents import Announce, Comparison, Contents, clean
from dashboard.export.office import EAST_ASIAN, LATIN, to_property
from dashboard.export.picture import to_png
from dashboard.export.presets import Preset
from dashboard.export.svg import to_plain_svg
from dashboard.tabular import tabulate
from dashboard.typesetting import measure
from dashboard.wording import Words

# A4 with what reports leave free at the edges; a figure is no higher than leaves room for its caption.
PAGE: Final = (Cm(21), Cm(29.7))
EDGE, TEXT_WIDTH, MOST_HEIGHT = Cm(2.5), Cm(16), Cm(21)
SIZES: Final = {"Title": 20.0, "Heading 1": 15.0, "Heading 2": 13.0, "Normal": 10.5, "Caption": 10.0}
SMALL: Final = 9.0
MUTED: Final = RGBColor(0x5C, 0x67, 0x73)
# What the table of a view says in a document: the rest is for spreadsheets.
COLUMNS: Final = ("status", "span", "group", "rank", "region", "subject", "text", "period")
# Of a column of the table, in letters: how many make it wider, and what stands free beside them.
MOST_LETTERS, PADDING = 16.0, 1.5
BOOKMARK: Final = "source_{number}"


@dataclass(slots=True)
class Numbers:
    """What is numbered so far: captions by their kind, and the statistics cited, each once."""

    captions: Counter[str]
    sources: dict[str, int]

    def caption(self, kind: str) -> int:
        """The number of the next caption of a kind."""
        self.captions[kind] += 1
        return self.captions[kind]

    def cite(self, row_id: str) -> int:
        """The number of a statistic, the same wherever it is cited again."""
        return self.sources.setdefault(row_id, len(self.sources) + 1)


def to_docx(contents: Contents, preset: Preset, announce: Announce) -> bytes:
    """
    The document; one that says so where nothing is comparable.

    Raises:
        PictureError:
            A figure could not be drawn.
    """
    words = contents.context.words
    document = Document()
    set_up(document, contents)
    document.add_paragraph(clean(contents.title), style="Title")
    add_note(document, contents.sentence)
    add_note(document, words("datapackage.made", date=contents.made, version=contents.context.version))
    if contents.address:
        add_link(document.add_paragraph(), contents.address)
    if not contents.comparisons:
        document.add_paragraph(words("export.nothing"))
    numbers = Numbers(Counter(), {})
    for comparison in contents.comparisons:
        announce(comparison.chart.title)
        add_comparison(document, comparison, contents, preset, numbers)
    if numbers.sources:
        document.add_paragraph(words("document.sources"), style="Heading 1")
        add_sources(document, contents, numbers)
    if words.lang == "zh":
        hint_chinese(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def set_up(document: Any, contents: Contents) -> None:
    """Page, faces, foot and properties."""
    words = contents.context.words
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = EDGE
    for name, size in SIZES.items():
        set_style(document.styles[name], size, words)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(words("document.foot", version=contents.context.version, date=contents.made) + " · ")
    add_field(foot, "PAGE")
    foot.add_run(" / ")
    add_field(foot, "NUMPAGES")
    properties = document.core_properties
    properties.title, properties.subject = to_property(contents.title), to_property(contents.sentence)
    properties.author, properties.comments = words("app.title"), ""
    properties.created = properties.modified = datetime.fromisoformat(contents.made)


def set_style(style: Any, size: float, words: Words) -> None:
    """Letters of a style, with a face for Chinese that Word and WPS both look up in ``w:eastAsia``."""
    style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x1B, 0x24, 0x30)
    style.font.italic = False
    properties = style.element.get_or_add_rPr()
    faces = properties.get_or_add_rFonts()
    # The theme's faces would win over those that are named.
    faces.attrib.clear()
    for script, face in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", EAST_ASIAN)):
        faces.set(qn(f"w:{script}"), face)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), words.tag)
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    if style.name == "Title":
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)


def hint_chinese(document: Any) -> None:
    """Have Word take the marks that both scripts have, such as “ ” and ≥, from the Chinese face."""
    for run in document.element.body.iter(qn("w:r")):
        run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def add_comparison(document: Any, comparison: Comparison, contents: Contents, preset: Preset, numbers: Numbers) -> None:
    """Heading, unit, figure, table, notes."""
    chart, words = comparison.chart, contents.context.words
    is_one = len(contents.comparisons) == 1
    if not is_one:
        heading = document.add_paragraph(clean(chart.title), style="Heading 1")
        # Figure, table and notes fill most of a page: begun lower down, they are torn apart.
        heading.paragraph_format.page_break_before = numbers.captions.total() > 0
    subtitle = " · ".join(part for part in (chart.badge, chart.subtitle) if part)
    add_note(document, subtitle).paragraph_format.keep_with_next = True
    add_figure(document, chart, preset)
    kind = words("document.figure")
    add_caption(document, kind, numbers.caption(kind), chart.title)
    kind = words("document.table")
    caption = add_caption(document, kind, numbers.caption(kind), chart.title)
    caption.paragraph_format.keep_with_next = True
    add_table(document, comparison, contents, numbers)
    reference = chart.reference.text if chart.reference else ""
    for note in filter(None, (chart.missing, reference, *chart.notes, chart.source)):
        add_note(document, note)
    if comparison.address and not is_one:
        add_link(document.add_paragraph(), comparison.address)


def add_figure(document: Any, chart: Chart, preset: Preset) -> None:
    """The marks as wide as the text, or as high as a page allows; what is said of them stands around them as text."""
    bare = replace(chart, title="", badge="", subtitle="", missing="", notes=(), source="")
    png = to_png(to_plain_svg(bare, preset))
    width, height = Image.open(io.BytesIO(png)).size
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    room = {"width": TEXT_WIDTH} if TEXT_WIDTH * height / width <= MOST_HEIGHT else {"height": MOST_HEIGHT}
    shape = paragraph.add_run().add_picture(io.BytesIO(png), **room)
    shape._inline.docPr.set("descr", clean(chart.alt))


def add_caption(document: Any, kind: str, number: int, text: str) -> Any:
    """A caption that Word numbers itself and can list."""
    paragraph = document.add_paragraph(f"{kind} ", style="Caption")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(paragraph, f"SEQ {kind} \\* ARABIC", cached=str(number))
    paragraph.add_run(f"  {clean(text)}")
    return paragraph


def add_table(document: Any, comparison: Comparison, contents: Contents, numbers: Numbers) -> None:
    """The table of the view, each value with the number of its source."""
    words = contents.context.words
    # Where too many regions did not report, a line names them instead.
    view = tabulate(comparison.panel, contents.context).head(len(comparison.chart.bars) + len(comparison.chart.absent))
    names = [
        name for name in (words(f"tabular.{name}") for name in COLUMNS) if name in view and view[name].notna().any()
    ]
    cells = view[names].astype(object).where(view[names].notna(), "").to_numpy().tolist()
    table = document.add_table(rows=len(view) + 1, cols=len(names) + 1, style="Table Grid")
    # Asked for once: each time it is, the library counts all cells anew.
    across = len(names) + 1
    found = table._cells
    rows = [found[start : start + across] for start in range(0, len(found), across)]
    heads = [*names, words("document.source")]
    fill_row(rows[0], heads)
    for row, texts, row_ids in zip(rows[1:], cells, ids_of(view, words), strict=True):
        fill_row(row, [clean(str(text)) for text in texts])
        for number in map(numbers.cite, row_ids):
            add_reference(row[-1].paragraphs[0], BOOKMARK.format(number=number), f"[{number}]")
    for place, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        # No page ends within a row, and the head stands on every page that the table reaches.
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
    for cell in rows[0]:
        cell.paragraphs[0].runs[0].font.bold = True
    set_widths(
        table, rows, [[head, *texts] for head, *texts in zip(heads, *([*texts, ""] for texts in cells), strict=True)]
    )
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def set_widths(table: Any, rows: Sequence[Sequence[Any]], columns: Sequence[Sequence[object]]) -> None:
    """The width of the text, shared out by the longest text of each column."""
    needs = [min(MOST_LETTERS, max(measure(str(text), 1) for text in texts)) + PADDING for texts in columns]
    widths = [int(TEXT_WIDTH * need / sum(needs)) for need in needs]
    table.autofit = False
    # Word takes the cells' widths, LibreOffice those of the grid.
    for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = width
    for row in rows:
        for cell, width in zip(row, widths, strict=True):
            cell.width = width


def ids_of(view: pd.DataFrame, words: Words) -> list[list[str]]:
    """For each row of a table the statistics behind it: none, one, or both of a pair."""
    columns = [words("tabular.id"), words("tabular.end_id")]
    found = view[[name for name in columns if name in view]]
    return [[str(cell) for cell in cells if isinstance(cell, str)] for cells in found.itertuples(index=False)]


def fill_row(cells: Sequence[Any], texts: list[str]) -> None:
    """Texts into the cells of a row, in small letters."""
    for cell, text in zip(cells, texts, strict=False):
        cell.paragraphs[0].add_run(text).font.size = Pt(SMALL)


def add_sources(document: Any, contents: Contents, numbers: Numbers) -> None:
    """The documents in full, then each value with the sentence that it stands in."""
    words, titles = contents.context.words, contents.context.titles
    for known in contents.documents.values():
        document.add_paragraph(clean(full_document(known, words)))
    for row_id, number in numbers.sources.items():
        row = contents.row(row_id)
        title = titles.get(str(row["document"]), str(row["document"]))
        quote = words("document.quote", value=row["raw"], sentence=row["sentence"], title=title)
        if row["review"] != "unreviewed":
            state = words.term("review", str(row["review"]))
            quote += words("document.review", state=state, reviewer=row["reviewer"], at=str(row["reviewed_at"])[:10])
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.9)
        paragraph.paragraph_format.first_line_indent = -Cm(0.9)
        with_bookmark(paragraph, number, f"[{number}] ")
        paragraph.add_run(clean(quote)).font.size = Pt(SMALL)


def add_note(document: Any, text: str) -> Any:
    """A paragraph that stands back."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(SMALL), MUTED
    return paragraph


def add_field(paragraph: Any, instruction: str, cached: str = "1") -> None:
    """Something that Word works out, with what it was when the document was made."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run(cached)
    paragraph._p.append(field)
    field.append(run._r)


def add_link(paragraph: Any, address: str) -> None:
    """An address that can be followed."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    add_linked(paragraph, link, address)


def add_reference(paragraph: Any, bookmark: str, text: str) -> None:
    """A way to a bookmark of the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    add_linked(paragraph, link, text)


def add_linked(paragraph: Any, link: Any, text: str) -> None:
    """The text of a link."""
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(SMALL), RGBColor(0x1F, 0x4E, 0x9E)
    paragraph._p.append(link)
    link.append(run._r)


def with_bookmark(paragraph: Any, number: int, text: str) -> None:
    """A text that references lead to."""
    ends = [OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")]
    for end in ends:
        end.set(qn("w:id"), str(number))
    ends[0].set(qn("w:name"), BOOKMARK.format(number=number))
    paragraph._p.append(ends[0])
    paragraph.add_run(text).font.size = Pt(SMALL)
    paragraph._p.append(ends[1])
