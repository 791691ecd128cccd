"""Reads an official text, or a spreadsheet of provisions, into plain rows: Markdown, CSV and XLSX.

A row is what the file says and nothing more. Writing rows into the record is an action.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from waymark.engines.files.charset import utf8
from waymark.engines.files.delimited import rows_of_form
from waymark.engines.files.limits import FORM
from waymark.engines.files.refusing import named
from waymark.engines.files.signs import checked
from waymark.engines.files.workbooks.reading import Cell, workbook
from waymark.gcm.errors import InputError

COLUMNS = ("code", "parent", "title", "text", "language", "source")
"""The columns a table may have, in any order; `code` and one of `title` and `text` must be there."""

HEADER_WITHIN = 20
"""A header row is looked for in so many rows from the top."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_OBJECTIVE = re.compile(r"#\s*Objective\s+(\d+)\s*")
_TITLE = re.compile(r"##\s*Title:\s*(.*)")
_ACTIONS = re.compile(r"##\s*Associated actions\s*")
_ACTION = re.compile(r"-\s*([a-z])[.)]\s+(.*)")
_HEADER_CELL = re.compile(r'(?:^|[,;\t])\s*"?code"?\s*(?:[,;\t]|$)', re.IGNORECASE)
_OPENING = "To realize this commitment"


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """One provision as a file gives it. Fields are "" where the file says nothing.

    `heading` is the sub-heading a Markdown text puts above an action; `place` says where the row stands in the file.
    """

    code: str
    parent: str
    title: str
    text: str
    language: str
    source: str
    heading: str = ""
    place: str = ""


