"""Reported statistics out of Chinese governance reports, each tied to the characters it came from."""
