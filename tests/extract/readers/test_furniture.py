"""What belongs to the page is left out, and nothing that a report says."""

from __future__ import annotations

from collections import Counter

import pytest

from extract.language.rulebook import read_rows
from extract.readers.blocks import Block
from extract.readers.furniture import COLUMNS, STANDINGS, drop_furniture

ROWS = read_rows("furniture.csv", COLUMNS)


def kept(*texts: str) -> list[str]:
    return [block.text for block in drop_furniture(map(Block, texts))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"])
def test_row_drops_its_own_example(row: dict[str, str]) -> None:
    assert row["words"] in row["example"]
    assert kept(row["example"]) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"])
def test_word_in_a_sentence_stays(row: dict[str, str]) -> None:
    sentence = f"全省推广{row['words']}服务3项。"

    assert kept(sentence) == [sentence]


def test_no_word_stands_twice_and_every_standing_is_known() -> None:
    assert [word for word, count in Counter(row["words"] for row in ROWS).items() if count > 1] == []
    assert {row["standing"] for row in ROWS} == set(STANDINGS)


@pytest.mark.parametrize(
    "lines",
    [
        ("下载", "打印", "全屏", "收藏", "【字号：", "加大", "还原", "减小", "】"),
        ("【字体：", "大", "中", "小", "】"),
        ("收藏", "|", "分享到:", "分享到微信", "×"),
        ("扫一扫在手机打开当前页", "【", "打印本页", "】", "【", "关闭窗口", "】"),
    ],
)
def test_runs_of_tiny_lines_are_left_out(lines: tuple[str, ...]) -> None:
    assert kept("政府工作报告", *lines, "各位代表：") == ["政府工作报告", "各位代表："]


@pytest.mark.parametrize(
    "line",
    [
        *("收藏", "大", "中", "小", "首页", "下载", "8.5", "——", "2026", "微信", "一、成效", "大 中 小"),
        *("收藏品36件", "打印机5台", "下载率达82%。"),
    ],
)
def test_a_line_that_may_be_the_report_stays(line: str) -> None:
    assert kept("各位代表：", line, "设立网格。") == ["各位代表：", line, "设立网格。"]


def test_headings_and_rows_of_tables_stay() -> None:
    blocks = (Block("相关链接", is_heading=True), Block("分享到\t5", table=1, row=1))

    assert drop_furniture(blocks) == blocks
