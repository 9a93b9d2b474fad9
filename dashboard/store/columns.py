"""Column types that hold whatever a decoded document holds, on every database."""

from __future__ import annotations

import re
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.mysql import LONGTEXT

# Millions of characters; MySQL's own TEXT ends at 64 KB.
LONG_TEXT: Final = sa.UnicodeText().with_variant(LONGTEXT(), "mysql", "mariadb")
# No database stores a lone surrogate, PostgreSQL no NUL either. U+001A, "substitute", is what marks them here.
_REFUSED: Final = re.compile("[\0\x1a\ud800-\udfff]")
_ESCAPED: Final = re.compile("\x1a([0-9a-f]{4})")


def escape(text: str) -> str:
    r"""
    A text that every database can store; all but the rarest are stored as they are.

    >>> escape("网格\0\ud83d"), escape("网格")
    ('网格\x1a0000\x1ad83d', '网格')
    """
    return _REFUSED.sub(lambda match: f"\x1a{ord(match[0]):04x}", text)


def unescape(text: str) -> str:
    r"""
    The text that was escaped.

    >>> unescape(escape("a\x1a0000\0")) == "a\x1a0000\0"
    True
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "\x1a" in text else text


class AnyText(sa.types.TypeDecorator[str]):
    """Text of any length and with any character."""

    impl: sa.types.TypeEngine[Any] = LONG_TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """The text as it is stored."""
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """The text as it was given."""
        return None if value is None else unescape(value)


class AnyName(AnyText):
    """A short text with any character, for a key."""

    impl = sa.Unicode(255)
    cache_ok = True
