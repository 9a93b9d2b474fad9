"""A corpus is asked where it lies, and answers as its rows in memory do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.citation import Document
from dashboard.clauses import EVERYTHING, Clause
from dashboard.database import open_rows
from dashboard.dataset import Dataset
from dashboard.filters import Filters
from dashboard.library import Library
from dashboard.link import ReportKey
from dashboard.load import LoadError, check_table, read_dataset, read_rows
from dashboard.wording import LANGUAGES, load_words
from extract.corpus.engines import Here
from extract.corpus.listing import list_documents
from extract.corpus.run import run_corpus, sort_output
from extract.corpus.sorted_copy import FOLDER, IDS, MANIFEST, OUTDATED, PAIRS, REPORTS, ROWS, read_manifest
from extract.table.record import COLUMNS
from extract.table.shipped import shipped

# Two small corpora: the shipped report, and the same places a year later.
YEARS = {"2022.txt": "8.5", "2023.txt": "9.1"}
LATER = [column.name for column in COLUMNS if column.version > 1]
SELECTIONS = [
    Filters(),
    Filters(themes=("grid",)),
    Filters(regions=("浙江", "深圳"), kinds=("count",)),
    Filters(indicators=("grids_total",), provinces=("浙江",)),
    Filters(years=("2022",)),
    Filters(documents=("2023.txt",)),
    Filters(terms=("网格",)),
    Filters(terms=("网格员",)),
    Filters(terms=("Zhejiang", "社区")),
    Filters(terms=("8.5万",)),
    Filters(terms=("vr",)),
    Filters(terms=("APP",)),
    Filters(regions=("深圳",), themes=("grid",)),
]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "in").mkdir()
    text = shipped("sources", "urban-party-building-speeches.txt").read_text(encoding="utf-8")
    (folder / "in" / "讲话.txt").write_text(text, encoding="utf-8")
    for name, value in YEARS.items():
        year = name.removesuffix(".txt")
        (folder / "in" / name).write_text(
            f"浙江省政府工作报告\n（{year}年12月31日）\n截至{year}年底，全省设立网格{value}万个。\n", encoding="utf-8"
        )
    run_corpus(list_documents([str(folder / "in")]), str(folder / "out"), Here(), None, lambda *_: None)
    sort_output(str(folder / "out"))
    return folder / "out"


def place_of(output: Path) -> Path:
    """Where the files of its copy lie."""
    manifest = read_manifest(output)
    assert manifest is not None
    return manifest.place


@pytest.fixture(scope="module")
def corpus(output: Path) -> Iterator[Dataset]:
    data = read_dataset(output)
    yield data
    data.close()


@pytest.fixture(scope="module")
def memory(output: Path, corpus: Dataset) -> Iterator[Dataset]:
    """The same rows, read into memory in the order of the copy."""
    rows = read_rows(output).set_index("id").loc[corpus.select(Filters())["id"]].reset_index()
    dates = {name: corpus.document(name).date for name in rows["document"].unique()}
    data = replace(corpus, database=open_rows(rows, dates, corpus.codebook), listed={})
    yield data
    data.close()


@pytest.mark.once
@pytest.mark.parametrize("filters", SELECTIONS)
def test_every_question_has_the_same_answer(filters: Filters, corpus: Dataset, memory: Dataset) -> None:
    assert corpus.count(filters) == memory.count(filters)
    assert corpus.choices(filters) == memory.choices(filters)
    assert corpus.tallies.speakers(filters) == memory.tallies.speakers(filters)
    assert corpus.tallies.reporters(filters) == memory.tallies.reporters(filters)
    assert corpus.outlines(filters) == memory.outlines(filters)
    assert corpus.culprits(filters) == memory.culprits(filters)
    assert corpus.reports(filters) == memory.reports(filters)
    assert corpus.tallies.regions(filters) == memory.tallies.regions(filters)
    pd.testing.assert_frame_equal(
        corpus.tallies.coverage(filters, "region"), memory.tallies.coverage(filters, "region")
    )
    pd.testing.assert_frame_equal(corpus.tallies.documents(filters, 9), memory.tallies.documents(filters, 9))
    for readings in ("all", "latest", "yearly"):
        assert corpus.panels(filters, None, readings) == memory.panels(filters, None, readings)
    pd.testing.assert_frame_equal(corpus.select(filters), memory.select(filters))


def test_values_and_reports_are_known(corpus: Dataset, memory: Dataset) -> None:
    assert dict(corpus.vocabulary.values) == dict(memory.vocabulary.values)
    assert dict(corpus.vocabulary.cells) == dict(memory.vocabulary.cells)
    assert corpus.vocabulary.reports() == memory.vocabulary.reports()


def test_a_row_is_found_by_its_id(corpus: Dataset) -> None:
    rows = corpus.select(Filters())
    some = list(rows["id"][::40])

    assert list(corpus.rows_of(some)["id"]) == some
    assert corpus.rows_of([]).empty
    assert corpus.find("nothing") is None
    assert (corpus.find(some[1]) or {})["raw"] == rows.set_index("id").loc[some[1], "raw"]


def test_a_page_keeps_its_order(corpus: Dataset) -> None:
    rows = corpus.select(Filters())
    page = corpus.page(EVERYTHING, 2, 5, Clause("value DESC NULLS LAST, position"))

    assert list(page["value"]) == sorted(rows["value"], reverse=True)[2:7]


def test_imported_rows_stand_behind_those_of_a_corpus(output: Path, corpus: Dataset) -> None:
    row = corpus.select(Filters(documents=("2022.txt",))).assign(
        id="own", document="own", subject="河长", review="added"
    )
    both = read_dataset(output, Library(row, {"own": Document(dict.fromkeys(LANGUAGES, "own"))}, "x"))

    assert both.count(Filters()) == len(both) == len(corpus) + 1
    assert both.find("own") is not None
    assert list(both.select(Filters(terms=("河长",)))["id"]) == ["own"]
    assert both.choices(Filters())["reviews"] == {"unreviewed": len(corpus), "added": 1}
    assert both.version != corpus.version
    both.close()


def test_a_copy_of_version_1_opens_with_the_later_columns_null(output: Path, corpus: Dataset, tmp_path: Path) -> None:
    older = tmp_path / "out"
    shutil.copytree(output, older)
    rows = place_of(older) / ROWS
    pq.write_table(pq.read_table(rows).drop_columns(LATER), rows)
    manifest = older / FOLDER / MANIFEST
    told = json.loads(manifest.read_text(encoding="utf-8"))
    listed = {name: its for name, its in told["values"].items() if name not in LATER}
    manifest.write_text(json.dumps(told | {"values": listed}), encoding="utf-8")
    own = corpus.select(Filters(documents=("2022.txt",))).assign(id="own", document="own", status="target")

    alone = read_dataset(older)
    both = read_dataset(older, Library(own, {"own": Document(dict.fromkeys(LANGUAGES, "own"))}, "x"))

    assert alone.select(Filters())[LATER].isna().all(axis=None)
    assert alone.vocabulary.cells["status"] == ()
    assert len(alone) == alone.count(Filters()) == len(corpus)
    assert both.choices(Filters())["statuses"] == {"target": 1}
    assert list(both.select(Filters(statuses=("target",)))["id"]) == ["own"]
    alone.close()
    both.close()


def test_a_corpus_knows_its_statuses_without_a_look_at_the_rows(corpus: Dataset) -> None:
    told = dict(corpus.select(Filters())["status"].value_counts())

    assert set(told) == {"actual", "norm"}
    assert corpus.choices(Filters())["statuses"] == told == corpus.listed["status"]


def test_a_document_of_a_corpus_has_its_date(corpus: Dataset) -> None:
    assert corpus.document("2023.txt").date == "2023-12-31"
    assert corpus.document("none").date == ""
    assert corpus.reports(Filters())[ReportKey("2023.txt", 1)] == "浙江"


@pytest.mark.parametrize("damage", [ROWS, REPORTS])
def test_a_damaged_copy_is_named_and_not_shown(damage: str, output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "out")
    (place_of(tmp_path / "out") / damage).write_bytes(b"PAR1 no")

    with pytest.raises(LoadError) as caught:
        read_dataset(tmp_path / "out")

    assert str(place_of(tmp_path / "out")) in caught.value.say(load_words("en"))
    with pytest.raises(LoadError):
        check_table(tmp_path / "out")


def test_a_copy_that_vanishes_is_told_in_the_page(
    output: Path, tmp_path: Path, open_app: Callable[..., AppTest]
) -> None:
    """The app keeps running, and works again when the files are back."""
    out = tmp_path / "out"
    shutil.copytree(output, out)
    app = open_app(out, lang="zh")
    assert not app.error
    place = place_of(out) / ROWS
    place.rename(tmp_path / ROWS)
    app.session_state.link = replace(app.session_state.link, filters=Filters(terms=("社区",)))
    app.run()

    assert not app.exception
    assert app.error[0].value.startswith("数据读不下去了")
    (tmp_path / ROWS).rename(place)
    assert not app.run().error


def test_a_corpus_that_changes_is_shown_as_it_was_and_the_page_says_so(
    output: Path, tmp_path: Path, open_app: Callable[..., AppTest]
) -> None:
    out = tmp_path / "out"
    shutil.copytree(output, out)
    app = open_app(out, lang="zh")
    assert not app.warning
    (out / FOLDER / OUTDATED).touch()
    next(out.glob("*.parquet")).write_bytes(b"half a part")

    assert app.run().warning[0].value.startswith("这批报告正在更新，或上次更新没有完成")
    assert not app.error
    (out / FOLDER / OUTDATED).unlink()
    assert not app.run().warning


@pytest.mark.parametrize(
    ("changed", "count"), [({}, 1), ({"value": 2.0}, 0), ({"document": "a"}, 0), ({"region": "山东"}, 0)]
)
def test_the_same_figure_in_another_document_is_found(
    changed: dict[str, Any], count: int, make_rows: Callable[..., pd.DataFrame], ask: Callable[[pd.DataFrame], Dataset]
) -> None:
    data = ask(make_rows({"document": "a"}, {"document": "b"} | changed))
    row = data.find("0")

    assert row is not None
    assert [twin["id"] for twin in data.twins(row)] == ["1"] * count


@pytest.mark.parametrize("lost", [IDS, PAIRS])
def test_a_copy_that_lacks_a_file_is_not_shown(lost: str, output: Path, tmp_path: Path) -> None:
    shutil.copytree(output, tmp_path / "out")
    (place_of(tmp_path / "out") / lost).unlink()

    with pytest.raises(LoadError) as caught:
        read_dataset(tmp_path / "out")

    assert lost in caught.value.say(load_words("en"))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "[]",
        '{"rows": 1}',
        '{"rows": "many", "checksum": 5, "values": {}}',
        '{"rows": 1, "checksum": "../../..", "values": {"region": []}}',
    ],
)
def test_a_damaged_manifest_is_none(told: str, output: Path, tmp_path: Path) -> None:
    """The rows are then read from the parts."""
    shutil.copytree(output, tmp_path / "out")
    (tmp_path / "out" / FOLDER / MANIFEST).write_text(told, encoding="utf-8")
    data = read_dataset(tmp_path / "out")

    assert len(data) == len(read_rows(output))
    data.close()


def test_a_search_in_use_is_not_forgotten(corpus: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.database.KEPT_SEARCHES", 3)
    filters = Filters(terms=("网格",))
    expected = corpus.count_rows(corpus.where(filters))
    for term in ("社区", "党员", "街道", "物业", "居民"):
        corpus.where(Filters(terms=(term,)))
        assert corpus.count_rows(corpus.where(filters)) == expected


def test_a_corpus_without_statistics_is_shown_as_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("没有数字的文档。", encoding="utf-8")
    out = str(tmp_path / "out")
    run_corpus(list_documents([str(tmp_path / "a.txt")]), out, Here(), None, lambda *_: None)
    assert sort_output(out)
    data = read_dataset(Path(out))

    assert (len(data), data.count(Filters(terms=("社区",))), data.panels(Filters())) == (0, 0, [])
    data.close()
