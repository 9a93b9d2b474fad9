"""The rows of a chart: what is written on which line, and what is drawn of each mark."""
