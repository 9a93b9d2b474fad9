"""
Errors and flags of the extractor.

    ExtractError                 anything that a user can put right; its text says what, where and what to do
    ├── InputError               a source that can't be read as a report
    │   └── ReadError            a file of which a reader says why, by a code that the app has words for
    ├── OutputError              a place that can't be written
    ├── RuleError                a rule table or codebook that contradicts itself
    └── NumeralError             a string that is not one numeral

A flag is not an error: the row stands, and a person should look at it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


class ExtractError(Exception):
    """Anything that a user can put right."""


class InputError(ExtractError):
    """A source that can't be read as a report."""


class ReadError(InputError):
    """
    A file of which a reader says why it gives no text.

    ``code`` is one of ``reader_messages``, ``fields`` fill its message in; ``name`` is what the message calls the file.
    """

    def __init__(self, name: str, code: str, **fields: object) -> None:
        super().__init__(f"{name}: {reader_messages()[code].format(**fields)}")
        self.name = name
        self.code = code
        self.fields = fields

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from a reader's process into this one."""
        return (_read_error, (self.name, self.code, self.fields))


def _read_error(name: str, code: str, fields: dict[str, object]) -> ReadError:
    return ReadError(name, code, **fields)


class OutputError(ExtractError):
    """A place that can't be written."""


class RuleError(ExtractError):
    """A rule table or codebook that contradicts itself."""


class NumeralError(ExtractError, ValueError):
    """A string that is not one numeral."""


@cache
def _messages() -> dict[str, Any]:
    return tomllib.loads((files("extract") / "rules" / "messages.toml").read_text(encoding="utf-8"))


def reader_messages() -> Mapping[str, str]:
    """What a reader says of a file, by its code: what is wrong, and what to do; fields in braces."""
    return MappingProxyType(_messages()["read_error"])


def flag_meanings() -> Mapping[str, str]:
    """What each flag of a row means."""
    return MappingProxyType(_messages()["flag"])
