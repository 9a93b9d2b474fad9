"""Reported statistics out of Chinese governance reports, each tied to the characters it came from."""

from extract.find import find_mentions

__all__ = ["find_mentions"]
