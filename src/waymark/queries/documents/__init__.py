"""Documents and their passages, as a reader may see them."""
