"""
Values that stand below another one, and the value that stands for all of them: a group of themes, and a reporter of
what it says of each place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dashboard.wording.codebook import Codebook

# What follows a group's id where it stands for all of its themes: some themes have the id of a group.
WHOLE: Final = ".all"
# Between a reporter and a place, which no name of either holds.
OF: Final = "\x1f"


def group_value(group: str) -> str:
    """The value that stands for all themes of a group."""
    return group + WHOLE


def find_group(value: str, codebook: Codebook) -> str | None:
    """The group that a value stands for, None for a theme."""
    group = value.removesuffix(WHOLE)
    return group if group != value and group in codebook.groups else None


def open_groups(codebook: Codebook) -> tuple[str, ...]:
    """The groups of more than one theme: there is something to choose in them."""
    return tuple(group for group in codebook.groups if len(codebook.group_themes(group)) > 1)


def group_values(themes: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """The values that stand for the groups of these themes."""
    present = {codebook.group_of(theme) for theme in themes}
    return tuple(group_value(group) for group in open_groups(codebook) if group in present)


def fold_themes(themes: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """Themes, those of a whole group as the group."""
    chosen = list(dict.fromkeys(themes))
    whole = {group for group in open_groups(codebook) if set(codebook.group_themes(group)) <= set(chosen)}
    groups = {theme: codebook.themes[theme].group for theme in chosen if theme in codebook.themes}
    return tuple(dict.fromkeys(group_value(groups[theme]) if groups.get(theme) in whole else theme for theme in chosen))


def unfold_themes(values: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """Themes and groups as themes, each once."""
    found: dict[str, None] = {}
    for value in values:
        group = find_group(value, codebook)
        found |= dict.fromkeys([value] if group is None else codebook.group_themes(group))
    return tuple(found)


def split_themes(themes: Iterable[str], codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Themes by their group, both in the codebook's order; those that it lacks are behind the other ones."""
    found: dict[str, list[str]] = {}
    for theme in themes:
        found.setdefault(codebook.group_of(theme), []).append(theme)
    return {group: tuple(found[group]) for group in sorted(found, key=[*codebook.groups, *found].index)}


def told(reporter: str, region: str) -> str:
    """The value of what a reporter says of a place."""
    return reporter + OF + region


def split_told(value: str) -> tuple[str, str | None]:
    """
    The reporter of a value, and the place where it is of one.

    >>> split_told(told("浙江", "全国")), split_told("浙江")
    (('浙江', '全国'), ('浙江', None))
    """
    reporter, of, region = value.partition(OF)
    return reporter, region if of else None
