"""The XML of a Word document: which elements stand for text, and in which order they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICE: Final = f"{_MC}Choice"
_FALLBACK: Final = f"{_MC}Fallback"

PARAGRAPH: Final = f"{W}p"
TABLE: Final = f"{W}tbl"
ROW: Final = f"{W}tr"
CELL: Final = f"{W}tc"
TEXT_BOX: Final = f"{W}txbxContent"
# Deleted, moved away, properties, phonetic guides: none of it is read.
_UNREAD: Final = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "rt", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr")
)
# What only wraps the next level: content controls, insertions, links, tags.
_WRAPPERS: Final = frozenset(
    (
        *(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink")),
        f"{_MC}AlternateContent",
        _CHOICE,
        _FALLBACK,
    )
)
_SIGNS: Final = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_OFF: Final = ("0", "false", "off", "none")


@dataclass(slots=True)
class Reading:
    """
    What one paragraph says: ``pieces`` are its texts, a new one after each page break; ``boxes`` are the text boxes
    and ``notes`` the ids of the notes that hang on it.
    """

    pieces: list[str] = field(default_factory=lambda: [""])
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def to_transitional(root: etree._Element) -> etree._Element:
    """A document of the strict kind has other namespaces; here it gets those of the usual kind."""
    if root.tag.startswith(_STRICT):
        for element in root.iter(f"{_STRICT}*"):
            element.tag = W + element.tag[len(_STRICT) :]
            for name, value in list(element.attrib.items()):
                if name.startswith(_STRICT):
                    element.set(W + name[len(_STRICT) :], value)
    return root


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The elements right below one, as if what merely wraps them were not there; what is not read is left out."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _WRAPPERS:
            if not is_doubled(child):
                stack.append(iter(child))
        elif child.tag not in _UNREAD:
            yield child


def is_doubled(element: etree._Element) -> bool:
    """Whether an element only says once more, for older programs, what stands beside it."""
    parent = element.getparent()
    return element.tag == _FALLBACK and parent is not None and parent.find(_CHOICE) is not None


def read_paragraph(paragraph: etree._Element, page_mark: str) -> Reading:
    """
    The text of a paragraph as it is printed.

    Args:
        page_mark:
            What begins a page: "lastRenderedPageBreak" or "br".
    """
    reading = Reading()
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag == TEXT_BOX:
            reading.boxes.append(element)
        if tag == TEXT_BOX or tag in _UNREAD or is_doubled(element) or (tag == f"{W}r" and _is_hidden(element)):
            walk.skip_subtree()
        elif tag in (f"{W}t", f"{_M}t"):
            reading.pieces[-1] += element.text or ""
        elif tag in _SIGNS:
            reading.pieces[-1] += _SIGNS[tag]
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            reading.notes.append((tag[len(W) : -len("Reference")], element.get(f"{W}id", "")))
        elif tag == f"{W}lastRenderedPageBreak":
            if page_mark == "lastRenderedPageBreak":
                reading.pieces.append("")
        elif tag == f"{W}br":
            _break(reading, element.get(f"{W}type"), page_mark)
    return reading


def _break(reading: Reading, kind: str | None, page_mark: str) -> None:
    if kind != "page":
        reading.pieces[-1] += "\n"
    elif page_mark == "br":
        reading.pieces.append("")


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and is_on(mark)


def is_on(mark: etree._Element) -> bool:
    """Whether a property that can be switched is on: it is where it stands without a value."""
    return mark.get(f"{W}val", "1") not in _OFF
