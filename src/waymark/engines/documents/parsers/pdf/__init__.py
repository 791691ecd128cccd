"""PDF: from glyphs and boxes to lines, tables and blocks in reading order."""
