"""
A text as a document of each format that the readers take, and how many of its statistics each gives back.

By hand, over a folder of texts, LibreOffice's PDF included where it is there:
``python -m tests.make_documents FOLDER [NAME …]``.
"""

from __future__ import annotations

import csv
import html
import io
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader, PdfWriter

import dashboard
from dashboard.export import renderer
from dashboard.typesetting import measure
from extract.pipeline import extract_statistics
from extract.readers import read_document

STATIC: Final = Path(dashboard.__file__).with_name("static")
FONTS: Final = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{static}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
# A page as the app's own means print it, in points.
WIDTH, HEIGHT, MARGIN, SIZE, PITCH = 595, 842, 80, 16, 28
LINES: Final = (HEIGHT - 2 * MARGIN) // PITCH
MENU: Final = ("首页", "政务公开", "办事服务", "互动交流", "数据开放", "走进本省")
HEADING: Final = ("一、", "二、", "三、", "四、", "五、", "（一）", "（二）", "（三）")
Row = tuple[str, str, float]


def paragraphs_of(text: str) -> list[str]:
    """The lines of a text that hold something, without the blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_heading(paragraph: str) -> bool:
    return paragraph.startswith(HEADING) and len(paragraph) < 40 and not paragraph.endswith("。")


def to_docx(text: str) -> bytes:
    """Headings as such, indented paragraphs in a Chinese face."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(SIZE)
    for style in ("Normal", "Heading 1"):
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia"):
            fonts.set(qn(name), "Governance Sans")
    for paragraph in paragraphs_of(text):
        if is_heading(paragraph):
            document.add_heading(paragraph, 1)
        else:
            document.add_paragraph(paragraph).paragraph_format.first_line_indent = Pt(2 * SIZE)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def to_html(text: str, encoding: str = "utf-8") -> bytes:
    """A page as a government's site has it: menus, scripts, buttons, what is related, who is responsible."""
    first, *rest = paragraphs_of(text)
    title = html.escape(first)
    menu = "".join(f'<li><a href="/{number}">{word}</a></li>' for number, word in enumerate(MENU))
    body = "\n".join(f'<p style="text-indent:2em">\u3000\u3000{html.escape(paragraph)}</p>' for paragraph in rest)
    page = f"""<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{title}_人民政府网站</title>
<style>p {{ margin: 0 }}</style><script>var views = 1203;</script></head><body>
<div class="top"><ul>{menu}</ul><form><input value="搜索"><label>站内搜索</label></form></div>
<div class="location">当前位置：<a href="/">首页</a> &gt; <a href="/gb">政务公开</a></div>
<div class="article"><h1>{title}</h1>
<div class="tools">【字号：<a>大</a> <a>中</a> <a>小</a>】 <a>打印</a> <a>收藏</a></div>
<div class="TRS_Editor">{body}</div><div class="share">分享到：<a>微信</a> <a>微博</a></div></div>
<div class="related"><h3>相关报道</h3><ul><li><a href="/x">全省新增网格3000个，惠及群众12万人</a></li></ul></div>
<div style="display:none">隐藏的数字 999 个</div>
<div class="foot">主办单位：人民政府办公厅 网站标识码3300000001</div></body></html>"""
    return page.encode("gb18030" if encoding == "gb2312" else encoding)


def to_csv(text: str) -> bytes:
    """One row a document, as scraped collections have it."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([("序号", "标题", "正文"), (1, paragraphs_of(text)[0], text)])
    return target.getvalue().encode("utf-8-sig")


def to_xlsx(text: str) -> bytes:
    """One row a paragraph."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["段落", "内容"])
    for number, paragraph in enumerate(paragraphs_of(text), start=1):
        sheet.append([number, paragraph])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def to_pdf(text: str) -> bytes:
    """Pages with a running head and a number, lines broken anywhere, drawn by the app's own means."""
    lines = [line for paragraph in paragraphs_of(text) for line in wrap(paragraph)]
    book = PdfWriter()
    for number, first in enumerate(range(0, len(lines), LINES), start=1):
        page = draw_page(lines[first : first + LINES], number)
        book.append(PdfReader(io.BytesIO(page)))
    target = io.BytesIO()
    book.write(target)
    return target.getvalue()


