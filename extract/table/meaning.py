"""
How right the meaning of a table is: of what, of when, done or aimed at, against what, of which row.

Rows are matched to hand-made answers by span, as ``evaluate`` does; optional answers and those without ``status`` are
not asked. A row that the table lacks counts as wrong in every field. An answer may name further accepted ones
(``status_also``).

- status, aggregation, region, theme, period_basis: equal
- subject: equal, quotes, brackets and blanks aside; subject_near: alike to 0.7
- relative_to, action: equal, or one within the other and at least half as long
- year: that of the last day; when: both days
- of_row: the row that it belongs to, or none; links: the same over the rows that belong to another
- complete: value, unit, qualifier and subject all right
- …_set: over the rows for which something is accepted and nothing is not
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from extract.table.evaluate import has_value, match_rows, rows_of

FIELDS: Final = (
    *("subject", "subject_near", "status", "year", "when", "period_basis", "region", "theme", "relative_to"),
    *("aggregation", "action", "of_row", "links", "relative_to_set", "aggregation_set", "action_set"),
    "complete",
)
_EQUAL: Final = ("status", "period_basis", "region", "theme", "aggregation")
_SET: Final = ("relative_to", "aggregation", "action")
# What is said of a row that is wrong, and in which columns.
_SHOWN: Final = (*("subject", "status", "when", "period_basis", "region", "theme"), *_SET, "of_row")
_COLUMNS: Final = MappingProxyType({"when": ("period_start", "period_end"), "of_row": ("of_start",)})
_NEAR: Final = 0.7
_MARKS: Final = re.compile(r"[“”\"‘’'「」\s()（）\u7684]")
_NOTHING: Final = frozenset(("", "none", "nan", "null", "nat", "<na>"))

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Counts by field that can be added up over documents, and the errors in words."""

    hits: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    errors: tuple[str, ...] = ()

    def figures(self) -> dict[str, float]:
        """The number of rows, and of each field the share that is right, rounded to four digits."""
        rates = {name: round(self.hits[name] / self.asked[name], 4) for name in FIELDS if self.asked[name]}
        return {"rows": self.asked["status"]} | rates


def pool_meaning(scores: Iterable[Meaning]) -> Meaning:
    """The counts of several documents added up, their errors in order."""
    hits: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    errors: list[str] = []
    for one in scores:
        hits.update(one.hits)
        asked.update(one.asked)
        errors += one.errors
    return Meaning(hits, asked, tuple(errors))


def score_meaning(gold: Sequence[Row], table: pd.DataFrame) -> Meaning:
    """Compare the meaning of one document's rows with its hand-made answers."""
    rows = rows_of(table)
    partner = match_rows(gold, rows)
    starts = {row["id"]: str(row["start"]) for row in rows}
    asked = [index for index, answer in enumerate(gold) if "status" in answer and not answer.get("optional")]
    return pool_meaning(
        _judge(gold[index], rows[partner[index]] if index in partner else None, starts) for index in asked
    )


def _judge(answer: Row, row: Row | None, starts: Mapping[str, str]) -> Meaning:
    cells = dict(row or {})
    cells["of_start"] = starts.get(_word(cells.get("of_row")), "?") if _word(cells.get("of_row")) else ""
    verdict = _verdict(answer, cells)
    if row is None:
        verdict = dict.fromkeys(verdict, False)
    wrong = [name for name in _SHOWN if not verdict[name]]
    return Meaning(
        hits=Counter(name for name, is_right in verdict.items() if is_right),
        asked=Counter(list(verdict)),
        errors=tuple(_error(name, answer, cells) for name in wrong) if row is not None else (),
    )


def _error(name: str, answer: Row, cells: Row) -> str:
    """One wrong field: the accepted answers, and what the row says."""
    columns = _COLUMNS.get(name, (name,))
    accepted = " ".join("|".join(_accepted(answer, column)) for column in columns)
    found = " ".join(_word(cells.get(column)) for column in columns)
    return f"{name:<12} {answer['start']}-{answer['end']} {answer['raw']!r}: {accepted!r} != {found!r}"


def _verdict(answer: Row, row: Row) -> dict[str, bool]:
    subjects = [_plain(subject) for subject in _accepted(answer, "subject")]
    subject = _plain(row.get("subject"))
    first, last = _word(row.get("period_start"))[:10], _word(row.get("period_end"))[:10]
    lasts = _accepted(answer, "period_end")
    is_owned = row["of_start"] in _accepted(answer, "of_start")
    verdict = {
        "subject": subject in subjects,
        "subject_near": max((_likeness(subject, one) for one in subjects), default=0) >= _NEAR,
        "year": last[:4] in [day[:4] for day in lasts],
        "when": last in lasts and first in _accepted(answer, "period_start"),
        "relative_to": _is_within(row.get("relative_to"), _accepted(answer, "relative_to")),
        "action": _is_within(row.get("action"), _accepted(answer, "action")),
        "of_row": is_owned,
    }
    verdict |= {name: _word(row.get(name)) in _accepted(answer, name) for name in _EQUAL}
    if "value" in answer:
        is_alike = has_value(answer, row) and _word(row.get("qualifier")) in _accepted(answer, "qualifier")
        verdict["complete"] = is_alike and verdict["subject"]
    if _word(answer.get("of_start")):
        verdict["links"] = is_owned
    return verdict | {f"{name}_set": verdict[name] for name in _SET if "" not in _accepted(answer, name)}


def _word(cell: object) -> str:
    text = "" if cell is None else str(cell).strip()
    return "" if text.lower() in _NOTHING else text


def _plain(cell: object) -> str:
    return _MARKS.sub("", _word(cell))


def _accepted(answer: Row, name: str) -> list[str]:
    return [_word(answer.get(name)), *(_word(one) for one in answer.get(f"{name}_also") or ())]


def _is_within(cell: object, accepted: Sequence[str]) -> bool:
    text, wanted = _plain(cell), [_plain(one) for one in accepted]
    if text in wanted:
        return True
    return len(text) > 1 and any(
        len(one) > 1 and (one in text or text in one) and 2 * min(len(one), len(text)) >= max(len(one), len(text))
        for one in wanted
    )


def _likeness(one: str, other: str) -> float:
    """Twice the longest common subsequence over both lengths."""
    if not one or not other:
        return float(one == other)
    before = [0] * (len(other) + 1)
    for char in one:
        now = [0]
        for index, match in enumerate(other):
            now.append(before[index] + 1 if char == match else max(before[index + 1], now[index]))
        before = now
    return 2 * before[-1] / (len(one) + len(other))
