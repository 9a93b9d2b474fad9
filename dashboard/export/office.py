"""What Office files have in common: the faces that they name, and how long their properties may be."""

from __future__ import annotations

from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.export.contents import clean
from dashboard.wording import Words

# On every Windows with Chinese, and looked up by WPS too.
LATIN: Final = "Arial"
EAST_ASIAN: Final = "Microsoft YaHei"
LONGEST_PROPERTY: Final = 255


def to_property(text: str) -> str:
    """A text as title or subject of a file."""
    return clean(text)[:LONGEST_PROPERTY]


def set_font(font: Any, size: float, colour: str | None, words: Words) -> None:
    """Letters of a run, with a face for Chinese that Office and WPS both look up in ``a:ea``."""
    font.size = Pt(size)
    font.name = LATIN
    if colour:
        font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
    properties = font._rPr
    properties.set("lang", words.tag)
    latin = properties.find(qn("a:latin"))
    east = properties.makeelement(qn("a:ea"), {"typeface": EAST_ASIAN})
    latin.addnext(east)
