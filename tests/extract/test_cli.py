"""The command line: what it writes, what it says, and the exit status."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from extract.cli import DONE, NOTHING_WRITTEN, SOME_FAILED, main
from extract.pipeline import extract_text
from extract.table.frame import read_table
from extract.table.record import COLUMN_NAMES
from tests.make_documents import FORMATS, to_docx, to_pdf

TEXT = "浙江省委组织部\n今年，全省设立网格8.5万个，近四成是党员。\n"
HEADER = ",".join(COLUMN_NAMES)
OUTPUTS = ("table.csv", "table.parquet", "table.jsonl")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return write(tmp_path / "report.txt", TEXT.encode())


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def complaints(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.splitlines()


class TestDone:
    @pytest.mark.parametrize("name", OUTPUTS)
    def test_a_report_becomes_a_table(self, name: str, report: Path, tmp_path: Path) -> None:
        output = tmp_path / name

        assert main([str(report), "-o", str(output)]) == DONE
        pd.testing.assert_frame_equal(extract_text(TEXT, "report"), read_table(output))

    def test_the_number_of_rows_is_said(self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main([str(report), "-o", str(tmp_path / "table.csv")])

        assert complaints(capsys) == [f"{tmp_path / 'table.csv'}: 2 rows"]

    def test_without_an_output_csv_goes_to_standard_output(
        self, report: Path, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        assert main([str(report)]) == DONE
        lines = capsysbinary.readouterr().out.decode("utf-8").splitlines()

        assert lines[0] == HEADER
        assert len(lines) == 3

    def test_several_reports_stand_in_one_table_in_order(self, report: Path, tmp_path: Path) -> None:
        other = write(tmp_path / "a.txt", "成都市委组织部\n解决难题2.1万个。".encode("gb18030"))
        output = tmp_path / "table.csv"

        assert main([str(report), str(other), "-o", str(output)]) == DONE
        assert read_table(output)["document"].tolist() == ["report", "report", "a"]

    @pytest.mark.parametrize("name", OUTPUTS)
    @pytest.mark.parametrize("content", ["", "没有统计数字的报告。\n"], ids=["empty", "without statistics"])
    def test_no_statistics_give_the_header_and_no_rows(self, content: str, name: str, tmp_path: Path) -> None:
        empty, output = write(tmp_path / "empty.txt", content.encode()), tmp_path / name

        assert main([str(empty), "-o", str(output)]) == DONE
        assert output.exists()
        assert len(read_table(output)) == 0

    def test_an_empty_csv_is_its_header(self, tmp_path: Path) -> None:
        main([str(write(tmp_path / "empty.txt", b"")), "-o", str(tmp_path / "table.csv")])

        assert (tmp_path / "table.csv").read_text(encoding="utf-8") == HEADER + "\n"

    @pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"], ids=["no bytes", "nothing but a BOM"])
    def test_that_a_file_is_empty_is_said_in_a_line(
        self, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        empty = write(tmp_path / "empty.txt", content)

        assert main([str(empty)]) == DONE
        said = capsys.readouterr()
        assert said.err == f"extract: {empty}: the file is empty, so it gives no rows\n"
        assert said.out.splitlines() == [HEADER]

    @pytest.mark.parametrize(
        "data",
        [b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode("gb18030")],
        ids=["BOM", "GB18030"],
    )
    def test_offsets_are_of_the_decoded_text(self, data: bytes, tmp_path: Path) -> None:
        output = tmp_path / "table.csv"

        assert main([str(write(tmp_path / "a.txt", data)), "-o", str(output)]) == DONE
        assert [TEXT[a:b] for a, b in read_table(output)[["start", "end"]].to_numpy()] == ["8.5万个", "近四成"]

    def test_line_ends_are_kept_and_counted(self, tmp_path: Path) -> None:
        text, output = TEXT.replace("\n", "\r\n"), tmp_path / "table.csv"

        assert main([str(write(tmp_path / "a.txt", text.encode())), "-o", str(output)]) == DONE
        assert [text[a:b] for a, b in read_table(output)[["start", "end"]].to_numpy()] == ["8.5万个", "近四成"]

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

        assert main(["-", "-o", str(tmp_path / "table.csv")]) == DONE
        assert read_table(tmp_path / "table.csv")["document"].unique().tolist() == ["stdin"]


class TestFormats:
    @pytest.mark.parametrize("name", FORMATS)
    def test_a_report_in_any_format_becomes_the_same_table(self, name: str, tmp_path: Path) -> None:
        report, output = write(tmp_path / name, FORMATS[name](TEXT)), tmp_path / "table.csv"

        assert main([str(report), "-o", str(output)]) == DONE
        found = read_table(output)[["document", "region", "raw"]].to_numpy().tolist()
        assert found == [[Path(name).stem, "浙江", "8.5万个"], [Path(name).stem, "浙江", "近四成"]]

    def test_the_sidecar_stands_beside_any_format(self, tmp_path: Path) -> None:
        write(tmp_path / "report.toml", b"reference_date = 2022-09-30\n")
        report, output = write(tmp_path / "report.docx", to_docx(TEXT)), tmp_path / "table.csv"
        main([str(report), "-o", str(output)])

        assert read_table(output)["period_end"].dropna().unique().tolist() == ["2022-09-30"]

    def test_a_document_on_standard_input_is_refused_with_what_it_is(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(to_docx(TEXT))))

        assert main(["-"]) == NOTHING_WRITTEN
        assert complaints(capsys) == [
            "extract: standard input: is a Word document; save it under a name that ends in .docx"
        ]


class TestTexts:
    def test_the_text_of_the_offsets_and_its_places_are_written(self, tmp_path: Path) -> None:
        report, folder = write(tmp_path / "report.pdf", to_pdf(TEXT)), tmp_path / "texts"
        output = tmp_path / "table.csv"

        assert main([str(report), "-o", str(output), "--texts", str(folder)]) == DONE
        text = (folder / "report.txt").read_bytes().decode("utf-8")
        rows = read_table(output)
        assert rows["raw"].tolist() == [text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)]
        places = pd.read_csv(folder / "report.places.csv")
        assert places.columns.tolist() == ["start", "end", "page", "paragraph", "table", "row", "is_heading"]
        assert places[["page", "paragraph", "is_heading"]].to_numpy().tolist() == [[1, n, 0] for n in (1, 2, 3)]
        assert sorted(path.name for path in folder.iterdir()) == ["report.places.csv", "report.txt"]

    def test_line_ends_of_a_text_stay_as_they_are(self, tmp_path: Path) -> None:
        text = TEXT.replace("\n", "\r\n")
        report = write(tmp_path / "a.txt", text.encode("gb18030"))
        main([str(report), "-o", str(tmp_path / "table.csv"), "--texts", str(tmp_path / "texts")])

        assert (tmp_path / "texts" / "a.txt").read_bytes() == text.encode()

    def test_of_two_of_one_name_the_second_is_refused(
        self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other, output = write(tmp_path / "report.md", b"# 5"), tmp_path / "table.csv"

        assert main([str(report), str(other), "-o", str(output), "--texts", str(tmp_path / "texts")]) == SOME_FAILED
        assert complaints(capsys)[0] == (
            f"extract: {other}: another document is called report too; rename one, to keep both texts"
        )

    def test_a_folder_that_can_not_be_made_is_one_line_and_nothing_is_written(
        self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = report / "texts"

        assert main([str(report), "-o", str(tmp_path / "table.csv"), "--texts", str(folder)]) == NOTHING_WRITTEN
        (line,) = complaints(capsys)
        assert line.startswith(f"extract: {folder}: can't be written")
        assert list(tmp_path.iterdir()) == [report]


class TestReferenceDate:
    def days(self, *arguments: str, output: Path) -> list[str]:
        assert main([*arguments, "-o", str(output)]) == DONE
        return read_table(output)["period_end"].dropna().unique().tolist()

    def test_of_the_sidecar(self, report: Path, tmp_path: Path) -> None:
        write(tmp_path / "report.toml", b"reference_date = 2022-09-30\n")

        assert self.days(str(report), output=tmp_path / "table.csv") == ["2022-09-30"]

    def test_of_the_command_line_comes_first(self, report: Path, tmp_path: Path) -> None:
        write(tmp_path / "report.toml", b"reference_date = 2022-09-30\n")

        assert self.days(str(report), "--reference-date", "2021-06-30", output=tmp_path / "table.csv") == ["2021-06-30"]

    def test_of_the_document_itself(self, tmp_path: Path) -> None:
        report = write(tmp_path / "a.txt", f"工作报告\n（2023年3月5日）\n{TEXT}".encode())

        assert self.days(str(report), output=tmp_path / "table.csv") == ["2023-03-05"]

    def test_nowhere(self, report: Path, tmp_path: Path) -> None:
        assert self.days(str(report), output=tmp_path / "table.csv") == []
        assert "reference_date_unknown" in read_table(tmp_path / "table.csv")["flags"].iloc[0]

    def test_that_is_none_is_refused(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as exit_:
            main([str(report), "--reference-date", "30.9.2022"])

        assert exit_.value.code == NOTHING_WRITTEN
        assert "write it as 2022-09-30" in complaints(capsys)[-1]


BAD_INPUTS = {
    "missing": (None, "check the name"),
    "binary": (random.Random(0).randbytes(4000), "save"),
    "undecodable": (b"\xff\xff\xff" + TEXT.encode("gb18030"), "save the document as UTF-8"),
    "nul": (TEXT.encode() + b"\x00", "save the document as UTF-8"),
    "utf-16": (TEXT.encode("utf-16") + b"\x00", "restore the file"),
}


class TestBadInput:
    @pytest.mark.parametrize("name", BAD_INPUTS)
    def test_alone_nothing_is_written(self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        data, remedy = BAD_INPUTS[name]
        file = tmp_path / f"{name}.txt"
        if data is not None:
            write(file, data)
        before = sorted(tmp_path.iterdir())

        assert main([str(file), "-o", str(tmp_path / "table.csv")]) == NOTHING_WRITTEN
        (line,) = complaints(capsys)
        assert line.startswith(f"extract: {file}: ")
        assert remedy in line
        assert sorted(tmp_path.iterdir()) == before

    @pytest.mark.parametrize("name", BAD_INPUTS)
    def test_in_a_batch_the_others_are_written(
        self, name: str, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        data, _ = BAD_INPUTS[name]
        file, output = tmp_path / f"{name}.txt", tmp_path / "table.csv"
        if data is not None:
            write(file, data)

        assert main([str(file), str(report), "-o", str(output)]) == SOME_FAILED
        assert read_table(output)["document"].unique().tolist() == ["report"]
        assert [line for line in complaints(capsys) if str(file) in line and line.startswith("extract: ")] != []

    def test_a_directory_with_an_output_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([str(tmp_path), "-o", str(tmp_path / "table.csv")]) == NOTHING_WRITTEN
        (line,) = complaints(capsys)

        assert line.startswith(f"extract: {tmp_path}: is a directory")
        assert list(tmp_path.iterdir()) == []

    def test_every_bad_file_gets_its_line(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        missing = [str(tmp_path / name) for name in ("a.txt", "b.txt")]

        assert main([*missing, "-o", str(tmp_path / "table.csv")]) == NOTHING_WRITTEN
        assert [line.split(": ")[1] for line in complaints(capsys)] == missing

    def test_no_file_at_all(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as exit_:
            main([])

        assert exit_.value.code == NOTHING_WRITTEN


class TestBadOutput:
    def refuse(self, report: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> str:
        before = sorted(report.parent.rglob("*"))

        assert main([str(report), "-o", str(output)]) == NOTHING_WRITTEN
        (line,) = complaints(capsys)
        assert line.startswith(f"extract: {output}: ")
        assert sorted(report.parent.rglob("*")) == before
        return line

    def test_unknown_suffix(self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "write to one of .csv, .parquet, .jsonl" in self.refuse(report, tmp_path / "table.xlsx", capsys)

    def test_missing_folder(self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "make it first" in self.refuse(report, tmp_path / "missing" / "table.csv", capsys)

    def test_directory(self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "is a directory" in self.refuse(report, tmp_path, capsys)

    def test_directory_with_the_name_of_a_table(
        self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "table.csv").mkdir()

        assert "is a directory" in self.refuse(report, tmp_path / "table.csv", capsys)

    def test_folder_that_is_a_file(self, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "folder" in self.refuse(report, report / "table.csv", capsys)

    def test_name_that_is_too_long(self, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "can't be written" in self.refuse(report, tmp_path / ("长" * 100 + ".csv"), capsys)


class TestHelp:
    @pytest.mark.parametrize("arguments", [["--help"], ["evaluate", "--help"]])
    def test_names_what_there_is_and_nothing_of_a_later_issue(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        text = capsys.readouterr().out.lower()

        assert exit_.value.code == DONE
        assert "file" in text
        later = ("corrections", "export", "bench")
        assert [word for word in later if word in text] == []


class TestAsACommand:
    def run(self, *arguments: str, data: bytes = b"", folder: Path) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-W", "error", "-m", "extract", *arguments]
        return subprocess.run(command, input=data, cwd=folder, capture_output=True, check=False)

    def test_standard_input_to_standard_output(self, tmp_path: Path) -> None:
        done = self.run("-", data=TEXT.encode("gb18030"), folder=tmp_path)

        assert (done.returncode, done.stderr) == (DONE, b"")
        assert done.stdout.decode("utf-8").splitlines()[0] == HEADER
        assert done.stdout.count(b"\n") == 3

    @pytest.mark.once
    def test_exit_statuses_reach_the_shell(self, report: Path, tmp_path: Path) -> None:
        some = self.run("report.txt", "missing.txt", "-o", "table.csv", folder=tmp_path)
        none = self.run("missing.txt", "-o", "other.csv", folder=tmp_path)

        assert (some.returncode, none.returncode) == (SOME_FAILED, NOTHING_WRITTEN)
        assert none.stderr.decode().splitlines() == [
            "extract: missing.txt: can't be read (No such file or directory); check the name and the permissions"
        ]
        assert not (tmp_path / "other.csv").exists()

    @pytest.mark.once
    def test_output_does_not_depend_on_the_locale(self, report: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "extract", str(report)]
        plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
        done = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, check=False)

        assert done.returncode == DONE
        assert "近四成" in done.stdout.decode("utf-8")

    @pytest.mark.once
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
    def test_standard_output_that_is_full_is_one_line(self, report: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "extract", str(report)]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)

        assert done.returncode == NOTHING_WRITTEN
        assert [line.startswith("extract: standard output: ") for line in done.stderr.decode().splitlines()] == [True]

    @pytest.mark.once
    def test_a_reader_that_has_seen_enough_is_no_error(self, tmp_path: Path) -> None:
        long = write(tmp_path / "long.txt", (TEXT * 500).encode())
        with subprocess.Popen(
            [sys.executable, "-m", "extract", str(long)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            first = process.stdout.readline()
            process.stdout.close()

            assert first.decode() == HEADER + "\n"
            assert process.stderr.read() == b""


class TestSeveralDocuments:
    def test_the_same_text_twice_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Equal texts would give equal ids."""
        first, second = tmp_path / "a.txt", tmp_path / "b.txt"
        for file in (first, second):
            file.write_text("全省设立网格8.5万个。", encoding="utf-8")

        status = main([str(first), str(second), "-o", str(tmp_path / "out.csv")])

        assert status == 1
        assert capsys.readouterr().err.splitlines()[0] == (
            f"extract: {second}: the same text as {first}; leave one of them out"
        )
