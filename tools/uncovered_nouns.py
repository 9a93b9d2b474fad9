"""
The nouns of some texts that no term of the vocabulary covers, most frequent first: what ``terms.csv`` may lack.

    python tools/uncovered_nouns.py FILE.txt … [--labels]

A noun is a word that jieba takes for one, of two characters or more, outside every term that the text names. With
``--labels`` only the labels of statistics are read, so that what is never counted stays out. Writes CSV: noun, count.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extract.language.vocabulary import vocabulary
from extract.language.words import words_of
from extract.pipeline import extract_text
from extract.reporters.gazetteer import load_gazetteer


def uncovered(text: str) -> Iterator[str]:
    """The nouns between the terms of a text."""
    places = load_gazetteer().forms
    position = 0
    for found in (*vocabulary().find(text), None):
        gap = text[position : found.start if found else len(text)]
        for word in words_of(gap):
            is_noun = word.part == "noun" and len(word.text) > 1 and word.text[0] not in "“《(（"
            if is_noun and word.text not in places:
                yield word.text
        position = found.end if found else position


def main() -> int:
    """Write the table to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[1])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--labels", action="store_true", help="read the labels of statistics only")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for file in options.files:
        text = file.read_text(encoding="utf-8")
        if options.labels:
            text = "\n".join(extract_text(text, file.stem)["subject"].dropna())
        counts.update(uncovered(text))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("noun", "count"))
    writer.writerows(counts.most_common())
    return 0


if __name__ == "__main__":
    sys.exit(main())
