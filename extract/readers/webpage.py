"""Web pages (.html, .htm) → the blocks of their main content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from lxml import etree, html

from extract.readers.blocks import Content
from extract.readers.encoding import decode_page
from extract.readers.furniture import pick_title
from extract.readers.html_walk import Piece, Walk, tidy
from extract.table.errors import ReadError

# The part of a page's prose that its main content holds.
_MOST: Final = 0.9
_PROSE: Final = re.compile(r"[。；！？]|.{10,}，.{5,}")
# Blocks between a title and the text: date, source, size of type.
_FURTHEST_TITLE: Final = 12
_SHORTEST_TITLE: Final = 5
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_webpage(data: bytes, name: str) -> Content:
    """
    The title, paragraphs, lists and tables of a web page, without what stands around them.

    Raises:
        ReadError:
            It is no text, holds none, or is nested too deeply to be read whole.
    """
    root = parse(_DECLARATION.sub("", decode_page(data, name)), name)
    body = root.find("body")
    walk = Walk()
    walk.go(root if body is None else body)
    first, end = find_main(walk)
    named = tidy(root.findtext("head/title") or root.findtext(".//title") or "")
    start = find_title(walk.pieces, first, named)
    heading = tidy("".join(next(root.iter("h1"), root.makeelement("h1", None, None)).itertext()))
    return Content(tuple(piece.block for piece in walk.pieces[start:end]), pick_title(heading, named))


def parse(text: str, name: str) -> etree._Element:
    """The tree of a page; one that the parser gives up on is refused, for what follows would be lost without a word."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ReadError(name, "no_text") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError(name, "too_deep")
    return root


def find_main(walk: Walk) -> tuple[int, int]:
    """The pieces of the main content: those of the smallest element that holds most of the prose."""
    sums = list(accumulate(map(weigh, walk.pieces), initial=0))
    enough = _MOST * sums[-1]
    holding = (span for span in walk.spans.values() if sums[span[1]] - sums[span[0]] >= enough)
    return min(holding, key=lambda span: span[1] - span[0]) if sums[-1] else (0, len(walk.pieces))


def weigh(piece: Piece) -> int:
    """How much prose a block holds: lists of links and short labels hold none."""
    text = piece.block.text
    is_prose = piece.block.row is not None or _PROSE.search(text) is not None
    return max(0, len(text) - 2 * piece.linked) if is_prose else 0


def find_title(pieces: Sequence[Piece], first: int, named: str) -> int:
    """Where the main content begins with its title, which often stands above the element that holds the text."""
    return next(_titles_before(pieces, first, named), first)


def _titles_before(pieces: Sequence[Piece], first: int, named: str) -> Iterator[int]:
    for index in range(max(0, first - _FURTHEST_TITLE), first):
        block = pieces[index].block
        if block.is_heading or (len(block.text) >= _SHORTEST_TITLE and block.text in named):
            yield index
