"""Spreadsheets (XLSX, XLSM, ODS, old XLS): each row a block of its filled cells, each sheet a heading.

Formulas are never worked out: the value that was stored with them is read. A place is "Sheet1!B4", the first filled
cell of its row. What a sheet holds as pictures, charts and comments is not read.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorkbookClosed,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from waymark.engines.documents.cleaning import Blocks, clean
from waymark.engines.documents.model import ParsedDocument
from waymark.engines.documents.parsers import Parser
from waymark.engines.files.containers import OLE, damaged, locked, package, refuse_document_type

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

_ERRORS = (CalamineError, WorkbookClosed, WorksheetNotFound, XmlError, ZipError, OSError, ValueError)


def recognises(head: bytes, names: frozenset[str]) -> bool:
    """A ZIP container with the parts of a workbook, or an OLE file with a workbook in it."""
    if head.startswith(OLE):
        return bool(names & {"Workbook", "Book", "WORKBOOK", "BOOK"})
    office = "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)
    return office or (b"opendocument.spreadsheet" in head[:120] and "content.xml" in names)


def parse(path: Path) -> ParsedDocument:
    """Read a workbook. Raises InputError when it is damaged, locked or unsafe."""
    with path.open("rb") as stream:
        old = stream.read(8) == OLE
    kind, title, macros = (XLS, "", False) if old else _look(path)
    blocks = Blocks()
    hidden: list[str] = []
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for number, sheet in enumerate(workbook.sheets_metadata):
                if sheet.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
                    continue
                found = workbook.get_sheet_by_index(number)
                if found.start is None:
                    continue
                if sheet.visible != SheetVisibleEnum.Visible:
                    hidden.append(clean(sheet.name))
                read_sheet(sheet.name, found.start, found.iter_rows(), blocks)
    except PasswordError:
        raise locked() from None
    except _ERRORS as error:
        raise damaged(f"it is a workbook that cannot be read ({type(error).__name__}: {str(error)[:200]})") from None
    notes = ["Macros were not run."] if macros else []
    notes += [f"Hidden sheets were read too: {', '.join(hidden)}."] if hidden else []
    return ParsedDocument(kind, tuple(blocks.found), title=title, parser="xlsx", notes=tuple(notes))


def _look(path: Path) -> tuple[str, str, bool]:
    """The kind, title and macros of a workbook; its XML is looked over before it is read. Raises InputError."""
    with package(path) as found:
        for name in sorted(found.names):
            if name.lower().endswith((".xml", ".rels", ".vml")):
                refuse_document_type(found.read(name, 2**16 + 1), name)
        if "content.xml" in found.names and "[Content_Types].xml" not in found.names:
            if b"encryption-data" in found.read("META-INF/manifest.xml"):
                raise locked()
            found.xml("content.xml")  # the reader of ODS waits for ever for an element that never ends
            meta, kind = "meta.xml", ODS
        else:
            meta, kind = "docProps/core.xml", XLSX
        macros = any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in found.names)
        root = found.xml(meta)
        titles = root.iter("{http://purl.org/dc/elements/1.1/}title") if root is not None else ()
        title = next((clean(element.text or "") for element in titles), "")
        return (XLSM if macros and kind == XLSX else kind), title, macros


def read_sheet(name: str, start: tuple[int, int], rows: Iterator[list[Any]], blocks: Blocks) -> None:
    """Add a sheet: its name as a heading and a block for each row. `start` is the first filled (row, column) from 0.

    `rows` begin at row 0 and at the first filled column, as the reader gives them.
    """
    blocks.add("heading", name, level=1, locator=name)
    for number, row in enumerate(rows, 1):
        cells = [
            (shown(value), f"{clean(name)}!{column_letters(start[1] + offset)}{number}")
            for offset, value in enumerate(row)
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


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: A, B, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


PARSER = Parser(
    "xlsx",
    "spreadsheet",
    (XLSX, XLSM, ODS, XLS),
    ("xlsx", "xlsm", "xlsb", "xltx", "ods", "ots", "xls"),
    recognises,
    parse,
)
