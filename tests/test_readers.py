"""Files → text: encodings, line ends, sidecars, and what is refused."""

from __future__ import annotations

import io
import random
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import InputError
from extract.readers import decode, read_source

TEXT = "浙江省委组织部\r\n全省设立网格8.5万个，占４０％。\n"
MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "data",
    [TEXT.encode(), MARK + TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("gbk")],
    ids=["UTF-8", "UTF-8 with BOM", "GB18030", "GBK"],
)
def test_encodings_of_reports(data: bytes) -> None:
    assert decode(data, "report.txt") == TEXT


def test_characters_outside_the_first_plane_and_of_four_bytes() -> None:
    text = "𠮷林网格😀3个㐀龥"

    assert [decode(text.encode(encoding), "a.txt") for encoding in ("utf-8", "gb18030")] == [text, text]


def test_an_empty_file_is_an_empty_text() -> None:
    assert [decode(b"", "a.txt"), decode(MARK, "a.txt")] == ["", ""]


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (TEXT.encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (TEXT.encode("utf-16-be"), "NUL bytes|neither"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "is UTF-16; save it as UTF-8"),
        (TEXT.encode() + b"\x00", "holds NUL bytes.*save the document as UTF-8"),
        (TEXT.encode() + b"\xff", "is UTF-8 with damaged bytes, the first at byte [0-9]+; restore the file"),
        (TEXT.encode("gb18030") + b"\xff", "neither UTF-8 nor GB18030.*save the document as UTF-8"),
        (random.Random(0).randbytes(5000), "save"),
        (bytes(byte for byte in random.Random(1).randbytes(5000) if byte), "save"),
        (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(500), "save"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + random.Random(3).randbytes(500), "save"),
        (b"PK\x03\x04" + random.Random(4).randbytes(500), "save"),
    ],
    ids=[
        *(
            "UTF-16",
            "UTF-16 without mark",
            "UTF-16 little-endian",
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
    assert data.removeprefix(MARK) in (text.encode("utf-8"), text.encode("gb18030"))


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
