"""
Where statistics stand in a report: its text as plain pieces and marked pieces, which joined are the text again.

Without the report's text its sentences take the text's place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.passage import Passage, Row


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the ids of the rows whose numbers cover it, the shortest number first; plain without."""

    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The characters of one row's number in a text, ``end`` excluded."""

    start: int
    end: int
    id: str


def mark_text(passage: Passage, rows: Iterable[Row]) -> tuple[tuple[Piece, ...], tuple[Row, ...]]:
    """
    A report's text cut at its numbers. The text is never changed.

    Returns:
        The pieces, which joined are exactly ``passage.text``, and the rows whose number does not stand where the table
        says, as after a change of the text. Numbers that overlap share the piece that both cover.
    """
    spans, foreign = [], []
    for row in rows:
        span = passage.span(row)
        if span and span[0] < span[1]:
            spans.append(Span(*span, str(row["id"])))
        else:
            foreign.append(row)
    return cut(passage.text, spans), tuple(foreign)


def cut(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """A text cut wherever a span begins or ends."""
    edges = sorted({0, len(text)} | {edge for span in spans for edge in (span.start, span.end)})
    waiting = deque(sorted(spans, key=lambda span: span.start))
    open_spans: list[Span] = []
    pieces = []
    for left, right in pairwise(edges):
        while waiting and waiting[0].start <= left:
            open_spans.append(waiting.popleft())
        open_spans = [span for span in open_spans if span.end > left]
        covering = sorted(open_spans, key=lambda span: span.end - span.start)
        pieces.append(Piece(text[left:right], tuple(span.id for span in covering)))
    return tuple(pieces)


@dataclass(slots=True)
class _Sentence:
    """Rows of one sentence, and the offsets at which it can begin for all their numbers to fit."""

    text: str
    rows: list[Row]
    starts: frozenset[int]


def mark_sentences(rows: Iterable[Row]) -> tuple[Piece, ...]:
    """
    The sentences of rows, each once, a line each, in text order.

    A number that stands more than once in its sentence, where the offsets do not tell which one is meant, is marked
    in brackets behind the sentence instead.
    """
    pieces: list[Piece] = []
    for sentence in gather(rows):
        pieces += [Piece("\n")] if pieces else []
        if len(sentence.starts) == 1:
            (begin,) = sentence.starts
            spans = [Span(int(row["start"]) - begin, int(row["end"]) - begin, str(row["id"])) for row in sentence.rows]
            pieces += cut(sentence.text, spans)
        else:
            pieces.append(Piece(sentence.text))
            for row in sentence.rows:
                pieces += [Piece(" 〔"), Piece(str(row["raw"]), (str(row["id"]),)), Piece("〕")]
    return tuple(pieces)


def gather(rows: Iterable[Row]) -> list[_Sentence]:
    """Rows by sentence; the same words at two places of a document are two sentences."""
    sentences: list[_Sentence] = []
    for row in sorted(rows, key=lambda row: (int(row["start"]), int(row["end"]))):
        starts = possible_starts(row)
        last = sentences[-1] if sentences else None
        if last and last.text == row["sentence"] and (common := last.starts & starts):
            last.rows.append(row)
            last.starts = common
        else:
            sentences.append(_Sentence(str(row["sentence"]), [row], starts))
    return sentences


def possible_starts(row: Row) -> frozenset[int]:
    """The document offsets at which a row's sentence can begin for its number to stand where the row says."""
    sentence, raw = str(row["sentence"]), str(row["raw"])
    places, place = [], sentence.find(raw)
    while place >= 0:
        places.append(place)
        place = sentence.find(raw, place + 1)
    return frozenset(int(row["start"]) - place for place in places)
