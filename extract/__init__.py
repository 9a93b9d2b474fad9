"""Reported statistics out of Chinese governance reports, each tied to the characters it came from."""

from extract.find import find_mentions
from extract.pipeline import extract_text

__all__ = ["extract_text", "find_mentions"]
