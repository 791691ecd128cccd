"""Statistics: read sources, check, store, assess."""
