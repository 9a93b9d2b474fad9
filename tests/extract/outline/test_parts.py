"""What each part of a document speaks of: by its heading, its opener, the title."""

from __future__ import annotations

from datetime import date

import pytest

from extract.language.layout import divide
from extract.language.rulebook import read_toml
from extract.outline.parts import outline
from extract.outline.scopes import Clock, read_opener, read_scope
from extract.periods.find import find_periods

RULES = read_toml("outline.toml")
JANUARY = Clock(date(2026, 1, 27), date(2025, 12, 31))
STATUSES = {"review": "actual", "years": "actual", "background": "actual", "plan": "target", "rule": "norm"}
BODY = "全市上下牢记嘱托、感恩奋进，各项事业取得新的进展，群众获得感明显增强。"


def spans(days: tuple[date, date] | None) -> str:
    return f"{days[0]}/{days[1]}" if days else ""


@pytest.mark.parametrize(
    ("heading", "status", "days"),
    [
        ("一、2025年工作回顾", "actual", "2025-01-01/2025-12-31"),
        ("“十四五”时期工作回顾", "actual", "2021-01-01/2025-12-31"),
        ("一、2025年主要工作和“十四五”发展成就", "actual", "2025-01-01/2025-12-31"),
        ("一、过去五年工作回顾", "actual", "2021-01-01/2025-12-31"),
        ("二、“十五五”时期主要目标任务", "target", "2026-01-01/2030-12-31"),
        ("二、“十五五”主要目标任务", "target", "2026-01-01/2030-12-31"),
        ("三、2026年重点工作", "target", "2026-01-01/2026-12-31"),
        ("三、今年主要工作安排", "target", "2026-01-01/2026-12-31"),
        ("今后五年的奋斗目标", "target", "2026-01-01/2030-12-31"),
        ("2024年重点工作", "actual", "2024-01-01/2024-12-31"),
        ("2025年国民经济和社会发展计划执行情况", "actual", "2025-01-01/2025-12-31"),
        ("下一步工作打算", "target", ""),
        ("低保标准", "norm", ""),
        ("附件2：", "actual", ""),
    ],
)
def test_what_a_heading_says(heading: str, status: str, days: str) -> None:
    scope = read_scope(heading, JANUARY)

    assert scope is not None
    assert (scope.status, spans(scope.days)) == (status, days)


@pytest.mark.parametrize(
    "heading",
    [
        "（一）圆满完成峰会筹备和服务保障任务",
        "三、存在的问题",
        "一、坚持党建引领",
        "（二）加快推进农业农村现代化",
        "民生实事",
    ],
)
def test_a_heading_that_says_nothing_of_time_or_status(heading: str) -> None:
    assert read_scope(heading, JANUARY) is None


@pytest.mark.parametrize("row", RULES["topic"], ids=lambda row: row["topic"])
def test_a_topic_is_read_in_its_own_example(row: dict[str, str]) -> None:
    scope = read_scope(row["example"], JANUARY)
    expected = STATUSES.get(row["topic"], "target")

    assert (scope.status if scope else "actual") == expected


@pytest.mark.parametrize("row", RULES["opener"], ids=lambda row: row["example"])
def test_an_opener_is_read_in_its_own_example(row: dict[str, str]) -> None:
    scope = read_opener(row["example"], JANUARY)

    assert scope is not None
    assert row["topic"] not in STATUSES or scope.status == STATUSES[row["topic"]]


@pytest.mark.parametrize(
    "sentence", ["网格员走访3000户。", "五年级学生300名。", "过年期间走访2000户。", "今年新增社工3名。"]
)
def test_a_sentence_that_opens_nothing(sentence: str) -> None:
    assert read_opener(sentence, JANUARY) is None


def parts_of(text: str, reference: date | None) -> list[tuple[str, str, str]]:
    """Section, status and days of the part around each line of running text."""
    found = outline(text, divide(text), reference, find_periods(text))
    at = [index for index, char in enumerate(text) if char == "●"]
    return [(part.section or "", part.status or "", spans(part.days)) for part in (found.around(index) for index in at)]


