"""What holds for every text: generated reports give back what was put in; no string breaks a stage or an offset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from extract import extract_text, find_mentions
from extract.pipeline import extract_statistics
from extract.table.errors import flag_meanings
from extract.table.record import COLUMNS, Statistic

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
VOCABULARIES = {column.name: (*column.values, *([None] if column.nullable else [])) for column in COLUMNS}


# --- generated reports: sentences of known quantities -------------------------------------------------------------


@dataclass(frozen=True)
class Numeral:
    """A printed numeral and what it is worth."""

    surface: str
    value: Decimal


@dataclass(frozen=True)
class Quantity:
    """A printed quantity and what a reader makes of it."""

    surface: str
    value: Decimal
    unit: str
    qualifier: str


def print_chinese(number: int) -> str:
    """A number below 10**8 as it is printed in Chinese: 1056 → 一千零五十六."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return print_chinese(high) + "万" + gap + (print_chinese(low) if low else "")
    out = ""
    for factor, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, factor)
        if digit:
            out += DIGITS[digit] + sign
        elif out and number and not out.endswith("零"):
            out += "零"
    return out.removeprefix("一") if out.startswith("一十") else out


def arabic(number: int) -> Numeral:
    return Numeral(str(number), Decimal(number))


def separated(number: int) -> Numeral:
    return Numeral(f"{number:,}", Decimal(number))


def full_width(number: int) -> Numeral:
    return Numeral(str(number).translate(FULL_WIDTH), Decimal(number))


def ten_thousands(number: int) -> Numeral:
    return Numeral(f"{number / 10:.1f}万", Decimal(number) * 1000)


def hundred_millions(number: int) -> Numeral:
    return Numeral(f"{number}亿", Decimal(number) * 10**8)


def chinese(number: int) -> Numeral:
    return Numeral(print_chinese(number), Decimal(number))


NOTATIONS: tuple[Callable[[int], Numeral], ...] = (
    arabic,
    separated,
    full_width,
    ten_thousands,
    hundred_millions,
    chinese,
)
NUMERALS = st.builds(
    lambda write, number: write(number), st.sampled_from(NOTATIONS), st.integers(min_value=11, max_value=9_999_999)
)
# Only units that no multiplier can belong to (三千克) and that no date is made of (年, 日).
UNITS = st.sampled_from(["个", "名", "户", "人", "家", "项", "件", "人次", "亩", "公里", "平方公里", "吨", "元"])
BEFORE = st.sampled_from(
    [("", "exact"), ("近", "nearly"), ("约", "approx"), ("超过", "over"), ("至少", "at_least"), ("不到", "at_most")]
)
AFTER = st.sampled_from([("以上", "over"), ("左右", "approx"), ("以内", "at_most")])


def quantity(numeral: Numeral, unit: str, before: tuple[str, str], after: tuple[str, str] | None) -> Quantity:
    """A quantity with a qualifier on one side at most."""
    if after is not None:
        return Quantity(numeral.surface + unit + after[0], numeral.value, unit, after[1])
    return Quantity(before[0] + numeral.surface + unit, numeral.value, unit, before[1])


QUANTITIES = st.builds(quantity, NUMERALS, UNITS, BEFORE, st.none() | AFTER)
TEMPLATES = (
    "全市共有网格{}。",
    "各地走访群众{}，",
    "全年完成项目{}；",
    "累计投入{}。\n",
    "建成党群服务中心{}、",
    "全县共{}，",
)
CLAUSES = st.tuples(st.sampled_from(TEMPLATES), QUANTITIES)


@given(st.lists(CLAUSES, min_size=1, max_size=8))
def test_a_report_gives_back_the_quantities_it_was_made_of(clauses: list[tuple[str, Quantity]]) -> None:
    text, expected = "", []
    for template, printed in clauses:
        start = len(text) + template.index("{}")
        text += template.format(printed.surface)
        expected.append((start, start + len(printed.surface), printed.value, printed.unit, printed.qualifier))

    found = [(m.start, m.end, m.value, m.unit, m.qualifier) for m in find_mentions(text)]

    assert expected == found


@given(st.lists(CLAUSES, min_size=1, max_size=4))
def test_what_a_report_counts_in_large_numbers_is_a_row(clauses: list[tuple[str, Quantity]]) -> None:
    text = "".join(template.format(printed.surface) for template, printed in clauses)

    rows = extract_statistics(text, "generated")

    assert [printed.surface for _, printed in clauses] == [row.raw for row in rows]


