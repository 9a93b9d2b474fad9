"""Where sentences, clauses and paragraphs end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.layout import Division, divide

SENTENCES = [
    ("建成5个。改造6户！还有吗？没有了", ["建成5个。", "改造6户！", "还有吗？", "没有了"]),
    ("他说：“建成5个。”后来改造6户。", ["他说：“建成5个。”", "后来改造6户。"]),
    ("第一行\r\n第二行\n\n第三行", ["第一行\r\n", "第二行\n\n", "第三行"]),
    ("增长5.2%。PM2.5下降3.1%。", ["增长5.2%。", "PM2.5下降3.1%。"]),
    ("一是抓组织;二是抓队伍。", ["一是抓组织;二是抓队伍。"]),
]
CLAUSES = [
    ("建成5个，改造6户；新增7名：8项。", ["建成5个，", "改造6户；", "新增7名：", "8项。"]),
    ("建成5个,改造1,200户;", ["建成5个,", "改造1,200户;"]),
    ("截至8:30,共到会300人", ["截至8:30,", "共到会300人"]),
    ("组建5支、6支队伍", ["组建5支、6支队伍"]),
    ("网格——基层的细胞……有8.5万个", ["网格——", "基层的细胞……", "有8.5万个"]),
]


def pieces(text: str, division: Division) -> list[str]:
    """The stretches of a text, found from each of its characters."""
    spans = sorted({division.around(position) for position in range(len(text))})
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text, divide(text).sentences) == expected


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_clauses(text: str, expected: list[str]) -> None:
    assert pieces(text, divide(text).clauses) == expected


def test_paragraphs() -> None:
    text = "一、总体情况。好\n二、做法\r\n\r\n三、成效"

    assert pieces(text, divide(text).paragraphs) == ["一、总体情况。好\n", "二、做法\r\n\r\n", "三、成效"]


@given(st.text(alphabet='建成5个1,2。！？!?，；：;:,—…\r\n”"'))
def test_stretches_cover_a_text_and_nest(text: str) -> None:
    layout = divide(text)

    assert ["".join(pieces(text, division)) for division in (layout.sentences, layout.paragraphs)] == [text, text]
    for position in range(len(text)):
        (a, b), (c, d) = layout.sentences.around(position), layout.paragraphs.around(position)
        assert c <= a <= position < b <= d