def wrap(paragraph: str) -> list[tuple[int, str]]:
    """The lines of a paragraph, broken anywhere, with the characters by which each is indented."""
    lines: list[tuple[int, str]] = []
    indent, rest = 2, paragraph
    while rest:
        room = (WIDTH - 2 * MARGIN) - indent * SIZE
        length = sum(total <= room for total in accumulate(measure(char, SIZE) for char in rest))
        lines.append((indent, rest[:length]))
        indent, rest = 0, rest[length:]
    return lines


def draw_page(lines: Iterable[tuple[int, str]], number: int) -> bytes:
    """One page."""
    _set_up_renderer()
    texts = [(MARGIN + indent * SIZE, MARGIN + SIZE + PITCH * row, line) for row, (indent, line) in enumerate(lines)]
    texts += [(MARGIN, 40, "省人民政府文件 政府工作报告"), (WIDTH // 2 - 20, HEIGHT - 40, f"— {number} —")]
    drawn = "".join(f'<text x="{x}" y="{y}">{html.escape(line)}</text>' for x, y, line in texts)
    size = f'width="{WIDTH}pt" height="{HEIGHT}pt" viewBox="0 0 {WIDTH} {HEIGHT}"'
    face = f'<g font-family="Governance Sans" font-size="{SIZE}">'
    return renderer.draw_pdf(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{face}{drawn}</g></svg>')


@cache
def _set_up_renderer() -> None:
    renderer.set_up()


def print_by_libreoffice(document: bytes, program: Path, folder: Path) -> bytes:
    """A Word document as LibreOffice prints it to PDF, in the app's own face."""
    fonts, file = folder / "fonts.conf", folder / "report.docx"
    fonts.write_text(FONTS.format(static=STATIC, cache=folder / "cache"), encoding="utf-8")
    file.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, file]
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
    return file.with_suffix(".pdf").read_bytes()


FORMATS: Final[Mapping[str, Callable[[str], bytes]]] = {
    "report.docx": to_docx,
    "report.pdf": to_pdf,
    "report.html": to_html,
    "gb2312.html": lambda text: to_html(text, "gb2312"),
    "report.csv": to_csv,
    "report.xlsx": to_xlsx,
    "utf-16.txt": lambda text: text.encode("utf-16"),
    "utf-16-le.txt": lambda text: text.encode("utf-16-le"),
    "gb18030.txt": lambda text: text.encode("gb18030"),
}


def rows_of(data: bytes, file_name: str) -> Counter[Row]:
    """The statistics of a document, wherever they stand in its text."""
    source = read_document(data, file_name)
    rows = extract_statistics(source.text, source.name)
    return Counter((squeeze(row.sentence), squeeze(row.raw), float(row.value)) for row in rows)


def squeeze(text: str) -> str:
    return "".join(text.split())


def compare(text: str, made: Mapping[str, bytes]) -> dict[str, tuple[int, Counter[Row], Counter[Row]]]:
    """By document: how many rows the plain text has, which of them it lacks, and which it has beyond them."""
    wanted = rows_of(text.encode("utf-8"), "report.txt")
    found = {name: rows_of(data, name) for name, data in made.items()}
    return {name: (wanted.total(), wanted - rows, rows - wanted) for name, rows in found.items()}


def main(arguments: Sequence[str]) -> int:
    """Print the table of losses: a line a format, pooled over the texts of a folder."""
    folder, *names = arguments
    totals: dict[str, list[int]] = {}
    program = shutil.which("soffice")
    for path in sorted(Path(folder).glob("*.txt")):
        text = path.read_text(encoding="utf-8-sig")
        made = {name: make(text) for name, make in FORMATS.items() if not names or name in names}
        if program and (not names or "office.pdf" in names):
            with TemporaryDirectory() as temporary:
                made["office.pdf"] = print_by_libreoffice(to_docx(text), Path(program), Path(temporary))
        for name, (wanted, lost, gained) in compare(text, made).items():
            counts = totals.setdefault(name, [0, 0, 0])
            totals[name] = [counts[0] + wanted, counts[1] + lost.total(), counts[2] + gained.total()]
            for row in (*(("-", *row) for row in lost), *(("+", *row) for row in gained)):
                print(path.stem, name, *row, sep="\t", file=sys.stderr)
    print("format", "rows", "lost", "gained", "kept", sep="\t")
    for name, (wanted, lost, gained) in totals.items():
        print(name, wanted, lost, gained, f"{1 - lost / wanted:.4f}", sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
