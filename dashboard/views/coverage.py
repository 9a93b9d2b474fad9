"""The matrix theme × reporter: who reported how much on what, every count a way there; groups open into themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.filters import PLACE_FIELDS
from dashboard.nesting import open_groups, split_themes
from dashboard.views.jumps import Jump, jump_table
from dashboard.views.view import View, plain

# With filters beyond place and theme, a blank no longer says that nothing was reported.
PLAIN_FIELDS: Final = frozenset({*PLACE_FIELDS, "themes"})
# More regions than this do not stand beside each other.
MOST_COLUMNS: Final = 40
FIELDS: Final = {"region": "regions", "speaker": "reporters", "province": "provinces"}


@dataclass(frozen=True, slots=True)
class Matrix:
    """
    Themes × reporters, or provinces: how many statistics each reported, and the word for none (``absent``).

    ``groups`` are those of the themes, each with its themes; only those of several themes ``can_open``, and of these
    some are ``opened``.
    """

    column: str
    counts: pd.DataFrame
    absent: str
    groups: dict[str, tuple[str, ...]]
    can_open: tuple[str, ...]
    opened: tuple[str, ...]


def coverage(view: View) -> None:
    """The matrix of what is selected, with a column for every region in sight."""
    words, data = view.words, view.dataset
    matrix = make_matrix(view)
    places = len(matrix.counts.columns)
    st.header(words("coverage.title"))
    lead = words("coverage.lead", absent=matrix.absent)
    if matrix.can_open:
        lead += words("coverage.groups")
    if view.filters.active():
        lead += words("coverage.filtered", filters=view.filters.say(words, data.codebook))
    st.caption(plain(lead))
    rows = [row for group in matrix.groups for row in group_rows(group, matrix, view)]
    jump_table(
        words("coverage.caption", themes=len(matrix.counts.index), regions=places),
        head_row(matrix, view),
        [*rows, total_row(matrix, view)],
        "coverage",
        "overview",
        view,
    )


def make_matrix(view: View) -> Matrix:
    """What is counted, and which groups lie open: those of the link, else the only one."""
    column, places = find_columns(view)
    counts = view.dataset.tallies.coverage(view.filters, column).reindex(columns=places, fill_value=0)
    is_reported = PLAIN_FIELDS.issuperset(view.filters.active())
    codebook = view.dataset.codebook
    groups = split_themes(map(str, counts.index), codebook)
    can_open = tuple(group for group in groups if group in open_groups(codebook))
    if len(can_open) == 1 and len(groups[can_open[0]]) == 1:
        # A single theme of a single group says it all.
        can_open = ()
    usual = can_open if len(can_open) == 1 else ()
    return Matrix(
        column=column,
        counts=counts,
        absent=view.words("coverage.absent" if is_reported else "coverage.absent_filtered"),
        groups=groups,
        can_open=can_open,
        opened=usual if view.link.groups is None else view.link.groups,
    )


def find_columns(view: View) -> tuple[str, Sequence[str]]:
    """What has a column each: the reporters in sight, of many their provinces; each is a region that reports."""
    data, places = view.dataset, view.filters.places()
    reporters = data.tallies.speakers(places)
    if len(reporters) <= MOST_COLUMNS:
        return "speaker" if data.tallies.has_others else "region", reporters
    return "province", list(data.choices(places)["provinces"])


def head_row(matrix: Matrix, view: View) -> list[Jump]:
    """The regions, each a way to its page; a province is one to its regions."""
    regions = [
        Jump(
            view.region(region),
            words_of_region(region, view),
            page=page,
            fields={"row": None, **fields},
            is_number=True,
        )
        for region in matrix.counts.columns
        for page, fields in [way_of(region, matrix.column, view)]
    ]
    return [Jump(view.words("coverage.theme")), *regions, Jump(view.words("coverage.total"), is_number=True)]


def way_of(place: str, column: str, view: View) -> tuple[str, dict[str, Any]]:
    """The page that a column's head leads to, and the fields of the link; a reporter may speak of others only."""
    if column != "province" and place in view.dataset.vocabulary.values["regions"]:
        return "region", {"place": place}
    return "overview", {"filters": replace(view.filters, **{FIELDS[column]: (place,)})}


