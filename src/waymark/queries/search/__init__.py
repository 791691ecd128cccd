"""One question over the whole record."""
