"""Composed documents: review data → sentences, charts and blocks → files."""
