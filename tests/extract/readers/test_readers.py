"""Files → text: encodings, line ends, sidecars, and what is refused."""

from __future__ import annotations

import codecs
import io
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers import SUFFIXES, Source, clean_name, find_place, read_document, read_safely, read_source
from extract.readers.encoding import decode, decode_page
from extract.table.errors import InputError
from extract.table.record import Place

TEXT = "浙江省委组织部\r\n全省设立网格8.5万个，占４０％。\n"
TRADITIONAL = "臺北市政府工作報告\r\n全市設立網格8.5萬個，占40%，較去年增長三成。\n"
MARK = b"\xef\xbb\xbf"
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "cp950", "big5hkscs")


@pytest.mark.parametrize(
    "data",
    [
        *(TEXT.encode(), MARK + TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("gbk")),
        *(TEXT.encode("utf-16"), codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")),
        *(TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be")),
    ],
    ids=[
        *("UTF-8", "UTF-8 with BOM", "GB18030", "GBK"),
        *("UTF-16", "UTF-16 big-endian", "UTF-16 without mark", "UTF-16 big-endian without mark"),
    ],
)
def test_encodings_of_reports(data: bytes) -> None:
    assert decode(data, "report.txt") == TEXT


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gb18030", "utf-16-le"])
def test_traditional_characters(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), "report.txt") == TRADITIONAL


@pytest.mark.parametrize("text", ["网格8.5万个", "近四成是党员", "增长5.4%。", "设立网格"])
def test_short_texts_are_simplified_where_the_bytes_leave_it_open(text: str) -> None:
    assert decode(text.encode("gb18030"), "report.txt") == text


def test_characters_outside_the_first_plane_and_of_four_bytes() -> None:
    text = "𠮷林网格😀3个㐀龥"

    assert [decode(text.encode(encoding), "a.txt") for encoding in ("utf-8", "gb18030")] == [text, text]


def test_an_empty_file_is_an_empty_text() -> None:
    assert [decode(b"", "a.txt"), decode(MARK, "a.txt")] == ["", ""]


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (TEXT.encode("utf-16") + b"\x00", "is UTF-16 with damaged bytes, the first at byte [0-9]+; restore the file"),
        (b"\xff\xfe" + random.Random(5).randbytes(500), "restore|save"),
        (b"hello world\x00", "holds NUL bytes"),
        (TEXT.encode() + b"\x00", "holds NUL bytes.*save the document as UTF-8"),
        (TEXT.encode() + b"\xff", "is UTF-8 with damaged bytes, the first at byte [0-9]+; restore the file"),
        (TEXT.encode("gb18030") + b"\xff", "neither UTF-8, UTF-16, GB18030 nor BIG5.*save the document as UTF-8"),
        (random.Random(0).randbytes(5000), "save"),
        (bytes(byte for byte in random.Random(1).randbytes(5000) if byte), "save"),
        (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(500), "save"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + random.Random(3).randbytes(500), "save"),
        (b"PK\x03\x04" + random.Random(4).randbytes(500), "save"),
    ],
    ids=[
        *(
            "half a character of UTF-16",
            "random bytes behind a mark",
            "ASCII with a NUL",
            "NUL byte",
            "stray byte",
            "stray byte in GB18030",
            "random bytes",
        ),
        *("random bytes without NUL", "PNG", "PDF", "ZIP"),
    ],
)
def test_what_is_no_text_is_refused_with_name_and_remedy(data: bytes, remedy: str) -> None:
    with pytest.raises(InputError, match=rf"^report\.txt: .*(?:{remedy})"):
        decode(data, "report.txt")


@given(st.binary())
def test_any_bytes_are_read_whole_or_refused(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except InputError:
        return
    bare = next((data.removeprefix(mark) for mark in (MARK, *WIDE) if data.startswith(mark)), data)
    assert text in [bare.decode(encoding, "replace") for encoding in ENCODINGS]


def test_a_file_carries_its_name_without_suffix(tmp_path: Path) -> None:
    file = tmp_path / "经验 交流.2023.txt"
    file.write_bytes(TEXT.encode())
    source = read_source(str(file))

    assert (source.name, source.text, source.reference_date) == ("经验 交流.2023", TEXT, None)


def test_standard_input_is_called_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    source = read_source("-")

    assert (source.name, source.text) == ("stdin", TEXT)


def test_the_sidecar_gives_the_reference_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "报告"\nreference_date = 2022-09-30\n', encoding="utf-8")

    assert read_source(str(tmp_path / "a.txt")).reference_date == date(2022, 9, 30)


def test_a_sidecar_without_a_date_gives_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text('title = "报告"\n', encoding="utf-8")

    assert read_source(str(tmp_path / "a.txt")).reference_date is None


@pytest.mark.parametrize(
    "content",
    [
        "reference_date = ",
        'reference_date = "2022-09-30"',
        "reference_date = 2022",
        "reference_date = 2022-09-30T08:00:00",
    ],
)
def test_a_broken_sidecar_is_refused_with_its_name(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=r"a\.toml: "):
        read_source(str(tmp_path / "a.txt"))


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.txt: can't be read .*check the name"):
        read_source(str(tmp_path / "missing.txt"))


def test_a_directory_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r": is a directory; name the files"):
        read_source(str(tmp_path))


