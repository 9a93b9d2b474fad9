"""Which documents are found, under which names, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from extract.corpus.listing import list_documents
from extract.table.errors import InputError
from tests.extract.corpus.conftest import TEXTS


def names(*inputs: Path | str) -> list[str]:
    return sorted(list_documents([str(one) for one in inputs]).entries)


def test_a_directory_gives_its_documents_by_their_way_from_it(folder: Path) -> None:
    (folder / "华东" / "浙江.toml").write_text("reference_date = 2026-01-20\n")
    (folder / ".hidden.txt").write_text("x")
    (folder / "~$浙江.docx").write_text("x")

    assert names(folder) == sorted(TEXTS)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("华东/*.txt", ["山东.txt", "浙江.txt"]),
        ("**/*.txt", ["华东/山东.txt", "华东/浙江.txt"]),
        ("*/湖北.m?", ["华中/湖北.md"]),
    ],
)
def test_a_pattern_gives_names_from_its_fixed_part(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(folder / pattern) == expected


def test_a_list_names_a_document_a_line_from_its_own_folder(folder: Path) -> None:
    listed = folder / "文件清单.txt"
    listed.write_text("\ufeff华东/浙江.txt\n\n华中/湖北.md\n没有.txt\n", encoding="utf-8")
    listing = list_documents([str(listed)])

    assert sorted(listing.entries) == ["华东/浙江.txt", "华中/湖北.md"]
    assert listing.problems == [f"没有.txt: is listed in {listed}, but is not there; correct the list"]


def test_a_document_is_no_list(folder: Path) -> None:
    assert names(folder / "华东" / "浙江.txt") == ["浙江.txt"]


def test_a_row_of_a_parquet_file_is_a_document(tmp_path: Path) -> None:
    named, bare = tmp_path / "named.parquet", tmp_path / "bare.parquet"
    pd.DataFrame({"document": ["甲", "乙"], "text": ["网格3万个。", "网格4万个。"]}).to_parquet(named)
    pd.DataFrame({"text": ["网格3万个。", None]}).to_parquet(bare)

    assert names(named, bare) == ["bare#1", "bare#2", "乙", "甲"]


def test_what_is_no_document_is_counted(folder: Path) -> None:
    for name in ("a.doc", "b.doc", "c.jpg", "README"):
        (folder / name).write_text("x")

    assert list_documents([str(folder)]).others == {".doc": 2, ".jpg": 1, "(none)": 1}


def test_a_link_that_leads_nowhere_is_named_and_the_rest_found(folder: Path) -> None:
    (folder / "断.txt").symlink_to("/nowhere/x.txt")
    listing = list_documents([str(folder)])

    assert sorted(listing.entries) == sorted(TEXTS)
    assert listing.problems == [f"{folder}/断.txt: leads nowhere (/nowhere/x.txt); restore or remove it"]


def test_of_two_documents_with_one_name_the_second_is_named(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "说明.html").write_text("<p>网格3万个</p>")
    listing = list_documents([str(folder), str(other)])

    assert listing.entries["说明.html"].address == f"{folder}/说明.html"
    assert listing.problems == [
        f"{other}/说明.html: is called 说明.html, as {folder}/说明.html is; run the two into folders of their own"
    ]


def test_the_same_document_given_twice_is_one(folder: Path) -> None:
    assert names(folder, folder) == sorted(TEXTS)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("missing", "is not there; name a directory, a pattern, a list, a Parquet file or a document"),
        ("*.docx", "fits no file; check the pattern, and quote it from the shell"),
        ("nowhere://bucket/x", "can't be listed (Protocol not known: nowhere); check the address and the rights to it"),
    ],
)
def test_what_is_not_there_is_refused(folder: Path, given: str, said: str) -> None:
    address = given if "://" in given else str(folder / given)
    with pytest.raises(InputError) as refused:
        list_documents([address])
    assert str(refused.value) == f"{address}: {said}"


@pytest.mark.parametrize(
    ("columns", "there"),
    [({"content": ["x"]}, "content (large_string)"), ({"text": [1]}, "text (int64)"), ({}, "none at all")],
)
def test_a_parquet_file_without_texts_is_refused(tmp_path: Path, columns: dict[str, list[object]], there: str) -> None:
    path = tmp_path / "wrong.parquet"
    pd.DataFrame(columns).to_parquet(path)
    with pytest.raises(InputError) as refused:
        list_documents([str(path)])
    assert str(refused.value) == (
        f"{path}: has no column 'text' of strings, but {there}; name the column of texts text (and those of names and"
        " dates, where there are any, document and reference_date)"
    )


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(InputError, match="can't be listed"):
        list_documents([str(path)])
