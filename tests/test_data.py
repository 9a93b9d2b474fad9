"""The committed outputs are what the extractor makes, and the data package is valid."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from extract.table.errors import flag_meanings
from extract.table.frame import read_table
from extract.table.record import COLUMN_NAMES

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
GENERATED = ("statistics.csv", "statistics.parquet", "datapackage.json", "evaluation.json")


def test_outputs_are_what_the_extractor_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make data` on this tree changes no byte of what is committed."""
    spec = importlib.util.spec_from_file_location("build_data", ROOT / "tools" / "build_data.py")
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    for part in ("sources", "codebook"):
        (tmp_path / part).symlink_to(DATA / part)
    for name in ("README.md", "evaluation.json"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    monkeypatch.setattr(builder, "DATA", tmp_path)

    builder.main()

    for name in GENERATED:
        assert (DATA / name).read_bytes() == (tmp_path / name).read_bytes(), f"{name} is stale: run make data"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_data_package_is_valid() -> None:
    report = Package(str(DATA / "datapackage.json")).validate()

    assert report.flatten(["rowNumber", "fieldName", "type", "message"]) == []


def test_sidecar_checksums_hold() -> None:
    for text in (DATA / "sources").glob("*.txt"):
        stated = re.search(r'^sha256 = "(\w+)"$', text.with_suffix(".toml").read_text(encoding="utf-8"), re.M)
        assert stated is not None
        assert stated[1] == hashlib.sha256(text.read_bytes()).hexdigest()


def test_every_row_is_the_text_it_points_to() -> None:
    table = read_table(DATA / "statistics.csv")

    for row in table.itertuples():
        text = (DATA / "sources" / f"{row.document}.txt").read_text(encoding="utf-8-sig")
        assert row.raw == text[row.start : row.end]
        assert row.raw in row.sentence


def test_csv_and_parquet_hold_the_same_rows() -> None:
    pd.testing.assert_frame_equal(read_table(DATA / "statistics.csv"), read_table(DATA / "statistics.parquet"))


def test_dictionary_names_every_column_and_flag() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    columns, flags = text.split("## Flags")

    assert list(COLUMN_NAMES) == re.findall(r"^\| `(\w+)` \|", columns, re.M)[-len(COLUMN_NAMES) :]
    assert dict(flag_meanings()) == dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", flags, re.M))


def test_version_is_the_checksum_of_the_table() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))

    assert package["version"] == hashlib.sha256((DATA / "statistics.csv").read_bytes()).hexdigest()[:8]


def test_the_codebook_names_no_indicator_or_theme_by_its_id() -> None:
    """Definitions and notes are read by people: an id is known to nobody."""
    codebook = pd.read_csv(DATA / "codebook" / "indicators.csv", keep_default_na=False)
    texts = ("definition", "comparability_note", "definition_zh", "comparability_note_zh")
    found = [word for column in texts for text in codebook[column] for word in re.findall(r"[a-z0-9]+_\w+", text)]

    assert found == []


def test_a_denominator_has_its_source_in_both_languages() -> None:
    table = pd.read_csv(DATA / "reference" / "population.csv", keep_default_na=False)

    assert not (table["source"] == "").any()
    assert not table["source_zh"].str.contains("[a-z]{2}").any()
    assert table["source"].str.match("[A-Za-z]").all()