class TestPages:
    """Web pages say what they are encoded in, and often wrongly."""

    HEAD = "<html><head><meta charset={}></head><p>设立网格㐀8.5万个，占四成。</p>"

    @pytest.mark.parametrize(
        ("declared", "encoding"),
        [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8"), ("gb2312", "utf-8"), ("iso-8859-1", "gb18030")],
    )
    def test_are_read_as_declared_or_as_they_are(self, declared: str, encoding: str) -> None:
        page = self.HEAD.format(declared)

        assert decode_page(page.encode(encoding), "a.html") == page

    def test_in_traditional_characters(self) -> None:
        page = "<meta http-equiv='Content-Type' content='text/html; charset=big5'>" + TRADITIONAL

        assert decode_page(page.encode("big5"), "a.html") == page

    def test_the_mark_comes_before_the_declaration(self) -> None:
        page = self.HEAD.format("gb2312")

        assert decode_page(page.encode("utf-16"), "a.html") == page


class TestPlaces:
    def test_lines_that_hold_something_are_the_paragraphs_of_a_text(self) -> None:
        source = read_document("报告\r\n\r\n  全省设立网格。\n".encode(), "a.txt")

        assert [(source.text[place.start : place.end], place.paragraph) for place in source.places] == [
            ("报告", 1),
            ("  全省设立网格。", 2),
        ]

    def test_an_offset_leads_to_its_place(self) -> None:
        places = (Place(0, 4, paragraph=1), Place(5, 9, paragraph=2))

        assert [getattr(find_place(places, start), "paragraph", None) for start in (0, 3, 4, 5, 8, 9)] == [
            *(1, 1, None, 2, 2, None)
        ]

    def test_markdown_says_what_a_heading_is(self) -> None:
        source = read_document("# 一、成效\n设立网格。".encode(), "a.md")

        assert ([place.is_heading for place in source.places], source.format) == ([True, False], "md")


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("报告.txt", "报告"),
        ("经验 交流.2023.txt", "经验 交流.2023"),
        ("/etc/../tmp/报告.pdf", "报告"),
        ("C:\\Users\\a\\报告.docx", "报告"),
        ("..\\..\\报告", "报告"),
        ("报\x1b[2J告\n.pdf", "报[2J告"),
        ("报告\u202efdp.txt", "报告fdp"),
        ("", "document"),
        ("..", "document"),
        (".txt", "txt"),
        ("///", "document"),
        ("\x00.pdf", "pdf"),
        ("长" * 500 + ".pdf", "长" * 120),
    ],
)
def test_a_document_is_named_after_its_file_alone(file_name: str, name: str) -> None:
    assert clean_name(file_name) == name


@given(st.text())
def test_any_name_gives_a_name_without_path_or_controls(file_name: str) -> None:
    name = clean_name(file_name)

    assert name
    assert not set(name) & set("/\\\x00\n\r\x1b")


class TestSuffixes:
    def test_are_these(self) -> None:
        assert SUFFIXES == (".txt", ".md", ".docx", ".pdf", ".html", ".htm", ".csv", ".xlsx")

    @pytest.mark.parametrize("name", ["report", "report.text", "2026.报告"])
    def test_a_text_of_another_suffix_is_read_from_the_disk(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).write_bytes(TEXT.encode("gb18030"))

        assert read_source(str(tmp_path / name)).text == TEXT

    @pytest.mark.parametrize("read", [read_document, read_safely])
    def test_from_elsewhere_it_is_refused_with_the_known_ones(self, read: Callable[[bytes, str], Source]) -> None:
        with pytest.raises(InputError, match=r"^report\.text: has a suffix that is not known \(\.text\); .*\.docx"):
            read(TEXT.encode(), "report.text")

    def test_is_read_whatever_its_case(self) -> None:
        assert read_document(TEXT.encode(), "REPORT.TXT").text == TEXT
