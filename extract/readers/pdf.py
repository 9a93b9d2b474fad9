"""PDF → blocks: lines are joined to paragraphs, running heads and page numbers left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from extract.readers.blocks import Content
from extract.readers.pdf_lines import Line, read_lines
from extract.readers.pdf_margins import drop_margins
from extract.readers.pdf_paragraphs import join_lines
from extract.table.errors import ReadError

MOST_PAGES: Final = 5000
# A page with fewer characters and a picture is a scan, whatever is stamped on it.
_STAMPED: Final = 20
_SAMPLE: Final = 20_000
_UNNAMED_SHARE: Final = 0.2


def read_pdf(data: bytes, name: str) -> Content:
    """
    The paragraphs of a PDF with a text layer.

    Raises:
        ReadError:
            It is damaged, asks for a password, is a scan, has too many pages, or its characters have no names.
    """
    document = _open(data, name)
    try:
        if len(document) > MOST_PAGES:
            raise ReadError(name, "too_many_pages", pages=len(document), limit=MOST_PAGES)
        pages, scans = [], 0
        for index in range(len(document)):
            page = document[index]
            lines = read_lines(page, index + 1)
            scans += _is_scan(page, lines)
            pages.append(lines)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError(name, "damaged", suffix=".pdf") from error
    finally:
        document.close()
    _check_letters(pages, scans, name)
    return Content(tuple(join_lines(drop_margins(pages))))


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        if is_locked or "password" in str(error).lower():
            raise ReadError(name, "encrypted_pdf") from error
        raise ReadError(name, "damaged", suffix=".pdf") from error


def _is_scan(page: pypdfium2.PdfPage, lines: Sequence[Line]) -> bool:
    if sum(len(line.text) for line in lines) >= _STAMPED:
        return False
    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2)), None) is not None


def _check_letters(pages: Sequence[Sequence[Line]], scans: int, name: str) -> None:
    text = "".join(line.text for page in pages for line in page)
    if scans and len(text) < _STAMPED * len(pages):
        raise ReadError(name, "no_text_layer", pages=len(pages))
    sample = text[:_SAMPLE]
    unnamed = sum(unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") or char == "\ufffd" for char in sample)
    if unnamed > _UNNAMED_SHARE * len(sample):
        raise ReadError(name, "no_characters")