def read_provisions(path: Path | str, *, language: str = "en", known: Collection[str] = ()) -> list[ProvisionRow]:
    """The provisions of a file, in its order.

    A name ending in .md is read as Markdown in the form "# Objective 1", "## Title: …", commitment,
    "## Associated actions", "- a. …": objective n gets the code "n", its action a the code "n.a", and every row
    `language`, because such a text does not say its own. A name ending in .csv (UTF-8, with or without BOM; comma,
    semicolon or tab) or .xlsx is read as a table with COLUMNS. `known` are codes that a parent may name although the
    file does not hold them.

    Raises InputError for a missing, empty or unreadable file, a column that is not known, a row without code, a code
    given twice in one language, an unknown parent, a code that a spreadsheet turned into a number or a date.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".md", ".csv", ".xlsx"):
        raise InputError(
            str(path),
            f'cannot tell the format from the ending "{path.suffix}"',
            expected="a file ending in .md, .csv or .xlsx",
            todo="Save the provisions in one of these forms",
        )
    if not path.is_file():
        raise InputError(
            str(path),
            "there is no such file" if not path.exists() else "this is not a file",
            expected="a readable file of provisions",
            todo="Check the path",
        )
    if path.stat().st_size == 0:
        raise _empty(path)
    if suffix == ".md":
        rows = _markdown(path, language)
    else:
        rows = _table(path, _csv_cells(path) if suffix == ".csv" else _xlsx_cells(path))
    _check(path, rows, known)
    return rows


def _empty(path: Path) -> InputError:
    return InputError(
        str(path),
        "the file holds no provision",
        expected="at least one provision with a code",
        todo="Check that this is the right file and that it was saved completely",
    )


def _text(path: Path) -> str:
    with named(str(path)):
        return utf8(path.read_bytes())


# ---------------------------------------------------------------- Markdown


@dataclass(slots=True)
class _Open:
    """The row being read; text grows line by line."""

    code: str
    parent: str
    place: str
    heading: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()


def _markdown(path: Path, language: str) -> list[ProvisionRow]:
    rows: list[_Open] = []
    heading = ""
    in_actions = False
    for number, raw in enumerate(_text(path).splitlines(), start=1):
        line = checked(" ".join(raw.split()), given=str(path), place=f"line {number}")
        if not line or line.startswith(_OPENING):
            continue
        if found := _OBJECTIVE.fullmatch(line):
            rows.append(_Open(found[1], "", f"line {number}"))
            heading, in_actions = "", False
            continue
        if not rows:
            raise _not_expected(path, number, line, 'a first line "# Objective 1"')
        objective = rows[-1].parent or rows[-1].code
        if found := _TITLE.fullmatch(line):
            rows[-1].title = found[1]
        elif _ACTIONS.fullmatch(line):
            in_actions = True
        elif line.startswith("#"):
            raise _not_expected(path, number, line, '"# Objective n", "## Title: …" or "## Associated actions"')
        elif not in_actions:
            rows[-1].lines += (line,)
        elif found := _ACTION.fullmatch(line):
            rows.append(_Open(f"{objective}.{found[1]}", objective, f"line {number}", heading, lines=(found[2],)))
        elif line.endswith(":"):
            heading = line.removesuffix(":")  # the official text groups some actions under such a line
        elif rows[-1].parent:
            rows[-1].lines += (line,)  # an action broken over several lines
        else:
            raise _not_expected(path, number, line, 'a first action "- a. …"')
    return [
        ProvisionRow(row.code, row.parent, row.title, " ".join(row.lines), language, "", row.heading, row.place)
        for row in rows
    ]


def _not_expected(path: Path, number: int, line: str, expected: str) -> InputError:
    shown = line if len(line) <= 60 else f"{line[:60]}…"
    return InputError(
        str(path),
        f'cannot read "{shown}"',
        expected=expected,
        todo="Correct the line, or bring the provisions as a table",
        place=f"line {number}",
    )


# ---------------------------------------------------------------- tables


def _csv_cells(path: Path) -> Iterator[tuple[str, Sequence[Cell]]]:
    with named(str(path)):
        for line, cells in rows_of_form(path.read_bytes(), FORM, _HEADER_CELL):
            yield f"line {line}", cells


def _xlsx_cells(path: Path) -> Iterator[tuple[str, Sequence[Cell]]]:
    with named(str(path)), workbook(path, FORM) as book:
        sheets = [(sheet.name, list(sheet.lines())) for sheet in book.sheets()]
    filled = [(name, rows) for name, rows in sheets if any(cell != "" for row in rows for cell in row)]
    if len(filled) > 1:
        raise InputError(
            str(path),
            f"{len(filled)} sheets are filled: {', '.join(name for name, _ in filled)}",
            expected="one sheet with provisions",
            todo="Remove the other sheets, or save the one sheet as CSV",
        )
    for name, rows in filled:
        for number, row in enumerate(rows, start=1):
            yield f"sheet {name}, row {number}", row


def _table(path: Path, cells: Iterator[tuple[str, Sequence[Cell]]]) -> list[ProvisionRow]:
    columns: list[str] = []
    rows: list[ProvisionRow] = []
    for number, (place, row) in enumerate(cells, start=1):
        if not any(str(cell).strip() for cell in row):
            continue
        if columns:
            rows.append(_table_row(path, place, columns, row))
            continue
        names = [str(cell).strip().lower() for cell in row]
        if "code" in names and ("title" in names or "text" in names):
            columns = _columns(path, place, names)
        elif number >= HEADER_WITHIN:
            break
    if not columns:
        raise InputError(
            str(path),
            f"no header row with known columns in the first {HEADER_WITHIN} rows",
            expected=f"the columns {', '.join(COLUMNS)} in any order; code, and title or text, at least",
            todo="Add a header row with these names",
        )
    return rows


def _columns(path: Path, place: str, names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    strange = [name or "(no name)" for name in names if name not in COLUMNS]
    if strange:
        raise InputError(
            str(path),
            f"unknown column {', '.join(strange)}",
            expected=f"only the columns {', '.join(COLUMNS)}",
            todo="Remove or rename the column",
            place=place,
        )
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise InputError(
            str(path),
            f"the column {', '.join(twice)} stands there twice",
            expected="each column once",
            todo="Remove one of the two",
            place=place,
        )
    return names


def _table_row(path: Path, place: str, columns: list[str], row: Sequence[Cell]) -> ProvisionRow:
    beyond = [str(cell) for cell in row[len(columns) :] if str(cell).strip()]
    if beyond:
        raise InputError(
            str(path),
            f'"{beyond[0]}" stands in a column without a name',
            expected=f"{len(columns)} cells, as in the header row",
            todo="Put texts with commas or semicolons in quotation marks, or remove the cell",
            place=place,
        )
    fields: dict[str, str] = dict.fromkeys(COLUMNS, "")
    for name, cell in zip(columns, row, strict=False):
        fields[name] = _cell(path, place, name, cell)
    return ProvisionRow(**fields, place=place)


def _cell(path: Path, place: str, name: str, cell: Cell) -> str:
    """A cell as text. A number or date in a code is refused: 8.10 typed as a number has already become 8.1."""
    if isinstance(cell, str):
        return checked(cell.strip(), given=str(path), place=place, code=name in ("code", "parent"))
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        return str(int(cell))
    if name in ("code", "parent"):
        raise InputError(
            str(path),
            f"the {name} {cell} was stored as a number or a date, not as text",
            expected='a code stored as text, such as "8.10"',
            todo="Format the column as text and type the codes again",
            place=place,
        )
    return str(cell)


# ---------------------------------------------------------------- checks


def _check(path: Path, rows: list[ProvisionRow], known: Collection[str]) -> None:
    if not rows:
        raise _empty(path)
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        if not row.code:
            raise _refuse(path, row, "the row has no code", "a code in every row", "Give the provision a code")
        if row.language and not _LANGUAGE.fullmatch(row.language):
            raise _refuse(
                path, row, f'the language "{row.language}" is not a code', "a code such as en or ka", "Correct the cell"
            )
        if not (row.title or row.text):
            raise _refuse(
                path, row, f"{row.code} has neither title nor text", "a title or a text", "Fill in one of the two"
            )
        key = (row.code, row.language.lower())
        if key in seen:
            same = f' in the language "{row.language}"' if row.language else ""
            raise _refuse(
                path,
                row,
                f"the code {row.code} stands twice{same}, first at {seen[key]}",
                "each code once per language",
                "Remove or rename one of the two",
            )
        seen[key] = row.place
    _check_parents(path, rows, known)


def _check_parents(path: Path, rows: list[ProvisionRow], known: Collection[str]) -> None:
    parents = {row.code: row.parent for row in rows}
    for row in rows:
        if row.parent and row.parent not in parents and row.parent not in known:
            raise _refuse(
                path,
                row,
                f"the parent {row.parent} of {row.code} is not known",
                "the code of another provision",
                "Add the parent, or correct the cell",
            )
        above, steps = row.parent, 0
        while above and steps <= len(parents):
            above, steps = parents.get(above, ""), steps + 1
        if above:
            raise _refuse(
                path,
                row,
                f"{row.code} stands under itself by way of its parents",
                "a tree of provisions",
                "Correct the column parent",
            )


def _refuse(path: Path, row: ProvisionRow, problem: str, expected: str, todo: str) -> InputError:
    return InputError(str(path), problem, expected=expected, todo=todo, place=row.place)
