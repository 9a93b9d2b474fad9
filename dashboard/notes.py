"""The notes under a chart, made from the marks that it shows."""
