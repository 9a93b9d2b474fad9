"""
Precision, recall and F1 of a tidy table against hand-annotated statistics, and every error.

A row and a gold row match when their spans overlap by at least half of the longer one, the largest overlap first, one
to one. A match is right when value, value_high and unit are equal; the other fields are scored as accuracy over the
right matches. Gold rows marked optional are don't-cares: they neither help nor hurt. A gold row may name further
accepted answers (``period_also`` …); a field whose key it lacks is not asked.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pandas as pd

from extract.table.errors import InputError

FIELDS: Final = ("qualifier", "kind", "direction", "role", "region", "theme", "period", "indicator")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that can be added up over documents, and the errors in words."""

    gold: int = 0
    predicted: int = 0
    right: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    errors: tuple[str, ...] = ()

    def figures(self) -> dict[str, float]:
        """gold, predicted, right, precision, recall, f1 and each field's accuracy, rounded to four digits."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.right else 0.0
        counts = {"gold": self.gold, "predicted": self.predicted, "right": self.right}
        rates = {"precision": precision, "recall": recall, "f1": f1}
        rates |= {name: self.hits[name] / self.asked[name] for name in FIELDS if self.asked[name]}
        return counts | {name: round(rate, 4) for name, rate in rates.items()}


def pool(scores: Iterable[Score]) -> Score:
    """The counts of several scores added up, their errors in order."""
    every = list(scores)
    hits: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for one in every:
        hits.update(one.hits)
        asked.update(one.asked)
    return Score(
        sum(one.gold for one in every),
        sum(one.predicted for one in every),
        sum(one.right for one in every),
        hits,
        asked,
        tuple(chain.from_iterable(one.errors for one in every)),
    )


def read_gold(path: Path) -> list[dict[str, Any]]:
    """
    Hand-made answers, one JSON object a line.

    Raises:
        InputError:
            The file is missing or a line is no such answer.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read as JSON lines ({error}); give hand-made answers first") from error
    for number, row in enumerate(rows, start=1):
        if not _is_answer(row):
            raise InputError(
                f"{path}: answer {number} lacks raw or unit, or numbers for start, end, value; give hand-made answers"
            )
    return rows


def read_day(gold: Path) -> date | None:
    """
    The reference date that stands beside some answers (``NAME.meta.json``), None where none does.

    Raises:
        InputError:
            The file can't be read, or its reference date is no day.
    """
    path = gold.with_suffix(".meta.json")
    try:
        day = json.loads(path.read_text(encoding="utf-8")).get("reference_date") if path.exists() else None
        return date.fromisoformat(day) if day else None
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: reference_date can't be read ({error}); write it as 2022-09-30") from error


def _is_answer(row: object) -> bool:
    if not isinstance(row, dict):
        return False
    numbers = [row.get("start"), row.get("end"), row.get("value"), row.get("value_high") or 0]
    texts = [row.get("raw"), row.get("unit")]
    return all(isinstance(n, int | float) for n in numbers) and all(isinstance(text, str) for text in texts)


def score(gold: Sequence[Row], table: pd.DataFrame) -> Score:
    """Compare one document's rows with its hand-made answers."""
    rows = rows_of(table)
    partner = match_rows(gold, rows)
    matched = {j: i for i, j in partner.items()}
    judged = [
        _judge(gold[matched[j]], row) if j in matched else _judge_spurious(gold, row) for j, row in enumerate(rows)
    ]
    required = [i for i, answer in enumerate(gold) if not answer.get("optional")]
    missed = tuple(f"missed    {_where(gold[i])} ({gold[i].get('subject')})" for i in required if i not in partner)
    return pool((*judged, Score(gold=len(required), errors=missed)))


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a table as mappings, null cells as None."""
    cells = table.astype(object).where(table.notna(), None)
    return [dict(zip(cells.columns, values, strict=True)) for values in cells.itertuples(index=False)]


def match_rows(gold: Sequence[Row], rows: Sequence[Row]) -> dict[int, int]:
    """One-to-one pairs gold → row, the largest overlap first."""
    overlaps = []
    for i, answer in enumerate(gold):
        for j, row in enumerate(rows):
            shared = min(answer["end"], row["end"]) - max(answer["start"], row["start"])
            longer = max(answer["end"] - answer["start"], row["end"] - row["start"])
            if shared > 0 and (2 * shared >= longer or answer.get("optional")):
                overlaps.append((-shared, i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(overlaps):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _judge_spurious(gold: Sequence[Row], row: Row) -> Score:
    touches = any(a.get("optional") and row["start"] < a["end"] and a["start"] < row["end"] for a in gold)
    return Score() if touches else Score(predicted=1, errors=(f"spurious  {_where(row)} = {_values(row)}",))


def _judge(answer: Row, row: Row) -> Score:
    if answer.get("optional"):
        return Score()
    if not has_value(answer, row):
        return Score(predicted=1, errors=(f"wrong     {_where(answer)}: {_values(answer)} != {_values(row)}",))
    asked = [name for name in FIELDS if name in answer or name != "indicator"]
    wrong = [name for name in asked if (row[name] or "") not in _accepted(answer, name)]
    errors = tuple(f"{name:<9} {_where(answer)}: {answer.get(name) or ''!r} != {row[name] or ''!r}" for name in wrong)
    hits = Counter(name for name in asked if name not in wrong)
    return Score(predicted=1, right=1, hits=hits, asked=Counter(asked), errors=errors)


def has_value(answer: Row, row: Row) -> bool:
    """Whether a row has the value, the upper end and the unit of its answer."""
    is_same = all(_same(answer.get(name), row.get(name)) for name in ("value", "value_high"))
    return is_same and answer["unit"] == row.get("unit")


def _accepted(answer: Row, name: str) -> set[str]:
    return {answer.get(name) or "", *(answer.get(f"{name}_also") or ())}


def _same(expected: float | None, actual: float | None) -> bool:
    if expected is None or actual is None:
        return expected is actual
    return math.isclose(expected, actual, rel_tol=1e-9, abs_tol=1e-9)


def _where(row: Row) -> str:
    return f"{row['start']}-{row['end']} {row['raw']!r}"


def _values(row: Row) -> str:
    high = row.get("value_high")
    return f"{row['value']}{'' if high is None else f'..{high}'} {row['unit']!r}"
