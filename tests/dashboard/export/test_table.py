from __future__ import annotations

import io
import json
from collections.abc import Callable

import pandas as pd
import pyarrow.parquet as pq

from dashboard.dataset import Dataset
from dashboard.export.table import to_csv, to_json, to_parquet
from dashboard.filters import Filters

MakeRows = Callable[..., pd.DataFrame]
ABOUT = {"title": "网格数", "filters": "筛选：全部"}


def test_a_csv_opens_right_and_runs_nothing(make_rows: MakeRows) -> None:
    hostile = {"section": "=1+1", "relative_to": "+1", "action": "-x", "reporter": "@x", "of_row": "\t=x"}
    rows = make_rows(
        {"subject": "=HYPERLINK(1)", "value": -5.5} | hostile,
        {"subject": "网格,“引号”\n换行", "status": "target"},
        {"subject": " @x"},
    )
    data = to_csv(rows)
    back = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig")

    assert data.startswith(b"\xef\xbb\xbf")
    assert list(back["subject"]) == ["'=HYPERLINK(1)", "网格,“引号”\n换行", "' @x"]
    assert back.loc[0, list(hostile)].to_dict() == {name: f"'{cell}" for name, cell in hostile.items()}
    assert back["status"].tolist()[1] == "target"
    assert back["value"][0] == -5.5
    assert list(rows.columns) == list(back.columns)


def test_json_says_what_it_is_and_has_null_where_a_cell_is_empty(make_rows: MakeRows) -> None:
    rows = make_rows({"subject": '</script>"引号"', "value": 0.1 + 0.2}, {"value_high": 500.0})
    back = json.loads(to_json(rows, ABOUT))

    assert {name: back[name] for name in ABOUT} == ABOUT
    assert [row["value_high"] for row in back["data"]] == [None, 500.0]
    assert back["data"][0]["subject"] == '</script>"引号"'
    assert back["data"][0]["value"] == 0.3
    assert list(back["data"][0]) == list(rows.columns)


def test_parquet_keeps_every_cell_and_says_what_it_is(dataset: Dataset) -> None:
    data = to_parquet(dataset.select(Filters()), ABOUT)

    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(data)), dataset.select(Filters()))
    metadata = pq.read_metadata(io.BytesIO(data)).metadata
    assert metadata[b"title"].decode() == ABOUT["title"]
