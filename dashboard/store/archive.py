"""
The file of a workspace ↔ its documents. A ZIP file:

    manifest.json                 format, version of the tidy table, when it was made, SHA-256 of every other part
    documents/<n>/document.json   what is known of a document
    documents/<n>/text.txt        its text, UTF-8
    documents/<n>/places.json     where its stretches stand in the file that it came from
    documents/<n>/rows.jsonl      the extractor's rows, a JSON object each
    documents/<n>/reviews.jsonl   all that people said of rows, in order, each with when it was undone
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any, Final

import pandas as pd

from dashboard.store import parts
from dashboard.store.documents import write_places
from dashboard.store.errors import StoreError
from dashboard.store.records import NewDocument
from dashboard.store.reviews import Said
from dashboard.store.tidy import to_records
from extract.table.record import COLUMNS

FORMAT: Final = "governance-metrics workspace"
# That of the tidy table: a file of version 1 holds rows without the columns of version 2.
VERSION: Final = max(column.version for column in COLUMNS)
MANIFEST: Final = "manifest.json"
# Beyond this a file is no workspace but an attempt to fill the memory or the disk.
PART_BYTES: Final = 256 << 20
ALL_BYTES: Final = 2 << 30
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A document on its way between two stores, with its rows and all that was said of them."""

    document: NewDocument
    rows: pd.DataFrame
    history: Sequence[Said]


def pack(parcels: Iterable[Parcel], made_at: str) -> bytes:
    """The file of a workspace."""
    buffer = BytesIO()
    checksums: dict[str, str] = {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, parcel in enumerate(parcels, 1):
            for name, content in _write_parts(parcel):
                part = f"documents/{number}/{name}"
                archive.writestr(part, content)
                checksums[part] = hashlib.sha256(content).hexdigest()
        manifest = {"format": FORMAT, "version": VERSION, "made_at": made_at, "parts": checksums}
        archive.writestr(MANIFEST, _to_json(manifest))
    return buffer.getvalue()


def _write_parts(parcel: Parcel) -> Iterator[tuple[str, bytes]]:
    new = parcel.document
    about = {name: getattr(new, name) for name in parts.ABOUT} | {"facts": asdict(new.facts)}
    yield "document.json", _to_json(about)
    yield "text.txt", new.text.encode("utf-8", "surrogatepass")
    yield "places.json", write_places(new.places).encode()
    yield "rows.jsonl", b"".join(_to_json(row) for row in to_records(parcel.rows))
    said = (asdict(review) | {"undone_at": undone_at} for review, undone_at in parcel.history)
    yield "reviews.jsonl", b"".join(_to_json(review) for review in said)


def _to_json(value: Any) -> bytes:
    # As the text has it, lone surrogates too.
    return (json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


class Archive:
    """The file of a workspace, opened: every part is there and fits its checksum."""

    def __init__(self, data: bytes, place: str) -> None:
        """
        Open and check a file that is called ``place`` in messages.

        Raises:
            StoreError:
                not_workspace, newer, too_large, checksum or damaged_file.
        """
        self.place = place
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            if data.startswith(b"PK\x03\x04"):
                raise StoreError("damaged_file", place=place, reason="ZIP") from error
            raise StoreError("not_workspace", place=place) from error
        self._check_sizes()
        self.version, self.checksums = self._read_manifest()
        for part, checksum in self.checksums.items():
            if hashlib.sha256(self._read(part)).hexdigest() != checksum:
                raise StoreError("checksum", place=place, part=part)

    def _check_sizes(self) -> None:
        sizes = [info.file_size for info in self._zip.infolist()]
        if max(sizes, default=0) > PART_BYTES:
            raise StoreError("too_large", place=self.place, limit=f"{PART_BYTES >> 20} MB")
        if sum(sizes) > ALL_BYTES:
            raise StoreError("too_large", place=self.place, limit=f"{ALL_BYTES >> 30} GB")

    def _read_manifest(self) -> tuple[int, dict[str, str]]:
        if MANIFEST not in self._zip.namelist():
            raise StoreError("not_workspace", place=self.place)
        try:
            manifest = json.loads(self._read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise StoreError("not_workspace", place=self.place)
            version = int(manifest["version"])
            if version > VERSION:
                raise StoreError("newer", place=self.place)
            return version, {str(part): str(checksum) for part, checksum in manifest["parts"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise StoreError("damaged_file", place=self.place, reason=MANIFEST) from error

    def _read(self, part: str) -> bytes:
        try:
            info = self._zip.getinfo(part)
            if info.compress_type not in _PACKED:
                raise StoreError("damaged_file", place=self.place, reason=part)
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise StoreError("checksum", place=self.place, part=part) from error
        except (KeyError, RuntimeError, NotImplementedError) as error:
            # It is not there, or under a password.
            raise StoreError("damaged_file", place=self.place, reason=part) from error

    def parcels(self) -> Iterator[Parcel]:
        """
        The documents, one after the other: a workspace may be larger than the memory.

        Raises:
            StoreError:
                damaged_file: a part does not hold what it should.
        """
        numbers = {part.split("/")[1] for part in self.checksums if part.count("/") == 2}
        for number in sorted(numbers, key=lambda number: (len(number), number)):
            folder = f"documents/{number}"
            try:
                yield self._read_parcel(folder)
            except parts.PartError as error:
                raise StoreError("damaged_file", place=self.place, reason=f"{folder}: {error}") from error

    def _read_parcel(self, folder: str) -> Parcel:
        content = {name: self._part(f"{folder}/{name}") for name in parts.NAMES}
        document = parts.read_document(content["document.json"], content["text.txt"], content["places.json"])
        rows = parts.read_rows(content["rows.jsonl"], self.version)
        return Parcel(document, rows, parts.read_history(content["reviews.jsonl"]))

    def _part(self, name: str) -> bytes:
        # Only what the manifest lists has been checked.
        if name not in self.checksums:
            raise StoreError("damaged_file", place=self.place, reason=name)
        return self._read(name)
