"""The command ``evaluate``: answers beside a text, a document or a table, and what it says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.cli import DONE, NOTHING_WRITTEN, main
from tests.extract.test_cli import OUTPUTS, TEXT, complaints, write
from tests.make_documents import to_docx

GOLD = (
    '{"raw": "8.5万个", "start": 17, "end": 22, "value": 85000, "value_high": null, "unit": "个",'
    ' "qualifier": "exact", "kind": "count", "direction": null, "role": null, "region": "浙江",'
    ' "theme": "grid", "period": "今年", "subject": "网格", "optional": false}\n'
    '{"raw": "近四成", "start": 23, "end": 26, "value": 40, "value_high": null, "unit": "%",'
    ' "qualifier": "over", "kind": "share", "direction": null, "role": null, "region": "浙江",'
    ' "theme": "organisation", "period": "今年", "subject": "党员", "optional": false}\n'
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return write(tmp_path / "report.txt", TEXT.encode())


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", GOLD.encode())


def test_a_text(gold: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), str(report)]) == DONE
    error, figures = capsys.readouterr().out.splitlines()

    assert error == f"{report}: qualifier 23-26 '近四成': 'over' != 'nearly'"
    assert "gold=2  predicted=2  right=2  precision=1.0  recall=1.0  f1=1.0  qualifier=0.5" in figures


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_table_gives_the_same_figures(
    name: str, gold: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(report), "-o", str(tmp_path / name)])
    main(["evaluate", str(gold), str(report)])
    of_the_text = capsys.readouterr().out.splitlines()[-1]

    assert main(["evaluate", str(gold), str(tmp_path / name)]) == DONE
    assert capsys.readouterr().out.splitlines()[-1] == of_the_text


def test_several_are_pooled(gold: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), str(report), str(gold), str(report)]) == DONE
    assert "gold=4  predicted=4  right=4" in capsys.readouterr().out


def test_the_sidecar_counts(gold: Path, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(report.with_suffix(".toml"), b"reference_date = ")

    assert main(["evaluate", str(gold), str(report)]) == NOTHING_WRITTEN
    assert "report.toml" in complaints(capsys)[0]


def test_missing_answers_and_missing_files(
    gold: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing"

    assert main(["evaluate", str(missing), str(report)]) == NOTHING_WRITTEN
    assert main(["evaluate", str(gold), str(missing)]) == NOTHING_WRITTEN
    assert [line.startswith(f"extract: {missing}: ") for line in complaints(capsys)] == [True, True]


def test_an_odd_number_of_files(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["evaluate", str(gold)])

    assert exit_.value.code == NOTHING_WRITTEN
    assert "in pairs" in complaints(capsys)[-1]


def test_a_document_is_scored(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), str(write(tmp_path / "report.docx", to_docx(TEXT)))]) == DONE
    assert "gold=2  predicted=2  right=2" in capsys.readouterr().out


def test_a_table_is_scored_by_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a", "全省设立网格8.5万个。"), ("b", "建成车站36座。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    gold = tmp_path / "b.jsonl"
    gold.write_text('{"raw": "36座", "start": 4, "end": 7, "value": 36, "unit": "座"}', encoding="utf-8")
    table = tmp_path / "both.csv"
    main([str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-o", str(table)])

    assert main(["evaluate", str(gold), str(table)]) == 0
    assert "gold=1  predicted=1  right=1" in capsys.readouterr().out
