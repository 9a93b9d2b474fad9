"""The command `export`: what it writes, and what it says where it can't."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from dashboard.__main__ import main
from dashboard.export import picture
from dashboard.export.formats import FORMATS
from dashboard.store import STORE_VARIABLE

MakeRows = Callable[..., pd.DataFrame]
Run = Callable[..., int]


@pytest.fixture
def run(table_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder of its own, on the tests' table."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: main(["export", "--data", str(table_path), *arguments])


@pytest.mark.once
@pytest.mark.parametrize("suffix", sorted(kind.suffix for kind in FORMATS.values()))
def test_the_suffix_says_what_is_written(suffix: str, run: Run, tmp_path: Path) -> None:
    assert run("--indicator", "grids_total", "-o", f"grids{suffix}") == 0

    (file,) = tmp_path.iterdir()
    assert file.name == f"grids{suffix}"
    assert file.stat().st_size > 0
    # The process that draws ends with the command.
    assert picture.open_pool.cache_info().currsize == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--indicator", "grids_total"], {"浙江", "仙林"}),
        (["--indicator", "网格数", "--region", "浙江"], {"浙江"}),
        (["--indicator", "Grids", "--region", "Zhejiang"], {"浙江"}),
        (["--indicator", "GRIDS_TOTAL", "--region", "zj", "xianlin"], {"浙江", "仙林"}),
        (["--link", "http://localhost:8501/compare?lang=zh&i=grids_total&r=zj"], {"浙江"}),
        (["--link", "/compare?i=grids_total&r=zj", "--region", "仙林"], {"仙林"}),
        (["--search", "设立网格"], {"浙江"}),
    ],
)
def test_values_are_taken_as_data_labels_or_codes(
    arguments: list[str], expected: set[str], run: Run, tmp_path: Path
) -> None:
    assert run(*arguments, "-o", "rows.json") == 0

    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["data"]
    assert {row["region"] for row in rows} == expected


@pytest.mark.parametrize("status", ["target", "目标", "Target"])
def test_a_status_is_asked_for_by_its_code_or_label(status: str, make_rows: MakeRows, run: Run, tmp_path: Path) -> None:
    make_rows({"status": "actual"}, {"status": "target"}, {}).to_csv(tmp_path / "made.csv", index=False)

    assert run("--data", str(tmp_path / "made.csv"), "--status", status, "-o", "rows.json") == 0

    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["data"]
    assert [(row["id"], row["status"]) for row in rows] == [("1", "target")]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (["order.all"], "01"),
        (["安全与秩序"], "01"),
        (["Safety and order"], "01"),
        (["ORDER.ALL", "grid"], "012"),
        (["economy"], "3"),
        # The group's label; the theme of that code has another one.
        (["Economy"], "34"),
        (["finance"], "4"),
    ],
)
def test_a_group_of_themes_is_asked_for_as_one(
    asked: list[str], ids: str, make_rows: MakeRows, run: Run, tmp_path: Path
) -> None:
    themes = ({"theme": name, "indicator": None} for name in ("safety", "defence", "grid", "economy", "finance"))
    make_rows(*themes).to_csv(tmp_path / "made.csv", index=False)

    assert run("--data", str(tmp_path / "made.csv"), "--theme", *asked, "-o", "rows.json") == 0

    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["data"]
    assert "".join(row["id"] for row in rows) == ids


@pytest.mark.parametrize(
    ("asked", "ids"), [(["--reporter", "Zhejiang"], "01"), (["--reporter", "zj.cn"], "1"), (["--region", "全国"], "1")]
)
def test_a_reporter_is_asked_for_by_name_or_code(
    asked: list[str], ids: str, make_rows: MakeRows, run: Run, tmp_path: Path
) -> None:
    nation = {"region": "全国", "level": "country", "reporter": "浙江"}
    make_rows({"reporter": "浙江"}, nation, {"region": "山东"}).to_csv(tmp_path / "made.csv", index=False)

    assert run("--data", str(tmp_path / "made.csv"), *asked, "-o", "rows.json") == 0

    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["data"]
    assert "".join(row["id"] for row in rows) == ids


@pytest.mark.once
def test_a_picture_of_several_comparisons_is_a_file_for_each(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--theme", "grid", "--size", "slide", "--lang", "en", "-o", "grid.png") == 0

    written = capsys.readouterr().out.split()
    assert written == [f"grid-{number}.png" for number in range(1, len(written) + 1)]
    for name in written:
        with Image.open(tmp_path / name) as image:
            assert image.size == (4000, 2250)


def test_drawing_options_reach_the_picture(run: Run, tmp_path: Path) -> None:
    assert run("--indicator", "grids_total", "-o", "total.svg") == 0
    assert run("--indicator", "grids_total", "--per-capita", "-o", "head.svg") == 0
    assert run("--indicator", "grids_total", "--form", "dot", "--scale", "log", "-o", "dot.svg") == 0
    assert run("--indicator", "grids_total", "--highlight", "浙江", "-o", "high.svg") == 0

    pictures = [path.read_text(encoding="utf-8") for path in sorted(tmp_path.iterdir())]
    assert len(set(pictures)) == 4
    assert "每万" in (tmp_path / "head.svg").read_text(encoding="utf-8")


def test_a_picture_that_can_not_keep_the_shape_of_its_size_is_said(
    make_rows: MakeRows, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, picture = tmp_path / "rows.csv", tmp_path / "x.svg"
    make_rows(*({"region": f"区{number}", "value": 10.0 + number} for number in range(40))).to_csv(rows, index=False)
    for size in ("text", "slide"):
        assert main(["export", "--data", str(rows), "--size", size, "-o", str(picture)]) == 0
    said = capsys.readouterr().err

    assert said.count("higher than --size") == 1
    assert "--size slide" in said


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--indicator", "nonsense", "-o", "x.png"], "no indicators nonsense; it has"),
        (["--region", "火星", "-o", "x.png"], "no regions 火星"),
        (["--indicator", "grids_total", "--region", "深圳", "-o", "x.png"], "drop --region or --indicator"),
        (["--search", "没有这个词", "-o", "x.png"], "drop --search"),
        (["--link", "/compare?i=nowhere", "-o", "x.png"], "--link: the data does not have nowhere"),
        (["-o", "x.gif"], "x.gif has no suffix that is known"),
        (["--indicator", "grids_total", "-o", "no/such/folder/x.svg"], "x.svg can't be written"),
    ],
)
def test_what_can_not_be_done_is_said_and_nothing_is_written(
    arguments: list[str], complaint: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2

    assert complaint in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["nowhere", "file.txt", "sqlite:///nowhere.db", ""])
def test_a_place_that_is_named_must_hold_a_store(
    place: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.txt").write_text("a file and no folder", encoding="utf-8")

    assert run("--store", place, "-o", "rows.csv") == 2
    assert f"There is no store at {place}. Name the folder" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["file.txt"]


def test_the_place_that_nobody_named_may_hold_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "none"))

    assert run("-o", "rows.csv") == 0
    assert capsys.readouterr().err == ""


def test_data_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--data", str(tmp_path / "nowhere.csv"), "-o", str(tmp_path / "x.png")]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


@pytest.mark.once
def test_the_command_runs_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dashboard", "export", "--indicator", "grids_total", "-o", str(tmp_path / "x.pdf")]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True, env=os.environ, encoding="utf-8")

    assert done.stdout.strip() == str(tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
