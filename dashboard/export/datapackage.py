"""The comparisons and their statistics as a Data Package: CSV, their description, and a README, in one zip."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pandas as pd

from dashboard.citation import cite
from dashboard.export.contents import Contents, clean
from dashboard.export.table import to_csv
from dashboard.naming import name_region
from dashboard.tabular import tabulate
from extract.table.record import REVIEWED_COLUMNS, Column

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD_TYPES: Final = {"str": "string", "int": "integer", "float": "number", "date": "date"}
# An empty unit or flag is a value, not a gap.
NEVER_MISSING: Final = ("unit", "flags")
STATISTICS, COMPARISONS = "statistics.csv", "comparisons.csv"
MARKUP: Final = re.compile(r"([\\\[\]<>])")


def to_zip(contents: Contents) -> bytes:
    """Every statistic that passes the filters, the comparisons as they are shown, and what is to be known of both."""
    tables = {STATISTICS: (to_csv(contents.rows), [*fields_of(REVIEWED_COLUMNS, contents)])}
    if contents.comparisons:
        shown = concatenate(contents)
        tables[COMPARISONS] = (to_csv(shown), [*infer_fields(shown)])
    package = describe(contents, [describe_table(name, *table) for name, table in tables.items()])
    files = {
        **{name: data for name, (data, _) in tables.items()},
        "datapackage.json": json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8", "replace"),
        "README.md": "\n".join(write_readme(contents)).encode("utf-8", "replace"),
    }
    target = io.BytesIO()
    year, month, day = map(int, contents.made.split("-"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
    return target.getvalue()


def concatenate(contents: Contents) -> pd.DataFrame:
    """The tables of the comparisons under each other, each row with its comparison's number and title."""
    words = contents.context.words
    tables = []
    for number, comparison in enumerate(contents.comparisons, start=1):
        table = tabulate(comparison.panel, contents.context)
        table.insert(0, words("datapackage.comparison"), number)
        table.insert(1, words("datapackage.title"), clean(comparison.chart.title))
        # A column without any cell would decide the type of the whole.
        tables.append(table.dropna(axis="columns", how="all"))
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def describe(contents: Contents, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """The package's descriptor (Data Package, version 2)."""
    lang = contents.context.words.lang
    documents = sorted(set(contents.rows["document"]))
    return {
        "$schema": PROFILE,
        "name": "governance-metrics-selection",
        "title": clean(contents.title),
        "description": clean(contents.sentence),
        "version": contents.context.version,
        "created": f"{contents.made}T00:00:00Z",
        **({"homepage": contents.address} if contents.address else {}),
        **({"sources": [{"title": contents.documents[name].titles[lang]} for name in documents]} if documents else {}),
        "resources": resources,
    }


def describe_table(path: str, data: bytes, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """A CSV of the package."""
    return {
        "name": path.partition(".")[0],
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def fields_of(columns: Iterable[Column], contents: Contents) -> Iterator[dict[str, Any]]:
    """The columns of the tidy table with their meanings in the reader's language."""
    for column in columns:
        yield describe_column(column, contents.context.words(f"column.{column.name}_meaning"))


def describe_column(column: Column, meaning: str) -> dict[str, Any]:
    """A column of the tidy table as a field of a Table Schema."""
    field: dict[str, Any] = {"name": column.name, "type": FIELD_TYPES[column.type], "description": meaning}
    if column.name in NEVER_MISSING:
        field["missingValues"] = []
    if not column.nullable:
        field["constraints"] = {"required": True}
    if column.values:
        field.setdefault("constraints", {})["enum"] = list(column.values)
    return field


def infer_fields(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The columns of a table that people read."""
    for name, cells in table.items():
        kind = "string"
        if pd.api.types.is_integer_dtype(cells):
            kind = "integer"
        elif pd.api.types.is_numeric_dtype(cells):
            kind = "number"
        yield {"name": str(name), "type": kind}


def inert(text: str) -> str:
    """A text without any Markdown that makes a link, a picture or an element: titles and addresses are not ours."""
    return MARKUP.sub(r"\\\1", clean(text))


def write_readme(contents: Contents) -> Iterator[str]:
    """What was selected, of which data, when, how to cite it, and what each column means."""
    words, context = contents.context.words, contents.context
    documents = [contents.documents[name] for name in sorted(set(contents.rows["document"]))]
    regions = context.codebook.sort_regions(contents.rows["region"])
    yield f"# {inert(contents.title)}"
    yield ""
    yield inert(contents.sentence)
    yield ""
    yield words("datapackage.counts", rows=len(contents.rows), comparisons=len(contents.comparisons))
    yield words("datapackage.made", date=contents.made, version=context.version)
    if contents.address:
        yield f"<{contents.address}>"
    if documents:
        names = [name_region(region, context) for region in regions]
        cited = cite(contents.title, names, documents, context.version, contents.address, words)
        yield f"\n## {words('datapackage.cite')}\n\n{inert(cited.full)}"
    yield f"\n## {words('datapackage.files')}\n"
    yield f"- {STATISTICS}: {words('datapackage.statistics')}"
    if contents.comparisons:
        yield f"- {COMPARISONS}: {words('datapackage.comparisons')}"
    yield f"\n{words('datapackage.safe')}"
    yield f"\n## {words('datapackage.columns')}\n"
    for column in REVIEWED_COLUMNS:
        yield f"- `{column.name}`: {words(f'column.{column.name}_meaning')}"
    yield ""
