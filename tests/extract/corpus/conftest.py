"""Small corpora, and runs over them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from extract.corpus.engines import Engine, Here
from extract.corpus.listing import list_documents
from extract.corpus.run import Summary, run_corpus, sort_output
from extract.language.rulebook import fingerprint
from extract.table.record import COLUMNS

Run = Callable[..., Summary]
TEXTS = {
    "华东/浙江.txt": "浙江省政府工作报告\n全省设立网格8.5万个，今年新增社工2.2万名。\n",
    "华东/山东.txt": "山东省政府工作报告\n全省设立网格12.3万个。业委会组建率提升近40个百分点。\n",
    "华中/湖北.md": "湖北省政府工作报告\n组织104万名党员下沉4835个社区。\n",
    "说明.html": "<h1>深圳市</h1><p>建成党群服务中心1800多个。</p>",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory of four documents in three formats, in folders of its own."""
    root = tmp_path / "reports"
    for name, text in TEXTS.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def run(folder: Path, output: Path) -> Run:
    def start(
        *inputs: Path | str, engine: Engine | None = None, day: date | None = None, prune: bool = False
    ) -> Summary:
        listing = list_documents([str(given) for given in inputs or [folder]])
        summary = run_corpus(listing, str(output), engine or Here(), day, lambda *_: None, prune=prune)
        sort_output(str(output))
        return summary

    return start


LATER = [column.name for column in COLUMNS if column.version > 1]


def make_version_1(part: Path) -> None:
    """Turn a part into one that a program wrote which knew version 1 of the table only, under older rules."""
    table = pq.read_table(part)
    told = {key: text.replace(fingerprint().encode(), b"00000000") for key, text in table.schema.metadata.items()}
    pq.write_table(table.drop_columns(LATER).replace_schema_metadata(told), part)


def rows_of(output: Path) -> pd.DataFrame:
    """The rows of a dataset as any reader of Parquet sees them, in the order of the table."""
    rows = pd.read_parquet(output)
    return rows.sort_values(["document", "start", "end"], ignore_index=True)
