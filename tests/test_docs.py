"""What the README says is what the program does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from extract import extract_text
from extract.table.evaluate import FIELDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> list[list[str]]:
    """The cells of the table between two comments of the README, the header first."""
    lines = README.split(f"<!-- {name} -->")[1].split(f"<!-- /{name} -->")[0].strip().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [rows[0], *rows[2:]]


def test_the_example_is_what_comes_out() -> None:
    text = "\n".join(line.strip() for line in README.split("<!-- example -->")[0].splitlines() if line[:4] == "    ")
    header, *rows = block("example")

    table = extract_text(text)[header]

    assert [["" if pd.isna(cell) else write(cell) for cell in row] for row in table.to_numpy()] == rows


def write(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def test_the_scores_are_the_measured_ones() -> None:
    measured = json.loads((ROOT / "data" / "evaluation.json").read_text(encoding="utf-8"))
    header, *rows = block("scores")
    names = [name.lower() for name in header[1:]]

    for row, table in zip(rows, ("eight_reports", "four_other_documents"), strict=True):
        assert row[1:] == [f"{measured[table][name]:.3f}" for name in names]
        assert f"({measured[table]['gold']} statistics)" in row[0]
    # Place and theme stand with what the numbers mean.
    assert set(names) == {"f1", *FIELDS} - {"region", "theme"}
    assert f"Of {measured['public_cases']['cases']} quantity cases" in README
    assert f"{100 * measured['public_cases']['share']:.1f} %" in README


@pytest.mark.parametrize("name", ["meaning", "labels"])
def test_the_scores_of_meaning_are_the_measured_ones(name: str) -> None:
    measured = json.loads((ROOT / "data" / "evaluation.json").read_text(encoding="utf-8"))
    header, *rows = block(name)

    for row, table in zip(rows, ("eight_reports_meaning", "four_other_documents_meaning"), strict=True):
        assert row[1:] == [f"{measured[table][name]:.3f}" if name in measured[table] else "" for name in header[1:]]
        assert f"({measured[table]['rows']} statistics)" in row[0]


@pytest.mark.once
def test_commands_of_the_readme_explain_themselves() -> None:
    for command in re.findall(r"\.venv/bin/python (-m \w+(?: evaluate)?)", README):
        run = subprocess.run(
            [sys.executable, *command.split(), "--help"], capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert run.returncode == 0
        assert "usage:" in run.stdout


def test_pictures_of_the_readme_are_there() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()
