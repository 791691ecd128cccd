"""From bytes to text and cells: every limit, sign and refusal once; all other engines stand on it."""
