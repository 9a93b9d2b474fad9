"""
Write the committed outputs of ``data/`` anew from ``data/sources/``: table, data package, evaluation.

Deterministic to the byte. The scores of documents that are not part of the project are measured where ``$GOLD_DIR``
holds them and kept as they stand elsewhere.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import os
import re
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from dashboard.export.datapackage import describe_column
from extract.pipeline import extract_text
from extract.readers import read_source
from extract.table.evaluate import pool, read_day, read_gold, score
from extract.table.frame import write_table
from extract.table.meaning import pool_meaning, score_meaning
from extract.table.record import COLUMNS, Column

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = ROOT / "data"
OWN_GOLD: Final = ROOT / "tests" / "golden"
OTHERS: Final = ("lijiang", "chencang", "gansu2026", "hezuohua1955")
_MEDIA_TYPES: Final = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}


def main() -> int:
    """Write the four files; returns the exit status."""
    sources = sorted((DATA / "sources").glob("*.txt"))
    table = pd.concat([_table_of(path) for path in sources], ignore_index=True)
    for name in ("statistics.csv", "statistics.parquet"):
        write_table(table, DATA / name)
    _write_json(DATA / "evaluation.json", evaluate(sources))
    _write_json(DATA / "datapackage.json", describe(sources))
    print(f"data/: {len(table)} rows from {len(sources)} documents")
    return 0


def _table_of(path: Path, day: date | None = None) -> pd.DataFrame:
    source = read_source(str(path))
    return extract_text(source.text, source.name, source.reference_date or day, source.headings)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def evaluate(sources: list[Path]) -> dict[str, Any]:
    """The score tables by name; those of absent documents are taken over from the committed file."""
    committed = DATA / "evaluation.json"
    known: dict[str, Any] = json.loads(committed.read_text(encoding="utf-8")) if committed.exists() else {}
    gold = Path(os.environ.get("GOLD_DIR", ROOT.parent / "shared"))
    tables = {
        "eight_reports": _pool({OWN_GOLD / f"{path.stem}.jsonl": path for path in sources}),
        "eight_reports_meaning": _pool_meaning({OWN_GOLD / "meaning" / f"{path.stem}.jsonl": path for path in sources}),
    }
    if (gold / "gold").is_dir():
        folder = gold / "gold"
        tables["four_other_documents"] = _pool({folder / f"{n}.jsonl": folder / f"{n}.txt" for n in OTHERS})
        answers = folder / "meaning"
        tables["four_other_documents_meaning"] = _pool_meaning(
            {answers / f"{n}.jsonl": answers / f"{n}.txt" for n in OTHERS}
        )
    if (gold / "cases").is_dir():
        tables["public_cases"] = _judge_cases(gold)
    return {name: tables.get(name, known.get(name)) for name in dict.fromkeys((*tables, *known))}


def _pool_meaning(documents: dict[Path, Path]) -> dict[str, float]:
    return pool_meaning(
        score_meaning(read_gold(gold), _table_of(path, read_day(gold))) for gold, path in documents.items()
    ).figures()


def _pool(documents: dict[Path, Path]) -> dict[str, float]:
    return pool(score(read_gold(gold), _table_of(path)) for gold, path in documents.items()).figures()


def _judge_cases(gold: Path) -> dict[str, float]:
    """Whole cases right, by the judge that stands beside them."""
    spec = importlib.util.spec_from_file_location("cases", gold / "eval" / "cases.py")
    assert spec is not None
    assert spec.loader is not None
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    lines = [
        line
        for path in sorted((gold / "cases").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    cases = [case for line in lines if not judge.APART & set((case := json.loads(line))["tags"])]
    right = sum(judge.judge(case)[0] for case in cases)
    return {"cases": len(cases), "right": right, "share": round(right / len(cases), 4)}


def describe(sources: list[Path]) -> dict[str, Any]:
    """The Frictionless Data Package (version 2) of the table."""
    sidecars = [tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8")) for path in sources]
    digest = hashlib.sha256((DATA / "statistics.csv").read_bytes()).hexdigest()
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "governance-metrics",
        "title": "Statistics reported in Chinese governance reports",
        "version": digest[:8],
        "licenses": [{"name": "Apache-2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0"}],
        "sources": [{"title": sidecar["title"], "version": sidecar["sha256"]} for sidecar in sidecars],
        "resources": [_resource("statistics", "statistics.csv"), _resource("statistics-parquet", "statistics.parquet")],
    }


def _resource(name: str, path: str) -> dict[str, Any]:
    data = (DATA / path).read_bytes()
    suffix = Path(path).suffix
    resource = {
        "name": name,
        "type": "table",
        "path": path,
        "format": suffix[1:],
        "mediatype": _MEDIA_TYPES[suffix],
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": _fields(), "missingValues": [""], "primaryKey": ["id"]},
    }
    # frictionless reads no sizes of Parquet files and would call a stated one wrong.
    return resource | ({"encoding": "utf-8", "bytes": len(data)} if suffix == ".csv" else {})


def _fields() -> list[dict[str, Any]]:
    meanings = column_meanings()
    categories = {"theme": _labels("themes.csv", "theme"), "indicator": _labels("indicators.csv", "indicator")}
    return [_field(column, meanings[column.name], categories.get(column.name)) for column in COLUMNS]


def _field(column: Column, meaning: str, categories: list[dict[str, str]] | None) -> dict[str, Any]:
    return describe_column(column, meaning) | ({"categories": categories} if categories is not None else {})


def _labels(name: str, key: str) -> list[dict[str, str]]:
    with (DATA / "codebook" / name).open(encoding="utf-8-sig", newline="") as file:
        return [{"value": row[key], "label": row["label_zh"]} for row in csv.DictReader(file)]


def column_meanings() -> dict[str, str]:
    """Column → meaning, from the column dictionary in ``data/README.md``."""
    rows = re.findall(
        r"^\| `(\w+)` \| \w+ \| (?:yes|no) \| (.+) \|$", (DATA / "README.md").read_text(encoding="utf-8"), re.M
    )
    return dict(rows)


if __name__ == "__main__":
    sys.exit(main())
