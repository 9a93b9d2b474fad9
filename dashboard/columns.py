"""
The reader's own view of the whole table: which columns, in what order, what is searched for, and a condition on any of
them. Like the filters it is one frozen value that applies itself, and it has ASCII codes for a link.

``/data?f=kind.in.count.share~value.between.10_500~period.filled&u=dghjkt&a=value.desc``
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_letters
from types import MappingProxyType
from typing import Final

from dashboard.clauses import Clause, all_of, column, one_of
from dashboard.search import has_text
from dashboard.wording.codebook import Codebook
from extract.table.record import REVIEWED_COLUMNS, REVIEWED_NAMES, Column

# The columns whose values are a vocabulary; the other texts are looked into.
CHOICE_COLUMNS: Final = (
    *("document", "report", "region", "province", "level", "theme", "indicator"),
    *("unit", "qualifier", "kind", "direction", "role", "rule", "flags"),
    *("reporter", "status", "period_basis", "aggregation", "review", "reviewer"),
)
# What a condition can ask of a column of each form, apart from being empty or not.
MODES: Final = MappingProxyType({"choice": "in", "text": "has", "number": "between", "date": "between"})
PRESENCE: Final = ("empty", "filled")
# Not nullable, but "" where there is nothing to say.
BLANK_COLUMNS: Final = frozenset({"unit", "flags"})
DEFAULT_COLUMNS: Final = (
    *("region", "theme", "indicator", "subject", "value", "raw", "kind", "status", "period", "flags", "sentence"),
)
DESCENDING: Final = ".desc"
BETWEEN: Final = "_"
SEPARATOR: Final = "~"
# A value that stands in a link as it is.
SAFE: Final = re.compile(r"[A-Za-z0-9_-]+")
BY_NAME: Final[Mapping[str, Column]] = MappingProxyType({column.name: column for column in REVIEWED_COLUMNS})
# A column is one letter in the code of the columns shown; later versions of the table leave the earlier letters alone.
LETTERS: Final = MappingProxyType(
    {
        column.name: letter
        for column, letter in zip(sorted(REVIEWED_COLUMNS, key=lambda one: one.version), ascii_letters, strict=False)
    }
)


def form_of(name: str) -> str:
    """
    How a column is asked about: choice, text, number or date.

    >>> form_of("kind"), form_of("sentence"), form_of("value"), form_of("period_end")
    ('choice', 'text', 'number', 'date')
    """
    if name in CHOICE_COLUMNS:
        return "choice"
    return {"str": "text", "int": "number", "float": "number", "date": "date"}[BY_NAME[name].type]


def modes_of(name: str) -> tuple[str, ...]:
    """
    What can be asked of a column; presence only where a cell may be empty.

    >>> modes_of("value"), modes_of("unit")
    (('between',), ('in', 'empty', 'filled'))
    """
    may_be_empty = BY_NAME[name].nullable or name in BLANK_COLUMNS
    return (MODES[form_of(name)], *(PRESENCE if may_be_empty else ()))


@dataclass(frozen=True, slots=True)
class Condition:
    """
    What the cells of one column must be.

    ``operands`` are the values of ``in``, the words of ``has`` (all must be there), the two ends of ``between`` (a
    number, or an ISO date; "" leaves an end open; both ends are included), and nothing for ``empty`` and ``filled``.
    """

    column: str
    mode: str
    operands: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it asks for nothing, so that every row passes."""
        return self.mode not in PRESENCE and not any(self.operands)

    def where(self) -> Clause:
        """Which rows pass."""
        name = column(self.column)
        if self.mode in PRESENCE:
            is_text = BY_NAME[self.column].type == "str"
            filled = f"{name} IS NOT NULL" + (f" AND {name} <> ''" if is_text else "")
            return Clause(filled if self.mode == "filled" else f"NOT ({filled})")
        if self.mode == "between":
            return self._between()
        if self.mode == "has":
            return all_of(has_text(self.column, word) for word in self.operands)
        if self.column == "flags":
            return Clause(f"list_has_any(string_split({name}, ';'), ?)", (list(self.operands),))
        return one_of(self.column, map(int, self.operands) if BY_NAME[self.column].type == "int" else self.operands)

    def _between(self) -> Clause:
        read = float if form_of(self.column) == "number" else str
        ends = [(sign, read(end)) for sign, end in zip((">=", "<="), self.operands, strict=True) if end]
        return all_of(Clause(f"{column(self.column)} {sign} ?", (end,)) for sign, end in ends)