@given(st.lists(CLAUSES, min_size=1, max_size=4))
def test_reading_is_blind_to_width(clauses: list[tuple[str, Quantity]]) -> None:
    half = "".join(template.format(printed.surface) for template, printed in clauses)
    full = half.translate(FULL_WIDTH)

    assert [(m.start, m.end, m.value, m.unit) for m in find_mentions(half)] == [
        (m.start, m.end, m.value, m.unit) for m in find_mentions(full)
    ]


@given(NUMERALS, NUMERALS, UNITS, st.sampled_from(["至", "到", "—", "-", "～", "~"]))
def test_two_rising_numbers_are_a_range(first: Numeral, second: Numeral, unit: str, sign: str) -> None:
    low, high = sorted((first, second), key=lambda numeral: numeral.value)
    assume(low.value < high.value)
    text = f"每格覆盖{low.surface}{unit}{sign}{high.surface}{unit}。"

    assert [(low.value, high.value, unit)] == [(m.value, m.value_high, m.unit) for m in find_mentions(text)]


# --- any string ---------------------------------------------------------------------------------------------------

FRAGMENTS = (
    *"零〇一二两三四五六七八九十百千万亿兆廿半几数多余近约超上成分之点第每从由至到",
    *"—-~～.,，。；：:/%‰（）()“”《》、 \n\r\t",
    *(
        "1",
        "23",
        "2022",
        "8.5",
        "1,200",
        "０",
        "９",
        "①",
        "Ⅳ",
        "½",
        "\x00",
        "\u3000",
        "\u200b",
        "\ud800",
        "\udfff",
        "😀",
    ),
    *(
        "个",
        "名",
        "户",
        "元",
        "年",
        "月",
        "日",
        "时",
        "号",
        "岁",
        "倍",
        "番",
        "级",
        "大",
        "人次",
        "个百分点",
        "平方公里",
    ),
    *(
        "以上",
        "左右",
        "分别",
        "百分之",
        "三分之二",
        "今年",
        "去年以来",
        "增长",
        "下降",
        "新增",
        "浙江省委组织部",
        "全市",
    ),
    *("【", "】", "“1+3+N”", "十四五", "一是", "截至", "同比", "网格", "党员", "1" * 70, "一" * 70, "，" * 5),
)
ANY_CHARACTER = st.characters(codec=None)
STRINGS = st.text(ANY_CHARACTER) | st.lists(st.sampled_from(FRAGMENTS) | st.text(ANY_CHARACTER, max_size=2)).map(
    "".join
)


def check_row(text: str, row: Statistic) -> None:
    assert text[row.start : row.end] == row.raw
    assert row.raw.strip() in row.sentence
    assert set(filter(None, row.flags.split(";"))) <= flag_meanings().keys()
    assert row.value_high is None or row.value < row.value_high
    assert row.period is None or row.period in text
    for name, values in VOCABULARIES.items():
        assert values in ((), (None,)) or getattr(row, name) in values


@given(STRINGS)
def test_mentions_stand_in_any_text_in_order(text: str) -> None:
    spans = [(mention.start, mention.end) for mention in find_mentions(text)]

    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(STRINGS)
def test_rows_stand_in_any_text_in_order(text: str) -> None:
    rows = extract_statistics(text, "any")

    for row in rows:
        check_row(text, row)
    assert all(one.end <= other.start for one, other in pairwise(rows))


@given(STRINGS)
def test_the_table_of_any_text_has_its_rows(text: str) -> None:
    table = extract_text(text)

    assert [row.raw for row in extract_statistics(text, "text")] == table["raw"].tolist()


@given(STRINGS)
def test_rows_are_some_of_the_mentions(text: str) -> None:
    mentions = {(mention.start, mention.end, mention.value, mention.unit) for mention in find_mentions(text)}

    assert {(row.start, row.end, row.value, row.unit) for row in extract_statistics(text, "any")} <= mentions


@given(STRINGS, st.sampled_from(["report", "other"]))
def test_ids_are_unique_and_depend_on_the_text_alone(text: str, document: str) -> None:
    first, again = extract_statistics(text, "report"), extract_statistics(text, document)

    assert len({row.id for row in first}) == len(first)
    assert [row.id for row in first] == [row.id for row in again]


@given(STRINGS)
def test_reports_are_numbered_in_order(text: str) -> None:
    numbers = [row.report for row in extract_statistics(text, "any")]

    assert numbers == sorted(numbers)
    assert all(number >= 1 for number in numbers)
