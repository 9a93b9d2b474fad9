"""How wide a text is in the bundled font, and how it is broken into lines or cut to fit."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from fontTools.ttLib import TTFont

# The advance of a glyph that the font lacks, in em.
MISSING_ADVANCE: Final = 1.0
# Not at the start of a line.
CLOSING: Final = frozenset("，。；：、！？）》”’…,.;:!?)%")


def open_font() -> TTFont:
    """The whole bundled font; a fresh object, because reading one changes it."""
    data = (files("dashboard") / "static" / "governance-sans.ttf").read_bytes()
    # What is made of it must not tell the time: the same picture has the same bytes.
    return TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False)


@cache
def advances() -> Mapping[int, float]:
    """Code point → advance in em."""
    font = open_font()
    metrics, em = font["hmtx"], font["head"].unitsPerEm
    return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def measure(text: str, size: float) -> float:
    """The width of a text at a font size, in the same unit as the size."""
    table = advances()
    return size * sum(table.get(ord(letter), MISSING_ADVANCE) for letter in text)


def find_pieces(text: str) -> Iterator[str]:
    """The pieces between which a line may break: words with the space after them, single Chinese characters."""
    piece = ""
    for letter in text:
        is_wide = ord(letter) > 0x2E80
        if piece and (is_wide or ord(piece[-1]) > 0x2E80 or piece[-1] == " ") and letter not in CLOSING:
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def wrap(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than ``width``; a word that is wider is broken where a line ends."""
    lines = [""]
    for piece in (part for whole in find_pieces(text) for part in chop(whole, size, width)):
        if lines[-1] and measure(lines[-1] + piece.rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def chop(piece: str, size: float, width: float) -> Iterator[str]:
    """A piece in parts no wider than ``width``, or of one letter."""
    part = ""
    for letter in piece:
        if part and measure((part + letter).rstrip(), size) > width:
            yield part
            part = ""
        part += letter
    yield part


def clip(text: str, size: float, width: float) -> str:
    """The text, cut with an ellipsis where it is wider than ``width``."""
    if measure(text, size) <= width:
        return text
    while text and measure(text + "…", size) > width:
        text = text[:-1]
    return text + "…"
