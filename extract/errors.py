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

from types import MappingProxyType
from typing import Final


class ExtractError(Exception):
    """Anything that a user can put right."""


class InputError(ExtractError):
    """A source that can't be read as a report."""


class ReadError(InputError):
    """
    A file of which a reader says why it gives no text.

    ``code`` is one of READ_ERRORS, ``fields`` fill its message in; ``name`` is what the message calls the file.
    """

    def __init__(self, name: str, code: str, **fields: object) -> None:
        super().__init__(f"{name}: {READ_ERRORS[code].format(**fields)}")
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


# What a reader says of a file: what is wrong, and what to do.
READ_ERRORS: Final = MappingProxyType(
    {
        "empty": "is empty; there is nothing to read",
        "changed": "was changed while it was being read; choose it again",
        "shipped": "holds the text of {title}, which comes with the program",
    }
)

FLAGS: Final = MappingProxyType(
    {
        "vague": "the number is a rough one (数十, 几百户); value is the lower bound that the word gives",
        "no_unit": "the text gives no measure word or unit",
        "no_subject": "no noun phrase was found that says what is counted",
        "region_unknown": "the text does not say who reports",
        "period_unresolved": "a period is written but could not be turned into dates",
        "reference_date_unknown": "a relative period (今年) stands without a reference date to resolve it",
        "sentence_cut": "the sentence is longer than 600 characters; only the clauses around the mention are kept",
    }
)
