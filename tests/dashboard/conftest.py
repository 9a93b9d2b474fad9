"""The hand-made rows of the shipped report that the app's tests use, and rows made to pin one edge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.captions import Context
from dashboard.database import open_rows
from dashboard.dataset import Dataset
from dashboard.ingest import Draft, prepare, to_document
from dashboard.load import DATA_VARIABLE, read_dataset
from dashboard.store import STORE_VARIABLE, Store, open_store
from dashboard.wording import load_words
from dashboard.wording.codebook import Codebook, read_codebook
from extract.table.record import REVIEWED_NAMES, UNREVIEWED
from extract.table.shipped import shipped

SCRIPT = str(Path(dashboard.__file__).with_name("app.py"))
TABLE = Path(__file__).with_name("statistics.csv")
ROW = {
    "id": "0",
    "document": "made",
    "report": 1,
    "region": "浙江",
    "province": "浙江",
    "level": "province",
    "theme": "grid",
    "indicator": "grids_total",
    "subject": "网格",
    "value": 85000.0,
    "value_high": None,
    "unit": "个",
    "qualifier": "exact",
    "kind": "count",
    "raw": "8.5万个",
    "start": 0,
    "end": 5,
    "sentence": "8.5万个。",
    "rule": "made",
    "flags": "",
}
MakeRows = Callable[..., pd.DataFrame]
# Of a report that a person imports: three statistics, the last of them flagged.
REPORT = "2026年浙江省政府工作报告\n全省设立网格8.5万个，今年新增社工2.2万名，开展数十次走访。\n"


@pytest.fixture
def table_path() -> Path:
    return TABLE


@pytest.fixture(scope="session")
def dataset() -> Iterator[Dataset]:
    data = read_dataset(TABLE)
    yield data
    data.close()


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return read_codebook(shipped("codebook"))


@pytest.fixture
def make_rows() -> MakeRows:
    """Rows that differ from ROW in what each call says; ids and offsets count up."""

    def make(*differences: dict[str, Any]) -> pd.DataFrame:
        rows = [ROW | UNREVIEWED | {"id": f"{number}", "start": number} | row for number, row in enumerate(differences)]
        return pd.DataFrame(rows, columns=list(REVIEWED_NAMES))

    return make


@pytest.fixture
def ask(dataset: Dataset) -> Iterator[Callable[[pd.DataFrame], Dataset]]:
    """The same app's data on other rows."""
    opened = []

    def make(rows: pd.DataFrame) -> Dataset:
        opened.append(replace(dataset, database=open_rows(rows, {}, dataset.codebook), size=len(rows)))
        return opened[-1]

    yield make
    for data in opened:
        data.close()


@pytest.fixture
def context(dataset: Dataset, request: pytest.FixtureRequest) -> Context:
    """English words unless a test says otherwise."""
    words = load_words(getattr(request, "param", "en"))
    return Context(words, dataset.codebook, dataset.titles[words.lang], dataset.colours, dataset.version)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """A page of the app on a table, run by Streamlit without a browser; ``params`` are those of the link."""

    def run(path: Path, page: str = "compare", **params: str) -> AppTest:
        monkeypatch.setenv(DATA_VARIABLE, str(path))
        app = AppTest.from_file(SCRIPT, default_timeout=60)
        if page != "overview":
            # A page given as a function can't be opened at once.
            app.run()
            app.session_state.destination = page
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return run


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    store = open_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def draft() -> Draft:
    return prepare(REPORT.encode(), "浙江.txt")


@pytest.fixture
def name(store: Store, draft: Draft) -> str:
    """A kept document."""
    return store.add(to_document(draft, ()), draft.rows).name
