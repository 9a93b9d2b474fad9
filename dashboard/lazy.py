"""A mapping whose values are found when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazy(Mapping[str, T], Generic[T]):
    """
    Known keys, and a function that finds the value of each.

    >>> squares = Lazy(["2", "3"], lambda name: int(name) ** 2)
    >>> squares["3"], len(squares)
    (9, 2)
    """

    def __init__(self, keys: Iterable[str], find: Callable[[str], T]) -> None:
        self._keys = tuple(keys)
        self._find = find
        self._found: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._found:
            if key not in self._keys:
                raise KeyError(key)
            self._found[key] = self._find(key)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
