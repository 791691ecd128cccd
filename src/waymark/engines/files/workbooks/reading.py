"""Opens a workbook after measuring it, and gives its sheets row by row.

Formulas are never worked out: the value that was stored with them is read. Nothing is unpacked to disk. A workbook that
passes a limit is refused before any cell of it is laid out; what cannot be measured (XLSB) is refused by its name.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorkbookClosed,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from waymark.engines.files.containers import (
    OLE,
    Package,
    damaged,
    locked,
    ole_names,
    opened,
    parse_xml,
    refuse_document_type,
)
from waymark.engines.files.limits import ENDS, Limits, too_much
from waymark.engines.files.workbooks import ods, xls, xlsx
from waymark.gcm.errors import InputError

# What a cell may hold; an empty one is "".
Cell = str | int | float | bool | date | datetime | time | timedelta

XLSX, ODS, XLS = "XLSX", "ODS", "XLS"
_FAULTS = (CalamineError, WorkbookClosed, WorksheetNotFound, XmlError, ZipError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether it is hidden, its last filled row and column counted from 1 (0 when it is empty)."""

    name: str
    hidden: bool
    rows: int
    columns: int
    _cells: CalamineSheet | None

    @property
    def full(self) -> bool:
        """Whether it ends at the last row of a form of workbook, so that rows may have been cut off."""
        return self.rows in {last for last, _ in ENDS.values()}

    def lines(self) -> Iterator[list[Cell]]:
        """The rows from row 1 to the last filled one, each from column A on and as wide as the sheet."""
        if self._cells is None or self._cells.start is None:
            return
        before: list[Cell] = [""] * self._cells.start[1]
        for row in self._cells.iter_rows():
            yield [*before, *row]


class Workbook:
    """An opened workbook: `form` is XLSX, ODS or XLS; `names` are those of its sheets in order."""

    def __init__(self, book: CalamineWorkbook, form: str, title: str = "", macros: bool = False) -> None:
        self._book = book
        self.form, self.title, self.macros = form, title, macros
        self.names: list[str] = book.sheet_names

    def sheets(self) -> Iterator[Sheet]:
        """The sheets of cells in order, hidden ones too; sheets of charts and dialogues are left out."""
        for number, about in enumerate(self._book.sheets_metadata):
            if about.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
                continue
            with _faults():
                found = self._book.get_sheet_by_index(number)
            hidden = about.visible != SheetVisibleEnum.Visible
            last = found.end
            yield Sheet(about.name, hidden, last[0] + 1 if last else 0, last[1] + 1 if last else 0, found)


@contextmanager
def workbook(source: Path | bytes, limits: Limits) -> Iterator[Workbook]:
    """Measure and open a workbook (XLSX, XLSM, ODS, XLS).

    Raises InputError when it is no workbook, damaged, locked or unsafe, or passes a limit: the refusal names which.
    """
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
        form, title, macros = _measured(stream, limits)
    with _faults():
        if isinstance(source, bytes):
            book = CalamineWorkbook.from_filelike(io.BytesIO(source))
        else:
            book = CalamineWorkbook.from_path(str(source))
    with book:
        yield Workbook(book, form, title, macros)


@contextmanager
def _faults() -> Iterator[None]:
    """Put what the reader says of a damaged or locked workbook into words."""
    try:
        yield
    except PasswordError:
        raise locked() from None
    except _FAULTS as error:
        problem = f"it is a workbook that cannot be read ({type(error).__name__}: {str(error)[:200]})"
        raise damaged(problem) from None


def _measured(stream: BinaryIO, limits: Limits) -> tuple[str, str, bool]:
    """Form, title and macros of a workbook that keeps within the limits."""
    head = stream.read(8)
    if head == OLE:
        if "EncryptedPackage" in ole_names(stream):
            raise locked()
        xls.measure(stream, limits)
        return XLS, "", False
    if not head.startswith(b"PK"):
        raise damaged("it is no workbook")
    with opened(stream) as package:
        total = sum(member.file_size for member in package.archive.infolist())
        if total > limits.unpacked:
            raise too_much(f"it would unpack to {total / 2**20:,.1f} MB", f"{limits.unpacked // 2**20:,} MB unpacked")
        for name in sorted(package.names):
            if name.lower().endswith((".xml", ".rels", ".vml")):
                refuse_document_type(package.read(name, 2**16 + 1), name)
        macros = any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in package.names)
        if ods.CONTENT in package.names and "[Content_Types].xml" not in package.names:
            if b"encryption-data" in package.read("META-INF/manifest.xml"):
                raise locked()
            ods.measure(package, limits)
            return ODS, _title(package, "meta.xml"), macros
        if any(name.lower().endswith("workbook.bin") for name in package.names):
            raise InputError(
                "the file", "it is a binary workbook (XLSB), which cannot be measured before it is opened.",
                expected="a workbook as XLSX, ODS or XLS.", todo="Open it in the office program and save it as XLSX.",
            )  # fmt: skip
        if "xl/workbook.xml" not in package.names:
            raise damaged("it is no workbook, or the list of its sheets is missing")
        xlsx.measure(package, limits)
        return XLSX, _title(package, "docProps/core.xml"), macros


def _title(package: Package, name: str) -> str:
    data = package.read(name)
    titles = parse_xml(data, name).iter("{http://purl.org/dc/elements/1.1/}title") if data else ()
    return next((str(element.text or "") for element in titles), "")
