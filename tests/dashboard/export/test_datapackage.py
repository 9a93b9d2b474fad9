from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from dashboard.citation import Document
from dashboard.export.contents import Contents
from dashboard.export.datapackage import to_zip
from dashboard.export.formats import FORMATS
from dashboard.export.presets import PRESETS
from dashboard.options import Options
from extract.table.record import REVIEWED_NAMES

pytestmark = pytest.mark.once

MakeRows = Callable[..., pd.DataFrame]
MakeContents = Callable[..., Contents]


def read(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8-sig")


def faults_of(data: bytes, folder: Path) -> list[list[object]]:
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    return Package(str(folder / "datapackage.json")).validate().flatten(["type", "rowNumber", "fieldName", "note"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("measure", ["absolute", "per_head"])
def test_it_is_a_valid_data_package(lang: str, measure: str, make_contents: MakeContents, tmp_path: Path) -> None:
    contents = make_contents(lang=lang, options=Options(measure=measure))
    data = to_zip(contents)

    assert faults_of(data, tmp_path) == []
    statistics = pd.read_csv(io.StringIO(read(data, "statistics.csv")))
    assert list(statistics.columns) == list(REVIEWED_NAMES)
    assert list(statistics["value"]) == list(contents.rows["value"])


def test_the_readme_says_filters_version_and_how_to_cite(make_contents: MakeContents) -> None:
    contents = make_contents(themes=("grid",))
    readme = read(to_zip(contents), "README.md")

    assert contents.sentence in readme
    assert f"数据版本 {contents.context.version}" in readme
    assert "2026-11-23" in readme
    assert "《全国城市基层党建工作经验交流座谈会发言摘登(8篇)》" in readme


def test_a_region_that_did_not_report_has_no_value(make_contents: MakeContents) -> None:
    shown = pd.read_csv(io.StringIO(read(to_zip(make_contents(indicators=("grids_total",))), "comparisons.csv")))
    absent = shown[shown["地区"] == "北京"]

    assert absent["数值"].isna().all()
    assert list(absent["数值（写法）"]) == ["未报告"]


@pytest.mark.parametrize(
    "rows",
    [
        [{"subject": "=HYPERLINK(1)", "value": -5.0}, {"subject": "控制\x00\x1b🙂", "region": "北京"}],
        [{"region": "=cmd|' /C calc'!A0"}],
        [{"status": "target", "relative_to": "=1+1", "section": "@x", "action": "+1"}, {"status": "actual"}, {}],
        [{"region": f"区{number}", "value": 10.0**number} for number in range(30)],
        [{"role": "from", "kind": "share", "unit": "%"}, {"role": "to", "kind": "share", "unit": "%"}],
        [],
    ],
)
def test_any_rows_make_a_valid_package_that_runs_nothing(
    rows: list[dict[str, object]], make_contents: MakeContents, make_rows: MakeRows, tmp_path: Path
) -> None:
    contents = make_contents(make_rows(*rows))
    data = to_zip(contents)

    assert faults_of(data, tmp_path) == []
    cells = pd.read_csv(io.StringIO(read(data, "statistics.csv")), dtype=str)
    assert len(cells) == len(rows)
    texts = cells[["region", "subject", "raw", "relative_to", "section", "action"]].stack()
    assert not texts.str.match(r"\s*[=+@-]").any()


def test_it_is_the_same_to_the_byte(make_contents: MakeContents) -> None:
    assert to_zip(make_contents(themes=("grid",))) == to_zip(make_contents(themes=("grid",)))


@pytest.mark.parametrize(
    "hostile", ["[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))", "<javascript:alert(1)>"]
)
def test_no_text_of_a_document_is_a_link_in_the_readme(hostile: str, make_contents: MakeContents) -> None:
    contents = make_contents(indicators=("grids_total",))
    document = Document(titles={"zh": hostile, "en": hostile}, publishers={"zh": hostile}, address=hostile)
    documents = dict.fromkeys(contents.documents, document)
    readme = read(to_zip(replace(contents, documents=documents)), "README.md")

    assert "javascript:" in readme
    # Each bracket has an odd number of backslashes before it.
    assert re.findall(r"(?<!\\)(?:\\\\)*[\[\]<>].*javascript", readme) == []


@pytest.mark.parametrize("name", ["html", "docx", "pptx", "xlsx"])
def test_no_address_of_a_document_is_a_link_in_a_file(name: str, make_contents: MakeContents) -> None:
    contents = make_contents(indicators=("grids_total",))
    document = Document(titles={"zh": "x", "en": "x"}, address="javascript:alert(1)")
    data = FORMATS[name].make(
        replace(contents, documents=dict.fromkeys(contents.documents, document)), PRESETS["text"], lambda _: None
    )
    if name != "html":
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(part) for part in archive.namelist() if part.endswith(".rels"))

    assert re.findall(rb"""(?i)(?:href|target)=["']javascript""", data) == []
