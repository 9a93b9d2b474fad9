"""The sorted copy of a dataset: the same rows in another order, found by id and by word, never one of other rows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from extract.corpus import pairs, sorting
from extract.corpus.sorted_copy import FOLDER, ID_DIGITS, IDS, MANIFEST, PAIRS, REPORTS, ROWS, pairs_of, read_manifest
from extract.table.errors import OutputError
from extract.table.record import COLUMN_NAMES
from tests.extract.corpus.conftest import Run, rows_of


def place_of(output: Path) -> Path:
    manifest = read_manifest(output)
    assert manifest is not None
    return manifest.place


def copy_of(output: Path) -> pd.DataFrame:
    return pd.read_parquet(place_of(output) / ROWS)


def is_outdated(output: Path) -> bool:
    manifest = read_manifest(output)
    assert manifest is not None
    return manifest.is_outdated


def test_the_copy_holds_every_row_once_in_its_order(run: Run, output: Path) -> None:
    run()
    copied, rows = copy_of(output), rows_of(output)

    assert list(copied["position"]) == list(range(len(rows)))
    back = copied.sort_values(["document", "start", "end"], ignore_index=True)[list(COLUMN_NAMES)]
    pd.testing.assert_frame_equal(back, rows[list(COLUMN_NAMES)].assign(region=rows["region"].fillna("")))
    known = copied["indicator"].dropna()
    assert list(known) == sorted(known) == list(copied["indicator"][: len(known)])


def test_who_reads_the_folder_reads_no_row_twice(run: Run, output: Path) -> None:
    summary = run()

    assert len(pd.read_parquet(output)) == summary.rows == len(copy_of(output))


def test_the_manifest_counts_the_values(run: Run, output: Path) -> None:
    run()
    manifest, rows = read_manifest(output), rows_of(output)

    assert manifest is not None
    assert manifest.rows == len(rows)
    assert manifest.values["kind"] == rows["kind"].value_counts().to_dict()
    assert manifest.values["region"] == rows["region"].fillna("").value_counts().to_dict()
    assert sum(manifest.values["report"].values()) == len(rows)


def test_a_row_is_found_by_the_start_of_its_id(run: Run, output: Path) -> None:
    run()
    copied, index = copy_of(output), pd.read_parquet(place_of(output) / IDS)

    assert dict(zip(index["position"], index["prefix"], strict=True)) == dict(
        zip(copied["position"], copied["id"].str[:ID_DIGITS], strict=True)
    )
    assert index["prefix"].is_monotonic_increasing


@pytest.mark.parametrize("block_rows", [1 << 16, 3])
@pytest.mark.parametrize("word", ["网格", "社工", "党员", "没有"])
def test_the_pairs_of_characters_are_those_of_the_texts(
    word: str, block_rows: int, run: Run, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "BLOCK_ROWS", block_rows)
    run()
    copied = copy_of(output)
    texts = copied[["subject", "sentence", "period"]].fillna("").agg("\n".join, axis=1)
    (pair,) = pairs_of(word) or ()
    blocks = duckdb.execute(
        f"SELECT block, places FROM read_parquet('{place_of(output) / PAIRS}') WHERE pair = ?", [pair]
    ).fetchall()
    found = [
        block * block_rows + int.from_bytes(places[at : at + 2], "little")
        for block, places in blocks
        for at in range(0, len(places), 2)
    ]

    assert sorted(found) == list(copied["position"][texts.str.contains(word, regex=False)])


@pytest.mark.parametrize("word", ["GDP值", "8.5万", "水", "", "网 格", "x", "éé"])
def test_a_word_of_one_character_or_of_others_has_no_pairs(word: str) -> None:
    assert pairs_of(word) is None


def test_a_run_that_changes_nothing_makes_no_copy(run: Run, output: Path) -> None:
    run()
    before = {path: path.stat().st_mtime_ns for path in (output / FOLDER).rglob("*")}
    run()

    assert {path: path.stat().st_mtime_ns for path in (output / FOLDER).rglob("*")} == before


def test_a_changed_document_makes_another_copy(run: Run, folder: Path, output: Path) -> None:
    run()
    before = read_manifest(output)
    (folder / "华东/山东.txt").write_text("山东省政府工作报告\n全省设立网格13万个。\n", encoding="utf-8")
    run()
    after = read_manifest(output)

    assert before is not None
    assert after is not None
    assert before.checksum != after.checksum
    assert after.rows == len(rows_of(output)) == len(copy_of(output))


def test_the_copy_before_holds_until_the_next_does(
    run: Run, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is ended between the part and the copy leaves the one of the old rows, and says that it is old."""
    run()
    before, old_rows = copy_of(output), place_of(output)
    (folder / "新.txt").write_text("湖北省政府工作报告\n新建网格7个。\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("extract.corpus.run.sort_dataset", lambda *_: False)
        run()

    assert is_outdated(output)
    pd.testing.assert_frame_equal(copy_of(output), before)
    run()
    assert not is_outdated(output)
    assert len(copy_of(output)) == len(before) + 1
    assert not old_rows.exists()


def test_rows_that_are_as_they_were_need_no_other_copy(
    run: Run, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    made = (place_of(output) / ROWS).stat().st_mtime_ns
    text = (folder / "华东/山东.txt").read_bytes()
    (folder / "华东/山东.txt").write_text("山东省政府工作报告\n全省设立网格13万个。\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("extract.corpus.run.sort_dataset", lambda *_: False)
        run()
    (folder / "华东/山东.txt").write_bytes(text)
    run()

    assert not is_outdated(output)
    assert (place_of(output) / ROWS).stat().st_mtime_ns == made


def test_a_copy_of_which_a_file_is_gone_is_made_again(run: Run, output: Path) -> None:
    run()
    place = place_of(output)
    (place / IDS).unlink()
    run()

    assert sorted(path.name for path in place.iterdir()) == sorted([ROWS, REPORTS, IDS, PAIRS])


def test_a_copy_that_another_run_makes_is_left_alone(run: Run, output: Path) -> None:
    run()
    theirs = output / FOLDER / "0123456789abcdef"
    theirs.mkdir()
    (theirs / ROWS).write_bytes(b"half")
    (output / FOLDER / ROWS).write_bytes(b"as the copy lay before it had a folder")
    run()

    assert theirs.exists()
    assert not (output / FOLDER / ROWS).exists()


def test_what_another_run_changes_while_it_is_sorted_leaves_the_mark(
    run: Run, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    (folder / "新.txt").write_text("湖北省政府工作报告\n新建网格7个。\n", encoding="utf-8")
    index = sorting.index_words

    def change(*arguments: Any) -> None:
        index(*arguments)
        (folder / "又.txt").write_text("湖北省政府工作报告\n新建站点9个。\n", encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr("extract.corpus.run.sort_dataset", lambda *_: False)
            run()

    monkeypatch.setattr(sorting, "index_words", change)
    run()

    assert is_outdated(output)


def test_a_dataset_of_which_nothing_is_left_has_no_copy(run: Run, folder: Path, output: Path) -> None:
    run()
    shutil.rmtree(folder)
    folder.mkdir()
    run(prune=True)

    assert read_manifest(output) is None
    assert not (output / FOLDER).exists()


def test_a_copy_that_cannot_be_written_says_that_the_dataset_is_whole(
    run: Run, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise duckdb.IOException("No space left on device")

    monkeypatch.setattr(sorting, "index_words", fail)
    with pytest.raises(OutputError, match=r"No space left on device.*The dataset itself is whole"):
        run()

    assert len(rows_of(output)) > 0
    assert not (output / FOLDER / MANIFEST).exists()
    assert [path.name for path in output.iterdir() if path.name.startswith(f"{FOLDER}-")] == []


def test_the_documents_stand_with_their_dates(run: Run, output: Path) -> None:
    run()
    reports = pd.read_parquet(place_of(output) / REPORTS)

    assert set(reports["document"]) == set(rows_of(output)["document"])
    assert reports["rows"].sum() == len(rows_of(output))


def test_latin_words_are_indexed_case_aside(run: Run, folder: Path, output: Path) -> None:
    (folder / "gdp.txt").write_text("浙江省\n人均GDP达到8.5万元。Gdp增长5%。建设App3个。\n", encoding="utf-8")
    run()
    pairs_found = pd.read_parquet(place_of(output) / PAIRS)["pair"]

    assert pairs_of("GDP") == pairs_of("gdp")
    assert set(pairs_of("gdp") or ()) <= set(pairs_found)
    assert not set(pairs_of("xy") or ()) & set(pairs_found)
