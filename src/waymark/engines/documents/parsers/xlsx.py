"""Spreadsheets (XLSX, XLSM, ODS, old XLS): each row a block of its filled cells, each sheet a heading.

Formulas are never worked out: the value that was stored with them is read. A place is "Sheet1!B4", the first filled
cell of its row. What a sheet holds as pictures, charts and comments is not read.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from waymark.engines.documents.cleaning import Blocks, clean
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers import Parser
from waymark.engines.files.containers import OLE
from waymark.engines.files.limits import DOCUMENT
from waymark.engines.files.workbooks.reading import workbook
from waymark.engines.files.workbooks.size import column_letters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
KINDS = {"XLSX": XLSX, "ODS": ODS, "XLS": XLS}


def recognises(head: bytes, names: frozenset[str]) -> bool:
    """A ZIP container with the parts of a workbook, or an OLE file with a workbook in it."""
    if head.startswith(OLE):
        return bool(names & {"Workbook", "Book", "WORKBOOK", "BOOK"})
    office = "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)
    return office or (b"opendocument.spreadsheet" in head[:120] and "content.xml" in names)


def parse(path: Path) -> ParsedDocument:
    """Read a workbook. Raises InputError when it is damaged, locked or unsafe, or too large to be laid out."""
    blocks = Blocks()
    hidden: list[str] = []
    full: list[str] = []
    with workbook(path, DOCUMENT) as book:
        for sheet in book.sheets():
            if not sheet.rows:
                continue
            if sheet.hidden:
                hidden.append(clean(sheet.name))
            if sheet.full:
                full.append(f"{clean(sheet.name)} ends at row {sheet.rows:,}")
            read_sheet(sheet.name, sheet.lines(), blocks)
    notes = ["Macros were not run."] if book.macros else []
    notes += [f"Hidden sheets were read too: {', '.join(hidden)}."] if hidden else []
    notes += (
        [f"Rows may have been cut off when it was saved: {', '.join(full)}, the last one there can be."] if full else []
    )
    kind = XLSM if book.macros and book.form == "XLSX" else KINDS[book.form]
    return ParsedDocument(kind, tuple(blocks.found), title=clean(book.title), parser="xlsx", notes=tuple(notes))


def read_sheet(name: str, lines: Iterable[list[Any]], blocks: Blocks) -> None:
    """Add a sheet: its name as a heading and a block for each row with anything in it."""
    blocks.add("heading", name, level=1, locator=name)
    for number, row in enumerate(lines, 1):
        cells = [
            (shown(value), f"{clean(name)}!{column_letters(column)}{number}")
            for column, value in enumerate(row)
            if value != ""
        ]
        if cells:
            blocks.add_row(cells)


def shown(value: Any) -> str:
    """A cell as text: whole numbers without ".0", fifteen digits as spreadsheets keep them, dates in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if abs(value) < 1e15 and value == int(value) else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


PARSER = Parser(
    "xlsx",
    "spreadsheet",
    (XLSX, XLSM, ODS, XLS),
    ("xlsx", "xlsm", "xlsb", "xltx", "ods", "ots", "xls"),
    recognises,
    parse,
)
