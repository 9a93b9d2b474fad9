"""What the app says of its own state when all is well, and when something is amiss."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import dashboard
from dashboard.export import picture
from dashboard.passage import Passage
from dashboard.selfcheck import (
    NOTE,
    RIGHT,
    WRONG,
    Check,
    check_font,
    check_offsets,
    check_package,
    check_pictures,
    check_system_fonts,
    check_table,
    find_texts,
    read_scores,
)
from dashboard.wording import LANGUAGES, load_words
from extract.table.shipped import shipped

MakeRows = Callable[..., pd.DataFrame]
FONT = Path(dashboard.__file__).with_name("static") / "governance-sans.ttf"


def test_pictures_are_tried_out() -> None:
    assert check_pictures() == Check(RIGHT, "about.check_pictures")


def test_why_no_picture_can_be_drawn_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "BLANK", "<svg")
    picture.try_out.cache_clear()
    try:
        assert check_pictures() == Check(
            WRONG, "about.check_pictures_missing", {"reason": "the document does not have a root node"}
        )
    finally:
        picture.try_out.cache_clear()


def test_the_bundled_font_has_the_letters_of_the_data(make_rows: MakeRows) -> None:
    check = check_font(FONT, find_texts(make_rows({"subject": "网格", "raw": "8.5万个", "sentence": "网格 8.5万个。"})))

    assert (check.state, check.fields) == (RIGHT, {"count": 10})


def test_letters_that_the_font_lacks_are_named() -> None:
    assert check_font(FONT, ["网\U0002a6d6"]).fields == {"count": 1, "letters": "\U0002a6d6"}


@pytest.mark.parametrize(
    "damage", [lambda font: font[: len(font) // 2], lambda font: b"no font", lambda font: flip(font)]
)
def cut(font: bytes) -> bytes:
    """The first half."""
    return font[: len(font) // 2]


def flip(font: bytes) -> bytes:
    """One bit of the outlines the other way."""
    middle = len(font) // 2
    return font[:middle] + bytes([font[middle] ^ 1]) + font[middle + 1 :]


@pytest.mark.parametrize("damage", [cut, flip, lambda font: b"no font"])
def test_a_damaged_font_is_found_out(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "font.ttf"
    path.write_bytes(damage(FONT.read_bytes()))

    assert check_font(path, ["网"]).key == "about.check_font_broken"
    assert check_font(tmp_path / "none.ttf", ["网"]).state == WRONG


def test_without_fontconfig_nothing_is_said_of_the_server_s_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert check_system_fonts() is None


@pytest.mark.parametrize(
    ("listed", "key"),
    [("Noto Sans CJK SC,思源黑体\n", "about.check_system_font"), ("", "about.check_system_font_none")],
)
def test_fontconfig_is_asked_for_chinese_fonts(
    listed: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "fc-list"
    program.write_text(f"#!/bin/sh\nprintf '{listed}'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    check = check_system_fonts()

    assert check is not None
    assert (check.state, check.key) == (NOTE, key)


def test_a_data_package_is_as_its_checksums_say(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id\n", encoding="utf-8")
    digest = hashlib.sha256(b"id\n").hexdigest()
    package = tmp_path / "datapackage.json"
    package.write_text(json.dumps({"resources": [{"path": "a.csv", "hash": f"sha256:{digest}"}]}), encoding="utf-8")

    assert check_package(package).fields == {"count": 1}

    (tmp_path / "a.csv").write_text("id\n1\n", encoding="utf-8")
    assert check_package(package).fields == {"files": "a.csv"}

    (tmp_path / "a.csv").unlink()
    assert check_package(package).fields == {"files": "a.csv"}


@pytest.mark.parametrize("text", [None, "{", "[]", '{"resources": [{}]}'])
def test_a_damaged_description_is_told(text: str | None, tmp_path: Path) -> None:
    package = tmp_path / "datapackage.json"
    if text is not None:
        package.write_text(text, encoding="utf-8")

    assert check_package(package).key == "about.check_package_missing"


def test_a_right_table_is_right(make_rows: MakeRows) -> None:
    rows = make_rows({}, {"region": "", "level": None, "period_start": "2021-01-01"})

    assert check_table(rows).fields == {"count": 2}
    assert check_table(rows.iloc[:0]).state == RIGHT


@pytest.mark.parametrize(
    ("difference", "column"),
    [
        ({"kind": "guess"}, "kind"),
        ({"value": "many"}, "value"),
        ({"period_end": "21.1.2021"}, "period_end"),
        ({"theme": None}, "theme"),
        ({"id": "same"}, "id"),
        ({"status": "hoped"}, "status"),
        ({"period_basis": "guessed"}, "period_basis"),
        ({"aggregation": "sum"}, "aggregation"),
    ],
)
def test_a_table_with_a_bad_cell_is_told(difference: dict[str, object], column: str, make_rows: MakeRows) -> None:
    check = check_table(make_rows(difference, {"id": "same"}))

    assert (check.state, check.fields) == (WRONG, {"columns": column})


def test_offsets_are_looked_up_where_the_text_is(make_rows: MakeRows) -> None:
    rows = make_rows({"start": 2}, {"start": 3}, {"start": 2, "report": 2})
    rows["end"] = rows["start"] + 5

    def keys(rows: pd.DataFrame) -> tuple[str, dict[str, object]]:
        check = check_offsets(rows, lambda report: Passage("共有8.5万个。") if report.number == 1 else None)
        return check.key.removeprefix("about.check_"), dict(check.fields)

    assert keys(rows.iloc[[0]]) == ("offsets", {"count": 1})
    assert keys(rows) == ("offsets_broken", {"wrong": 1, "count": 2})
    assert keys(rows.iloc[[0, 2]]) == ("offsets_part", {"count": 1, "rest": 1})
    assert keys(rows.iloc[[2]]) == ("offsets_none", {})
    assert keys(rows.iloc[:0]) == ("offsets_none", {})


def test_scores_are_those_of_the_shipped_file(tmp_path: Path) -> None:
    scores = read_scores(shipped("evaluation.json"))

    assert all(name in scores["eight_reports"] for name in ("precision", "recall", "f1"))
    assert read_scores(tmp_path / "none.json") == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_its_sentence(lang: str) -> None:
    code = Path(dashboard.__file__).with_name("selfcheck.py").read_text(encoding="utf-8")
    keys = [part.partition('"')[0] for part in code.split('"about.')[1:]]

    assert len(keys) > 10
    assert [key for key in keys if f"about.{key}" not in load_words(lang).texts] == []
