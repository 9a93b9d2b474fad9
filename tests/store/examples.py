"""Documents, rows and reviews to keep."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard.store import Facts, NewDocument
from extract.table.frame import to_frame
from extract.table.record import Mention, Place, Statistic, row_id, text_hash
from extract.table.reviews import Review

SENTENCE = "全省设立网格8.5万个，组建率82%。"
# The columns that version 2 of the table brought.
VERSION_2 = {
    "reporter": "浙江",
    "section": "一、上年工作\n",
    "status": "target",
    "period_basis": "inherited",
    "relative_to": "=上年",
    "aggregation": "cumulative",
    "action": "设立",
    "of_row": "0123456789abcdef",
}


def document(name: str = "报告", text: str = SENTENCE, **fields: Any) -> NewDocument:
    """A document of one sentence; another text is another file."""
    usual = {
        "file_name": f"{name}.docx",
        "format": "docx",
        "checksum": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "places": (Place(0, len(text), page=1, paragraph=2), Place(0, 2, table=1, row=3, is_heading=True)),
        "facts": Facts(title=f"{name}的标题", publisher="省政府", reference_date="2025-01-20", region="浙江"),
        "rules": "rules-1",
    }
    return NewDocument(name=name, text=text, **usual | fields)


def statistics(text: str = SENTENCE, count: int = 2, **fields: Any) -> pd.DataFrame:
    """The table of a text: ``count`` rows that differ in value, further fields as given."""
    return to_frame(statistic(text, number)._replace(**fields) for number in range(count))


def statistic(text: str, number: int) -> Statistic:
    """A row of a text; every second one has no more than it must."""
    start = min(6, len(text))
    value = Decimal(85000 + number)
    mention = Mention(start, start + 5, value, None, "个", "exact", "plain")
    is_full = number % 2 == 0
    return Statistic(
        id=row_id(text_hash(text), mention),
        document="as extracted",
        report=1,
        region="浙江" if is_full else None,
        province="浙江" if is_full else None,
        level="province" if is_full else None,
        theme="grid",
        indicator="grids_total" if is_full else None,
        subject="网格",
        value=value,
        value_high=Decimal("90000.5") if is_full else None,
        unit="个",
        qualifier="exact",
        kind="count",
        direction="up" if is_full else None,
        role=None,
        period="今年" if is_full else None,
        period_start=None,
        period_end=None,
        raw=text[start : start + 5],
        start=start,
        end=start + 5,
        sentence=text[:200],
        rule="plain",
        flags="" if is_full else "no_subject",
        **(VERSION_2 if is_full else {}),
    )


def review(number: int = 1, **fields: Any) -> Review:
    """A review of a row; a later number is a later moment."""
    usual = {
        "id": f"review-{number}",
        "row": f"row-{number}",
        "start": 6,
        "end": 11,
        "raw": "8.5万个",
        "verdict": "corrected",
        "reviewer": "甲",
        "at": f"2026-01-{number:02d}T08:00:00+00:00",
        "reason": "看错一位",
        "old": {"value": 85000.0, "value_high": None},
        "new": {"value": 84000.0, "value_high": None},
    }
    return Review(**usual | fields)
