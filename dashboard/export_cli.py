"""The command ``export``: the same files as from the page, without a browser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from dashboard.dataset import Dataset
from dashboard.export.contents import Contents
from dashboard.export.formats import FORMATS, Format, count_too_high
from dashboard.export.picture import PictureError, close
from dashboard.export.presets import PRESETS
from dashboard.exports import collect, compare_panels, today
from dashboard.filters import CHOICE_FIELDS, COLUMNS, Filters, label, meant, nameable
from dashboard.library import read_imported, read_named
from dashboard.link import Link, codes, from_params, read_terms
from dashboard.load import LoadError, data_path, read_dataset
from dashboard.options import CHOICES
from dashboard.outlines import rank_panels
from dashboard.store import StoreError, default_place
from dashboard.wording import LANGUAGES, load_words

DONE, FAILED = 0, 2
SUFFIXES: Final = {kind.suffix: kind for kind in FORMATS.values()}
# The drawing options that the command takes as they are named; the others have flags of their own.
NAMED: Final = ("form", "scale", "order", "axis", "reference")
MOST_NAMED: Final = 20
TOO_HIGH: Final = (
    "export: {path}: higher than --size {size} allows, as not all has room in it even small (pictures: {count})"
)


class ExportError(Exception):
    """The export can't be made; the text says what, where and what to do."""


def main(argv: list[str] | None) -> int:
    """
    Make one export.

    Returns:
        0 when it is written, 2 when nothing is.

    Raises:
        SystemExit:
            A wrong argument (status 2) or --help (0).
    """
    arguments = make_parser().parse_args(argv)
    try:
        for path in export(arguments):
            print(path)
    except (LoadError, StoreError) as error:
        print(f"export: {error.say(load_words('en'))}", file=sys.stderr)
        return FAILED
    except (ExportError, PictureError) as error:
        print(f"export: {error}", file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"export: {arguments.output} can't be written: {error.strerror}", file=sys.stderr)
        return FAILED
    finally:
        close()
    return DONE


def make_parser() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(
        prog="dashboard export",
        description="Write comparisons as pictures, Office files, a web page or data; without a filter, all of them.",
        epilog="Values may be given as the data has them, as the app writes them, or by their code in a link.",
    )
    for field in COLUMNS:
        parser.add_argument(
            flag_of(field),
            dest=field,
            nargs="+",
            action="extend",
            default=[],
            metavar=flag_of(field).removeprefix("--").upper(),
            help=f"only these {field}",
        )
    parser.add_argument("--search", default="", metavar="WORDS", help="only statistics with all of these words")
    parser.add_argument("--per-capita", action="store_true", help="per 10,000 residents where the indicator allows it")
    for name in NAMED:
        parser.add_argument(f"--{name}", choices=tuple(CHOICES[name]), help=f"default: {next(iter(CHOICES[name]))}")
    parser.add_argument("--highlight", metavar="REGION", help="the region that stands out")
    parser.add_argument("--link", metavar="ADDRESS", help="a view as the app's address has it; the rest changes it")
    parser.add_argument("--lang", choices=LANGUAGES, help="default: the link's, else zh")
    parser.add_argument("--size", choices=tuple(PRESETS), default="text", help="of pictures (default: text width)")
    parser.add_argument("--data", type=Path, metavar="PATH", help="a tidy table (default: the shipped eight reports)")
    parser.add_argument("--store", metavar="PLACE", help="where imported documents are (default: the app's)")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help=f"its suffix says what: {' '.join(SUFFIXES)}"
    )
    return parser


def flag_of(field: str) -> str:
    """
    The option of a filter field: the column that it is a choice of.

    >>> flag_of("statuses"), flag_of("reporters"), flag_of("terms")
    ('--status', '--reporter', '--search')
    """
    flags = {"reporters": "reporter", "terms": "search"}
    return f"--{flags.get(field) or COLUMNS[field]}"


