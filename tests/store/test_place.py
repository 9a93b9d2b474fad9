"""Where a store lies: folders, addresses, and places that can't be used, each with its message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.store import STORE_VARIABLE, Store, StoreError, default_place, open_store
from dashboard.store import place as places
from dashboard.store.errors import CODES
from dashboard.wording import LANGUAGES, load_words
from tests.store.examples import document, statistics

Open = Callable[[str | Path], Store]


def test_the_user_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    assert default_place() == str(tmp_path)

    monkeypatch.delenv(STORE_VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert Path(default_place()).name == "governance-metrics"


@pytest.mark.parametrize("folder", ["store", "a/b/c", "数据 100%", "with space?&#"])
def test_a_folder_is_made_and_holds_the_store(open_at: Open, tmp_path: Path, folder: str) -> None:
    store = open_at(tmp_path / folder)

    assert store.place == str(tmp_path / folder / "workspace.db")
    assert Path(store.place).is_file()


def test_a_folder_given_from_where_one_stands(open_at: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert open_at("store").place == str(tmp_path / "store" / "workspace.db")


def test_a_file_can_be_named_by_its_url(open_at: Open, tmp_path: Path) -> None:
    open_at(tmp_path).add(document(), statistics())

    store = open_at(f"sqlite:///{tmp_path}/workspace.db")

    assert [kept.name for kept in store.documents()] == ["报告"]


def test_every_commit_is_on_the_disk_and_readers_do_not_wait(store: Store) -> None:
    with store.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_password_is_never_shown() -> None:
    url = sa.make_url("postgresql+psycopg://user:geheim@db.example/reports?password=geheim")

    assert places.show(url) == "postgresql+psycopg://user@db.example/reports"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("://", "url"),
        ("sqlite://", "url"),
        ("sqlite:///:memory:", "url"),
        ("postgresql://user:geheim@host:port/name", "url"),
        ("unheard://user:geheim@host/name", "driver"),
        ("postgresql+psycopg://user:geheim@localhost/name", "driver"),
    ],
)
def test_an_address_that_can_not_be_used_is_refused(url: str, code: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(url)

    assert refused.value.code == code
    assert "geheim" not in refused.value.say(load_words("en")) + str(refused.value)


@pytest.mark.parametrize("below", ["", "store", "store/deeper"])
def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")

    with pytest.raises(StoreError) as refused:
        open_store(file / below)

    assert refused.value.code == "not_folder"
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "workspace.db").mkdir()

    with pytest.raises(StoreError) as refused:
        open_store(tmp_path)

    assert refused.value.code == "unreachable"


@pytest.mark.parametrize("below", ["", "store"])
def test_a_folder_that_can_not_be_written_is_refused(readonly_folder: Path, below: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(readonly_folder / below)

    assert refused.value.code == "readonly"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_error_has_its_words(code: str, lang: str) -> None:
    said = StoreError(code, **{name: f"<{name}>" for name in CODES[code]}).say(load_words(lang))

    assert all(f"<{name}>" in said for name in CODES[code] if name not in ("reason",))
