"""The rules that the benchmark makes: as many as it says, and none that could fire."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bench.curves import NEVER, PATTERNS, multiply_rules
from bench.texts import ROOT


def rules_of(folder: Path, name: str) -> list[dict[str, str]]:
    tables = tomllib.loads((folder / "extract" / "rules" / name).read_text(encoding="utf-8"))
    return [rule for table in tables.values() if isinstance(table, list) for rule in table]


@pytest.mark.parametrize("name", PATTERNS)
def test_rules_are_multiplied_by_ones_that_never_fire(name: str, tmp_path: Path) -> None:
    real = rules_of(ROOT, name)

    rules = rules_of(multiply_rules(tmp_path, 3), name)

    made = [rule for rule in rules if all(NEVER in rule[key] for key in PATTERNS[name])]
    assert [rule for rule in rules if rule not in made] == real
    assert len(made) == 2 * len(real)
