"""Documents: parse files, cut them into passages, tag, detect and index them. No database, no Django."""
