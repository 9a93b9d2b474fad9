"""
Documents → text with places. The only place where documents are opened.

``read_source`` takes a path, ``read_safely`` bytes; ``read_document`` is for one who is in a limited process already.
"""

from extract.readers.blocks import find_place
from extract.readers.parse import read_document
from extract.readers.reading import parse_sidecar, read_safely, read_source
from extract.readers.source import MOST_BYTES, STDIN, SUFFIXES, Source, clean_name

__all__ = [
    "MOST_BYTES",
    "STDIN",
    "SUFFIXES",
    "Source",
    "clean_name",
    "find_place",
    "parse_sidecar",
    "read_document",
    "read_safely",
    "read_source",
]
