"""What Office files have in common: the faces that they name, and how long their properties may be."""

from __future__ import annotations

from typing import Final

from dashboard.export.contents import clean

# On every Windows with Chinese, and looked up by WPS too.
LATIN: Final = "Arial"
EAST_ASIAN: Final = "Microsoft YaHei"
LONGEST_PROPERTY: Final = 255


def to_property(text: str) -> str:
    """A text as title or subject of a file."""
    return clean(text)[:LONGEST_PROPERTY]
