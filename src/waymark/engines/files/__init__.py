"""From bytes to text and cells: every limit, sign and refusal once; what reads people's files stands on it."""
