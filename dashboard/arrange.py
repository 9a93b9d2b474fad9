"""The order, grouping and reference line of a panel, as the reader's options and the grade allow."""
