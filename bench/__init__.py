"""Page and extraction beside others that do such work: ``make bench``. Never asserted."""
