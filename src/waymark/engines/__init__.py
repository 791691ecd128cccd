"""Work that needs no database and no Django."""
