"""
What runs in the process that draws: SVG → PNG and PDF by resvg and svg2pdf, with the app's own font.

It imports nothing else of the app, so that the process starts in a moment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import vl_convert

FONTS: Final = Path(__file__).parent.parent / "static"
DPI: Final = 300
# An SVG point is 4/3 of the pixels that the library counts in; in PDF it takes a pixel for a point.
POINTS: Final = 0.75


def set_up() -> None:
    """Let the library know the app's font."""
    vl_convert.register_font_directory(str(FONTS))


def draw_png(svg: str) -> bytes:
    """A picture with 300 dots an inch, which its file says."""
    return bytes(vl_convert.svg_to_png(svg, scale=POINTS, ppi=DPI))


def draw_pdf(svg: str) -> bytes:
    """A page of the picture's size with the text as text, the font's glyphs embedded."""
    head, rest = svg.split(">", 1)
    return bytes(vl_convert.svg_to_pdf(head.replace('pt"', '"') + ">" + rest))
