from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboard.__main__ import main
from dashboard.load import DATA_VARIABLE, LoadError, load_source, read_dataset, read_rows
from dashboard.wording import LANGUAGES, load_words
from extract.table.record import COLUMNS, REVIEWED_NAMES, UNREVIEWED

MakeRows = Callable[..., pd.DataFrame]
LATER = [column.name for column in COLUMNS if column.version > 1]


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


@pytest.mark.parametrize("is_reviewed", [False, True])
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_table_of_version_1_opens_with_the_later_columns_null(
    suffix: str, is_reviewed: bool, table_path: Path, tmp_path: Path
) -> None:
    older = pd.read_csv(table_path)
    assert not set(LATER) & set(older.columns), "this fixture stays at version 1, so that older tables are tried"
    older = older.assign(**UNREVIEWED | {"review": "accepted"}) if is_reviewed else older
    path = (tmp_path / "older").with_suffix(suffix)
    older.to_csv(path, index=False) if suffix == ".csv" else older.to_parquet(path, index=False)

    rows = read_rows(path)

    assert list(rows.columns) == list(REVIEWED_NAMES)
    assert rows[LATER].isna().all(axis=None)
    assert set(rows["review"]) == {"accepted" if is_reviewed else "unreviewed"}
    assert list(rows["value"]) == list(older["value"])


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_columns_of_version_2_are_read(suffix: str, make_rows: MakeRows, tmp_path: Path) -> None:
    cells = dict.fromkeys(LATER, "x") | {"status": "target", "of_row": "1"}
    rows, path = make_rows(cells, {"status": "actual"}), (tmp_path / "table").with_suffix(suffix)
    rows.to_csv(path, index=False) if suffix == ".csv" else rows.to_parquet(path, index=False)

    read = read_rows(path)

    assert read.loc[0, LATER].to_dict() == cells
    assert read.loc[1, LATER].dropna().to_dict() == {"status": "actual"}


def test_files_of_both_versions_are_one_table(table_path: Path, make_rows: MakeRows, tmp_path: Path) -> None:
    older = pd.read_csv(table_path)
    older.to_parquet(tmp_path / "a.parquet")
    make_rows({"status": "norm"}).to_parquet(tmp_path / "b.parquet")

    rows = read_rows(tmp_path)

    assert list(rows["status"].dropna()) == ["norm"]
    assert len(rows) == len(older) + 1


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
