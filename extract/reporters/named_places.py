"""The places that a text, or a part of one, names."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extract.reporters.gazetteer import PlaceMention, find_places

# Frequencies of a longer text are taken from its beginning: they don't change after that.
SAMPLE: Final = 200_000


@dataclass(frozen=True)
class NamedPlaces(Container[str]):
    """
    The places that ``text[start:end]`` names, those of its beginning where it is long.

    It contains the codes of those named beyond doubt and of the places they lie in. Only a name that several places
    share needs them: the text is looked through when the first such name asks.
    """

    text: str
    start: int
    end: int

    @cached_property
    def mentions(self) -> tuple[PlaceMention, ...]:
        """All of them, in text order."""
        return tuple(find_places(self.text, self.start, min(self.end, self.start + SAMPLE)))

    @cached_property
    def _codes(self) -> frozenset[str]:
        certain = (one.candidates for one in self.mentions if one.is_certain)
        codes = {candidates[0].code for candidates in certain if len(candidates) == 1}
        return frozenset(code[:size] for code in codes for size in (2, 4, 6))

    def __contains__(self, code: object) -> bool:
        return code in self._codes
