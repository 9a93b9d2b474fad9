"""
Paragraphs that each open with a place, one after another, as a list of awards or of news from places has them.

Such a place keeps the sentences of its paragraph that have no subject of their own: 义乌市成效明显。给予100万元奖励。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from extract.language.layout import Layout
from extract.reporters.heads import leads_on, may_lead, read_head
from extract.reporters.owners import Ground, Owner, load_rules

# A paragraph's first line is indented by at most so many blanks.
_INDENT: Final = 8


def goes_on_entry(text: str, start: int, paragraph: int, ground: Ground, layout: Layout) -> bool:
    """Whether the sentence at *start* has no subject, and no 全市 in its paragraph has come back to the reporter."""
    came_back = any(
        (own["rank"] or own["inner"] or "")[-1:] in ("", ground.rank)
        for own in load_rules().own.finditer(text, paragraph, start)
    )
    return not came_back and leads_on(text, start, layout.clauses.around(start)[1])


def read_entry(text: str, paragraph: tuple[int, int], ground: Ground, layout: Layout) -> Owner | None:
    """The place within the reporting one that a paragraph opens with, where one beside it opens with a place too."""
    owner = _opener(text, paragraph, ground, layout)
    if owner is None or ground.place is None or owner.region == ground.region:
        return None
    is_inner = owner.code.startswith(ground.place.code)
    is_listed = is_inner and any(_opener(text, one, ground, layout) for one in _beside(text, paragraph, layout))
    return owner if is_listed else None


def _opener(text: str, paragraph: tuple[int, int], ground: Ground, layout: Layout) -> Owner | None:
    indented = text[paragraph[0] : paragraph[0] + _INDENT]
    start = paragraph[0] + len(indented) - len(indented.lstrip())
    if not may_lead(text, start, ground):
        return None
    head = read_head(text, start, min(paragraph[1], layout.clauses.around(start)[1]), ground)
    if head is None or head.is_framed or head.is_item or head.owners[0].kind != "place":
        return None
    return head.owners[0]


def _beside(text: str, paragraph: tuple[int, int], layout: Layout) -> Iterator[tuple[int, int]]:
    """The paragraphs right before and right behind one, empty lines passed over."""
    before, behind = paragraph[0] - 1, paragraph[1]
    while before > 0 and text[before].isspace():
        before -= 1
    while behind < len(text) and text[behind].isspace():
        behind += 1
    yield from (layout.paragraphs.around(at) for at in (before, behind) if 0 <= at < len(text))
