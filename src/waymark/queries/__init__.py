"""Every read that spans nouns, and the documents composed from it; frozen dataclasses, no writes."""
