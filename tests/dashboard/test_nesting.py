"""What stands for several values: groups of themes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.nesting import find_group, fold_themes, group_values, open_groups, split_themes, unfold_themes
from dashboard.wording.codebook import Codebook, read_themes

BUILDING = ("science", "transport", "energy", "environment")


@pytest.mark.parametrize(
    ("themes", "folded"),
    [
        ((), ()),
        (("grid", "property"), ("grid", "property")),
        (BUILDING, ("building.all",)),
        (("safety", *BUILDING, "grid"), ("safety", "building.all", "grid")),
        (("defence", "safety"), ("order.all",)),
        (BUILDING[:3], BUILDING[:3]),
        # A group of one theme is that theme; a theme that the codebook lacks is in no group of several.
        (("other", "strange"), ("other", "strange")),
        # The theme of that name, and not the group.
        (("economy",), ("economy",)),
    ],
)
def test_a_whole_group_is_said_as_one(themes: tuple[str, ...], folded: tuple[str, ...], codebook: Codebook) -> None:
    assert fold_themes(themes, codebook) == folded
    assert set(unfold_themes(folded, codebook)) == set(themes)


@pytest.mark.parametrize(
    ("value", "group"), [("economy.all", "economy"), ("economy", None), ("mars.all", None), (".all", None)]
)
def test_a_theme_is_no_group(value: str, group: str | None, codebook: Codebook) -> None:
    assert find_group(value, codebook) == group


def test_themes_stand_in_groups_in_the_codebook_s_order(codebook: Codebook) -> None:
    assert split_themes(("strange", "safety", "finance", "economy"), codebook) == {
        "economy": ("finance", "economy"),
        "order": ("safety",),
        "other": ("strange",),
    }
    assert open_groups(codebook) == ("grassroots", "economy", "livelihood", "building", "order")
    assert group_values(("grid", "other"), codebook) == ("grassroots.all",)


def test_every_theme_has_a_group_of_the_codebook(codebook: Codebook) -> None:
    """The former thirteen keep their codes."""
    assert {theme.group for theme in codebook.themes.values()} == set(codebook.groups)
    assert list(codebook.themes)[:4] == ["grid", "cadres", "property", "workforce"]
    assert len(codebook.group_themes("grassroots")) == 12
    assert len(codebook.themes) == 32


def test_a_theme_of_no_group_is_named(tmp_path: Path, codebook: Codebook) -> None:
    table = tmp_path / "themes.csv"
    table.write_text("theme,group,label_zh,label_en\nfish,sea,鱼,Fish\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"themes\.csv: no group of themes is called sea"):
        read_themes(table, codebook.groups)
