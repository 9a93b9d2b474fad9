"""The characters that a match of a long pattern can begin with: tried first, they settle most places of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_DIGIT = r"\d"


def first_characters(pattern: str, flags: int = 0) -> str:
    """
    A class of the characters that a match of a pattern, compiled with these flags, can begin with.

    Raises:
        ValueError:
            The pattern matches the empty string.

    >>> first_characters("(?<!十)[12]年|去年")
    '[12去]'
    """
    found, can_be_empty = _first(parser.parse(pattern, flags))
    if can_be_empty:
        raise ValueError(f"matches nothing at all, and so begins with nothing: {pattern}")
    chars = "".join(re.escape(char) for char in sorted(found - {_DIGIT}))
    return f"[{chars}{_DIGIT if _DIGIT in found else ''}]"


def _first(parsed: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """The first characters of a parsed pattern, and whether it can be empty."""
    found: set[str] = set()
    for code, value in parsed:
        if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
            continue
        firsts, is_optional = _of_item(code, value)
        found |= firsts
        if not is_optional:
            return found, False
    return found, True


def _of_item(code: Any, value: Any) -> tuple[set[str], bool]:
    if code is codes.LITERAL:
        return {chr(value)}, False
    if code is codes.IN:
        return set().union(*map(_members, value)), False
    if code is codes.BRANCH:
        branches = [_first(branch) for branch in value[1]]
        return set().union(*(chars for chars, _ in branches)), any(is_empty for _, is_empty in branches)
    if code is codes.SUBPATTERN:
        return _first(value[-1])
    if code is codes.ATOMIC_GROUP:
        return _first(value)
    # A repetition: what is repeated, and whether it may be left out.
    firsts, is_empty = _first(value[2])
    return firsts, is_empty or value[0] == 0


def _members(item: tuple[Any, Any]) -> set[str]:
    code, value = item
    if code is codes.LITERAL:
        return {chr(value)}
    return {chr(char) for char in range(value[0], value[1] + 1)} if code is codes.RANGE else {_DIGIT}
