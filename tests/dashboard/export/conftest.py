"""What every exporter is given: comparisons of the app's rows, or of rows made to pin one edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard.dataset import Dataset
from dashboard.export.contents import Contents
from dashboard.exports import collect, compare_panels
from dashboard.filters import Filters
from dashboard.options import Options
from dashboard.outlines import rank_panels
from dashboard.wording import load_words

ADDRESS = "http://localhost:8501/compare?v=1"
MakeContents = Callable[..., Contents]


@pytest.fixture
def make_contents(dataset: Dataset, ask: Callable[[pd.DataFrame], Dataset]) -> MakeContents:
    """Contents of rows (by default the app's), in a language, under options and filters."""

    def make(
        rows: pd.DataFrame | None = None, lang: str = "zh", options: Options | None = None, **filters: Any
    ) -> Contents:
        data = dataset if rows is None else ask(rows)
        words, chosen = load_words(lang), Filters(**filters)
        panels = rank_panels(data.panels(chosen))
        comparisons = compare_panels(panels, options or Options(), data, words, lambda _: ADDRESS)
        return collect(comparisons, chosen, data, words, ADDRESS, "2026-11-23")

    return make
