"""The command line of a corpus run: what it takes, what it says, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.cli import main


def run_main(capsys: pytest.CaptureFixture[str], *arguments: Path | str) -> tuple[int, list[str]]:
    status = main([str(argument) for argument in arguments])
    return status, capsys.readouterr().err.splitlines()


def test_a_run_says_what_it_did(folder: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "照片.jpg").write_bytes(b"x")
    command = (folder, "-o", f"{output}/", "--jobs", "1")

    assert run_main(capsys, *command) == (
        0,
        [f"{output}/: 7 rows of 4 documents", "4 found; 4 new", "left out, no documents: 1 .jpg"],
    )
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "华东" / "浙江.txt").unlink()
    status, said = run_main(capsys, *command)
    assert (status, said[:2]) == (1, [f"{output}/: 7 rows of 4 documents", "4 found; 1 no longer found"])
    assert said[3:] == [
        f"extract: {folder}/坏.pdf: can't be opened as .pdf, it is damaged or cut off; fetch it again or save it anew"
    ]
    assert run_main(capsys, *command, "--prune")[1][:2] == [
        f"{output}/: 5 rows of 3 documents",
        "4 found; 1 no longer found",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--jobs", "0"), "'0' is no number of processes; write 1 or more"),
        (("--texts", "texts"), "--texts is for single documents"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    arguments: tuple[str, ...], said: str, folder: Path, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(folder), "-o", f"{output}/", *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_options_of_a_corpus_are_refused_for_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(folder / "说明.html"), "--prune"])
    assert "name a folder with -o OUT/" in capsys.readouterr().err


def test_a_folder_without_documents_is_an_error(
    tmp_path: Path, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "a.doc").write_text("x")

    assert run_main(capsys, empty, "-o", f"{output}/") == (
        2,
        [f"extract: {empty}: no document there; left out, no documents: 1 .doc"],
    )
    assert not output.exists()
