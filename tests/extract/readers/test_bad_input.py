"""What can't be read is named: what it is, and what to do; nothing is written, and no reader runs away."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from extract.cli import NOTHING_WRITTEN, main
from extract.readers import MOST_BYTES, read_document, read_safely
from extract.table.errors import ReadError, reader_messages
from tests.make_documents import to_csv, to_docx, to_html, to_pdf, to_xlsx

TEXT = "浙江省政府工作报告\n全省设立网格8.5万个，占四成。\n"
DOCX, PDF, HTML, XLSX = to_docx(TEXT), to_pdf(TEXT), to_html(TEXT), to_xlsx(TEXT)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NOISE = random.Random(0).randbytes(400)
OTHERS = {
    "old.docx": (OLE + "WordDocument".encode("utf-16-le"), "old_word"),
    "old.doc": (OLE + "WordDocument".encode("utf-16-le"), "unknown_suffix"),
    "old.xlsx": (OLE + "Workbook".encode("utf-16-le"), "old_excel"),
    "other.docx": (OLE, "old_office"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_office"),
    "page.pdf": (HTML, "is_html"),
    "page.docx": (b"\xef\xbb\xbf\n<HTML>" + HTML, "is_html"),
    "page.txt": (HTML, "is_html"),
    "page.csv": (HTML, "is_html"),
    "report.docx": (PDF, "is_pdf"),
    "report.txt": (PDF, "is_pdf"),
    "word.pdf": (DOCX, "is_docx"),
    "word.xlsx": (DOCX, "is_docx"),
    "book.docx": (XLSX, "is_xlsx"),
    "book.csv": (XLSX, "is_xlsx"),
    "text.pdf": (TEXT.encode(), "is_text"),
    "text.docx": (TEXT.encode("gb18030"), "is_text"),
    "picture.pdf": (b"\x89PNG\r\n\x1a\n" + NOISE, "image"),
    "picture.txt": (b"\xff\xd8\xff\xe0" + NOISE, "image"),
    "rich.docx": (b"{\\rtf1\\ansi " + NOISE, "rtf"),
    "saved.html": (b"From: <Saved by Word>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "web_archive"),
    "packed.docx": (b"7z\xbc\xaf\x27\x1c" + NOISE, "archive"),
    "damaged.txt": (b"PK\x03\x04" + NOISE, "archive"),
    "damaged.docx": (DOCX[: len(DOCX) // 2], "damaged"),
    "damaged.xlsx": (XLSX[:500], "damaged"),
    "damaged.pdf": (PDF[: len(PDF) // 3], "damaged"),
    "noise.pdf": (b"%PDF-1.7\n" + NOISE, "damaged"),
    "noise.html": (b"<html>" + NOISE, "nul_bytes"),
    "empty.docx": (b"", "empty"),
    "empty.pdf": (b"", "empty"),
    "empty.html": (b"", "empty"),
    "empty.csv": (b"", "empty"),
    "empty.xlsx": (b"", "empty"),
    "blank.html": (b"<html><body><script>var text = 8.5;</script></body></html>", "no_text"),
    "blank.docx": (to_docx("\n"), "no_text"),
    "numbers.csv": ("年份,网格数\n2023,85000\n2024,86000\n".encode(), "no_text_column"),
}


def zip_of(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def parts_of(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def code_of(data: bytes, file_name: str) -> str:
    """The code by which a file is refused."""
    with pytest.raises(ReadError) as refused:
        read_document(data, file_name)
    assert str(refused.value).startswith(f"{file_name}: ")
    assert len(str(refused.value).splitlines()) == 1
    return refused.value.code


@pytest.mark.parametrize("file_name", OTHERS)
def test_is_named_by_what_it_is(file_name: str) -> None:
    data, code = OTHERS[file_name]

    assert code_of(data, file_name) == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"ppt/presentation.xml": b""}, "presentation"),
        ({"OFD.xml": b"", "Doc_0/Document.xml": b""}, "ofd"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, "open_document"),
        ({"a.txt": TEXT.encode()}, "archive"),
        ({"word/other.xml": b"<a/>"}, "damaged"),
        ({"word/document.xml": b"<a/>"}, "damaged"),
        ({"word/document.xml": b"<a>"}, "damaged"),
    ],
)
def test_archives_are_told_apart(parts: dict[str, bytes], code: str) -> None:
    assert code_of(zip_of(parts), "report.docx") == code


@pytest.mark.once
def test_a_bomb_is_refused_by_its_size_unpacked() -> None:
    parts = parts_of(DOCX) | {"word/media/image1.png": bytes(330 << 20)}

    assert code_of(zip_of(parts), "report.docx") == "unpacks_too_large"


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>', '<!DOCTYPE a [<!ENTITY x "a"><!ENTITY y "&x;&x;">]>'],
    ids=["external", "nested"],
)
def test_entities_of_a_word_document_are_never_resolved(declared: str) -> None:
    parts = parts_of(DOCX)
    head, body = parts["word/document.xml"].decode().split("?>", 1)
    parts["word/document.xml"] = f"{head}?>{declared}{body.replace('四成', '&x;')}".encode()

    assert code_of(zip_of(parts), "report.docx") == "declares_entities"


def test_an_encrypted_pdf_asks_for_one_without_password() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    writer.encrypt("secret", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)

    assert code_of(target.getvalue(), "report.pdf") == "encrypted_pdf"


def test_a_scan_is_called_a_scan() -> None:
    page = pypdfium2.PdfDocument(PDF)[0].render(scale=1).to_pil()
    target = io.BytesIO()
    page.convert("RGB").save(target, "PDF")

    assert code_of(target.getvalue(), "report.pdf") == "no_text_layer"


@pytest.mark.once
def test_a_pdf_of_2000_pages_is_read() -> None:
    page = PdfReader(io.BytesIO(PDF)).pages[0]
    book = PdfWriter()
    for _ in range(2000):
        book.add_page(page)
    target = io.BytesIO()
    book.write(target)
    source = read_safely(target.getvalue(), "report.pdf")

    assert source.places[-1].page == 2000
    assert source.text.count("设立网格8.5万个，占四成。") == 2000


def test_a_page_of_10_000_levels_is_refused_and_not_read_in_part() -> None:
    page = "<div>" * 10_000 + f"<p>{TEXT}</p>" + "</div>" * 10_000

    assert code_of(page.encode(), "page.html") == "too_deep"


def test_a_page_of_1000_levels_is_read() -> None:
    page = "<div>" * 1000 + f"<p>{TEXT}</p>" + "</div>" * 1000

    assert "8.5万个" in read_document(page.encode(), "page.html").text


@pytest.mark.once
def test_a_sheet_that_claims_to_be_endless_is_refused() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "全省设立网格8.5万个，占四成。"
    book.worksheets[0]["XFD1048576"] = 1
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(ReadError) as refused:
        read_safely(target.getvalue(), "report.xlsx")

    assert refused.value.code in ("reader_crashed", "reader_overran")
    assert "8.5万个" in read_safely(DOCX, "report.docx").text


@pytest.mark.parametrize("name", ["large.txt", "large.docx", "large.pdf", "large"])
def test_a_file_of_200_megabytes_is_refused_with_the_limit(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    with file.open("wb") as opened:
        opened.truncate(200 << 20)

    assert main([str(file), "-o", str(tmp_path / "table.csv")]) == NOTHING_WRITTEN
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"extract: {file}: has 200 MB, and a file may have {MOST_BYTES >> 20} MB; ")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("file_name", ["../../etc/报\x1b[31m告\n.pdf", "报告\u202e.docx"])
def test_a_message_prints_no_control_characters(file_name: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_document(b"", file_name)

    assert not set(str(refused.value)) & set("\x1b\n\u202e")


@pytest.mark.parametrize("file_name", OTHERS)
def test_on_the_command_line_it_is_one_line_and_nothing_is_written(
    file_name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / file_name
    file.write_bytes(OTHERS[file_name][0])

    assert main([str(file), "-o", str(tmp_path / "table.csv"), "--texts", str(tmp_path / "texts")]) == NOTHING_WRITTEN
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"extract: {file}: ")
    assert list(tmp_path.iterdir()) == [file]


def test_every_code_has_a_message_that_can_be_filled_in() -> None:
    fields = dict.fromkeys(("size", "limit", "suffix", "known", "pages", "byte", "seconds", "memory", "title"), 1)

    assert [code for code, message in reader_messages().items() if not message.format(**fields).strip()] == []


def test_csv_in_gb18030_is_read() -> None:
    text = to_csv(TEXT).decode("utf-8-sig")

    assert "8.5万个" in read_document(text.encode("gb18030"), "report.csv").text
