"""What a run leaves behind: the new and the changed are read, the rest stays, and nothing is doubled or skipped."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import fsspec
import pandas as pd
import pytest

from extract import extract_text
from extract.corpus import run as corpus_run
from extract.corpus import work as corpus_work
from extract.corpus.engines import Here
from extract.corpus.listing import list_documents
from extract.corpus.parts import Record, read_dataset
from extract.language.rulebook import fingerprint
from extract.table.errors import InputError, OutputError
from tests.extract.corpus.conftest import TEXTS, Run, rows_of

ROOT = Path(__file__).resolve().parents[3]


def counts(summary: corpus_run.Summary) -> tuple[int, int, int, int]:
    return summary.documents, summary.new, summary.changed, summary.gone


def test_the_rows_are_those_of_each_document_by_itself(run: Run, output: Path) -> None:
    summary = run()
    expected = pd.concat([extract_text(TEXTS[name], name) for name in sorted(TEXTS) if name != "说明.html"])
    rows = rows_of(output)

    assert counts(summary) == (4, 4, 0, 0)
    assert summary.rows == len(rows) == 7
    texts = rows[rows["document"] != "说明.html"].reset_index(drop=True)
    assert texts["id"].tolist() == expected["id"].tolist()
    assert texts["raw"].tolist() == expected["raw"].tolist()
    assert rows[rows["document"] == "说明.html"]["raw"].tolist() == ["1800多个"]


def test_a_second_run_writes_nothing(run: Run, output: Path) -> None:
    run()
    before = {path: path.stat().st_mtime_ns for path in output.iterdir()}

    assert counts(run()) == (4, 0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in output.iterdir()} == before


def test_only_what_is_new_or_changed_is_read(run: Run, folder: Path, output: Path) -> None:
    run()
    (folder / "华中/湖北.md").write_text("湖北省政府工作报告\n组织105万名党员下沉4835个社区。\n", encoding="utf-8")
    (folder / "新.txt").write_text("山西省政府工作报告\n建成社区食堂300家。\n", encoding="utf-8")

    assert counts(run()) == (5, 1, 1, 0)
    rows = rows_of(output)
    assert rows[rows["document"] == "华中/湖北.md"]["value"].tolist() == [1050000.0, 4835.0]
    assert not rows["id"].duplicated().any()
    assert sorted(set(rows["document"])) == sorted([*TEXTS, "新.txt"])


def test_a_changed_sidecar_or_reference_date_is_a_change(run: Run, folder: Path, output: Path) -> None:
    run()
    (folder / "华东/浙江.toml").write_text("reference_date = 2026-01-20\n")
    assert counts(run()) == (4, 0, 1, 0)
    assert rows_of(output)["period_end"].dropna().tolist() == [date(2026, 1, 20)]

    assert counts(run(day=date(2025, 6, 30))) == (4, 0, 4, 0)
    assert rows_of(output)["period_end"].dropna().tolist() == [date(2025, 6, 30)]


def test_other_rules_read_everything_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    for module in (corpus_run, corpus_work):
        monkeypatch.setattr(module, "fingerprint", lambda: "00000000")

    assert counts(run()) == (4, 0, 4, 0)


def test_a_worker_with_other_rules_is_refused(run: Run, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_work, "fingerprint", lambda: "00000000")
    with pytest.raises(InputError, match=r"a worker has the rules 00000000, and this program .{8}; install"):
        run()
    assert list(output.iterdir()) == []


def test_documents_that_are_gone_stay_unless_pruned(run: Run, folder: Path, output: Path) -> None:
    run()
    (folder / "华东/浙江.txt").unlink()

    assert counts(run()) == (4, 0, 0, 1)
    assert counts(run(prune=True)) == (3, 0, 0, 1)
    assert "华东/浙江.txt" not in set(rows_of(output)["document"])
    shutil.rmtree(folder / "华东")
    assert counts(run(prune=True)) == (2, 0, 0, 1)


def test_of_equal_texts_one_holds_the_rows(run: Run, folder: Path, output: Path) -> None:
    """Bytes differ, the text does not; whichever was read first, the first by name holds the rows."""
    run()
    rows = len(rows_of(output))
    (folder / "一份.txt").write_bytes(TEXTS["华东/浙江.txt"].encode("gb18030"))
    summary = run()
    found = rows_of(output)

    assert (summary.copies, len(found)) == (1, rows)
    assert not found["id"].duplicated().any()
    assert "华东/浙江.txt" not in set(found["document"])
    assert {r.document: r.copy_of for r in records(output) if r.copy_of} == {"华东/浙江.txt": "一份.txt"}
    assert counts(run()) == (5, 0, 0, 0)

    (folder / "一份.txt").write_text("网格3万个。", encoding="utf-8")
    assert run().copies == 0
    assert set(rows_of(output)["document"]) == {*TEXTS, "一份.txt"}


def test_a_document_that_is_changed_and_unreadable_keeps_its_rows_and_is_named(
    run: Run, folder: Path, output: Path
) -> None:
    run()
    before = rows_of(output)
    (folder / "华东/浙江.txt").write_bytes(b"\x00\x01" * 50)
    summary = run()

    assert [failure.partition(": ")[2] for failure in summary.failures] == [
        "holds NUL bytes, so it is no plain text; save the document as UTF-8 text"
    ]
    pd.testing.assert_frame_equal(rows_of(output), before)
    (folder / "华东/浙江.txt").write_text(TEXTS["华东/浙江.txt"], encoding="utf-8")
    assert run().failures == []


def test_a_file_that_disappears_is_named_and_the_rest_is_done(folder: Path, output: Path) -> None:
    listing = list_documents([str(folder)])
    (folder / "说明.html").unlink()
    summary = corpus_run.run_corpus(listing, str(output), Here(), None, lambda *_: None)

    assert summary.failures == [
        f"{folder}/说明.html: can't be read (No such file or directory); run again once it is there"
    ]
    assert summary.documents == 3


def test_rows_of_a_parquet_file_are_documents(run: Run, tmp_path: Path, output: Path) -> None:
    path = tmp_path / "texts.parquet"
    texts = pd.DataFrame(
        {
            "document": ["乙", "甲", "坏"],
            "text": ["今年新增社工300名。", "设立网格8.5万个。", "今年新增社工5名。"],
            "reference_date": ["2026-01-20", None, "昨天"],
        }
    )
    texts.to_parquet(path, row_group_size=2)
    summary = run(path)

    assert summary.failures == [f"{path}, row 3: reference_date is '昨天'; write it as 2022-09-30"]
    rows = rows_of(output)
    assert rows[["document", "raw", "period_end"]].values.tolist() == [
        ["乙", "300名", date(2026, 1, 20)],
        ["甲", "8.5万个", None],
    ]
    texts.loc[1, "text"] = "设立网格9万个。"
    texts.to_parquet(path)
    assert counts(run(path)) == (2, 0, 1, 0)


def test_a_row_that_the_parquet_file_has_no_more_is_named_and_the_rest_is_done(output: Path, tmp_path: Path) -> None:
    path = tmp_path / "texts.parquet"
    pd.DataFrame({"text": ["设立网格8.5万个。", "设立网格9万个。"]}).to_parquet(path)
    listing = list_documents([str(path)])
    pd.DataFrame({"text": ["设立网格8.5万个。"]}).to_parquet(path)
    summary = corpus_run.run_corpus(listing, str(output), Here(), None, lambda *_: None)

    assert summary.failures == [f"{path}: has lost rows since it was listed; run again"]
    assert summary.documents == 1


def test_a_dataset_of_something_else_is_left_alone(run: Run, output: Path) -> None:
    output.mkdir()
    pd.DataFrame({"a": [1]}).to_parquet(output / "mine.parquet")
    with pytest.raises(InputError, match=r"mine\.parquet: is no part of a dataset of this program"):
        run()


def test_a_full_disk_is_one_error_and_what_was_there_stays(run: Run, small_disk: Path, folder: Path) -> None:
    out = small_disk / "out"
    done = corpus_run.run_corpus(list_documents([str(folder)]), str(out), Here(), None, lambda *_: None)
    before = rows_of(out)
    (small_disk / "ballast").write_bytes(b"\0" * (shutil.disk_usage(small_disk).free - 4096))
    (folder / "华东/浙江.txt").write_text("\n".join(f"第{n}街道建成网格{n}个。" for n in range(2000)), encoding="utf-8")

    with pytest.raises(OutputError, match="No space left on device"):
        corpus_run.run_corpus(list_documents([str(folder)]), str(out), Here(), None, lambda *_: None)
    assert done.documents == 4
    pd.testing.assert_frame_equal(rows_of(out), before)
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


@pytest.mark.once
def test_a_run_that_is_killed_leaves_a_valid_dataset_and_the_next_completes_it(
    tmp_path: Path, folder: Path, output: Path
) -> None:
    for number in range(40):
        text = "".join(f"第{line}街道设立网格{number * 1000 + line}个，选派社工{line}名。\n" for line in range(100))
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    whole = tmp_path / "whole"
    # The tasks of a real run are larger; here each kill shall find some parts done and others not.
    script = "from extract import cli; from extract.corpus import run; run.TASK_DOCUMENTS = 3; exit(cli.main())"
    command = [sys.executable, "-c", script, str(folder), "--jobs", "1", "-o"]
    subprocess.run([*command, f"{whole}/"], cwd=ROOT, stderr=subprocess.DEVNULL, check=True)
    for kill in range(3):
        with subprocess.Popen([*command, f"{output}/"], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and len(list(output.glob("*.parquet"))) < 4 * (kill + 1):
                # Asked again and again until so many parts are there: nothing tells when a file appears.
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
        rows = rows_of(output)
        assert len(rows) == sum(one.rows for one in records(output))
        assert not rows["id"].duplicated().any()

    subprocess.run([*command, f"{output}/"], cwd=ROOT, stderr=subprocess.DEVNULL, check=True)
    pd.testing.assert_frame_equal(rows_of(output), rows_of(whole))


def test_a_document_that_two_parts_hold_stands_once_after_the_next_run(run: Run, output: Path) -> None:
    """A worker that outlives its run may write a part when the next run has cut the documents another way."""
    run()
    before = rows_of(output)
    (part,) = output.glob("*.parquet")
    shutil.copy(part, output / "part-ffffffffffffffff.parquet")

    summary = run()

    assert (counts(summary), summary.rows) == ((4, 0, 0, 0), len(before))
    pd.testing.assert_frame_equal(rows_of(output), before)


def records(output: Path) -> list[Record]:
    fs, path = fsspec.url_to_fs(str(output))
    return [record for part in read_dataset(fs, path).values() for record in part]


def test_a_part_tells_its_documents(run: Run, output: Path) -> None:
    run()

    told = {one.document: (one.rows, one.title, one.rules) for one in records(output)}
    assert sorted(told) == sorted(TEXTS)
    assert {rules for _, _, rules in told.values()} == {fingerprint()}
    assert {name: count for name, (count, _, _) in told.items()} == rows_of(output).groupby("document").size().to_dict()
