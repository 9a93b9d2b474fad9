"""A report in every format gives the statistics that it gives as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers import read_document
from tests.make_documents import FORMATS, compare, print_by_libreoffice, to_docx

REPORTS = ("上海市-2026", "河北省-2026", "陕西省-2026")
# The app's own face, in which the pages are printed, lacks a few rare characters.
NEARLY_ALL = 0.97


def table_of(losses: list[tuple[str, str, int, int]]) -> str:
    return "\n".join("\t".join(map(str, loss)) for loss in losses)


@pytest.mark.once
@pytest.mark.parametrize("name", REPORTS)
def test_reports_in_every_format(name: str, gold_dir: Path) -> None:
    text = (gold_dir / "corpus" / f"{name}.txt").read_text(encoding="utf-8-sig")
    made = {file: make(text) for file, make in FORMATS.items()}
    losses = [(file, "rows lost", lost.total(), wanted) for file, (wanted, lost, _) in compare(text, made).items()]
    print(table_of(losses))

    assert [loss for loss in losses if loss[2] > (1 - NEARLY_ALL) * loss[3]] == [], table_of(losses)


@pytest.mark.office
def test_a_report_printed_by_an_office(libreoffice: Path, gold_dir: Path, tmp_path: Path) -> None:
    text = (gold_dir / "corpus" / "上海市-2026.txt").read_text(encoding="utf-8-sig")
    made = {"office.pdf": print_by_libreoffice(to_docx(text), libreoffice, tmp_path)}
    (wanted, lost, _) = compare(text, made)["office.pdf"]

    assert lost.total() <= (1 - NEARLY_ALL) * wanted, list(lost)
    assert read_document(made["office.pdf"], "report.pdf").places[-1].page is not None
