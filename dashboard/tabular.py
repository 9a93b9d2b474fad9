"""The table of the very view that a chart draws, and its form for spreadsheets."""
