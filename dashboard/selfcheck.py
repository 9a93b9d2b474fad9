"""What the app can find out about its own state: each check says what it found, and what to do where that is amiss."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd
from fontTools.ttLib import TTFont, TTLibError

from dashboard.export.picture import find_fault
from dashboard.link import ReportKey
from dashboard.passage import Passage
from extract.table.record import COLUMN_NAMES, COLUMNS

RIGHT, WRONG, NOTE = "right", "wrong", "note"
# Columns in which letters of the reports stand.
TEXT_COLUMNS: Final = ("region", "subject", "unit", "period", "raw", "sentence")
# Of a large table so many rows, evenly spread, are looked up in their texts.
MOST_LOOKED_UP: Final = 5000
MOST_NAMED: Final = 12
FONT_LIST: Final = ("fc-list", ":lang=zh-cn", "family")
TIMEOUT: Final = 5.0
HASH_PREFIX: Final = "sha256:"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: right, wrong or note, and its sentence as a key of the wording with that sentence's fields."""

    state: str
    key: str
    fields: Mapping[str, object] = field(default_factory=dict)


def check_pictures() -> Check:
    """Whether a picture can be drawn here."""
    fault = find_fault(TIMEOUT)
    return (
        Check(WRONG, "about.check_pictures_missing", {"reason": fault})
        if fault
        else Check(RIGHT, "about.check_pictures")
    )


def check_font(path: Path, texts: Iterable[str]) -> Check:
    """Whether a font file is whole (the checksums inside it) and has a glyph for every letter of the texts."""
    try:
        with TTFont(io.BytesIO(path.read_bytes()), checkChecksums=2, lazy=True) as font:
            known = font.getBestCmap()
            # A table's checksum is compared when its bytes are read.
            list(map(font.reader.__getitem__, font.reader.keys()))
    except (OSError, TTLibError, AssertionError, ValueError):
        return Check(WRONG, "about.check_font_broken")
    letters = {letter for text in texts for letter in text if letter.isprintable() and not letter.isspace()}
    lacking = sorted(letter for letter in letters if ord(letter) not in known)
    if lacking:
        fields = {"count": len(lacking), "letters": " ".join(lacking[:MOST_NAMED])}
        return Check(WRONG, "about.check_font_lacks", fields)
    return Check(RIGHT, "about.check_font", {"count": len(letters)})


def check_system_fonts() -> Check | None:
    """The Chinese fonts that fontconfig knows; None where there is no fontconfig to ask."""
    try:
        listed = subprocess.run(FONT_LIST, check=True, capture_output=True, timeout=TIMEOUT, encoding="utf-8")
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    families = sorted({line.partition(",")[0].strip() for line in listed.stdout.splitlines()} - {""})
    if not families:
        return Check(NOTE, "about.check_system_font_none")
    return Check(NOTE, "about.check_system_font", {"fonts": ", ".join(families[:MOST_NAMED])})


def check_package(path: Path) -> Check:
    """Whether the files that a data package describes have the checksums that it states."""
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))["resources"]
        stated = {str(one["path"]): str(one["hash"]) for one in resources if "hash" in one}
    except (OSError, ValueError, KeyError, TypeError):
        stated = {}
    if not stated:
        return Check(WRONG, "about.check_package_missing")
    wrong = [name for name, digest in stated.items() if hash_file(path.with_name(name)) != digest]
    if wrong:
        return Check(WRONG, "about.check_package_broken", {"files": ", ".join(wrong)})
    return Check(RIGHT, "about.check_package", {"count": len(stated)})


def hash_file(path: Path) -> str | None:
    """The SHA-256 of a file as a data package writes it; None where the file can't be read."""
    try:
        return HASH_PREFIX + hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def check_table(rows: pd.DataFrame) -> Check:
    """Whether the table has the columns of COLUMNS, and in them only what each of them allows."""
    wrong = [name for name in COLUMN_NAMES if name not in rows]
    for column in COLUMNS:
        if column.name in wrong:
            continue
        cells = rows[column.name]
        filled = cells.dropna()
        if column.type in ("int", "float"):
            is_right = pd.api.types.is_numeric_dtype(cells) or filled.empty
        elif column.type == "date":
            is_right = bool(pd.to_datetime(filled, format="%Y-%m-%d", errors="coerce").notna().all())
        else:
            is_right = not column.values or bool(filled.isin(column.values).all())
        if not is_right or (not column.nullable and len(filled) < len(cells)):
            wrong.append(column.name)
    if "id" not in wrong and rows["id"].duplicated().any():
        wrong.append("id")
    if wrong:
        return Check(WRONG, "about.check_table_broken", {"columns": ", ".join(wrong)})
    return Check(RIGHT, "about.check_table", {"count": len(rows)})


def check_offsets(rows: pd.DataFrame, open_report: Callable[[ReportKey], Passage | None]) -> Check:
    """Whether the text of each row's report has the row's number at the row's offsets, where the text is there."""
    looked_up = rows.iloc[:: max(1, -(-len(rows) // MOST_LOOKED_UP))]
    wrong = right = absent = 0
    for row in looked_up[["document", "report", "start", "end", "raw"]].to_dict("records"):
        passage = open_report(ReportKey(str(row["document"]), int(row["report"])))
        if passage is None:
            absent += 1
        elif passage.span(row) is None:
            wrong += 1
        else:
            right += 1
    if wrong:
        return Check(WRONG, "about.check_offsets_broken", {"wrong": wrong, "count": wrong + right})
    if not right:
        return Check(NOTE, "about.check_offsets_none")
    if absent:
        return Check(RIGHT, "about.check_offsets_part", {"count": right, "rest": absent})
    return Check(RIGHT, "about.check_offsets", {"count": right})


def find_texts(rows: pd.DataFrame) -> set[str]:
    """The texts of a table that pictures may show, each once."""
    return {str(text) for column in TEXT_COLUMNS for text in rows[column].dropna().unique()}


def read_scores(path: Path) -> dict[str, dict[str, float]]:
    """What was measured, by what it was measured on; empty where nothing is to be had."""
    try:
        measured = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): {key: float(value) for key, value in scores.items()} for name, scores in measured.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
