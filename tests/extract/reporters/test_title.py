"""What the head of a document says of it: title and publisher, and lines that are neither."""

from __future__ import annotations

import pytest

from extract.language.rulebook import fingerprint, read_toml
from extract.pipeline import read_passage
from extract.reporters.title import find_publisher, find_title

RULES = read_toml("front.toml")
PAGE = "您的位置:\n首页\n>\n云南要闻\n2026年政府工作报告\n来源：云南日报\n2026-02-03 09:02:33\n【字体：\n大\n中\n"


@pytest.mark.parametrize("rule", RULES["title"], ids=lambda rule: rule["example"])
def test_a_title_is_found_among_the_lines_of_a_page(rule: dict[str, str]) -> None:
    assert find_title(f"下载\n打印\n首页要闻导航\n{rule['example']}\n各位代表：\n") == rule["example"]


@pytest.mark.parametrize("rule", RULES["publisher"], ids=lambda rule: rule["example"])
def test_a_publisher_stands_behind_its_label(rule: dict[str, str]) -> None:
    assert find_publisher(f"报告\n{rule['example']} 时间：2026-02-09\n") == rule["example"].partition("：")[2]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (PAGE, "2026年政府工作报告"),
        ("云南丽江推行党建引领基层治理改革\n\n近年来，丽江市探索出一条新路子。\n", "云南丽江推行党建引领基层治理改革"),
        ("一、总体情况\n全区共受理市民诉求7,010件。\n", None),
        ("全市设立网格8.5万个。\n", None),
        ("——2026年1月28日在会议上的报告\n", None),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert find_title(text) == title


def test_a_document_without_a_label_has_no_publisher() -> None:
    assert find_publisher("资金来源为财政拨款。") is None


SENTENCE = "浙江省委组织部\n全省设立网格8.5万个，推进第三产业，开展“1+3+N”改革。"


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("全省设立网格8.5万个", [("8.5万个", 85000, "个", "numeral")]),
        ("推进第三产业", [("推进第三产业", 0, "", "person")]),
    ],
)
def test_a_person_names_a_passage(quote: str, found: list[tuple[str, int, str, str]]) -> None:
    start = SENTENCE.index(quote)
    rows = read_passage(SENTENCE, (start, start + len(quote)), "a")

    assert [(row.raw, row.value, row.unit, row.rule) for row in rows] == found
    assert all(SENTENCE[row.start : row.end] == row.raw and row.region == "浙江" for row in rows)


def test_the_fingerprint_is_the_same_at_every_call() -> None:
    assert fingerprint() == fingerprint.__wrapped__()
