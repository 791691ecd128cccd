"""The full-text index: what is asked, found, marked and shown."""
