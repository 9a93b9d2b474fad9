"""Sentences and what a careful reader writes down: the runner of every case file that has ``[[case]]`` with a text."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract import find_mentions
from extract.pipeline import extract_statistics

FOLDER = Path(__file__).parent / "cases"
MENTIONS = ("numbers", "ranges", "qualifiers", "units", "quantities")
ROWS = (
    *("kinds", "blanks", "subjects", "when", "statuses", "relations", "owners", "faults-time", "topics", "flags"),
    *("sentences-wild", "sentences-negative"),
)
ORIGINS = ("wild", "made")


def load(names: tuple[str, ...]) -> list[Any]:
    """The cases of some files; a file's own ``origin`` holds for those that name none."""
    params = []
    for name in names:
        file = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        defaults = {key: value for key, value in file.items() if key != "case"}
        for case in file["case"]:
            marks = [pytest.mark.xfail(reason=case["known_failure"])] if "known_failure" in case else []
            params.append(pytest.param(defaults | case, id=f"{name}: {case['label']}", marks=marks))
    return params


def named(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was found, each cut down to the columns that its expectation names."""
    wanted = [set(row) for row in expected] + [{"raw"}] * len(found)
    return [{name: row[name] for name in row if name in names} for row, names in zip(found, wanted, strict=False)]


def exact(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


@pytest.mark.parametrize("case", load(MENTIONS))
def test_quantities_of_a_sentence(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        {
            "raw": text[mention.start : mention.end],
            "value": exact(mention.value),
            "high": exact(mention.value_high),
            "unit": mention.unit,
            "qualifier": mention.qualifier,
            "vague": mention.is_vague,
        }
        for mention in find_mentions(text)
    ]

    assert case["origin"] in ORIGINS
    assert case["mentions"] == named(case["mentions"], found)


@pytest.mark.parametrize("case", load(ROWS))
def test_statistics_of_a_sentence(case: dict[str, Any]) -> None:
    reference = date.fromisoformat(case["reference"]) if "reference" in case else None
    rows = extract_statistics(case["text"], "case", reference)
    raws = {row.id: row.raw for row in rows}
    found = [
        {
            **{name: cell or "" for name, cell in row._asdict().items()},
            "value": exact(row.value),
            "high": exact(row.value_high),
            "days": [day.isoformat() for day in (row.period_start, row.period_end) if day],
            "flags": row.flags.split(";") if row.flags else [],
            "of": raws[row.of_row] if row.of_row else "",
        }
        for row in rows
    ]

    assert case["origin"] in ORIGINS
    assert case["rows"] == named(case["rows"], found)
