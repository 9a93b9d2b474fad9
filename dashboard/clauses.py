"""Conditions in SQL: a text with a placeholder for every value, so that no value is ever part of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition over the columns of the table, and the values of its placeholders in order."""

    text: str
    values: tuple[Any, ...] = ()


EVERYTHING: Final = Clause("true")
NOTHING: Final = Clause("false")


def column(name: str) -> str:
    """
    A column's name as SQL takes it; some are words of the language.

    >>> column("end")
    '"end"'
    """
    return f'"{name}"'


def literal(text: str) -> str:
    """
    A text that is the program's own as SQL writes it; what a reader or a document says is a value of a placeholder.

    >>> literal("l'avis")
    "'l''avis'"
    """
    return "'" + text.replace("'", "''") + "'"


def one_of(name: str, values: Iterable[Any]) -> Clause:
    """That a column has one of these values."""
    listed = tuple(values)
    return Clause(f"{column(name)} IN ({', '.join('?' * len(listed))})", listed) if listed else NOTHING


def all_of(clauses: Iterable[Clause]) -> Clause:
    """That all of them hold; of none, anything does."""
    return _join(clauses, " AND ") or EVERYTHING


def any_of(clauses: Iterable[Clause]) -> Clause:
    """That one of them holds; of none, nothing does."""
    return _join(clauses, " OR ") or NOTHING


def _join(clauses: Iterable[Clause], word: str) -> Clause | None:
    parts = list(clauses)
    if not parts:
        return None
    text = word.join(f"({part.text})" for part in parts)
    return Clause(text, tuple(value for part in parts for value in part.values))
