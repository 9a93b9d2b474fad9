"""Reported statistics out of Chinese governance reports, each tied to the characters it came from."""

from extract.pipeline import extract_text
from extract.quantities.mentions import find_mentions

__all__ = ["extract_text", "find_mentions"]
