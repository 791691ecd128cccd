"""The review of a place: everything known, read once."""
