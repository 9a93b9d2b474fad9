from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboard.__main__ import main
from dashboard.load import DATA_VARIABLE, LoadError, load_source, read_dataset, read_rows
from dashboard.wording import LANGUAGES, load_words
from extract.table.record import REVIEWED_NAMES

MakeRows = Callable[..., pd.DataFrame]


def test_csv_parquet_and_a_directory_give_the_same_rows(table_path: Path, tmp_path: Path) -> None:
    rows = read_rows(table_path)
    half = len(rows) // 2
    (tmp_path / "region=x").mkdir()
    rows[:half].to_parquet(tmp_path / "a.parquet")
    rows[half:].to_parquet(tmp_path / "region=x" / "b.parquet")
    (tmp_path / "_sorted").mkdir()
    rows.to_parquet(tmp_path / "_sorted" / "rows.parquet")

    pd.testing.assert_frame_equal(rows, read_rows(tmp_path))
    assert list(REVIEWED_NAMES) == list(rows.columns)


def test_a_table_without_rows_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(",".join(REVIEWED_NAMES) + "\n", encoding="utf-8")

    assert len(read_dataset(path)) == 0


def test_more_rows_than_memory_holds_are_refused_without_a_look_at_them(
    table_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_rows(table_path).to_parquet(tmp_path / "a.parquet")
    monkeypatch.setattr("dashboard.table_file.MOST_IN_MEMORY", 10)

    with pytest.raises(LoadError, match="unsorted"):
        read_rows(tmp_path)


def broken(folder: Path, case: str, rows: pd.DataFrame) -> Path:
    path = folder / "table.csv"
    if case == "missing":
        return folder / "nowhere.csv"
    if case == "empty directory":
        return folder
    if case == "suffix":
        path = folder / "table.docx"
        path.write_bytes(b"PK")
    elif case == "empty file":
        path.write_bytes(b"")
    elif case == "not text":
        path.write_bytes(b"\xff\xfe\x00\x01" * 10)
    elif case == "not parquet":
        path = folder / "table.parquet"
        path.write_bytes(b"PAR1 no")
    elif case == "columns":
        rows.drop(columns=["unit", "raw"]).to_csv(path, index=False)
    elif case == "no number":
        rows.assign(value="many").to_csv(path, index=False)
    elif case == "no end":
        rows.assign(value=float("inf")).to_csv(path, index=False)
    elif case == "twice":
        pd.concat([rows, rows]).to_csv(path, index=False)
    elif case == "no theme":
        rows.assign(theme=None).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("missing", "no data at"),
        ("empty directory", "*.parquet"),
        ("suffix", "no known format"),
        ("empty file", "cannot read"),
        ("not text", "cannot read"),
        ("not parquet", "cannot read"),
        ("columns", "lacks the columns unit, raw"),
        ("no number", "the column value has cells that are not valid (1)"),
        ("no end", "the column value has cells that are not valid (1)"),
        ("twice", "the column id has cells that are not valid (1)"),
        ("no theme", "the column theme has cells that are not valid (1)"),
    ],
)
def test_data_that_cannot_be_shown_gives_one_clear_line(
    case: str,
    said: str,
    tmp_path: Path,
    make_rows: MakeRows,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    monkeypatch.setenv(DATA_VARIABLE, "")
    path = broken(tmp_path, case, make_rows({}))

    assert main(["--data", str(path)]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert str(tmp_path) in line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_says_itself_in_both_languages(lang: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        read_rows(tmp_path / "nowhere.csv")

    assert "--data" in caught.value.say(load_words(lang))


def test_a_report_is_read_with_its_offsets(table_path: Path) -> None:
    rows = read_rows(table_path)
    text = load_source("urban-party-building-speeches")

    assert text is not None
    assert list(rows["raw"]) == [text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]


@pytest.mark.parametrize("document", ["nowhere", "../../README", "/etc/passwd", "", ".."])
def test_a_document_s_name_leads_nowhere_else(document: str) -> None:
    assert load_source(document) is None


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "70000"], ["--port", "x"], ["--no-such"]])
def test_wrong_arguments_end_with_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2


def test_a_port_in_use_gives_one_clear_line(
    table_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, "")
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert main(["--port", str(port), "--data", str(table_path)]) == 2

    assert f"port {port} is in use" in capsys.readouterr().err
