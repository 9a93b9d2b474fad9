"""The texts that extractors are measured on: reports of a folder, as they are, joined, or many times over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
# Thirty long reports, where the project's materials lie beside the checkout; else the eight that it ships.
CORPUS: Final = ROOT.parent / "shared" / "corpus"
SHIPPED: Final = ROOT / "data" / "sources"


def find_corpus() -> Path:
    """The folder of reports that is measured by default."""
    return CORPUS if CORPUS.is_dir() else SHIPPED


def read_texts(folder: Path) -> list[str]:
    """
    The texts of a folder, by name.

    Raises:
        FileNotFoundError:
            There are none.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        raise FileNotFoundError(f"{folder}: no .txt in it")
    return texts


def write_texts(folder: Path, texts: Iterable[str]) -> Path:
    """A new folder of texts, numbered in order."""
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return folder


def number_copies(texts: Sequence[str], count: int) -> list[str]:
    """
    So many documents of some texts, no two of them equal.

    >>> number_copies(["甲", "乙"], 3)
    ['编号000000\\n甲', '编号000001\\n乙', '编号000002\\n甲']
    """
    return [f"编号{number:06}\n{texts[number % len(texts)]}" for number in range(count)]


def join_texts(texts: Sequence[str], size: int) -> list[str]:
    """
    The same characters in fewer documents, each of *size* texts.

    >>> join_texts(["甲", "乙", "丙", "丁"], 2)
    ['甲\\n乙', '丙\\n丁']
    """
    return ["\n".join(texts[first : first + size]) for first in range(0, len(texts), size)]
