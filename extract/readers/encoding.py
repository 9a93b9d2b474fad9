"""Bytes → text: which encoding they are in, and what is no text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import chardet

from extract.table.errors import ReadError

_BOM: Final = b"\xef\xbb\xbf"
_WIDE_BOMS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Of this share on, characters that no text holds (controls, private use, unassigned) mean that it is none.
_ODD_SHARE: Final = 0.02
_SAMPLE: Final = 20_000
_DETECTED: Final = 100_000
# UTF-16 without a mark: shorter ones may be anything, and most of its characters are everyday ones.
_SHORTEST_UNMARKED: Final = 8
_COMMON_SHARE: Final = 0.8
# What web pages call an encoding → what reads all of it.
_META: Final = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_META_WITHIN: Final = 8192
_DECLARED: Final = {
    **dict.fromkeys(("utf-8", "utf8"), ("utf-8",)),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"), ("gb18030",)),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), ("cp950", "big5hkscs")),
}
_BIG5: Final = ("cp950", "big5hkscs")


def decode(data: bytes, name: str) -> str:
    """
    Bytes → text: UTF-8 or UTF-16 with or without BOM, GB18030 or BIG5; line ends stay as they are.

    Args:
        name:
            What the message calls the input.

    Raises:
        ReadError:
            The bytes are no text in any of these encodings.

    Examples:
        >>> decode("近2000名".encode("gb18030"), "a.txt")
        '近2000名'
    """
    if (wide := _WIDE_BOMS.get(data[:2])) is not None:
        return _decode_wide(data[2:], wide, name)
    if b"\x00" in data:
        if (text := _find_unmarked_wide(data)) is not None:
            return text
        raise ReadError(name, "nul_bytes")
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data):
            raise ReadError(name, "damaged_utf8", byte=error.start) from error
    text = _find_unmarked_wide(data)
    if text is None:
        text = _find_double_byte(data)
    if text is None:
        raise ReadError(name, "not_text")
    return text


def decode_page(data: bytes, name: str) -> str:
    """The text of a web page: by its BOM, else as it declares where that holds, else as any text."""
    declared = _META.search(data[:_META_WITHIN])
    if declared and not data.startswith((_BOM, *_WIDE_BOMS)):
        for encoding in _DECLARED.get(declared[1].decode("ascii").lower(), ()):
            with suppress(UnicodeDecodeError):
                return data.decode(encoding)
    return decode(data, name)


def _decode_wide(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(name, "damaged_utf16", byte=error.start + 2) from error
    if "\x00" in text:
        raise ReadError(name, "nul_bytes")
    if _is_odd(text):
        raise ReadError(name, "not_text")
    return text


def _find_unmarked_wide(data: bytes) -> str | None:
    for encoding in _WIDE_BOMS.values():
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if len(text) >= _SHORTEST_UNMARKED and "\x00" not in text and _is_everyday(text):
                return text
    return None


def _find_double_byte(data: bytes) -> str | None:
    """GB18030 or BIG5: where both could be, the detector is asked; of its other answers none is taken."""
    mainland, big5 = next(_readings(data, ("gb18030",)), None), next(_readings(data, _BIG5), None)
    says_big5 = str(chardet.detect(data[:_DETECTED])["encoding"]).lower().startswith("big5")
    if big5 is not None and (says_big5 or (mainland is None and _is_everyday(big5))):
        return big5
    if mainland is not None and says_big5 and not _is_everyday(mainland):
        return None
    return mainland


def _readings(data: bytes, encodings: tuple[str, ...]) -> Iterator[str]:
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if not _is_odd(text):
                yield text


def _is_broken_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII reads as UTF-8: such a file is no GB18030, though it might pass for it."""
    lenient = data.decode("utf-8", "replace")
    foreign = sum(char > "\x7f" for char in lenient)
    return 10 * lenient.count("\ufffd") < foreign


def _is_odd(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(char) in ("Cc", "Co", "Cn") and char not in "\t\r\n\f" for char in sample)
    return odd > _ODD_SHARE * len(sample)


def _is_everyday(text: str) -> bool:
    """Whether a text consists of everyday characters, as wrongly decoded bytes don't."""
    sample = text[:_SAMPLE]
    return sum(map(_is_common, sample)) >= _COMMON_SHARE * len(sample) and not _is_odd(text)


def _is_common(char: str) -> bool:
    if char < "\x7f":
        return char >= " " or char in "\t\r\n\f"
    return any(first <= char.encode(encoding, "replace") < last for encoding, first, last in _EVERYDAY)


# Punctuation and the more frequent half of the characters, as the two standards order them.
_EVERYDAY: Final = (("gb2312", b"\xa1\xa1", b"\xd8\xa1"), ("big5", b"\xa1\x40", b"\xc9\x40"))
