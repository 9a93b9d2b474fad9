"""What regions, levels and values are called in the reader's language."""
