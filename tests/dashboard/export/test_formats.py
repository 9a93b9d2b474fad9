"""What holds of every format: any rows give a file, and nothing is left behind."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.export.contents import Contents
from dashboard.export.formats import FORMATS
from dashboard.export.presets import PRESETS
from dashboard.options import Options

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]
HOSTILE: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "one": [{}],
    "thirty": [{"region": f"区{number}", "value": 10.0 ** (number % 10)} for number in range(30)],
    "long": [{"region": "题" * 500, "subject": "长" * 500, "sentence": "句" * 5000, "unit": "位" * 50}],
    "control": [
        {"subject": "控\x00制\x1b\ufffe", "region": "a\x01b", "sentence": "\x08", "raw": "\x0b", "unit": "\x02"}
    ],
    "emoji": [{"subject": "👨‍👩‍👧🙂", "region": "🏳️‍🌈"}],
    "formula": [{"subject": "=HYPERLINK(1)", "region": "=1+1", "unit": "+1", "raw": "@x", "value": -5.0}],
    "version 2": [{"status": "target", "relative_to": "=1+1", "section": "</script>\x00", "action": "@x"}],
    "markup": [{"subject": "</script><b>&amp;", "region": '"><svg onload=alert(1)>'}],
    "blank": [{"region": None, "province": None, "level": None, "subject": None, "unit": ""}],
}


@pytest.mark.once
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", HOSTILE)
def test_any_rows_give_a_file_and_leave_nothing_behind(
    name: str,
    case: str,
    make_contents: MakeContents,
    make_rows: MakeRows,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for form, scale in (("bar", "linear"), ("dot", "log")):
        contents = make_contents(make_rows(*HOSTILE[case]), options=Options(form=form, scale=scale))

        assert FORMATS[name].make(contents, PRESETS["text"], lambda step: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lang", "filters", "expected"),
    [
        ("zh", {"indicators": ("grids_total",)}, "网格数_浙江_仙林_v"),
        ("en", {"indicators": ("grids_total",)}, "Grids_Zhejiang_Xianlin_v"),
        ("zh", {"themes": ("grid",)}, "4_组对比_筛选_主题_网格治理_v"),
    ],
)
def test_the_name_tells_indicator_regions_and_version(
    lang: str, filters: dict[str, tuple[str, ...]], expected: str, make_contents: MakeContents
) -> None:
    contents = make_contents(lang=lang, **filters)

    assert contents.file_name == expected + contents.context.version


def test_a_hostile_title_makes_a_harmless_file_name(make_contents: MakeContents, make_rows: MakeRows) -> None:
    contents = make_contents(make_rows({"region": "../../etc\\x:*?" + "长" * 500}))

    assert not set(contents.file_name) & set('/\\:*?"<>|.')
    assert len(contents.file_name.encode()) < 255


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "2 个数字中的 2 个已有人对照原文核对。其中改正 1 个。"),
        ("en", "People have checked 2 of 2 figures against the text. Of these: 1 corrected."),
    ],
)
def test_what_people_said_of_the_figures_is_in_every_file(
    lang: str, said: str, make_contents: MakeContents, make_rows: MakeRows
) -> None:
    by_whom = {"reviewer": "甲", "reviewed_at": "2026-11-25T08:00:00+00:00"}
    rows = make_rows(
        by_whom | {"review": "corrected", "original": '{"value": 84000.0}', "reason": "看错"},
        by_whom | {"review": "accepted", "region": "山东", "province": "山东"},
    )
    contents = make_contents(rows, lang=lang)
    files = {name: kind.make(contents, PRESETS["text"], str) for name, kind in FORMATS.items() if name != "table"}

    assert said in contents.comparisons[0].chart.notes
    for name in ("shown", "csv", "json"):
        assert all(cell in files[name].decode("utf-8-sig") for cell in ("corrected", "甲", "看错")), name
    assert list(pd.read_parquet(io.BytesIO(files["parquet"]))["review"]) == ["corrected", "accepted"]
    assert "甲" in text_of(files["docx"], "word/document.xml")
    assert said in text_of(files["pptx"], "ppt/slides/slide1.xml")
    assert "看错" in text_of(files["xlsx"], "xl/sharedStrings.xml")
    assert said.split("。")[0].split(". ")[0] in files["html"].decode()


def text_of(data: bytes, part: str) -> str:
    """The text of one part of an Office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return re.sub("<[^>]+>", "", archive.read(part).decode())
