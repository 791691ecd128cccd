"""Every read that spans nouns, as frozen dataclasses; the record is never written here."""