def export(arguments: argparse.Namespace) -> Iterator[Path]:
    """Make the export; the files written, one after the other."""
    kind = find_format(arguments.output)
    imported = read_imported(default_place()) if arguments.store is None else read_named(arguments.store)
    data = read_dataset(arguments.data or data_path(), imported)
    contents = select(read_link(arguments, data), data)
    if not kind.is_single or len(contents.comparisons) == 1:
        yield write(kind, contents, arguments.size, arguments.output)
        return
    # A picture holds one comparison: each has a file of its own.
    for number, comparison in enumerate(contents.comparisons, start=1):
        path = arguments.output.with_stem(f"{arguments.output.stem}-{number}")
        yield write(kind, replace(contents, comparisons=(comparison,)), arguments.size, path)


def find_format(path: Path) -> Format:
    """The format that a file's name asks for; of two suffixes the longer one."""
    found = [suffix for suffix in SUFFIXES if path.name.lower().endswith(suffix)]
    if not found:
        raise ExportError(f"{path} has no suffix that is known; take one of {' '.join(SUFFIXES)}")
    return SUFFIXES[max(found, key=len)]


def read_link(arguments: argparse.Namespace, data: Dataset) -> Link:
    """The view that the arguments ask for."""
    params = dict(parse_qsl(urlsplit(arguments.link or "").query))
    link, unknown = from_params(params, data.vocabulary, data.codebook)
    if unknown:
        raise ExportError(f"--link: the data does not have {', '.join(unknown)}")
    chosen = {
        field: find_values(field, getattr(arguments, field), data)
        for field in CHOICE_FIELDS
        if getattr(arguments, field)
    }
    if arguments.search:
        chosen["terms"] = read_terms(arguments.search)
    options = {name: value for name in NAMED if (value := getattr(arguments, name))}
    if arguments.per_capita:
        options["measure"] = "per_head"
    if arguments.highlight:
        (options["highlight"],) = find_values("regions", [arguments.highlight], data)
    return replace(
        link,
        filters=replace(link.filters, **chosen),
        options=replace(link.options, **options),
        lang=arguments.lang or link.lang or LANGUAGES[0],
    )


def find_values(field: str, asked: list[str], data: Dataset) -> tuple[str, ...]:
    """The values of a field that are meant."""
    values = data.vocabulary.values[field]
    nameables = nameable(field, values, data.codebook)
    called = {label(field, value, load_words(lang), data.codebook): value for lang in LANGUAGES for value in nameables}
    # What is written just as a label is that, and not a code of other letters.
    known = {name.casefold(): value for name, value in called.items()}
    known |= {value.casefold(): value for value in values}
    known |= {code.casefold(): value for code, value in codes(field, nameables, data.codebook).items()}
    strange = [one for one in asked if one.casefold() not in known]
    if strange:
        offered = ", ".join(values[:MOST_NAMED]) + (" …" if len(values) > MOST_NAMED else "")
        raise ExportError(f"the data has no {field} {', '.join(strange)}; it has {offered}")
    return meant(field, [called.get(one) or known[one.casefold()] for one in asked], data.codebook)


def select(link: Link, data: Dataset) -> Contents:
    """All comparisons under the filters."""
    words, filters = load_words(link.lang or LANGUAGES[0]), link.filters
    panels = data.panels(filters, rank_panels(data.outlines(filters)), link.options.readings)
    if not panels:
        raise ExportError(say_empty(filters, data))
    comparisons = compare_panels(panels, link.options, data, words, lambda _: "")
    return collect(comparisons, filters, data, words, "", today())


def say_empty(filters: Filters, data: Dataset) -> str:
    """That nothing passes, and what to drop."""
    words = load_words("en")
    drop = " or ".join(map(flag_of, data.culprits(filters)))
    return f"no statistic passes ({filters.say(words, data.codebook)}); drop {drop}"


def write(kind: Format, contents: Contents, size: str, path: Path) -> Path:
    """The file, whole or not at all."""
    if kind.group == "picture" and (count := count_too_high(contents, PRESETS[size])):
        print(TOO_HIGH.format(path=path, count=count, size=size), file=sys.stderr)
    data = kind.make(contents, PRESETS[size], lambda step: print(step, file=sys.stderr))
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
