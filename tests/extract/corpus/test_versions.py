"""Parts that hold version 1 of the table: read again by a run, else kept, sorted and shown with null columns."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from extract.corpus.run import sort_output
from extract.corpus.sorted_copy import FOLDER, ROWS, read_manifest
from extract.table.frame import SCHEMA
from tests.extract.corpus.conftest import LATER, Run, make_version_1, rows_of


@pytest.fixture
def parts(run: Run, folder: Path, output: Path) -> list[Path]:
    """A dataset of two parts of version 1, without a sorted copy."""
    away = shutil.move(folder / "华中", folder.with_name("away"))
    run()
    shutil.move(away, folder / "华中")
    run()
    shutil.rmtree(output / FOLDER)
    found = sorted(output.glob("*.parquet"))
    assert len(found) == 2
    for part in found:
        make_version_1(part)
    return found


def copy_of(output: Path) -> pd.DataFrame:
    manifest = read_manifest(output)
    assert manifest is not None
    return pd.read_parquet(manifest.place / ROWS)


def test_a_run_reads_the_documents_of_older_parts_again(parts: list[Path], run: Run, output: Path) -> None:
    summary = run()

    assert (summary.new, summary.changed) == (0, 4)
    assert all(pq.read_schema(part).remove_metadata() == SCHEMA for part in parts)
    assert set(rows_of(output)["status"]) == {"actual"}


def test_rows_of_documents_that_are_gone_stay_beside_new_ones(
    parts: list[Path], run: Run, folder: Path, output: Path
) -> None:
    (folder / "华东/浙江.txt").unlink()
    run()

    rows, copied = rows_of(output), copy_of(output)
    is_gone = rows["document"].str.contains("浙江")
    assert is_gone.any()
    assert rows.loc[is_gone, LATER].isna().all(axis=None)
    assert set(rows.loc[~is_gone, "status"]) == {"actual"}
    assert copied["status"].notna().sum() == (~is_gone).sum()


def test_older_documents_are_taken_out_of_an_older_part(
    parts: list[Path], run: Run, folder: Path, output: Path
) -> None:
    (folder / "华东/浙江.txt").unlink()
    run(prune=True)

    assert not rows_of(output)["document"].str.contains("浙江").any()


@pytest.mark.parametrize("count", [1, 2], ids=["both versions", "version 1 alone"])
def test_older_parts_can_be_sorted(count: int, parts: list[Path], run: Run, output: Path) -> None:
    run()
    shutil.rmtree(output / FOLDER)
    for part in parts[:count]:
        make_version_1(part)

    assert sort_output(str(output))

    copied = copy_of(output)
    older = sum(pq.read_metadata(part).num_rows for part in parts[:count])
    assert 0 < older <= len(copied) == len(rows_of(output))
    assert [str(copied[name].dtype) for name in LATER] == [str(copied["subject"].dtype)] * len(LATER)
    assert copied["status"].isna().sum() == older
    manifest = read_manifest(output)
    assert manifest is not None
    assert manifest.values["status"] == ({"actual": len(copied) - older} if count == 1 else {})
