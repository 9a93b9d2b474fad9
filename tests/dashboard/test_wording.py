from __future__ import annotations

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.captions import ENDINGS
from dashboard.cells import TERM_COLUMNS
from dashboard.filters import FIELDS
from dashboard.wording import LANGUAGES, load_words
from dashboard.wording.quantity import english_units, unit_name, write_quantity
from extract.table.errors import flag_meanings, reader_messages
from extract.table.record import KINDS, LEVELS, QUALIFIERS

FIELD = re.compile(r"\{(\w+)\}")
COUNTED = re.compile(
    r"\{(count|rows|panels|documents|added|known|reviews|comparisons)\} (new |known |more |other )?[a-z]+s\b"
)


def test_both_languages_say_the_same_things() -> None:
    zh, en = (load_words(lang).texts for lang in LANGUAGES)

    assert set(zh) == set(en)
    assert {key: set(FIELD.findall(text)) for key, text in zh.items()} == {
        key: set(FIELD.findall(text)) for key, text in en.items()
    }


def test_a_count_of_one_reads_right_in_english() -> None:
    """No count stands before a plural, but of what there are always several."""
    texts = load_words("en").texts
    several = {
        *("headline.regions", "chart.where_count", "chart.median", "overview.region_count", "export.title"),
        *("data.page", "overview.more_documents", "chart.source_count", "error.unsorted"),
        *("region_page.rank", "region_page.rank_tied", "region_page.residents"),
        *("about.check_font", "about.check_font_lacks", "about.check_package"),
    }

    assert several == {key for key, text in texts.items() if COUNTED.search(text)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_of_the_table_has_a_word(lang: str) -> None:
    codes = {
        "level": LEVELS,
        "kind": KINDS,
        "flag": tuple(flag_meanings()),
        "filter": FIELDS,
    }
    missing = [f"{family}.{code}" for family, values in codes.items() for code in values]

    assert [key for key in missing if key not in load_words(lang).texts] == []
    assert set(QUALIFIERS) == set(ENDINGS)


def test_every_word_that_the_code_asks_for_exists_and_none_lies_idle() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(dashboard.__file__).parent.rglob("*.py"))
    asked = set(re.findall(r"""(?<!load_)words\(\s*"([a-z_A-Z.]+)["]""", code))
    texts = load_words("en").texts
    composed = (
        *re.findall(r'f"([a-z_]+\.[a-z_.]*)\{', code),
        *(f"{family}." for family in (*re.findall(r'term\(\s*"([a-z_.]+)"', code), *TERM_COLUMNS)),
    )
    idle = {key for key in texts if f'"{key}"' not in code and f"'{key}'" not in code and not key.startswith(composed)}

    assert asked <= set(texts)
    assert set() == idle


@pytest.mark.parametrize(
    ("value", "high", "unit", "qualifier", "zh", "en"),
    [
        (85000.0, None, "个", "exact", "8.5万个", "85,000"),
        (1300.0, None, "个", "over", "≥1,300个", "≥1,300"),
        (40.0, None, "%", "nearly", "<40%", "<40%"),
        (50.0, None, "个", "approx", "≈50个", "≈50"),
        (2.0, None, "次", "at_least", "≥2次", "≥2"),
        (15.0, None, "百分点", "at_most", "≤15个百分点", "≤15 pp"),
        (300.0, 500.0, "户", "exact", "300–500户", "300–500"),
        (1040000.0, None, "名", "exact", "104万名", "1.04 million"),
        (1155000.0, None, "名", "exact", "115.5万名", "1.155 million"),
        (330000000.0, None, "人次", "exact", "3.3亿人次", "330 million"),
        (1.27e12, None, "元", "exact", "1.27万亿元", "1.27 trillion yuan"),
        (21893095.0, None, "人", "exact", "21,893,095人", "21,893,095"),
        (0.1, None, "微克/立方米", "exact", "0.1微克/立方米", "0.1 微克/立方米"),
        (28.0, None, "", "exact", "28", "28"),
    ],
)
def test_quantities_as_readers_write_them(
    value: float, high: float | None, unit: str, qualifier: str, zh: str, en: str
) -> None:
    assert zh == write_quantity(value, high, unit, qualifier, "zh")
    assert en == write_quantity(value, high, unit, qualifier, "en")


@pytest.mark.parametrize(
    ("value", "high", "digits", "zh", "en"),
    [
        (7.0, None, 2, "7.0", "7.0"),
        (0.5, None, 2, "0.50", "0.50"),
        (13.0, None, 2, "13", "13"),
        (100.0, None, 2, "100", "100"),
        (10000.0, None, 2, "1.0万", "10,000"),
        (2000000.0, None, 2, "200万", "2.0 million"),
        (6.5, 8.0, 2, "6.5–8.0", "6.5–8.0"),
        (0.0, None, 2, "0", "0"),
        (7.0, None, 0, "7", "7"),
    ],
)
def test_a_derived_figure_has_the_digits_that_are_promised(
    value: float, high: float | None, digits: int, zh: str, en: str
) -> None:
    assert zh == write_quantity(value, high, "", "exact", "zh", digits)
    assert en == write_quantity(value, high, "", "exact", "en", digits)


def test_units_have_a_name_and_measure_words_keep_theirs() -> None:
    assert unit_name("名", "en") == "people (名)"
    assert unit_name("元", "en") == "yuan"
    assert unit_name("栋", "en") == "栋"
    assert all(name for name, _ in english_units().values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", reader_messages())
def test_every_fault_of_a_file_has_words_with_the_same_fields(code: str, lang: str) -> None:
    said = load_words(lang).texts[f"read.{code}"]

    assert sorted(FIELD.findall(said)) == sorted(FIELD.findall(reader_messages()[code]))
