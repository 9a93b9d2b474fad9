"""What the head of a document says of it: its title and who published it. A guess for a person to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from extract.language.rulebook import read_toml
from extract.reporters.signatures import clean_line, find_lines, split_numbering

_HEAD: Final = 2_000
_HEAD_LINES: Final = 30
_SHORTEST, _LONGEST = 4, 60
_HAN: Final = re.compile("[\\u4e00-\\u9fa5]")
# What running text, labels and menus end with or hold.
_NO_TITLE: Final = re.compile(r"[。；;，,、：:！!？?…>|]$|[。：:|]|^[—－-]{2}")


def find_title(text: str) -> str | None:
    """
    The title of a document: the first short line of its head that ends as titles do, else the first that may be one.

    >>> find_title("下载\\n打印\\n2026年上海市政府工作报告\\n——2026年2月3日在会议上\\n各位代表：\\n")
    '2026年上海市政府工作报告'
    >>> find_title("全市设立网格8.5万个。") is None
    True
    """
    lines = list(_title_lines(text))
    endings = _titles()
    return next((line for line in lines if endings.search(line)), lines[0] if lines else None)


def find_publisher(text: str) -> str | None:
    """
    Who published a document, as a label in its head says.

    >>> find_publisher("2026年四川省人民政府工作报告\\n来源:\\n四川日报\\n")
    '四川日报'
    """
    found = _publishers().search(text, 0, _HEAD)
    return next(name for name in found.groups() if name) if found else None


def _title_lines(text: str) -> Iterator[str]:
    for number, (start, end) in enumerate(find_lines(text, 0, min(len(text), _HEAD))):
        if number == _HEAD_LINES:
            return
        line = clean_line(text[start:end])
        if not _SHORTEST <= len(line) <= _LONGEST or _NO_TITLE.search(line) or _dated().match(line):
            continue
        # A numbered line heads a part of the document.
        if len(_HAN.findall(line)) >= _SHORTEST and not split_numbering(line)[0]:
            yield line


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(read_toml("front.toml")["dated"]["pattern"])


@cache
def _titles() -> re.Pattern[str]:
    endings = "|".join(rule["pattern"] for rule in read_toml("front.toml")["title"])
    return re.compile(f"(?:{endings})$")


@cache
def _publishers() -> re.Pattern[str]:
    return re.compile("|".join(rule["pattern"] for rule in read_toml("front.toml")["publisher"]))
