"""The rule tables: a row with an example is found in it, no row stands twice, and what a row names exists."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest

from extract import find_mentions
from extract.language.numerals import fold
from extract.language.rulebook import read_rows, read_toml
from extract.periods.words import match_atoms
from extract.pipeline import extract_statistics
from extract.quantities.exclusions import LAYERS, excluded_spans
from extract.quantities.numbers import grammar
from extract.quantities.qualifiers import COLUMNS as QUALIFIER_COLUMNS
from extract.quantities.qualifiers import match_before, qualifier_table
from extract.quantities.units import COLUMNS as UNIT_COLUMNS
from extract.quantities.units import TYPES, unit_table
from extract.reporters.gazetteer import load_gazetteer
from extract.reporters.sources import is_national_source
from extract.reporters.world import load_world
from extract.table.record import QUALIFIERS, Statistic
from extract.table.shipped import shipped

UNITS = read_rows("units.csv", UNIT_COLUMNS)
FORMS = read_rows("qualifiers.csv", QUALIFIER_COLUMNS)
EXCLUSIONS = read_toml("exclusions.toml")["exclusion"]
INDICATORS = read_toml("indicators.toml")["rule"]
THEMES = read_toml("themes.toml")
STATISTICS = read_toml("statistics.toml")
OUTLINE = read_toml("outline.toml")
STATUSES = read_toml("status.toml")
RELATIONS = read_toml("relations.toml")
OWNERS = read_toml("owners.toml")
REPORTS = read_toml("reports.toml")
DATES = read_toml("dates.toml")
FORMS_OF_NUMBERS = read_toml("numbers.toml")["form"]
QUANTITIES = read_toml("quantities.toml")
# The day on which the examples of aims speak.
TODAY = date(2021, 2, 1)

# The table writes these units differently from the text (GUIDE of the gold, decision 1).
WRITTEN = {"个百分点": "百分点", "个点": "百分点", "个基点": "基点", "成": "%"}


def codebook_rows(name: str) -> list[dict[str, str]]:
    with shipped("codebook", name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def twice(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def marked(example: str) -> tuple[str, tuple[int, int]]:
    """An example without its ⟦⟧, and the span of what stood between them."""
    return example.replace("⟦", "").replace("⟧", ""), (example.index("⟦"), example.index("⟧") - 1)


def rows_of(example: str) -> list[Statistic]:
    """The rows that the table has for what an example marks: one, or none."""
    text, span = marked(example)
    return [row for row in extract_statistics(text, "example") if (row.start, row.end) == span]


def overlapping(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return [span for span in spans if span[0] < end and start < span[1]]


class TestUnits:
    @pytest.mark.parametrize("row", UNITS, ids=lambda row: row["unit"])
    def test_row_reads_its_own_example(self, row: dict[str, str]) -> None:
        expected = "" if row["type"] == "noun" else WRITTEN.get(row["unit"], row["unit"])

        assert [expected] == [mention.unit for mention in find_mentions(row["example"])]

    @pytest.mark.parametrize("row", [row for row in UNITS if row["not_before"]], ids=lambda row: row["unit"])
    def test_unit_is_not_read_before_these_characters(self, row: dict[str, str]) -> None:
        read = [char for char in row["not_before"] if whole_match(row["unit"] + char) == row["unit"]]

        assert read == []

    def test_no_unit_stands_twice(self) -> None:
        assert twice([row["unit"] for row in UNITS]) == []

    def test_every_type_is_used(self) -> None:
        assert {row["type"] for row in UNITS} == TYPES


def whole_match(text: str) -> str | None:
    pattern = unit_table().patterns.get(text[:1])
    match = pattern.match(text) if pattern else None
    return match[0] if match else None


class TestQualifiers:
    @pytest.mark.parametrize("row", FORMS, ids=lambda row: row["form"])
    def test_row_reads_its_own_example(self, row: dict[str, str]) -> None:
        text = row["example"]
        found = [(m.qualifier, row["form"] in text[m.start : m.end]) for m in find_mentions(text)]

        assert (row["qualifier"], True) in found

    @pytest.mark.parametrize("row", [row for row in FORMS if row["not_after"]], ids=lambda row: row["form"])
    def test_form_is_not_read_behind_these_characters(self, row: dict[str, str]) -> None:
        texts = [f"{char}{row['form']}300户" for char in row["not_after"]]
        starts = [len(text) - 4 for text in texts]
        found = [match_before(text, start) for text, start in zip(texts, starts, strict=True)]

        assert [text for text, form in zip(texts, found, strict=True) if form and form.start == 1] == []

    def test_no_form_stands_twice(self) -> None:
        assert twice([row["form"] + row["position"] for row in FORMS]) == []

    def test_every_meaning_but_exact_has_a_form(self) -> None:
        assert set(qualifier_table().meanings.values()) == set(QUALIFIERS) - {"exact"}


class TestExclusions:
    @pytest.mark.parametrize("row", EXCLUSIONS, ids=lambda row: f"{row['reason']}: {row['example']}")
    def test_row_excludes_its_own_example(self, row: dict[str, str]) -> None:
        text = row["example"]
        match = re.search(row["pattern"], fold(text), re.MULTILINE)

        assert match is not None
        assert overlapping(list(excluded_spans(fold(text), row["layer"])), *match.span()) != []

    @pytest.mark.parametrize("row", EXCLUSIONS, ids=lambda row: f"{row['reason']}: {row['example']}")
    def test_example_gives_no_row(self, row: dict[str, str]) -> None:
        text = row["example"]
        match = re.search(row["pattern"], fold(text), re.MULTILINE)
        rows = [(found.start, found.end) for found in extract_statistics(text, "example")]
        mentions = [(found.start, found.end) for found in find_mentions(text)]

        assert match is not None
        assert overlapping(rows, *match.span()) == []
        # What is no quantity is no mention either; what is a quantity and no statistic is one.
        assert bool(overlapping(mentions, *match.span())) == (row["layer"] != "quantity")

    def test_every_layer_is_used(self) -> None:
        assert {row["layer"] for row in EXCLUSIONS} == LAYERS

    def test_no_pattern_stands_twice(self) -> None:
        assert twice([row["pattern"] for row in EXCLUSIONS]) == []


class TestNumbers:
    @pytest.mark.parametrize("row", FORMS_OF_NUMBERS, ids=lambda row: row["name"])
    def test_form_reads_what_its_own_example_marks(self, row: dict[str, str]) -> None:
        text, span = marked(row["example"])
        match = grammar().number.match(fold(text), span[0])

        assert match is not None
        assert (row["name"], span) == (match.lastgroup, match.span())

    @pytest.mark.parametrize("section", QUANTITIES)
    def test_a_quantity_is_read_in_its_own_example(self, section: str) -> None:
        text, span = marked(QUANTITIES[section]["example"])

        assert span in [(mention.start, mention.end) for mention in find_mentions(text)]

    def test_a_place_name_is_no_quantity(self) -> None:
        example = read_toml("exclusions.toml")["place_name"]["example"]

        assert [(str(mention.value), mention.unit) for mention in find_mentions(example)] == [("300", "个")]


class TestIndicators:
    @pytest.mark.parametrize("row", INDICATORS, ids=lambda row: f"{row['indicator']}: {row['example']}")
    def test_row_reads_its_own_example(self, row: dict[str, str]) -> None:
        assert [row["indicator"]] == [found.indicator for found in rows_of(row["example"])]

    def test_every_indicator_of_the_codebook_has_a_rule(self) -> None:
        assert {row["indicator"] for row in codebook_rows("indicators.csv")} == {row["indicator"] for row in INDICATORS}

    def test_no_example_stands_twice(self) -> None:
        assert twice([row["example"] for row in INDICATORS]) == []

    @pytest.mark.parametrize("row", codebook_rows("indicators.csv"), ids=lambda row: row["indicator"])
    def test_codebook_row_names_a_known_theme_and_known_units(self, row: dict[str, str]) -> None:
        units = {WRITTEN.get(unit["unit"], unit["unit"]) for unit in UNITS if unit["type"] != "noun"}

        assert row["theme"] in {theme["theme"] for theme in codebook_rows("themes.csv")}
        assert [unit for unit in row["units"].split("|") if unit and unit not in units] == []


class TestThemes:
    @pytest.mark.parametrize("row", THEMES["rule"], ids=lambda row: f"{row['theme']}: {row['example']}")
    def test_rule_reads_its_own_example(self, row: dict[str, str]) -> None:
        assert row["theme"] in {found.theme for found in rows_of(row["example"])}

    def test_rules_name_themes_of_the_codebook(self) -> None:
        assert {row["theme"] for row in THEMES["rule"]} < {row["theme"] for row in codebook_rows("themes.csv")}

    def test_every_theme_can_be_given(self) -> None:
        used = {row["theme"] for row in codebook_rows("terms.csv")} - {""}

        assert {row["theme"] for row in codebook_rows("themes.csv")} == used | {"other"}


class TestStatistics:
    @pytest.mark.parametrize(
        ("section", "kind"),
        [("rate", "rate"), ("duration", "measure"), ("age", "measure"), ("article", "count"), ("small_set", "count")],
    )
    def test_section_keeps_its_own_example(self, section: str, kind: str) -> None:
        assert [kind] == [row.kind for row in rows_of(STATISTICS[section]["example"])]

    @pytest.mark.parametrize("section", ["list_marker", "name_part", "denominator"])
    def test_section_leaves_out_what_its_example_does_not_mark(self, section: str) -> None:
        text, span = marked(STATISTICS[section]["example"])

        assert [(row.start, row.end) for row in extract_statistics(text, "example")] == [span]

    def test_values_of_a_list_have_the_kind_of_the_first(self) -> None:
        (last,) = rows_of(STATISTICS["list"]["example"])

        assert (last.kind, last.direction) == ("change", "up")

    @pytest.mark.parametrize("section", ["frequency", "rank"])
    def test_section_leaves_its_own_example_out(self, section: str) -> None:
        text, span = marked(STATISTICS[section]["example"])

        assert rows_of(STATISTICS[section]["example"]) == []
        assert overlapping([(found.start, found.end) for found in find_mentions(text)], *span) != []

    @pytest.mark.parametrize(
        ("verb", "direction"),
        [
            *((verb, "up") for verb in STATISTICS["change"]["up"]),
            *((verb, "down") for verb in STATISTICS["change"]["down"]),
            *((verb, None) for verb in STATISTICS["change"]["none"]),
        ],
    )
    def test_verb_of_change(self, verb: str, direction: str | None) -> None:
        found = extract_statistics(f"物业投诉率{verb}3.5个百分点。", "example")

        assert [("change", direction)] == [(row.kind, row.direction) for row in found]

    @pytest.mark.parametrize(
        ("verb", "direction"),
        [
            *((verb, "up") for verb in STATISTICS["flow"]["up"]),
            *((verb, "down") for verb in STATISTICS["flow"]["down"]),
        ],
    )
    def test_verb_of_flow(self, verb: str, direction: str) -> None:
        found = extract_statistics(f"各村{verb}300万元。", "example")

        assert [("money", direction)] == [(row.kind, row.direction) for row in found]

    @pytest.mark.parametrize("section", ["change", "rate"])
    def test_no_word_stands_twice(self, section: str) -> None:
        words = [word for cell in STATISTICS[section].values() if isinstance(cell, list) for word in cell]

        assert twice(words) == []


class TestStatuses:
    @pytest.mark.parametrize("row", STATUSES["sign"], ids=lambda row: row["example"])
    def test_a_sign_is_read_in_its_own_example(self, row: dict[str, str]) -> None:
        assert row["status"] in {found.status for found in rows_of(row["example"])}

    @pytest.mark.parametrize("row", [*STATUSES["ahead"], *STATUSES["behind"]], ids=lambda row: row["example"])
    def test_an_aim_is_read_in_its_own_example(self, row: dict[str, str]) -> None:
        text, span = marked(row["example"])
        found = extract_statistics(text, "example", TODAY)

        assert [one.status for one in found if (one.start, one.end) == span] == ["target"]

    def test_a_sentence_goes_on_with_an_aim(self) -> None:
        text = STATUSES["continued"]["example"].replace("⟦", "").replace("⟧", "")

        assert [row.status for row in extract_statistics(text, "example", TODAY)] == ["target", "target"]


class TestRelations:
    @pytest.mark.parametrize("row", RELATIONS["base"], ids=lambda row: row["example"])
    def test_a_base_is_read_in_its_own_example(self, row: dict[str, str]) -> None:
        (found,) = rows_of(row["example"])

        assert found.relative_to
        assert found.relative_to in row["example"]

    @pytest.mark.parametrize("row", RELATIONS["aggregation"], ids=lambda row: row["example"])
    def test_an_aggregation_is_read_in_its_own_example(self, row: dict[str, str]) -> None:
        assert [row["aggregation"]] == [found.aggregation for found in rows_of(row["example"])]

    @pytest.mark.parametrize(
        "name", ["growth", "multiple", "share", "gap", "second", "mean", "handled", "handled_share"]
    )
    def test_what_stands_between_links_two_numbers(self, name: str) -> None:
        (found,) = rows_of(RELATIONS[name]["example"])

        assert found.of_row

    def test_the_whole_of_a_share_stands_behind_it(self) -> None:
        assert [row.relative_to for row in rows_of(RELATIONS["whole_behind"]["example"])] == ["社区"]


class TestOwners:
    @pytest.mark.parametrize("row", OWNERS["opening"], ids=lambda row: row["name"])
    def test_a_place_heads_its_clause_behind_an_opening(self, row: dict[str, str]) -> None:
        regions = {found.region for found in extract_statistics(f"江西省2023年工作总结\n{row['example']}", "example")}

        assert regions in ({"杭州"}, {"全国"})

    @pytest.mark.parametrize("row", OWNERS["frame"], ids=lambda row: row["example"])
    def test_a_frame_makes_a_topic(self, row: dict[str, str]) -> None:
        regions = {found.region for found in extract_statistics(f"江西省2023年工作总结\n{row['example']}", "example")}

        assert regions in ({"杭州"}, {"全国"})

    def test_a_source_its_row_and_its_brackets_give_their_places(self) -> None:
        def regions(example: str) -> set[str | None]:
            return {found.region for found in extract_statistics(f"简报\n{example}", "example")}

        assert regions(OWNERS["source"]["example"]) == {"永安、大田"}
        assert regions(OWNERS["wholly"]["example"]) == {"云南"}
        assert regions(OWNERS["former"]["example"]) == {"盘县、务川"}
        assert regions(OWNERS["own"]["above_example"]) == {None}
        assert regions(OWNERS["goes_on"]["example"]) == {"渝中"}

    @pytest.mark.parametrize("row", REPORTS["service"], ids=lambda row: row["example"])
    def test_a_service_tells_its_province(self, row: dict[str, str]) -> None:
        (found,) = extract_statistics(f"1月运行数据\n全省、全市事项如下。{row['example']}", "example")[-1:]

        assert found.region == load_gazetteer().by_code[row["code"]].short

    def test_a_ministry_tells_of_the_country(self) -> None:
        assert is_national_source(REPORTS["country"]["source_example"], 0, 30)

    def test_no_form_of_the_world_stands_twice(self) -> None:
        assert set(load_world().forms) & set(load_gazetteer().forms) == set()


class TestDates:
    @pytest.mark.parametrize("row", DATES["shape"], ids=lambda row: f"{row['kind']}: {row['example']}")
    def test_a_shape_is_read_in_its_own_example(self, row: dict[str, str]) -> None:
        kinds = [atom.kind for atom in match_atoms(fold(row["example"]))]

        assert row["kind"] in kinds


def test_every_row_has_an_example() -> None:
    tables: list[list[dict[str, Any]]] = [
        *(list(UNITS), list(FORMS), EXCLUSIONS, INDICATORS, THEMES["rule"]),
        *(STATUSES["sign"], STATUSES["ahead"], STATUSES["behind"], RELATIONS["base"], RELATIONS["aggregation"]),
        *(DATES["shape"], OUTLINE["heading"], OUTLINE["topic"], OUTLINE["opener"], FORMS_OF_NUMBERS),
    ]
    sections = [section for name, section in (STATISTICS | QUANTITIES).items() if "example" not in section]

    assert [row for table in tables for row in table if not row.get("example")] == []
    assert sections == []
