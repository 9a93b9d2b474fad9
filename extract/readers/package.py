"""Office files as what they are: ZIP archives of XML, opened with care."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import unquote

from lxml import etree

from extract.table.errors import ReadError

# Of all parts together once unpacked; pictures hardly shrink, so only a bomb comes near.
MOST_UNPACKED: Final = 320 << 20
_MEGABYTE: Final = 1 << 20
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of an Office file, each read when it is asked for; ``name`` is what messages call the file."""

    def __init__(self, archive: zipfile.ZipFile, name: str, suffix: str) -> None:
        self._archive = archive
        self._name = name
        self._suffix = suffix

    def find_part(self, path: str) -> etree._Element | None:
        """
        The root of an XML part, None where there is none.

        Raises:
            ReadError:
                It is damaged, or declares entities, which no Office program writes.
        """
        try:
            content = self._archive.read(path)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise ReadError(self._name, "damaged", suffix=self._suffix) from error
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise ReadError(self._name, "damaged", suffix=self._suffix) from error
        if root.getroottree().docinfo.doctype:
            raise ReadError(self._name, "declares_entities")
        return root

    def related(self, path: str) -> dict[str, str]:
        """The parts that a part names: the last word of the relationship's type → path."""
        folder, base = posixpath.split(path)
        root = self.find_part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, str] = {}
        for relationship in () if root is None else root.iter(_RELATIONSHIP):
            if relationship.get("TargetMode") != "External":
                target = posixpath.join("/", folder, unquote(relationship.get("Target", "")))
                kind = relationship.get("Type", "").rpartition("/")[2]
                found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
        return found


@contextmanager
def open_package(data: bytes, name: str, suffix: str) -> Iterator[Package]:
    """
    An Office file, its size once unpacked checked before anything is.

    Raises:
        ReadError:
            It is damaged, encrypted, or unpacks to more than MOST_UNPACKED.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(name, "damaged", suffix=suffix) from error
    with archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > MOST_UNPACKED:
            raise ReadError(name, "unpacks_too_large", size=size // _MEGABYTE, limit=MOST_UNPACKED // _MEGABYTE)
        if any(part.flag_bits & 1 for part in archive.infolist()):
            raise ReadError(name, "encrypted_office")
        yield Package(archive, name, suffix)