def words_of_region(region: str, view: View) -> str:
    """What the head of a column leads to."""
    return view.words("coverage.region_page", region=view.region(region))


def group_rows(group: str, matrix: Matrix, view: View) -> list[list[Jump]]:
    """The rows of a group: its own, which opens or closes it, and where it is open those of its themes."""
    codebook, lang, themes = view.dataset.codebook, view.words.lang, matrix.groups[group]
    can_open, is_open = group in matrix.can_open, group in matrix.opened
    most = int(matrix.counts.to_numpy().max())
    rows = [
        [
            replace(theme_head(theme, matrix, view), is_below=can_open),
            *count_cells((theme,), codebook.theme_label(theme, lang), most, matrix, view),
        ]
        for theme in (themes if is_open or not can_open else ())
    ]
    if not can_open:
        return rows
    sums = [int(matrix.counts.loc[list(its)].sum().max()) for its in matrix.groups.values()]
    # Of chosen themes the counts are, and so is what they lead to.
    counted = themes if view.filters.themes else codebook.group_themes(group)
    cells = count_cells(counted, codebook.group_label(group, lang), max(sums), matrix, view)
    return [[group_head(group, matrix, view), *cells], *rows]


def theme_head(theme: str, matrix: Matrix, view: View) -> Jump:
    """A theme, a way to its comparisons."""
    label = view.dataset.codebook.theme_label(theme, view.words.lang)
    return Jump(
        label,
        view.words("coverage.theme_page", theme=label, count=int(matrix.counts.loc[theme].sum())),
        page="compare",
        fields={"filters": replace(view.filters, themes=(theme,)), "row": None},
    )


def group_head(group: str, matrix: Matrix, view: View) -> Jump:
    """A group, which opens into its themes or closes."""
    words, themes, is_open = view.words, matrix.groups[group], group in matrix.opened
    kept = [one for one in matrix.opened if one != group]
    opened = [one for one in matrix.groups if one in (kept if is_open else [*kept, group])]
    label = view.dataset.codebook.group_label(group, words.lang)
    count = int(matrix.counts.loc[list(themes)].to_numpy().sum())
    return Jump(
        label,
        words(f"coverage.group_{'close' if is_open else 'open'}", group=label, count=count, themes=len(themes)),
        page="overview",
        fields={"groups": tuple(opened), "row": None},
        is_open=is_open,
    )


def count_cells(themes: tuple[str, ...], label: str, most: int, matrix: Matrix, view: View) -> list[Jump]:
    """The counts of some themes in each region, and their total, each a way to the comparisons; ``most`` is darkest."""
    words, chosen = view.words, replace(view.filters, themes=themes)
    counts = matrix.counts.loc[[theme for theme in themes if theme in matrix.counts.index]].sum()
    cells = []
    for region, count in counts.items():
        who = {"region": view.region(str(region)), "theme": label}
        if not count:
            cells.append(Jump("–", words("coverage.none", absent=matrix.absent, **who), is_number=True))
            continue
        cells.append(
            Jump(
                str(count),
                words("coverage.cell", count=count, **who),
                page="compare",
                fields={"filters": replace(chosen, **{FIELDS[matrix.column]: (region,)}), "row": None},
                shade=int(count) / most,
                is_number=True,
            )
        )
    total = str(counts.sum())
    if len(themes) == 1:
        return [*cells, Jump(total, is_number=True)]
    name = words("coverage.theme_page", theme=label, count=total)
    return [*cells, Jump(total, name, page="compare", fields={"filters": chosen, "row": None}, is_number=True)]


def total_row(matrix: Matrix, view: View) -> list[Jump]:
    """The total of each region and of all."""
    words, counts = view.words, matrix.counts
    cells = [Jump(words("coverage.total"))]
    for region, total in counts.sum().items():
        name = "" if total else words("coverage.none_total", region=view.region(str(region)), absent=matrix.absent)
        cells.append(Jump(str(total) if total else "–", name, is_number=True))
    return [*cells, Jump(str(counts.to_numpy().sum()), is_number=True)]
