"""
Questions to many rows, in a process of its own: ``python -m bench.rows_process WHO FOLDER`` prints JSON.

A question is what one click in the app asks: how many rows pass, what each filter offers then, which comparisons there
are, and the first of them.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import pandas as pd

from bench.process import most_memory
from dashboard.filters import COLUMNS, Filters

SEED: Final = 7
QUESTIONS: Final = 40
TERMS: Final = ("粮食", "养老", "网格员", "高速公路", "投资增长", "义务教育", "社区工作者", "新能源汽车", "GDP", "绿色")
TEXTS: Final = ("subject", "sentence", "period")
FIELDS: Final = tuple(column for column in COLUMNS.values() if column not in ("review", "year"))


@dataclass(frozen=True, slots=True)
class Answers:
    """Seconds until the first question can be asked, for each question and each search; the most memory in MiB."""

    rows: int
    opened: float
    questions: list[float]
    searches: list[float]
    found: list[int]
    most_mib: float


def measure_rows(who: str, folder: Path) -> Answers:
    """One process that asks all questions."""
    command = [sys.executable, "-m", "bench.rows_process", who, str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return Answers(**json.loads(done.stdout.splitlines()[-1]))


def make_questions(values: Callable[[str], Sequence[str]]) -> list[Filters]:
    """Selections as readers make them, the same for everybody."""
    chance = random.Random(SEED)
    pick = {field: sorted(values(field)) for field in ("provinces", "regions", "indicators", "themes", "kinds")}
    shapes = [("provinces",), ("indicators",), ("regions",), ("themes", "provinces"), ("indicators", "provinces")]
    shapes.append(("kinds",))
    questions = []
    for number in range(QUESTIONS):
        shape = shapes[number % len(shapes)]
        questions.append(Filters(**{field: (chance.choice(pick[field]),) for field in shape}))
    return questions


def ask_app(folder: Path) -> tuple[int, float, Callable[[Filters], int], Callable[[str], int], list[Filters]]:
    """The app's own answers."""
    from dashboard.load import read_dataset
    from dashboard.outlines import rank_panels

    started = perf_counter()
    data = read_dataset(folder)
    opened = perf_counter() - started

    def compare(filters: Filters) -> int:
        data.choices(filters)
        data.panels(filters, rank_panels(data.outlines(filters))[:1])
        return data.count(filters)

    questions = make_questions(lambda field: data.vocabulary.values[field])
    return len(data), opened, compare, lambda term: data.count(Filters(terms=(term,))), questions


def ask_pandas(folder: Path) -> tuple[int, float, Callable[[Filters], int], Callable[[str], int], list[Filters]]:
    """The same of a frame in memory, its columns of few values as categories."""
    started = perf_counter()
    columns = [*FIELDS, *TEXTS, "unit", "value"]
    frame = pd.concat([pd.read_parquet(path, columns=columns) for path in sorted(folder.glob("*.parquet"))])
    for column in (*FIELDS, "unit", "period", "subject"):
        frame[column] = frame[column].astype("category")
    opened = perf_counter() - started

    def passing(filters: Filters, but: str = "") -> pd.DataFrame:
        mask = pd.Series(True, index=frame.index)
        for field in filters.active():
            if field != but:
                mask &= frame[COLUMNS[field]].isin(filters.chosen(field))
        return frame[mask.to_numpy()]

    def compare(filters: Filters) -> int:
        rows = passing(filters)
        for field, column in COLUMNS.items():
            if column in FIELDS:
                (passing(filters, field) if filters.chosen(field) else rows)[column].value_counts()
        if rows.empty:
            return 0
        keys = ["indicator", "theme", "kind", "unit"]
        groups = rows.groupby(keys, observed=True, dropna=False)["region"].nunique().sort_values()
        first = rows
        for key, value in zip(keys, groups.index[-1], strict=True):
            first = first[first[key].isna() if pd.isna(value) else first[key] == value]
        first.groupby(["province", "level"], observed=True)["value"].quantile([0.25, 0.5, 0.75])
        return len(rows)

    def search(term: str) -> int:
        found = pd.Series(False, index=frame.index)
        for column in TEXTS:
            found |= frame[column].astype("str").str.contains(term, regex=False, case=False).fillna(False)
        return int(found.sum())

    def values(field: str) -> Sequence[str]:
        return sorted(frame[COLUMNS[field]].cat.categories)

    return len(frame), opened, compare, search, make_questions(values)


ASKED: Final[dict[str, Any]] = {"app": ask_app, "pandas": ask_pandas}


def main() -> None:
    """Measure in this process."""
    rows, opened, compare, search, questions = ASKED[sys.argv[1]](Path(sys.argv[2]))
    # What is loaded at first use, and no part of a question: the dictionary that cuts a search into words.
    search("一二三四五")
    times, found = [], []
    for asked, ask in [*((one, compare) for one in questions), *((term, search) for term in TERMS)]:
        started = perf_counter()
        found.append(ask(asked))
        times.append(perf_counter() - started)
    print()
    answers = Answers(rows, opened, times[: len(questions)], times[len(questions) :], found, most_memory())
    print(json.dumps(asdict(answers)))


if __name__ == "__main__":
    main()
