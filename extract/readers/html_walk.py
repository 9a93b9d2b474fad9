"""A web page's tree → its blocks, one after the other, each with where in the tree it stands. No recursion."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from extract.readers.blocks import Block

_UNREAD: Final = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "title", "link", "meta", "nav", "aside", "footer"),
        *("select", "button", "textarea", "input", "option", "datalist", "rt", "rp"),
        *("svg", "math", "iframe", "object", "audio", "video", "canvas", "map"),
    )
)
_INLINE: Final = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "label", "mark", "nobr", "o:p", "output", "q", "ruby", "rb", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v\xa0]+")
_CJK: Final = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED: Final = re.compile(rf"(?<={_CJK})[ \t]*[\r\n][ \t\r\n]*(?={_CJK})")
_STRIPPED: Final = " \u3000\u200b\ufeff"
_FRAMING: Final = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page, and how many of its characters are those of links."""

    block: Block
    linked: int


@dataclass(slots=True)
class Walk:
    """``pieces`` of a page in order; ``spans`` say which of them stand below each element: first, end exclusive."""

    pieces: list[Piece] = field(default_factory=list)
    spans: dict[etree._Element, tuple[int, int]] = field(default_factory=dict)
    _text: list[str] = field(default_factory=list)
    _linked: int = 0
    _links: int = 0
    _heading: int = 0
    _tables: int = 0
    _length: int = 0

    def go(self, body: etree._Element) -> None:
        """Walk through a page."""
        self._length = text_length(body)
        walk = etree.iterwalk(body, events=("start", "end"))
        starts: dict[etree._Element, int] = {}
        for event, element in walk:
            if event == "start":
                if self._skips(element):
                    walk.skip_subtree()
                    continue
                starts[element] = self._enter(element)
                if element.tag == "table" and not is_frame(element):
                    self._add_rows(element)
                    walk.skip_subtree()
                else:
                    self._add(element.text)
            else:
                if element in starts:
                    self._leave(element, starts.pop(element))
                if element is not body:
                    self._add(element.tail)
        self._flush()
        self.spans[body] = (0, len(self.pieces))

    def _skips(self, element: etree._Element) -> bool:
        """A form is a search or a login, unless it holds most of the page, as some systems have it."""
        if not isinstance(element.tag, str) or is_unread(element):
            return True
        return element.tag == "form" and 2 * text_length(element) < self._length

    def _enter(self, element: etree._Element) -> int:
        if element.tag not in _INLINE:
            self._flush()
        self._links += element.tag == "a"
        self._heading += element.tag in _HEADINGS
        return len(self.pieces)

    def _leave(self, element: etree._Element, first: int) -> None:
        if element.tag not in _INLINE:
            self._flush()
            self.spans[element] = (first, len(self.pieces))
        self._links -= element.tag == "a"
        self._heading -= element.tag in _HEADINGS

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._linked += len(text.strip()) if self._links else 0

    def _flush(self) -> None:
        text = tidy("".join(self._text))
        if text:
            self.pieces.append(Piece(Block(text, is_heading=self._heading > 0), min(self._linked, len(text))))
        self._text.clear()
        self._linked = 0

    def _add_rows(self, table: etree._Element) -> None:
        self._tables += 1
        for number, row in enumerate(table.iter("tr"), start=1):
            cells = [cell for cell in row if cell.tag in ("td", "th") and not is_unread(cell)]
            text = "\t".join(tidy(cell_text(cell)) for cell in cells).rstrip()
            if text.strip():
                linked = sum(len("".join(link.itertext()).strip()) for link in row.iter("a"))
                self.pieces.append(Piece(Block(text, table=self._tables, row=number), min(linked, len(text))))


def is_unread(element: etree._Element) -> bool:
    """Whether an element shows no text of the report: scripts, menus, controls, hidden parts."""
    return (
        element.tag in _UNREAD
        or element.get("hidden") is not None
        or (element.tag == "dialog" and element.get("open") is None)
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def is_frame(table: etree._Element) -> bool:
    """Whether a table only frames running text: it holds another, has one column, or long texts of several blocks."""
    if next((inner for inner in table.iter("table") if inner is not table), None) is not None:
        return True
    if max((sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")), default=0) <= 1:
        return True
    cells = (cell for cell in table.iter("td"))
    return any(
        sum(1 for _ in cell.iter("p", "div", "br")) > 1 and len("".join(cell.itertext())) > _FRAMING for cell in cells
    )


def cell_text(cell: etree._Element) -> str:
    """A cell is one text, however many paragraphs it has."""
    parts: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if not isinstance(element.tag, str) or is_unread(element):
                walk.skip_subtree()
                continue
            parts += [" "] * (element.tag not in _INLINE) + [element.text or ""]
        elif element is not cell:
            parts += [element.tail or ""] + [" "] * (element.tag not in _INLINE)
    return "".join(parts)


def text_length(element: etree._Element) -> int:
    """The characters below an element, blanks not counted."""
    return sum(len(text.strip()) for text in element.itertext())


def tidy(text: str) -> str:
    """
    A text as the page shows it: runs of blanks as one, none where a line of the source broke between characters.

    >>> tidy("  设立网格\\n  8.5万个，GDP   growth 5\\n")
    '设立网格 8.5万个，GDP growth 5'
    """
    return _BLANKS.sub(" ", _WRAPPED.sub("", text)).strip(_STRIPPED)
