"""
Cut the bundled Chinese font out of WenQuanYi Micro Hei: what a page and a picture need, and nothing else.

    apt-get download fonts-wqy-microhei && dpkg -x fonts-wqy-microhei_*.deb unpacked
    python tools/build_font.py unpacked/usr/share/fonts/truetype/wqy/wqy-microhei.ttc

Kept are printable ASCII and Latin-1, all of GB2312 (6,763 hanzi and its symbols), the signs that the charts use, and
every character of data/ and extract/rules/ (rare place names). The cut is renamed, so that it never hides an installed
font, and carries no build time: the same input gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "dashboard" / "static"
FAMILY = "Governance Sans"
SIGNS = "–—‘’“”…‰′″≈≠≤≥←↑→↓−×·～●○◆◇▲▼■□℃㎡％"
TEXTS = ("*.txt", "*.csv", "*.toml")


def gb2312() -> Iterator[str]:
    """Every character of GB2312."""
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            yield bytes([lead, trail]).decode("gb2312", "ignore")


def needed() -> set[int]:
    """The code points that the cut keeps."""
    latin = {*range(0x20, 0x7F), *range(0xA0, 0x100)}
    written = {
        letter
        for folder in (ROOT / "data", ROOT / "extract" / "rules", ROOT / "dashboard" / "wording")
        for pattern in TEXTS
        for path in folder.rglob(pattern)
        for letter in path.read_text(encoding="utf-8")
    }
    return latin | {ord(letter) for letter in {*"".join(gb2312()), *SIGNS, *written}}


def cut(font: TTFont) -> TTFont:
    """The same font with the needed glyphs only, its hinting dropped and its family renamed."""
    options = Options()
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["FFTM"]
    options.layout_features = ["kern", "vert"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=needed())
    subsetter.subset(font)
    font.recalcTimestamp = False
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4):
            font["name"].setName(FAMILY, record.nameID, record.platformID, record.platEncID, record.langID)
        if record.nameID == 6:
            font["name"].setName(FAMILY.replace(" ", ""), 6, record.platformID, record.platEncID, record.langID)
    return font


def main() -> int:
    """Write the page's font (woff2) and the pictures' font (ttf)."""
    font = cut(TTCollection(sys.argv[1]).fonts[0])
    for suffix, flavor in ((".ttf", None), (".woff2", "woff2")):
        font.flavor = flavor
        path = TARGET / f"governance-sans{suffix}"
        font.save(path)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
