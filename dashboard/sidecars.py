"""What is known beside a table: the denominators, and what the sidecars say of the shipped documents."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Final

from dashboard.citation import Document
from dashboard.mark import Population
from dashboard.wording import LANGUAGES
from dashboard.wording.codebook import by_language

# How much of an ISO date is known.
PRECISIONS: Final = {"year": 4, "month": 7}


def read_populations(path: Path) -> dict[str, Population]:
    """The denominators by region; without the table there are none."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["region"]: Population(
                region=row["region"],
                level=row["level"],
                residents=float(row["population"]),
                as_of=row["as_of"],
                sources={lang: by_language(row, "source").get(lang, row["source"]) for lang in LANGUAGES},
            )
            for row in csv.DictReader(file)
        }


def read_documents(folder: Path) -> dict[str, Document]:
    """What the sidecars say of their documents, by name."""
    return {path.stem: read_document(path) for path in sorted(folder.glob("*.toml"))}


def read_document(path: Path) -> Document:
    """One sidecar; a document without an English title keeps its own."""
    sidecar = tomllib.loads(path.read_text(encoding="utf-8"))
    title = str(sidecar.get("title", path.stem))
    publishers = {"zh": sidecar.get("publisher_zh"), "en": sidecar.get("publisher")}
    digits = PRECISIONS.get(str(sidecar.get("reference_date_precision", "day")))
    return Document(
        titles={"zh": title, "en": str(sidecar.get("title_en", title))},
        publishers={lang: str(name) for lang, name in publishers.items() if name},
        date=str(sidecar.get("reference_date", ""))[:digits],
        address=str(sidecar.get("url", "")),
    )
