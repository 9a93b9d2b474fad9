"""The matrix theme × region: who reported how much on what, every count a way there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.filters import PLACE_FIELDS, Filters
from dashboard.views.jumps import Jump, jump_table
from dashboard.views.view import View, plain

# With filters beyond place and theme, a blank no longer says that nothing was reported.
PLAIN_FIELDS: Final = frozenset({*PLACE_FIELDS, "themes"})
# More regions than this do not stand beside each other.
MOST_COLUMNS: Final = 40
FIELDS: Final = {"region": "regions", "province": "provinces"}


def coverage(view: View) -> None:
    """The matrix of what is selected, with a column for every region in sight."""
    words, data = view.words, view.dataset
    column, places = find_columns(view)
    counts = data.count_coverage(view.filters, column).reindex(columns=places, fill_value=0)
    is_reported = PLAIN_FIELDS.issuperset(view.filters.active())
    absent = words("coverage.absent" if is_reported else "coverage.absent_filtered")
    st.header(words("coverage.title"))
    lead = words("coverage.lead", absent=absent)
    if view.filters.active():
        lead += words("coverage.filtered", filters=view.filters.say(words, data.codebook))
    st.caption(plain(lead))
    jump_table(
        words("coverage.caption", themes=len(counts.index), regions=len(places)),
        head_row(column, counts, view),
        [theme_row(str(theme), column, counts, absent, view) for theme in counts.index]
        + [total_row(counts, absent, view)],
        "coverage",
        "overview",
        view,
    )


def find_columns(view: View) -> tuple[str, Sequence[str]]:
    """What has a column each: the regions in sight, of many their provinces."""
    regions = view.dataset.regions(view.filters.places())
    if len(regions) <= MOST_COLUMNS:
        return "region", regions
    return "province", list(view.dataset.choices(view.filters.places())["provinces"])


def head_row(column: str, counts: pd.DataFrame, view: View) -> list[Jump]:
    """The regions, each a way to its page; a province is one to its regions."""
    regions = [
        Jump(
            view.region(region),
            words_of_region(region, view),
            page="region" if column == "region" else "overview",
            fields={"row": None, **place_fields(region, column, view.filters)},
            is_number=True,
        )
        for region in counts.columns
    ]
    return [Jump(view.words("coverage.theme")), *regions, Jump(view.words("coverage.total"), is_number=True)]


def place_fields(place: str, column: str, filters: Filters) -> dict[str, Any]:
    """The fields of the link to a column's page."""
    return {"place": place} if column == "region" else {"filters": replace(filters, provinces=(place,))}


def words_of_region(region: str, view: View) -> str:
    """What the head of a column leads to."""
    return view.words("coverage.region_page", region=view.region(region))


def theme_row(theme: str, column: str, counts: pd.DataFrame, absent: str, view: View) -> list[Jump]:
    """A theme, a way to its comparisons; its count in each region; its total."""
    words, most = view.words, int(counts.to_numpy().max())
    label = view.dataset.codebook.theme_label(theme, words.lang)
    chosen = replace(view.filters, themes=(theme,))
    cells = []
    for region in counts.columns:
        count = int(counts.at[theme, region])
        who = {"region": view.region(region), "theme": label}
        if not count:
            cells.append(Jump("–", words("coverage.none", absent=absent, **who), is_number=True))
            continue
        cells.append(
            Jump(
                str(count),
                words("coverage.cell", count=count, **who),
                page="compare",
                fields={"filters": replace(chosen, **{FIELDS[column]: (region,)}), "row": None},
                shade=count / most,
                is_number=True,
            )
        )
    total = int(counts.loc[theme].sum())
    head = Jump(
        label,
        words("coverage.theme_page", theme=label, count=total),
        page="compare",
        fields={"filters": chosen, "row": None},
    )
    return [head, *cells, Jump(str(total), is_number=True)]


def total_row(counts: pd.DataFrame, absent: str, view: View) -> list[Jump]:
    """The total of each region and of all."""
    words = view.words
    cells = [Jump(words("coverage.total"))]
    for region, total in counts.sum().items():
        name = "" if total else words("coverage.none_total", region=view.region(str(region)), absent=absent)
        cells.append(Jump(str(total) if total else "–", name, is_number=True))
    return [*cells, Jump(str(counts.to_numpy().sum()), is_number=True)]
