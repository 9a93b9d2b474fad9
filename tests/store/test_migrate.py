"""A database of an older version is brought up, one of a newer version left alone."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.schema import CreateTable

from dashboard.store import Store, StoreError, open_store, sqlite
from dashboard.store.migrate import migrate, revisions
from dashboard.store.schema import METADATA
from extract.table.record import COLUMN_NAMES
from tests.store.examples import VERSION_2, document, review, statistics

Open = Callable[[str | Path], Store]
ROOT = Path(__file__).resolve().parents[2]


def test_the_revisions_make_the_tables_that_the_program_knows(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize(("dialect", "text"), [(postgresql.dialect(), "TEXT"), (mysql.dialect(), "LONGTEXT")])
def test_the_tables_can_be_written_down_for_a_server(dialect: sa.Dialect, text: str) -> None:
    made = {table.name: str(CreateTable(table).compile(dialect=dialect)) for table in METADATA.sorted_tables}

    assert set(made) == {"workspace", "documents", "texts", "statistics", "reviews"}
    assert re.search(rf"\btext {text}\b", made["texts"])
    assert "DOUBLE" in made["statistics"]


def test_the_statistics_can_be_read_by_any_tool(store: Store) -> None:
    store.add(document(), statistics())

    with sqlite3.connect(store.place) as connection:
        found = connection.execute("SELECT document, region, value, value_high, raw FROM statistics").fetchall()
        columns = [row[1] for row in connection.execute("PRAGMA table_info(statistics)")]
    connection.close()

    assert found == [("报告", "浙江", 85000.0, 90000.5, "8.5万个"), ("报告", None, 85001.0, None, "8.5万个")]
    assert tuple(columns[2:]) == COLUMN_NAMES


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_an_older_store_is_brought_up_with_all_it_holds(revision: str, tmp_path: Path, open_at: Open) -> None:
    new = document()
    make_older(tmp_path, revision, new.text, new.checksum)

    store = open_at(tmp_path)

    (kept,) = store.documents()
    assert (kept.name, kept.rows, kept.reviewed, kept.facts.title) == ("旧报告", 1, 0, "旧标题")
    assert (store.text("旧报告"), list(store.rows()["value"])) == (new.text, [85000.0])
    assert store.rows()[list(VERSION_2)].isna().all(axis=None)
    store.add_review("旧报告", review())
    assert store.reviews("旧报告") == [review()]
    store.replace_rows("旧报告", statistics(count=1), "rules-2")
    assert store.rows()[list(VERSION_2)].to_dict("records") == [VERSION_2]


def make_older(folder: Path, revision: str, text: str, checksum: str) -> None:
    """A store as a revision before version 2 of the table has it, with one document, written by hand."""
    engine = sqlite.make_engine(sqlite.url_of(folder))
    with engine.execution_options(writer=True).begin() as connection:
        migrate(connection, revision)
        assert not {column["name"] for column in sa.inspect(connection).get_columns("statistics")} & set(VERSION_2)
        digest = hashlib.sha256(text.encode()).hexdigest()
        connection.exec_driver_sql(
            "INSERT INTO documents VALUES (1, '旧报告', 'a.txt', 'txt', ?, ?, '旧标题', '', '', '', '', '', '', 'r', "
            "'2025-01-01T00:00:00+00:00', NULL, 1)",
            (checksum, digest),
        )
        connection.exec_driver_sql("INSERT INTO texts VALUES (1, ?, '[]')", (text,))
        connection.exec_driver_sql(
            "INSERT INTO statistics (document_id, position, id, document, report, theme, value, unit, qualifier, kind, "
            "raw, start, end, sentence, rule, flags) "
            "VALUES (1, 0, 'x', '旧报告', 1, 'grid', 85000, '个', 'exact', 'count', '8.5万个', 6, 11, 's', 'plain', '')"
        )
    engine.dispose()


def test_a_store_of_a_newer_version_is_left_byte_for_byte(tmp_path: Path, open_at: Open) -> None:
    store = open_at(tmp_path)
    store.add(document(), statistics())
    store.close()
    with sqlite3.connect(store.place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(StoreError) as refused:
        open_store(tmp_path)

    assert (refused.value.code, refused.value.fields["place"]) == ("newer", str(tmp_path / "workspace.db"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.once
def test_processes_that_open_a_fresh_folder_at_once_all_can(tmp_path: Path, open_at: Open) -> None:
    code = """
import sys
from dashboard.store import open_store
print("ready", flush=True)
sys.stdin.readline()
store = open_store(sys.argv[1])
print(store.revision(), store.documents())
store.close()
"""
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path / "store")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()

    # Nothing is said on the console either.
    assert [process.communicate() for process in processes] == [("0 []\n", "")] * 3
    assert open_at(tmp_path / "store").documents() == []


def test_the_revisions_are_one_line() -> None:
    assert [script.revision for script in revisions().walk_revisions()] == ["0003", "0002", "0001"]
    assert revisions().get_heads() == ["0003"]
