"""Rows ↔ DataFrame ↔ CSV, Parquet and JSON lines; the column dictionary against the code."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from extract.pipeline import extract_statistics, extract_text
from extract.table.errors import InputError, OutputError, flag_meanings
from extract.table.frame import SUFFIXES, check_output, read_table, to_frame, write_table
from extract.table.record import COLUMN_NAMES, COLUMNS
from extract.table.shipped import shipped

# Every kind of cell: a range, a from-to pair, no unit, no period, no region, 0.1 that binary floats can't hold,
# a number of fifteen digits, quotation marks, commas and line ends inside cells.
TEXT = (
    "湖北省委组织部\n今年，全省社区“双报到”党员104万名，“红色物业”覆盖300至500户,占0.1%。\n"
    "去年以来，满意度从82.3%上升到87%，服务28万人口，投入资金123456789012345元。\n"
    "=1+1\n@提示，办结率近99.9%。\n"
)
REFERENCE = date(2022, 9, 30)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return extract_text(TEXT, "中文 文件,名", REFERENCE)


def test_columns_are_those_of_the_record_in_order(table: pd.DataFrame) -> None:
    assert tuple(table.columns) == COLUMN_NAMES


def test_cells_are_the_records_cells(table: pd.DataFrame) -> None:
    rows = extract_statistics(TEXT, "中文 文件,名", REFERENCE)

    assert [row.raw for row in rows] == table["raw"].tolist()
    assert [float(row.value) for row in rows] == table["value"].tolist()
    assert [row.period_start and row.period_start.isoformat() for row in rows] == [
        None if pd.isna(day) else day for day in table["period_start"]
    ]


def test_no_rows_give_the_header_alone() -> None:
    empty = to_frame(())

    assert tuple(empty.columns) == COLUMN_NAMES
    assert len(empty) == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_of_version_1_is_read_with_the_later_columns_null(
    suffix: str, table: pd.DataFrame, tmp_path: Path
) -> None:
    later = [column.name for column in COLUMNS if column.version > 1]
    older, file = table.drop(columns=later), tmp_path / f"table{suffix}"
    if suffix == ".parquet":
        older.to_parquet(file)
    elif suffix == ".jsonl":
        older.to_json(file, orient="records", lines=True)
    else:
        older.to_csv(file, index=False)

    back = read_table(file)

    assert tuple(back.columns) == COLUMN_NAMES
    assert back[later].isna().all(axis=None)
    pd.testing.assert_frame_equal(back.drop(columns=later), older)


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".CSV"])
class TestRoundTrip:
    def test_rows_come_back_equal(self, suffix: str, table: pd.DataFrame, tmp_path: Path) -> None:
        file = tmp_path / f"table{suffix}"
        write_table(table, file)

        pd.testing.assert_frame_equal(table, read_table(file))

    def test_no_rows_come_back_with_their_types(self, suffix: str, table: pd.DataFrame, tmp_path: Path) -> None:
        file = tmp_path / f"table{suffix}"
        write_table(to_frame(()), file)
        back = read_table(file)

        assert len(back) == 0
        assert table.dtypes.to_dict() == back.dtypes.to_dict()

    def test_writing_twice_gives_the_same_bytes(self, suffix: str, table: pd.DataFrame, tmp_path: Path) -> None:
        first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
        write_table(table, first)
        write_table(table, second)

        assert first.read_bytes() == second.read_bytes()

    def test_an_existing_file_is_replaced_and_nothing_else_left(
        self, suffix: str, table: pd.DataFrame, tmp_path: Path
    ) -> None:
        file = tmp_path / f"table{suffix}"
        file.write_text("old")
        write_table(table, file)

        assert [path.name for path in tmp_path.iterdir()] == [file.name]
        assert len(table) == len(read_table(file))


class TestCsv:
    def test_is_utf_8_with_line_feeds_and_no_mark(self, table: pd.DataFrame, tmp_path: Path) -> None:
        file = tmp_path / "table.csv"
        write_table(table, file)
        data = file.read_bytes()

        assert data.startswith(",".join(COLUMN_NAMES).encode() + b"\n")
        assert b"\r" not in data

    @pytest.mark.parametrize(
        ("value", "printed"),
        [
            (85000.0, "85000"),
            (0.1, "0.1"),
            (82.3, "82.3"),
            (1e15, "1000000000000000"),
            (1.27e12, "1270000000000"),
            (1e-7, "0.0000001"),
            (200 / 3, "66.66666666666667"),
            (-0.3, "-0.3"),
            (0.0, "0"),
        ],
    )
    def test_values_are_printed_exactly_and_without_exponent(
        self, value: float, printed: str, table: pd.DataFrame, tmp_path: Path
    ) -> None:
        file = tmp_path / "table.csv"
        write_table(table.head(1).assign(value=value), file)

        assert [printed] == pd.read_csv(file, dtype=str)["value"].tolist()
        assert [value] == read_table(file)["value"].tolist()

    def test_an_empty_unit_is_no_null(self, table: pd.DataFrame, tmp_path: Path) -> None:
        file = tmp_path / "table.csv"
        write_table(table, file)
        back = read_table(file).set_index("raw")

        assert back.loc["28万", "unit"] == ""
        assert pd.isna(back.loc["28万", "role"])

    def test_words_that_look_like_null_stay_words(self, table: pd.DataFrame, tmp_path: Path) -> None:
        file = tmp_path / "table.csv"
        write_table(table.head(1).assign(subject="NA", document="null"), file)

        assert read_table(file)[["subject", "document"]].iloc[0].tolist() == ["NA", "null"]

    def test_a_mark_from_a_spreadsheet_is_read(self, table: pd.DataFrame, tmp_path: Path) -> None:
        file = tmp_path / "table.csv"
        write_table(table, file)
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

        pd.testing.assert_frame_equal(table, read_table(file))


class TestRefusal:
    @pytest.mark.parametrize("name", ["table.xlsx", "table", "table.txt", "table.csv.gz"])
    def test_unknown_suffix(self, name: str, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match=rf"{re.escape(name)}: unknown suffix .*write to one of \.csv"):
            check_output(tmp_path / name)

    def test_missing_folder(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="there is no folder"):
            check_output(tmp_path / "missing" / "table.csv")

    def test_directory(self, tmp_path: Path) -> None:
        (tmp_path / "table.csv").mkdir()

        with pytest.raises(OutputError, match="is a directory"):
            check_output(tmp_path / "table.csv")

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_what_is_no_table_can_not_be_read(self, suffix: str, tmp_path: Path) -> None:
        file = tmp_path / f"table{suffix}"
        file.write_text("没有\n表", encoding="utf-8")

        with pytest.raises(InputError, match=rf"table\{suffix}: "):
            read_table(file)

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_a_missing_table_can_not_be_read(self, suffix: str, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=rf"table\{suffix}: "):
            read_table(tmp_path / f"table{suffix}")

    def test_missing_columns_are_named(self, table: pd.DataFrame, tmp_path: Path) -> None:
        file = tmp_path / "table.csv"
        table.drop(columns=["value", "unit"]).to_csv(file, index=False)

        with pytest.raises(InputError, match="lacks the columns value, unit"):
            read_table(file)

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_what_no_encoding_holds_is_refused_and_leaves_no_file(self, suffix: str, tmp_path: Path) -> None:
        file = tmp_path / f"table{suffix}"
        table = extract_text("建成站点300个\ud800。")

        with pytest.raises(OutputError, match=r"can't be encoded.*repair it"):
            write_table(table, file)

        assert list(tmp_path.iterdir()) == []


class TestDictionary:
    def dictionary(self, heading: str) -> list[list[str]]:
        """The cells of the table under a heading of data/README.md, header and rule left out."""
        readme = shipped("README.md").read_text(encoding="utf-8")
        section = readme.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
        lines = [line for line in section.splitlines() if line.startswith("| `")]
        return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines]

    def test_columns_are_those_of_the_code(self) -> None:
        expected = [[column.name, column.type, "yes" if column.nullable else "no"] for column in COLUMNS]

        assert expected == [row[:3] for row in self.dictionary("Columns of the tidy table")]

    def test_every_word_of_a_closed_vocabulary_is_named(self) -> None:
        meanings = {row[0]: row[3] for row in self.dictionary("Columns of the tidy table")}
        unnamed = {
            column.name: [word for word in column.values if not re.search(rf"\b{word}\b", meanings[column.name])]
            for column in COLUMNS
        }

        assert {name: words for name, words in unnamed.items() if words} == {}

    def test_flags_are_those_of_the_code(self) -> None:
        assert [[flag, meaning] for flag, meaning in flag_meanings().items()] == self.dictionary("Flags")
