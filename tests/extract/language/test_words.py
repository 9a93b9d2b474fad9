"""The words of a text are jieba's own."""

from __future__ import annotations

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.words import segmenter

SENTENCES = (
    "全省设立网格8.5万个，组织104万名党员下沉4835个社区",
    "一产增加值增长4.5%，二产、三产增加值分别增长6%和5.2%",
    "GDP总量突破1.2万亿元，R&D经费投入强度达2.5%",
    "研究生命起源的研究生命题 南京市长江大桥",
    "5G网络、AA制、T恤3件，NO.1和A+级 B超2B铅笔R&D",
    "𠮷野家㐂门店\n\t ☆  3家",
    "",
)
# The sentences cut anywhere.
PIECES = sorted(
    {text[at : at + size] for text in SENTENCES for at in range(len(text)) for size in (1, 2, 3)} | {"囧喆"}
)


def jieba_as_it_comes() -> jieba.Tokenizer:
    """jieba's own tokenizer with the same dictionary."""
    weights, tokenizer = segmenter().weights, jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(weights.frequencies), weights.total, True
    return tokenizer


PLAIN = jieba_as_it_comes()


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert segmenter().cut(text) == PLAIN.lcut(text, HMM=False)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_anything_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert segmenter().cut(text) == PLAIN.lcut(text, HMM=False)
