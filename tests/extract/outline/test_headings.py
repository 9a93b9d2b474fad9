"""Lines that head a part: what they look like, and what only looks like them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.rulebook import expand, read_toml
from extract.outline.headings import find_headings

RULES = read_toml("outline.toml")
BODY = "全市上下牢记嘱托、感恩奋进，各项事业取得新的进展，群众获得感明显增强。"


@pytest.mark.parametrize("row", RULES["heading"], ids=lambda row: row["style"])
def test_a_style_is_read_in_its_own_example(row: dict[str, str]) -> None:
    found = [(heading.style, heading.label) for heading in find_headings(f"{row['example']}\n{BODY}\n")]

    assert found == [(row["style"], row["example"].rstrip("。"))]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (f"工作成效\n{BODY}", ["工作成效"]),
        (f"第一部分 过去五年\n一、成效\n{BODY}", ["第一部分 过去五年", "一、成效"]),
        (f"（一）经济增长迈出坚实步伐。{BODY}", ["（一）经济增长迈出坚实步伐"]),
        ("1.完成老旧小区改造600个。\n2.新增社工200名。", []),
        (f"——2026年1月27日在第四次会议上\n{BODY}", []),
        ("下载\n打印\n全屏\n", []),
        (f"来源：日报\n2026年2月1日\n{BODY}", []),
        (f"提升基层治理能力\n某省委组织部\n{BODY}", ["提升基层治理能力"]),
        (f"{BODY}\n{BODY}", []),
    ],
    ids=["bare", "levels", "first sentence", "tasks", "delivered", "menu", "labels", "signature", "text"],
)
def test_headings_of_a_text(text: str, labels: list[str]) -> None:
    assert [heading.label for heading in find_headings(text)] == labels


def test_a_table_of_contents_heads_nothing() -> None:
    text = f"目录\n一、工作回顾……1\n二、工作安排\n一、工作回顾\n{BODY}\n二、工作安排\n{BODY}\n"
    found = list(find_headings(text))

    assert [heading.label for heading in found] == ["一、工作回顾", "二、工作安排"]
    assert [heading.start for heading in found] == [text.rindex("一、工作回顾"), text.rindex("二、工作安排")]


def test_the_format_marks_headings() -> None:
    text = f"让数字说话：一年答卷\n{BODY}\n"

    assert list(find_headings(text)) == []
    assert [heading.style for heading in find_headings(text, [(0, 10)])] == ["marked"]


@given(st.text(alphabet="一二三、（）1.第部分——是。；\n 工作回顾年0123万个户", max_size=80))
def test_headings_stand_in_order_in_the_text(text: str) -> None:
    found = list(find_headings(text))

    assert [heading.start for heading in found] == sorted({heading.start for heading in found})
    assert all(heading.start < heading.end <= len(text) and heading.label.strip() for heading in found)


@pytest.mark.parametrize("name", RULES["fragment"])
def test_every_fragment_is_used(name: str) -> None:
    patterns = [row["pattern"] for table in ("heading", "opener") for row in RULES[table]]
    used = [*patterns, *RULES["fragment"].values(), RULES["yearly"]["plan"]]

    assert any(f"{{{name}}}" in pattern for pattern in used)
    assert re.compile(expand(RULES["fragment"][name], RULES["fragment"]))
