"""The composition: what a row says of its sentence and its identity, and what the dictionary costs."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from extract import extract_text
from extract.language.words import segmenter
from extract.pipeline import extract_statistics

REPORT = "浙江省委组织部\n今年，全省设立网格8.5万个，近四成是党员。"


def test_a_sentence_is_kept_whole() -> None:
    rows = extract_statistics("开头。全省设立网格8.5万个，配备社工3200名。结尾。", "text")

    assert {row.sentence for row in rows} == {"全省设立网格8.5万个，配备社工3200名。"}


def test_of_a_sentence_over_600_characters_the_clauses_around_the_mention_are_kept() -> None:
    clauses = [f"这是报告的前言部分第{'甲乙丙丁戊己庚辛壬癸'[number % 10]}段文字，" for number in range(80)]
    text = "".join([*clauses[:40], "全省设立网格8.5万个，", *clauses[40:]]) + "全文完。"
    (row,) = extract_statistics(text, "text")

    assert row.flags.split(";") == ["region_unknown", "sentence_cut"]
    assert len(row.sentence) <= 600
    assert row.sentence in text
    assert "全省设立网格8.5万个，" in row.sentence
    assert row.sentence.startswith("这是报告的前言部分")
    assert row.sentence.endswith("段文字，")


def test_a_sentence_of_600_characters_is_not_cut() -> None:
    text = "社" * 590 + "设立网格8.5万个。"
    (row,) = extract_statistics(text, "text")

    assert (len(text), row.sentence, "sentence_cut" in row.flags) == (600, text, False)


def test_without_a_comma_the_cut_still_holds_the_mention() -> None:
    (row,) = extract_statistics("社" * 3000 + "设立网格8.5万个" + "社" * 3000, "text")

    assert "8.5万个" in row.sentence
    assert len(row.sentence) <= 600


def test_the_same_sentence_twice_has_two_ids() -> None:
    first, second = extract_statistics("设立网格8.5万个。\n设立网格8.5万个。", "text")

    assert first.id != second.id


def test_another_text_has_other_ids() -> None:
    ids = [row.id for text in (REPORT, REPORT + "\n") for row in extract_statistics(text, "text")]

    assert len(set(ids)) == 4


@pytest.mark.once
def test_ids_are_the_same_in_every_process() -> None:
    program = (
        "import json, sys; from extract import extract_text; print(json.dumps(list(extract_text(sys.argv[1])['id'])))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, REPORT],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        )
        for seed in ("1", "2")
    ]

    assert [json.loads(run.stdout) for run in runs] == [extract_text(REPORT)["id"].tolist()] * 2


def test_an_empty_text_has_no_rows() -> None:
    assert [len(extract_text(text)) for text in ("", "\n", "没有数字。")] == [0, 0, 0]


def test_the_dictionary_is_loaded_once_and_only_for_a_number_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    segmenter.cache_clear()

    extract_text("没有统计数字的报告，第三产业，2022年。")
    assert segmenter.cache_info().currsize == 0
    extract_text(REPORT)
    extract_text(REPORT)
    assert segmenter.cache_info().misses == 1
    assert list(tmp_path.iterdir()) == []
