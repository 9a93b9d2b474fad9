from __future__ import annotations

import pytest

from dashboard.citation import Document, cite
from dashboard.wording import load_words

REPORT = Document(
    titles={"zh": "2022年工作报告", "en": "Work report of 2022"},
    publishers={"zh": "省人民政府", "en": "Provincial government"},
    date="2022-09",
    address="https://example.org/report",
)
UNKNOWN = Document({"zh": "notes", "en": "notes"})


@pytest.mark.parametrize(
    ("lang", "documents", "short", "full"),
    [
        (
            "zh",
            [REPORT],
            "网格数（浙江、仙林），据《2022年工作报告》（2022-09），数据版本 1a2b3c4d。",
            "网格数（浙江、仙林）。《2022年工作报告》，省人民政府，资料时间 2022-09，https://example.org/report。"
            "各地治理统计对比，数据版本 1a2b3c4d，http://localhost/indicator",
        ),
        (
            "en",
            [REPORT],
            "网格数 (浙江, 仙林), from “Work report of 2022” (2022-09); data version 1a2b3c4d.",
            "网格数 (浙江, 仙林). “Work report of 2022”, Provincial government, as of 2022-09, "
            "https://example.org/report. Governance statistics compared, data version 1a2b3c4d, http://localhost/indicator",
        ),
        # Nothing is made up for a document that nothing is known of.
        (
            "zh",
            [REPORT, UNKNOWN],
            "网格数（浙江、仙林），据《2022年工作报告》（2022-09）、《notes》，数据版本 1a2b3c4d。",
            "网格数（浙江、仙林）。《2022年工作报告》，省人民政府，资料时间 2022-09，https://example.org/report；《notes》。"
            "各地治理统计对比，数据版本 1a2b3c4d，http://localhost/indicator",
        ),
    ],
)
def test_figures_are_cited_with_what_is_known_of_their_documents(
    lang: str, documents: list[Document], short: str, full: str
) -> None:
    citation = cite("网格数", ["浙江", "仙林"], documents, "1a2b3c4d", "http://localhost/indicator", load_words(lang))

    assert citation.short == short
    assert citation.full == full


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_an_address_a_citation_ends_with_the_version(lang: str) -> None:
    citation = cite("网格数", ["浙江"], [REPORT], "1a2b3c4d", "", load_words(lang))

    assert citation.full.endswith("1a2b3c4d")
