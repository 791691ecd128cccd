"""Measures an ODS workbook by reading over its XML in pieces: repeated rows and cells are counted, not laid out."""

from xml.parsers import expat

from waymark.engines.files.containers import Package, damaged
from waymark.engines.files.limits import Limits
from waymark.engines.files.workbooks.size import Size
from waymark.engines.files.workbooks.xlsx import parse

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
CONTENT = "content.xml"


def measure(package: Package, limits: Limits) -> None:
    """Raises InputError when the workbook is damaged or passes a limit."""
    measuring = _Measuring(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = measuring.start, measuring.end
    parser.CharacterDataHandler = measuring.text
    parse(parser, package.chunks(CONTENT), CONTENT)


class _Measuring:
    """Where the parser stands: table, row, cell; `rows` and `columns` end at the last filled ones of the table."""

    def __init__(self, limits: Limits) -> None:
        self.size = Size(limits, "ODS")
        self.name = ""
        self.row = self.column = self.rows = self.columns = 0
        self.row_times = self.cell_times = 1
        self.row_end = self.depth = self.row_letters = self.cell_letters = 0
        self.filled = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self.depth:
            self.depth += 1
            self.filled = True  # a cell with anything in it
            if tag == _TEXT + "s":
                self.cell_letters += _times(attributes.get(_TEXT + "c"))
        elif tag == _TABLE + "table":
            self.name, self.row, self.rows, self.columns = attributes.get(_TABLE + "name", ""), 0, 0, 0
        elif tag == _TABLE + "table-row":
            self.row_times = _times(attributes.get(_TABLE + "number-rows-repeated"))
            self.column = self.row_end = self.row_letters = 0
        elif tag in _CELLS:
            self.depth, self.cell_letters = 1, 0
            self.cell_times = _times(attributes.get(_TABLE + "number-columns-repeated"))
            self.filled = any(name.startswith(_OFFICE) or name == _TABLE + "formula" for name in attributes)
            self.cell_letters = len(attributes.get(_OFFICE + "string-value", ""))

    def end(self, tag: str) -> None:
        """An element ends."""
        if self.depth:
            self.depth -= 1
            if not self.depth:
                self.column += self.cell_times
                if self.filled:
                    self.row_end = self.column
                    self.row_letters += self.cell_letters * self.cell_times
        elif tag == _TABLE + "table-row":
            self.row += self.row_times
            if self.row_end:
                self.rows, self.columns = self.row, max(self.columns, self.row_end)
                if self.rows > self.size.limits.rows or self.columns > self.size.limits.columns:
                    self.size.sheet(self.name[:80], self.rows, self.columns)
                self.size.texts(self.row_letters * self.row_times)
        elif tag == _TABLE + "table":
            self.size.sheet(self.name[:80] or "a sheet", self.rows, self.columns)

    def text(self, words: str) -> None:
        """Letters of a cell."""
        if self.depth:
            self.cell_letters += len(words)


def _times(words: str | None) -> int:
    """How often a row, a cell or a blank is repeated. Raises InputError for what is no such number."""
    if not words:
        return 1
    if not (words.isascii() and words.isdecimal() and len(words) <= 18):
        raise damaged(f"it repeats a part {words[:20]!r} times")
    return int(words)
