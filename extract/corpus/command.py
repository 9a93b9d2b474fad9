"""The command line of a corpus run: its options, its progress bar, and what it says at the end."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import Final

from tqdm import tqdm

from extract.corpus.cluster import Cluster
from extract.corpus.engines import Engine, make_processes
from extract.corpus.listing import Listing, list_documents
from extract.corpus.run import Summary, run_corpus, sort_output
from extract.table.errors import InputError

DONE, SOME_FAILED = 0, 1
# More rows than this take long enough to say so.
LONG_TO_SORT: Final = 200_000
STOPPED: Final = "stopped; what is done stays done, and the same command goes on from there"


def add_options(parser: argparse.ArgumentParser) -> None:
    """What only a corpus run takes."""
    group = parser.add_argument_group(
        "many documents (-o OUT/)",
        "Give directories, patterns, lists of documents (a path a line) or Parquet files with a column text, and as"
        " output a folder: each also as an address such as s3://bucket/reports. A later run reads only what is new or"
        " changed.",
    )
    group.add_argument("--jobs", metavar="N", type=_count, help="worker processes; default: one for each core")
    group.add_argument(
        "--dask", metavar="ADDRESS|N", help="the scheduler whose workers are used (tcp://host:8786), or N workers here"
    )
    group.add_argument("--prune", action="store_true", help="take documents out of OUT/ that are not found any more")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; write 1 or more")
    return int(text)


def is_dataset(output: str | None) -> bool:
    """
    Whether an output is the folder of a dataset.

    >>> is_dataset("out/"), is_dataset("s3://bucket/out/"), is_dataset("out.csv"), is_dataset(None)
    (True, True, False, False)
    """
    return output is not None and output.endswith(("/", os.sep))


def run_command(
    inputs: Sequence[str],
    output: str,
    reference_date: date | None,
    *,
    jobs: int | None,
    dask: str | None,
    prune: bool,
) -> int:
    """
    Run a corpus and say what came of it.

    Returns:
        The exit status: 0 all done; 1 some documents were not read, the rest is written.

    Raises:
        InputError, OutputError:
            Nothing could be read or written.
    """
    listing = list_documents(inputs)
    if not listing.entries and not prune:
        raise InputError(f"{', '.join(inputs)}: no document there; {_say_others(listing) or 'the place is empty'}")
    engine = _open_engine(jobs, dask)
    total = sum(entry.size for entry in listing.entries.values())
    try:
        # None: a bar only where somebody watches.
        with tqdm(total=total, unit="B", unit_scale=True, disable=None, file=sys.stderr) as bar:

            def advance(size: int, documents: int) -> None:
                bar.set_postfix_str(f"{documents} documents", refresh=False)
                bar.update(size)

            summary = run_corpus(listing, output, engine, reference_date, advance, prune=prune)
    except KeyboardInterrupt:
        print(f"extract: {STOPPED}", file=sys.stderr)
        return SOME_FAILED
    finally:
        engine.close()
    # By now the workers have given their memory back.
    if summary.rows > LONG_TO_SORT:
        print(f"extract: sorting {summary.rows} rows for the dashboard", file=sys.stderr)
    sort_output(output)
    _report(summary, listing, output)
    return SOME_FAILED if summary.failures else DONE


def _open_engine(jobs: int | None, dask: str | None) -> Engine:
    if dask is not None:
        return Cluster(dask)
    return make_processes(jobs or os.cpu_count() or 1)


def _report(summary: Summary, listing: Listing, output: str) -> None:
    found = len(listing.entries)
    print(f"{output}: {summary.rows} rows of {summary.documents} documents", file=sys.stderr)
    told = {
        "found": found,
        "new": summary.new,
        "changed": summary.changed,
        "copies of others, whose rows stand once": summary.copies,
        "no longer found": summary.gone,
    }
    print("; ".join(f"{count} {what}" for what, count in told.items() if count or what == "found"), file=sys.stderr)
    if others := _say_others(listing):
        print(others, file=sys.stderr)
    for failure in summary.failures:
        print(f"extract: {failure}", file=sys.stderr)


def _say_others(listing: Listing) -> str:
    if not listing.others:
        return ""
    counts = ", ".join(f"{count} {suffix}" for suffix, count in sorted(listing.others.items()))
    return f"left out, no documents: {counts}"
