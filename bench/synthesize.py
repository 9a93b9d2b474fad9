"""
A dataset as large as wanted, whose rows are distributed like real ones: for `make bench` only.

Each made document repeats the rows of a real one, so that themes, kinds, units, subjects, flags and the length of
sentences are as they are; region, year and the numbers in the text differ. The regions are numbered, not named: nothing
here can be taken for a figure that anybody reported.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import fsspec
import pyarrow as pa

from extract import extract_text
from extract.corpus.parts import Record, write_part
from extract.table.frame import SCHEMA

FIRST_YEAR, YEARS = 2006, 20
# Of the logarithm of what a number is multiplied by.
SPREAD: Final = 0.3
PART_DOCUMENTS: Final = 500
NUMERAL: Final = re.compile(r"\d+(?:\.\d+)?")
Rows = list[dict[str, Any]]


def read_models(folder: Path) -> list[Rows]:
    """The rows of each text in a folder that has any."""
    tables = [extract_text(path.read_text(encoding="utf-8"), path.stem) for path in sorted(folder.rglob("*.txt"))]
    frames = [table.astype(object).where(table.notna(), None) for table in tables if len(table)]
    return [frame.to_dict("records") for frame in frames]


def synthesize(models: Sequence[Rows], count: int, folder: str) -> int:
    """
    Write a dataset of at least so many rows into a folder, as a corpus run would leave it.

    Returns:
        How many rows there are: the last document is not cut.
    """
    fs, path = fsspec.url_to_fs(folder)
    fs.makedirs(path, exist_ok=True)
    chance = random.Random(count)
    provinces = sorted({str(row["province"]) for model in models for row in model if row["province"]})
    tables: list[pa.Table] = []
    records: list[Record] = []
    made = part = 0
    for number, rows in enumerate(documents(models, provinces, chance)):
        tables.append(pa.Table.from_pylist(rows, schema=SCHEMA))
        name = str(rows[0]["document"])
        digest = f"{number:064x}"
        year = int(name.rpartition("-")[2])
        records.append(Record(name, digest, digest, "made", None, len(rows), title=name, date=f"{year + 1}-01-15"))
        made += len(rows)
        if len(records) == PART_DOCUMENTS or made >= count:
            write_part(fs, f"{path}/part-{part:016x}.parquet", tables, records)
            tables, records, part = [], [], part + 1
        if made >= count:
            break
    return made


def documents(models: Sequence[Rows], provinces: Sequence[str], chance: random.Random) -> Iterator[Rows]:
    """Without end: for one region after another a document a year."""
    region = 0
    while True:
        region += 1
        province = chance.choice(provinces)
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
            place = {"region": f"{province}第{region}县", "province": province, "level": "county"}
            yield [vary(row, year, place, chance) for row in chance.choice(models)]


def vary(row: dict[str, Any], year: int, place: dict[str, str], chance: random.Random) -> dict[str, Any]:
    """A row of another place and year, its number another one everywhere it stands."""
    found = NUMERAL.search(row["raw"])
    raw, factor = row["raw"], 1.0
    if found and float(found[0]):
        places = len(found[0].partition(".")[2])
        printed = f"{max(float(found[0]) * chance.lognormvariate(0, SPREAD), 10**-places):.{places}f}"
        raw = raw[: found.start()] + printed + raw[found.end() :]
        factor = float(printed) / float(found[0])
    return {
        **row,
        **place,
        "id": f"{chance.getrandbits(64):016x}",
        "document": f"{place['region']}-{year}",
        "value": round(float(row["value"]) * factor, 6),
        "raw": raw,
        "sentence": row["sentence"].replace(row["raw"], raw, 1),
        "period_start": move(row["period_start"], year),
        "period_end": move(row["period_end"], year),
    }


def move(day: str | None, year: int) -> date | None:
    """A day in another year; texts of one year look back and ahead, which is kept as it is for the years of others."""
    return None if day is None else date.fromisoformat(day).replace(day=1, year=year)
