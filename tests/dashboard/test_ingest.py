"""From a file to a draft: what is guessed, what facts change, which names are taken, which passages are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.ingest import (
    Draft,
    extract_rows,
    find_days,
    find_passage,
    find_place_of,
    find_selection,
    place_region,
    prepare,
    read_draft,
    settle,
    suggest_rows,
    to_document,
)
from dashboard.store import Facts, StoredDocument
from extract.language.rulebook import fingerprint
from extract.table.errors import ReadError

REPORT = (
    "2026年浙江省政府工作报告\n——2026年1月14日在浙江省第十四届人民代表大会会议上\n来源：浙江日报\n"
    "全省设立网格8.5万个。今年新增社工2.2万名。\n"
)
NAMELESS = "全面推进基层治理，设立网格8.5万个，今年新增社工2.2万名。\n"


@pytest.fixture(scope="module")
def draft() -> Draft:
    return prepare(REPORT.encode("gb18030"), "报送/浙江 2026.txt")


def test_a_draft_has_the_facts_that_its_head_states(draft: Draft) -> None:
    assert draft.facts == Facts(
        "2026年浙江省政府工作报告", "浙江日报", "", "2026-01-14", region="浙江", province="浙江", level="province"
    )
    assert (draft.name, draft.format, draft.regions) == ("浙江 2026", "txt", ("浙江",))
    assert draft.rows[["raw", "region"]].values.tolist() == [["8.5万个", "浙江"], ["2.2万名", "浙江"]]
    assert list(draft.rows["period_end"].dropna()) == ["2026-01-14"]


def test_reading_in_the_limited_process_gives_the_same(draft: Draft) -> None:
    read = read_draft(REPORT.encode("gb18030"), "报送/浙江 2026.txt")

    assert read.rows.equals(draft.rows)
    # Frames have no one truth value.
    assert vars(read) | {"rows": None} == vars(draft) | {"rows": None}


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n", "a.txt", "empty"),
        (b"%PDF-1.7 broken", "a.pdf", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.txt", "image"),
    ],
)
def test_a_file_without_a_text_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_draft(data, name)
    assert caught.value.code == code


def test_a_new_reference_date_moves_the_periods(draft: Draft) -> None:
    later = settle(draft, replace(draft.facts, reference_date="2030-06-30"))

    assert list(later.rows["period_end"]) == ["2026-12-31", "2030-06-30"]
    assert later.text == draft.text


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("杭州", ("杭州", "浙江", "city")),
        ("浙江省杭州市", ("杭州", "浙江", "city")),
        ("南京市栖霞区仙林街道", ("仙林", "江苏", "subdistrict")),
        ("火星基地", ("火星基地", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_region_is_placed_by_the_gazetteer(written: str, region: tuple[str, str, str]) -> None:
    assert find_place_of(written, Facts("t")) == region


def test_facts_with_the_same_region_stay_as_they_are() -> None:
    facts = Facts("t", region="朝阳", level="county")

    assert place_region(replace(facts, title="u"), facts) == replace(facts, title="u")


def test_a_given_region_is_that_of_every_row_of_a_document_of_one_report() -> None:
    rows = extract_rows(NAMELESS, (), "a", Facts("t", region="杭州", province="浙江", level="city"))

    assert rows[["region", "province", "level"]].drop_duplicates().values.tolist() == [["杭州", "浙江", "city"]]
    assert not rows["flags"].str.contains("region_unknown").any()


def test_rows_about_another_place_stay_with_it() -> None:
    text = "全国设立网格450万个，我省设立网格8.5万个。"

    rows = extract_rows(text, (), "a", Facts("t", region="浙江", province="浙江", level="province"))

    assert rows[["reporter", "region"]].values.tolist() == [["浙江", "全国"], ["浙江", "浙江"]]


def test_a_given_region_fills_only_gaps_in_a_document_of_several_reports() -> None:
    two = "浙江省委组织部\n设立网格8.5万个。\n\n北京市委组织部\n设立网格2.1万个。\n"

    assert list(extract_rows(two, (), "a", Facts("t", region="杭州"))["region"]) == ["浙江", "北京"]


def test_what_is_kept_names_the_rules_and_no_taken_name(draft: Draft) -> None:
    new = to_document(draft, {"浙江 2026", "浙江 2026 (2)"})

    assert (new.name, new.rules, new.file_name) == ("浙江 2026 (3)", fingerprint(), "报送/浙江 2026.txt")


@pytest.mark.parametrize(
    ("quote", "places"),
    [
        ("网格", [(2, 4), (9, 11)]),
        ("  网格8个 ", [(9, 13)]),
        ("没有", []),
        ("", []),
        ("网" * 301, []),
    ],
)
def test_every_place_of_a_quote_is_found(quote: str, places: list[tuple[int, int]]) -> None:
    assert find_passage("设立网格，新设立 网格8个", quote) == places


def make_document(facts: Facts) -> StoredDocument:
    now = datetime.now(UTC).isoformat()
    return StoredDocument(1, "a", "a.txt", "txt", "c", "h", facts, "r", now, None, 0, 0)


def test_a_passage_suggests_the_quantities_in_it_statistics_or_not() -> None:
    text = "设立网格8.5万个，推进三年行动计划。"
    rows = suggest_rows(text, (0, len(text)), make_document(Facts("t", region="杭州", level="city")))

    assert ("8.5万个", 85000.0, "杭州") in [(row["raw"], row["value"], row["region"]) for row in rows]
    assert all(text[row["start"] : row["end"]] == row["raw"] for row in rows)


@pytest.mark.parametrize(
    ("period", "reference", "days"),
    [
        ("2025年上半年", "", ("2025-01-01", "2025-06-30")),
        ("今年", "2026-02-03", ("2026-01-01", "2026-02-03")),
        ("今年", "", (None, None)),
        ("某个时候", "2026-02-03", (None, None)),
        ("", "2026-02-03", (None, None)),
    ],
)
def test_the_days_of_a_period_as_a_person_writes_it(
    period: str, reference: str, days: tuple[str | None, str | None]
) -> None:
    assert find_days(period, reference) == days


def test_nothing_is_suggested_for_a_passage_without_a_number() -> None:
    (row,) = suggest_rows("某某省省长讲话。", (0, 5), make_document(Facts("t")))

    assert (row["raw"], row["value"], row["subject"]) == ("某某省省长", None, None)


@pytest.mark.parametrize(
    ("start", "length", "span"),
    [(0, 2, (0, 2)), (2, 2, (3, 7)), (3, 2, (6, 8)), (0, 0, None), (4, 9, None), (-1, 2, None)],
)
def test_a_selection_is_found_though_the_browser_counts_no_line_breaks(
    start: int, length: int, span: tuple[int, int] | None
) -> None:
    assert find_selection("网格\n八\r\n万个", start, length) == span
