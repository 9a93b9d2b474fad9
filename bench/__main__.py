"""Measure and print: ``python -m bench`` everything, with ``pages``, ``extraction`` or ``rows`` one part of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bench.extraction import measure_extraction
from bench.pages import measure_pages
from bench.rows import measure_all_rows
from bench.texts import find_corpus

# What can be measured by itself; each part takes the command line and prints what it found.
PARTS: Final[Mapping[str, Callable[[argparse.Namespace], None]]] = {
    "pages": measure_pages,
    "extraction": measure_extraction,
    "rows": measure_all_rows,
}
SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench", description="Speed and memory beside others that do such work.")
    parser.add_argument("part", nargs="?", choices=tuple(PARTS), help="the part to measure (default: all)")
    pages = parser.add_argument_group("pages")
    pages.add_argument("--loads", type=int, default=7, help="loads of each page, cold and again (default: 7)")
    pages.add_argument("--exports", type=int, default=3, help="processes that make each export (default: 3)")
    pages.add_argument("--rounds", type=int, default=20, help="filter choices in each page (default: 20)")
    extraction = parser.add_argument_group("extraction")
    extraction.add_argument(
        "--corpus", type=Path, default=find_corpus(), help="a folder of .txt reports (default: %(default)s)"
    )
    extraction.add_argument("--turns", type=int, default=3, help="processes of each extractor (default: 3)")
    rows = parser.add_argument_group("rows")
    rows.add_argument(
        "--rows", type=int, nargs="+", default=SIZES, help="how many rows (default: 10⁴ to 10⁷, made in build/rows)"
    )
    return parser.parse_args()


def main() -> None:
    """One part, or all of them one after the other."""
    arguments = read_arguments()
    for name, measure in PARTS.items():
        if arguments.part in (None, name):
            print(f"# {name}")
            measure(arguments)


if __name__ == "__main__":
    main()
