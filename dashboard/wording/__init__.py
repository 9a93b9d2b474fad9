"""
Every visible string of the app, in Chinese and in English: ``zh.toml``, ``en.toml``, ``units.csv``; the labels of
themes, indicators and regions come from the codebook.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("zh", "en")
# As HTML and Office name them (BCP 47).
TAGS: Final = {"zh": "zh-CN", "en": "en-US"}


@dataclass(frozen=True, slots=True)
class Words:
    """The strings of one language, by dotted key (``filter.themes``)."""

    lang: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **fields: object) -> str:
        """The string of a key, its ``{fields}`` filled in."""
        return self.texts[key].format(**fields)

    @property
    def tag(self) -> str:
        """The language's tag (BCP 47)."""
        return TAGS[self.lang]

    def term(self, family: str, code: str) -> str:
        """The word for a code of a closed vocabulary (``kind``, ``level`` …); the code itself where it is new."""
        return self.texts.get(f"{family}.{code}", code)

    def join(self, parts: list[str] | tuple[str, ...]) -> str:
        """Parts of a list, as the language joins them."""
        return self("list.comma").join(parts)


def flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Nested tables as dotted keys."""
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat


@cache
def load_words(lang: str) -> Words:
    """The strings of "zh" or "en"."""
    text = (files("dashboard.wording") / f"{lang}.toml").read_text(encoding="utf-8")
    return Words(lang, flatten(tomllib.loads(text)))


def match_language(locale: str | None) -> str:
    """
    The app's language for a browser's (BCP 47): Chinese for every zh, else English.

    >>> match_language("zh-Hant-TW"), match_language("fr"), match_language(None)
    ('zh', 'en', 'en')
    """
    return "zh" if (locale or "").lower().startswith("zh") else "en"


# Markdown makes links of bare addresses, whatever is escaped in them; an invisible character keeps them text.
ADDRESS: Final = re.compile(r"(?i:https?:|www(?=\.))")
MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def plain(text: str) -> str:
    """
    A text that Markdown shows as it is: reports and tables are not ours, and may hold anything.

    >>> plain("1. [x](javascript:0)")
    '1\\\\. \\\\[x\\\\]\\\\(javascript\\\\:0\\\\)'
    """
    return MARKDOWN.sub(r"\\\1", ADDRESS.sub("\\g<0>\u200b", text))


def small(*lines: str) -> str:
    """
    Lines of Markdown in small letters: unlike a caption's, their links are dark enough to read.

    >>> small("a", "[b](c)")
    ':small[a]  \\n:small[[b](c)]'
    """
    return "  \n".join(f":small[{line}]" for line in lines)
