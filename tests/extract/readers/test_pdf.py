"""PDF: lines become paragraphs again, on whichever page they end; the page's own lines are left out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from extract.language.rulebook import read_toml
from extract.readers import read_document
from extract.readers.blocks import Block
from extract.readers.pdf_lines import Line
from extract.readers.pdf_margins import drop_margins
from extract.readers.pdf_paragraphs import join_lines
from tests.make_documents import to_pdf

RULES = read_toml("documents.toml")
SIZE, PITCH, LEFT, RIGHT, TOP, WIDTH, HEIGHT = 16.0, 26.0, 80.0, 512.0, 700.0, 595.0, 842.0
FULL = "全面推进社区治理，加强基层组织建设，完善公共服务网"


def line(
    text: str, row: float, *, page: int = 1, indent: int = 0, size: float = SIZE, right: float | None = None
) -> Line:
    """A line of a page, row 0 the first; it ends where its text does, or at the right margin where that is given."""
    left, bottom = LEFT + indent * SIZE, TOP - PITCH * row
    end = left + sum(0.5 if char.isascii() else 1 for char in text) * size if right is None else right
    return Line(text, page, left, end, bottom, bottom + size, size, "Song", WIDTH, HEIGHT)


def full(row: float, *, page: int = 1, indent: int = 0) -> Line:
    return line(FULL, row, page=page, indent=indent, right=RIGHT)


def join(*pages: list[Line]) -> list[str]:
    """The paragraphs of some pages; pieces of one are joined."""
    texts: list[str] = []
    for block in join_lines(pages):
        if block.continues:
            texts[-1] += block.text
        else:
            texts.append(block.text)
    return texts


class TestParagraphs:
    def test_a_figure_over_two_lines_is_one(self) -> None:
        page = [full(0, indent=2), line("设立网格8.5", 1, right=RIGHT), line("万个。", 2), full(3, indent=2)]

        assert join(page) == [f"{FULL}设立网格8.5万个。", FULL]

    def test_a_figure_over_two_pages_is_one_with_a_place_on_each(self) -> None:
        pages = ([full(0, indent=2), full(1)], [line("8.5万个。", 0, page=2), full(1, page=2, indent=2)])
        blocks = list(join_lines(pages))

        assert [(block.text, block.page, block.continues) for block in blocks] == [
            (FULL + FULL, 1, False),
            ("8.5万个。", 2, True),
            (FULL, 2, False),
        ]

    @pytest.mark.parametrize(
        ("before", "after", "paragraphs"),
        [
            (full(0), full(1, indent=2), 2),
            (full(0), full(1), 1),
            (line("占四成。", 0), full(1), 2),
            (line("其中，", 0), full(1), 1),
            (line("占全省网格总数的比重是8.5", 0), line("万个，" + FULL[:20], 1), 1),
            (line("一、成效", 0, size=22), full(1), 2),
            (full(0), full(3), 2),
            (line("提高到20", 0), line("。乡村振兴", 1), 1),
            (line("项目\t数量", 0), line("网格\t8.5万个", 1), 2),
            (line(FULL[:25], 0), line("2025年12月31日以前", 1), 1),
            (line(FULL[:25], 0), line("业“幸福里”社区", 1), 1),
            (line(FULL[:23], 0), line("供“7×24小时”服务", 1), 1),
            (line("三次产业比重调整为十四年来最好的一年即", 0, right=460), line("8.3∶41.4∶50.3。", 1), 1),
            (line("全面推进社区治理，加强基层组织\t建设，完善", 0, right=RIGHT), full(1), 1),
        ],
        ids=[
            *(
                "indented",
                "full line",
                "short line",
                "comma",
                "figure without its measure word",
                "larger type",
                "gap",
                "full stop",
            ),
            *("cells", "a figure has no room", "nothing is parted at quotation marks", "a product", "proportions"),
            "a gap in prose",
        ],
    )
    def test_where_one_ends(self, before: Line, after: Line, paragraphs: int) -> None:
        context = [full(row) for row in range(20, 24)]

        assert len(join([before, after], context)) - len(join(context)) == paragraphs

    def test_latin_words_keep_their_blank(self) -> None:
        page = [line("The growth of GDP", 0, right=RIGHT), line("was 5 percent", 1), full(3), full(4)]

        assert join(page)[0] == "The growth of GDP was 5 percent"

    def test_larger_type_is_a_heading(self) -> None:
        blocks = list(join_lines([[line("政府工作报告", 0, size=26), *(full(row) for row in range(2, 9))]]))

        assert [block.is_heading for block in blocks] == [True, False]

    def test_a_face_of_headings_is_a_heading(self) -> None:
        heading = replace(line("政府工作报告", 0), font=RULES["heading_font"]["example"])
        blocks = list(join_lines([[heading, *(full(row) for row in range(2, 9))]]))

        assert [block.is_heading for block in blocks] == [True, False]

    def test_a_figure_goes_on_with_what_it_counts(self) -> None:
        page = [line("新增8", 0), line(RULES["counted"]["example"], 1), full(3), full(4)]

        assert join(page)[0] == "新增8" + RULES["counted"]["example"]

    def test_no_lines_give_no_blocks(self) -> None:
        assert list(join_lines([[], []])) == []


class TestMargins:
    @pytest.mark.parametrize(
        "number", ["— {} —", "-{}-", "第{}页", "第 {} 页 共 9 页", "{}/9", "{}", "Page {} of 9", "- {} -"]
    )
    def test_page_numbers_are_left_out(self, number: str) -> None:
        pages = [[full(0, page=n), line(number.format(n), 25, page=n)] for n in (1, 2, 3)]

        assert [[left.text for left in page] for page in drop_margins(pages)] == [[FULL]] * 3

    @pytest.mark.parametrize("row", RULES["page_number"], ids=lambda row: row["example"])
    def test_a_form_of_page_numbers_reads_its_own_example(self, row: dict[str, str]) -> None:
        assert drop_margins([[full(0), line(row["example"], 25)]]) == [[full(0)]]

    @pytest.mark.parametrize(
        "head", ["省人民政府公报 2026年第3期", "省人民政府公报 2026年第3期 · {}", "{} 政府工作报告 12"]
    )
    def test_running_heads_are_left_out(self, head: str) -> None:
        pages = [[line(head.format(n + 14), -3, page=n), full(5, page=n)] for n in (1, 2, 3)]

        assert [[left.text for left in page] for page in drop_margins(pages)] == [[FULL]] * 3

    @pytest.mark.parametrize("text", ["8.5万个。", "36座", "占40%", "2026年"])
    def test_the_end_of_a_sentence_at_the_foot_stays(self, text: str) -> None:
        pages = [[full(0), line(text, 25)], [full(0, page=2)]]

        assert [left.text for left in drop_margins(pages)[0]] == [FULL, text]

    def test_statistics_that_read_alike_at_the_head_of_pages_stay(self) -> None:
        pages = [[line(f"第{n}项：设立网格{n * 37}个，占{n * 5}%", -3, page=n)] for n in (1, 2, 3, 4)]

        assert drop_margins(pages) == pages

    def test_what_comes_back_in_the_middle_of_pages_stays(self) -> None:
        pages = [[line("各位代表：", 9, page=n)] for n in (1, 2, 3)]

        assert drop_margins(pages) == pages


def test_a_printed_report_comes_back() -> None:
    body = [f"第{n}项：全省设立网格8.5万个，" + f"惠及群众{n * 37}万人，比上年增长5.{n % 10}%，" * 4 for n in range(30)]
    paragraphs = ["2026年浙江省政府工作报告", "省长 王予波", *body]
    source = read_document(to_pdf("\n".join(paragraphs)), "report.pdf")

    assert re.sub(r"[ \u3000]", "", source.text).splitlines() == [p.replace(" ", "") for p in paragraphs]
    assert source.places[-1].page == max(place.page or 0 for place in source.places) > 2
    assert [place.paragraph for place in source.places][:3] == [1, 2, 3]


def test_blocks_of_one_paragraph_cover_it() -> None:
    blocks = list(join_lines([[full(0, indent=2)], [full(0, page=2)]]))

    assert blocks == [Block(FULL, 1), Block(FULL, 2, continues=True)]