@dataclass(frozen=True, slots=True)
class Listing:
    """
    How the whole table is listed: the columns ``shown`` in order, one condition a column, the words ``find`` looked
    for in what is shown, and the column that it is sorted by ("" is the order of the table).
    """

    shown: tuple[str, ...] = DEFAULT_COLUMNS
    conditions: tuple[Condition, ...] = ()
    find: str = ""
    sort: str = ""
    is_descending: bool = False

    def condition(self, column: str) -> Condition | None:
        """What is asked of a column."""
        return next((condition for condition in self.conditions if condition.column == column), None)

    def put(self, condition: Condition) -> Listing:
        """The same listing with this condition on its column, none where it is open."""
        rest = self.drop(condition.column).conditions
        kept = rest if condition.is_open else (*rest, condition)
        return replace(self, conditions=tuple(sorted(kept, key=lambda one: REVIEWED_NAMES.index(one.column))))

    def drop(self, column: str) -> Listing:
        """The same listing without the condition on a column."""
        return replace(self, conditions=tuple(one for one in self.conditions if one.column != column))

    def where(self) -> Clause:
        """The rows that pass every condition; ``find`` looks at labels and is not part of it."""
        return all_of(condition.where() for condition in self.conditions)


def to_params(listing: Listing, codebook: Codebook) -> dict[str, str]:
    """The listing's query parameters; what is the default is left out, and no code depends on the language."""
    params = {
        "f": SEPARATOR.join(_write(condition, codebook) for condition in listing.conditions),
        "u": "" if listing.shown == DEFAULT_COLUMNS else "".join(LETTERS[name] for name in listing.shown),
        "a": listing.sort and listing.sort + (DESCENDING if listing.is_descending else ""),
        "e": listing.find,
    }
    return {name: code for name, code in params.items() if code}


def from_params(
    params: Mapping[str, str], values: Mapping[str, Sequence[str]], codebook: Codebook
) -> tuple[Listing, tuple[str, ...]]:
    """
    Read a listing out of a link.

    Args:
        params:
            The query parameters; others than those of ``to_params`` are ignored.
        values:
            The values of each choice column.

    Returns:
        The listing, and the codes that mean nothing in this data, as written.
    """
    listing, unknown = Listing(find=params.get("e", "")), []
    for code in filter(None, params.get("f", "").split(SEPARATOR)):
        condition, strange = _read(code, values, codebook)
        unknown += strange
        if condition:
            listing = listing.put(condition)
    names = {letter: name for name, letter in LETTERS.items()}
    letters = dict.fromkeys(params.get("u", ""))
    unknown += [letter for letter in letters if letter not in names]
    shown = tuple(names[letter] for letter in letters if letter in names)
    sort = params.get("a", "").removesuffix(DESCENDING)
    if sort and sort not in BY_NAME:
        unknown.append(sort)
        sort = ""
    is_descending = bool(sort) and params["a"].endswith(DESCENDING)
    listing = replace(listing, shown=shown or DEFAULT_COLUMNS, sort=sort, is_descending=is_descending)
    return listing, tuple(unknown)


def _code(value: str, codebook: Codebook) -> str:
    """One value as ASCII: itself, or what the codebook makes of a name that is not ASCII."""
    return value if SAFE.fullmatch(value) else codebook.region_code(value)


def _write(condition: Condition, codebook: Codebook) -> str:
    """A condition as ``column.mode.operands``."""
    joined = {
        "in": ".".join(_code(value, codebook) for value in condition.operands),
        "has": " ".join(condition.operands),
        "between": BETWEEN.join(condition.operands),
    }.get(condition.mode, "")
    return f"{condition.column}.{condition.mode}" + (f".{joined}" if joined else "")


def _read(code: str, values: Mapping[str, Sequence[str]], codebook: Codebook) -> tuple[Condition | None, list[str]]:
    """A condition out of its code, and what in it means nothing here."""
    column, _, rest = code.partition(".")
    mode, _, text = rest.partition(".")
    if column not in BY_NAME or mode not in modes_of(column):
        return None, [code]
    operands: tuple[str, ...] = ()
    unknown: list[str] = []
    if mode == "in":
        known = {_code(value, codebook): value for value in values[column]}
        asked = text.split(".")
        operands = tuple(dict.fromkeys(known[one] for one in asked if one in known))
        unknown = [one for one in asked if one not in known]
    elif mode == "has":
        operands = tuple(text.split())
    elif mode == "between":
        low, _, high = text.partition(BETWEEN)
        operands = (low, high)
        if not all(_is_end(end, form_of(column)) for end in operands):
            return None, [code]
    return Condition(column, mode, operands), unknown


def _is_end(end: str, form: str) -> bool:
    """Whether a text is an end of a range: open, a finite number, or an ISO date."""
    try:
        return not end or (bool(date.fromisoformat(end)) if form == "date" else math.isfinite(float(end)))
    except ValueError:
        return False
