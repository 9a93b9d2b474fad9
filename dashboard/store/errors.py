"""What can go wrong with the store: a code for which the app has words, and what fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dashboard.wording import Words

if TYPE_CHECKING:
    from dashboard.store.records import StoredDocument

# Each code with the fields of its words.
CODES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "locked": ("place",),
        "full": ("place",),
        "readonly": ("place",),
        "not_folder": ("place",),
        "unreachable": ("place", "reason"),
        "url": ("place",),
        "driver": ("place", "reason"),
        "damaged": ("place", "reason"),
        "newer": ("place",),
        "no_store": ("place",),
        "known": ("name", "title", "imported_at"),
        "missing": ("name", "place"),
        "not_workspace": ("place",),
        "damaged_file": ("place", "reason"),
        "checksum": ("place", "part"),
        "too_large": ("place", "limit"),
    }
)


class StoreError(Exception):
    """Something that a user can put right; the words of ``store.<code>`` say what, where and what to do."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(f"{code}: {', '.join(f'{name}={fields[name]}' for name in CODES[code])}")
        self.code = code
        self.fields = fields

    def say(self, words: Words) -> str:
        """The error as one line in a language."""
        return words(f"store.{self.code}", **self.fields)


class Known(StoreError):  # noqa: N818 - reads as what it says
    """The same file or the same text is in the store already, perhaps removed (``document.removed_at``)."""

    def __init__(self, document: StoredDocument) -> None:
        super().__init__("known", name=document.name, title=document.facts.title, imported_at=document.imported_at[:10])
        self.document = document
