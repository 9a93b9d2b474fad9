"""A report's text cut at its numbers: what is marked, by which rows, and that nothing of the text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.link import ReportKey
from dashboard.load import load_report
from dashboard.marking import Piece, Span, cut, mark_sentences, mark_text
from dashboard.passage import Passage, Row

TEXT = "设网格8.5万个、网格员9万名。"


def make_row(name: str, raw: str, start: int, sentence: str = TEXT) -> Row:
    return {"id": name, "raw": raw, "start": start, "end": start + len(raw), "sentence": sentence}


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        pytest.param([], ["设网格8.5万个"], id="no number"),
        pytest.param([("a", 3, 8)], ["设网格", "8.5万个[a]"], id="at the end"),
        pytest.param([("a", 3, 8), ("b", 3, 8)], ["设网格", "8.5万个[ab]"], id="two statistics of one number"),
        pytest.param([("a", 3, 7), ("b", 5, 8)], ["设网格", "8.[a]", "5万[ba]", "个[b]"], id="overlapping"),
        pytest.param([("a", 1, 8), ("b", 3, 8)], ["设", "网格[a]", "8.5万个[ba]"], id="one inside another"),
        pytest.param([("a", 0, 3), ("b", 3, 8)], ["设网格[a]", "8.5万个[b]"], id="side by side"),
    ],
)
def test_text_is_cut_where_a_number_begins_or_ends(spans: list[tuple[str, int, int]], pieces: list[str]) -> None:
    found = cut("设网格8.5万个", [Span(start, end, name) for name, start, end in spans])

    assert [piece.text + (f"[{''.join(piece.ids)}]" if piece.ids else "") for piece in found] == pieces


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10))))
def test_pieces_are_the_text_and_every_span_is_exact(text: str, places: list[tuple[int, int]]) -> None:
    spans = [
        Span(start, start + length, str(number))
        for number, (start, length) in enumerate(places)
        if start + length <= len(text)
    ]
    pieces = cut(text, spans)

    assert "".join(piece.text for piece in pieces) == text
    for span in spans:
        assert "".join(piece.text for piece in pieces if span.id in piece.ids) == text[span.start : span.end]


def test_a_row_that_is_not_where_the_table_says_is_handed_back() -> None:
    rows = [make_row("here", "8.5万个", 103), make_row("moved", "9万名", 100), make_row("nothing", "", 101)]
    pieces, foreign = mark_text(Passage(TEXT, start=100), rows)

    assert [piece for piece in pieces if piece.ids] == [Piece("8.5万个", ("here",))]
    assert [row["id"] for row in foreign] == ["moved", "nothing"]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        pytest.param(
            [make_row("b", "9万名", 212), make_row("a", "8.5万个", 203)],
            "设网格8.5万个[a]、网格员9万名[b]。",
            id="a sentence once, its numbers in it",
        ),
        pytest.param(
            [make_row("a", "5个", 12, "设5个所、5个站。"), make_row("b", "5个", 16, "设5个所、5个站。")],
            "设5个[a]所、5个[b]站。",
            id="one place fits both offsets",
        ),
        pytest.param(
            [make_row("a", "5个", 16, "设5个所、5个站。")],
            "设5个所、5个站。 〔5个[a]〕",
            id="which of two is meant is not known",
        ),
        pytest.param(
            [make_row("a", "5个", 12, "设5个。"), make_row("b", "5个", 92, "设5个。")],
            "设5个[a]。\n设5个[b]。",
            id="the same words at two places",
        ),
        pytest.param([make_row("a", "7个", 12, "设5个。")], "设5个。 〔7个[a]〕", id="not in its sentence"),
        pytest.param([], "", id="no row"),
    ],
)
def test_sentences_stand_for_a_text_that_is_not_there(rows: list[Row], shown: str) -> None:
    assert "".join(p.text + (f"[{p.ids[0]}]" if p.ids else "") for p in mark_sentences(rows)) == shown


def test_every_shipped_statistic_is_marked_exactly_with_and_without_the_text(dataset: Dataset) -> None:
    for report in dataset.reports(Filters()):
        rows: list[Row] = list(dataset.report_rows(report).to_dict("records"))
        expected = {(row["id"], row["raw"]) for row in rows}
        passage = load_report(ReportKey(report.document, report.number))
        assert passage is not None
        pieces, foreign = mark_text(passage, rows)

        assert not foreign
        assert "".join(piece.text for piece in pieces) == passage.text
        for marked in (pieces, mark_sentences(rows)):
            assert {(name, piece.text) for piece in marked for name in piece.ids} == expected