def test_the_parts_of_a_work_report() -> None:
    text = (
        "2026年某省政府工作报告\n——2026年1月27日在第四次会议上\n各位代表：\n"
        f"一、2025年和“十四五”时期工作回顾\n2025年是极不平凡的一年。●{BODY}\n"
        f"一是推动经济平稳运行。\n●{BODY}\n"
        f"各位代表！五年来，我们有效应对风险挑战。●\n这是经济实力持续提升的五年。\n●{BODY}\n"
        f"二、“十五五”时期主要目标\n●{BODY}\n三、2026年重点工作\n●{BODY}\n（一）扩大有效需求。●{BODY}\n"
        f"四、加强政府自身建设\n●{BODY}\n附件\n名词解释\n●{BODY}\n"
    )

    assert parts_of(text, date(2026, 1, 27)) == [
        ("一、2025年和“十四五”时期工作回顾", "actual", "2025-01-01/2025-12-31"),
        ("一是推动经济平稳运行", "actual", "2025-01-01/2025-12-31"),
        ("一是推动经济平稳运行", "actual", "2021-01-01/2025-12-31"),
        ("一是推动经济平稳运行", "actual", "2021-01-01/2025-12-31"),
        ("二、“十五五”时期主要目标", "target", "2026-01-01/2030-12-31"),
        ("三、2026年重点工作", "target", "2026-01-01/2026-12-31"),
        ("（一）扩大有效需求", "target", "2026-01-01/2026-12-31"),
        ("四、加强政府自身建设", "target", "2026-01-01/2026-12-31"),
        ("名词解释", "actual", ""),
    ]


@pytest.mark.parametrize(
    ("title", "reference", "status", "days"),
    [
        ("2023年国民经济和社会发展统计公报", date(2024, 3, 4), "actual", "2023-01-01/2023-12-31"),
        ("2023年工作总结", date(2023, 12, 20), "actual", "2023-01-01/2023-12-31"),
        ("2025年第一季度热线运行情况通报", date(2025, 4, 22), "actual", "2025-01-01/2025-03-31"),
        ("2023年民生实事清单", date(2023, 1, 5), "target", "2023-01-01/2023-12-31"),
        ("2023年政府工作报告", date(2023, 1, 5), "", ""),
        ("人民检察院工作报告", None, "", ""),
    ],
)
def test_a_title_frames_the_document(title: str, reference: date | None, status: str, days: str) -> None:
    assert parts_of(f"{title}\n●{BODY}\n", reference) == [("", status, days)]


def test_a_plan_in_the_news_speaks_of_its_aims() -> None:
    text = f"10日发布的《公共服务规划》明确，到2025年，体系更加完善。\n幼有所育\n●{BODY}\n"

    assert parts_of(text, date(2022, 1, 11)) == [("幼有所育", "target", "2025-01-01/2025-12-31")]


def test_a_report_of_the_running_year_speaks_from_its_end() -> None:
    text = f"县民政局工作总结\n一、今年重点工作总结\n●{BODY}\n二、2024年工作思路\n●{BODY}\n2023年，救助3户。\n"
    found = outline(text, divide(text), date(2024, 1, 11), find_periods(text))

    assert found.clock == Clock(date(2023, 12, 31), date(2023, 12, 31))


def test_each_report_begins_anew() -> None:
    text = f"二、2024年重点工作\n●{BODY}\n另一个报告\n●{BODY}\n"
    found = outline(text, divide(text), date(2024, 1, 23), (), (), (0, text.index("另一个报告")))

    assert [found.around(at).status for at, char in enumerate(text) if char == "●"] == ["target", None]


def test_parts_cover_any_text() -> None:
    for text in ("", "\n\n", "一、", "。", BODY * 3):
        found = outline(text, divide(text), None, ())

        assert found.parts[0].start == 0
        assert [part.start for part in found.parts] == sorted(part.start for part in found.parts)
