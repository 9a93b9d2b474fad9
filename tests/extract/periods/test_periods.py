"""Time expressions: where they stand, which days they cover, and the date of the document itself."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.numerals import fold
from extract.periods.find import find_date_spans, find_periods, find_reference_date, resolve_period
from extract.periods.words import KINDS, match_atoms, time_rules, word_rows

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "periods.toml").read_text(encoding="utf-8")
)
WORDS = (
    *sorted({surface for _, surface in word_rows()}),
    *"年月日时点来至到—-~、的。，“”《》0129一十五以来期间末底初前",
)
REPORT_LIKE = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=40).map("".join)


def texts_of(case: dict[str, Any]) -> str:
    return str(case.get("label") or case.get("text") or case["raw"])


def day_pair(days: list[str]) -> tuple[date | None, date] | None:
    return (day(days[0]), date.fromisoformat(days[1])) if days else None


def day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


@pytest.mark.parametrize("case", CASES["find"], ids=texts_of)
def test_periods_found(case: dict[str, Any]) -> None:
    assert [period.raw for period in find_periods(case["text"])] == case["found"]


@pytest.mark.parametrize("case", CASES["date_span"], ids=texts_of)
def test_date_spans(case: dict[str, Any]) -> None:
    assert [case["text"][start:end] for start, end in find_date_spans(case["text"])] == case["found"]


@pytest.mark.parametrize("case", CASES["resolve"], ids=texts_of)
def test_days(case: dict[str, Any]) -> None:
    reference = case.get("reference", "2022-09-30")
    given_date = None if reference == "none" else date.fromisoformat(reference)
    anchor = day_pair(case.get("anchor", []))
    closing = day(case.get("closing", ""))

    assert resolve_period(case["raw"], given_date, anchor, closing) == day_pair(case["days"])


@pytest.mark.parametrize("case", CASES["reference"], ids=texts_of)
def test_reference_date(case: dict[str, Any]) -> None:
    expected = (date.fromisoformat(case["day"]), case["precision"]) if "day" in case else None
    assert find_reference_date(case["text"]) == expected


@pytest.mark.parametrize("case", CASES["baseline"], ids=texts_of)
def test_bases_of_comparison(case: dict[str, Any]) -> None:
    assert [period.raw for period in find_periods(case["text"]) if period.is_baseline] == case["found"]


def test_range_tells_its_ends() -> None:
    text = "在一九五三年冬季到一九五四年秋收的时候"
    (period,) = find_periods(text)
    assert period.joint is not None
    assert [text[period.start : period.joint[0]], text[period.joint[1] : period.end]] == [
        "一九五三年冬季",
        "一九五四年秋收",
    ]


@pytest.mark.parametrize(
    ("kind", "row"),
    [(kind, row) for kind, rows in time_rules().items() if kind in KINDS for row in rows if isinstance(row, dict)],
    ids=str,
)
def test_rule_reads_its_own_example(kind: str, row: dict[str, Any]) -> None:
    found = [atom for atom in match_atoms(fold(row["example"])) if atom.kind == kind]
    assert any(atom.surface in row["surface"].split("|") for atom in found)


@pytest.mark.parametrize("row", time_rules()["event"], ids=str)
def test_event_reads_its_own_example(row: dict[str, Any]) -> None:
    (period,) = find_periods(row["example"])
    assert period.raw.removesuffix("以来") in row["surface"].split("|")
    assert resolve_period(period.raw, date(2026, 1, 1)) == (row["date"], date(2026, 1, 1))


def test_no_word_is_listed_twice() -> None:
    words = [
        word for kind in time_rules() if kind in KINDS for row in rows_of(kind) for word in row["surface"].split("|")
    ]
    assert sorted(words) == sorted(set(words))


def rows_of(kind: str) -> list[dict[str, Any]]:
    return [row for row in time_rules()[kind] if isinstance(row, dict)]


@given(st.text() | REPORT_LIKE)
def test_spans_stand_in_the_text(text: str) -> None:
    end = 0
    for period in find_periods(text):
        assert end <= period.start < period.end <= len(text)
        assert text[period.start : period.end] == period.raw
        end = period.end
    end = 0
    for start, stop in find_date_spans(text):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text() | REPORT_LIKE, st.dates() | st.none(), st.dates() | st.none())
def test_any_string_resolves_or_not(raw: str, reference: date | None, anchor: date | None) -> None:
    days = resolve_period(raw, reference, (anchor, anchor) if anchor else None)
    assert days is None or days[0] <= days[1]


@given(st.text() | REPORT_LIKE)
def test_any_text_has_a_date_or_not(text: str) -> None:
    found = find_reference_date(text)
    assert found is None or found[1] in ("day", "month", "year")
