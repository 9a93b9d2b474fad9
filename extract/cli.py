"""The command line of the extractor: documents in, one tidy table out; or a score."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from extract.corpus.command import add_options, is_dataset, run_command
from extract.language.rulebook import read_toml
from extract.pipeline import extract_text
from extract.readers import SUFFIXES as DOCUMENTS
from extract.readers import Source, read_source
from extract.readers.texts import write_texts
from extract.table.errors import ExtractError, InputError, OutputError
from extract.table.evaluate import pool, read_day, read_gold, score
from extract.table.frame import SUFFIXES, check_output, read_table, to_frame, write_csv, write_table
from extract.table.meaning import pool_meaning, score_meaning
from extract.table.record import text_hash

DONE, SOME_FAILED, NOTHING_WRITTEN = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run the extractor.

    Returns:
        The exit status: 0 all done; 1 some inputs failed, the rest is written; 2 nothing written.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _evaluate(arguments[1:]) if arguments[:1] == ["evaluate"] else _extract(arguments)
    except ExtractError as error:
        _complain(error)
        return NOTHING_WRITTEN


def _extract_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extract",
        description="Turn Chinese governance reports into a tidy table: one row a reported statistic.",
        epilog="To score a table or a text against hand-made answers: python -m extract evaluate --help",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=f"{' '.join(DOCUMENTS)}; any other is read as text; text is UTF-8, UTF-16, GB18030 or BIG5;"
        " - reads text from standard input",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help=f"{' '.join(SUFFIXES)}, or a folder OUT/ for many documents; default: CSV to standard output",
    )
    parser.add_argument(
        "--reference-date",
        metavar="YYYY-MM-DD",
        type=_iso_date,
        help=read_toml("messages.toml")["help"]["reference_date"],
    )
    parser.add_argument(
        "--texts",
        metavar="DIR",
        type=Path,
        help="also write for each document the text that the offsets refer to (NAME.txt) and where each stretch of it"
        " stands in the original (NAME.places.csv: page, paragraph, table, row)",
    )
    add_options(parser)
    return parser


def _iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2022-09-30") from error


def _extract(arguments: Sequence[str]) -> int:
    parser = _extract_parser()
    options = parser.parse_args(arguments)
    if is_dataset(options.output):
        return _extract_corpus(parser, options)
    if options.jobs or options.dask or options.prune:
        parser.error("--jobs, --dask and --prune are for many documents: name a folder with -o OUT/")
    return _extract_files(options)


def _extract_corpus(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if options.texts is not None:
        parser.error("--texts is for single documents: name a file with -o")
    return run_command(
        options.files,
        options.output,
        options.reference_date,
        jobs=options.jobs,
        dask=options.dask,
        prune=options.prune,
    )


def _extract_files(options: argparse.Namespace) -> int:
    output = Path(options.output) if options.output is not None else None
    if output is not None:
        check_output(output)
    tables, failures = [], []
    sources: list[Source] = []
    seen: dict[str, str] = {}
    for file in options.files:
        try:
            source = read_source(file)
            _refuse_twin(file, source.text, seen)
            if options.texts is not None:
                _refuse_namesake(file, source, sources)
            if not source.text:
                _complain(f"{file}: the file is empty, so it gives no rows")
            day = options.reference_date or source.reference_date
            tables.append(extract_text(source.text, source.name, day, source.headings))
            sources.append(source)
        except InputError as error:
            failures.append(error)
    for failure in failures:
        _complain(failure)
    if not tables:
        return NOTHING_WRITTEN
    if options.texts is not None:
        write_texts(sources, options.texts)
    _write(_join(tables), output)
    return SOME_FAILED if failures else DONE


def _refuse_twin(file: str, text: str, seen: dict[str, str]) -> None:
    """Equal texts would give equal ids: the second one is a copy by mistake."""
    digest = text_hash(text)
    if digest in seen:
        raise InputError(f"{file}: the same text as {seen[digest]}; leave one of them out")
    seen[digest] = file


def _refuse_namesake(file: str, source: Source, others: Sequence[Source]) -> None:
    """Texts are kept under the names of their documents: a second one of the same name would take the first's place."""
    if any(source.name.casefold() == other.name.casefold() for other in others):
        raise InputError(f"{file}: another document is called {source.name} too; rename one, to keep both texts")


def _join(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else to_frame(())


def _write(table: pd.DataFrame, output: Path | None) -> None:
    if output is not None:
        write_table(table, output)
        print(f"{output}: {len(table)} rows", file=sys.stderr)
        return
    try:
        write_csv(table, sys.stdout.buffer)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; what is left in the buffer must not complain at exit.
        _close_standard_output()
    except OSError as error:
        _close_standard_output()
        raise OutputError(f"standard output: can't be written ({error.strerror}); name a file with -o") from error
    except UnicodeError as error:
        raise OutputError(f"standard output: the text holds characters that can't be encoded ({error})") from error


def _close_standard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _evaluate(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m extract evaluate",
        description="Precision, recall, F1 and every error, pooled over the documents given.",
    )
    parser.add_argument(
        "pairs",
        nargs="+",
        metavar="GOLD.jsonl FILE",
        help="hand-made answers, then a document or a table (.csv is a table)",
    )
    options = parser.parse_args(arguments)
    if len(options.pairs) % 2:
        parser.error("give hand-made answers and files in pairs: GOLD.jsonl FILE [GOLD.jsonl FILE …]")
    scores, meanings = [], []
    for gold, file in zip(options.pairs[::2], options.pairs[1::2], strict=True):
        answers, table = read_gold(Path(gold)), _table_of(file, Path(gold))
        scores.append(score(answers, table))
        meanings.append(score_meaning(answers, table))
        for error in (*scores[-1].errors, *meanings[-1].errors):
            print(f"{file}: {error}")
    print(*(f"{name}={figure}" for name, figure in pool(scores).figures().items()), sep="  ")
    meaning = pool_meaning(meanings)
    if meaning.asked:
        print("meaning:", *(f"{name}={figure}" for name, figure in meaning.figures().items()), sep="  ")
    return DONE


def _table_of(file: str, gold: Path) -> pd.DataFrame:
    """The rows of a document, or of its part of a table."""
    document = gold.stem
    if Path(file).suffix.lower() not in SUFFIXES:
        source = read_source(file)
        return extract_text(source.text, source.name, source.reference_date or read_day(gold), source.headings)
    table = read_table(Path(file))
    if table["document"].nunique() <= 1:
        return table
    part = table[table["document"] == document]
    if part.empty:
        raise InputError(f"{file}: holds several documents but no {document}; name the answers after their document")
    return part.reset_index(drop=True)


def _complain(said: object) -> None:
    print(f"extract: {said}", file=sys.stderr)
