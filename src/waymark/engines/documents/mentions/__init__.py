"""Places, bodies, days, amounts and symbols that a passage names."""
