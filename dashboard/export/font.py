"""The few glyphs of a picture as a font of their own."""

from __future__ import annotations

import base64
import io
from typing import Final

from fontTools.subset import Options, Subsetter

from dashboard.typesetting import open_font

FAMILY: Final = "Governance Sans"
# A program that ignores embedded fonts finds an installed one here.
FAMILIES: Final = (
    FAMILY,
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)


def embed(text: str) -> str:
    """A data URI of the font with the glyphs of this text only (a few kilobytes of WOFF2)."""
    options = Options()
    options.flavor = "woff2"
    options.layout_features = []
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    font = open_font()
    subsetter.subset(font)
    font.flavor = "woff2"
    target = io.BytesIO()
    font.save(target)
    return "data:font/woff2;base64," + base64.b64encode(target.getvalue()).decode("ascii")
