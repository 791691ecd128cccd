"""The workbook in which a person corrects a suggested crosswalk: its form, how it is written and how it is read back.

Three sheets: SUGGESTIONS (one row a provision and suggestion), GAPS, and HOW_TO with the code of the framework and five
sentences. Texts are typed as text, so that nothing is run as a formula and "8.10" stays 8.10. Only the columns READ are
read back; the others help the person to decide.
"""

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from waymark.engines.files.limits import FORM
from waymark.engines.files.refusing import named
from waymark.engines.files.signs import fault
from waymark.engines.files.workbooks.reading import workbook
from waymark.gcm.errors import InputError
from waymark.gcm.frameworks import NOT_FOLLOWED
from waymark.gcm.vocabulary import terms

SUGGESTIONS, GAPS, HOW_TO = "Suggestions", "Gaps", "How to fill in"

WIDTHS = {
    "provision": 11, "kind": 12, "words": 46, "framework": 11, "code": 8, "label": 38,
    "score": 7, "reasons": 44, "relation": 11, "decision": 10, "note": 32, "on record": 26,
}  # fmt: skip
"""The columns of the first sheet, with their widths in letters."""
COLUMNS = tuple(WIDTHS)
READ = ("provision", "framework", "code", "relation", "decision", "note")
GAP_WIDTHS = {"gap": 44, "framework": 20, "code": 11, "label": 60}

SIDES = ("gcm", "sdg")
"""Frameworks that a provision may be linked to."""
DECISIONS = ("yes", "no")
USUAL = "relevant"
"""The relation of a suggestion, and of a row that names none."""

SENTENCES = (
    'Write yes or no in the column "decision"; an empty cell means not decided, and nothing happens.',
    'To add a link of your own, fill in "provision", "framework" (gcm or sdg), "code" and "decision" in a new row.',
    "Type codes as text, because a number 8.10 becomes 8.1.",
    "Leave the first row and the order of the columns as they are; the other cells are only for reading.",
    "Save as XLSX, then run: waymark frameworks link FILE.xlsx --framework {framework}",
)

LONGEST = 600
"""So many characters of a text are shown in a cell."""
LINE = 15
"""Height of a line in points."""
SLACK = 3
"""So many letters of a line are lost where words are broken."""
SPARE = 500
"""So many rows below the last also offer the choices."""
FAULTS_SHOWN = 100

_MADE = datetime(1980, 1, 1)  # the day a ZIP file counts from: the same rows give the same bytes
_NOT_XML = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the first sheet. A row without `framework` says in `reasons` why nothing is suggested.

    `score` is from 0 to 1, None for a link without one. `place` is the row's number in a file that was read, from 1.
    """

    provision: str
    framework: str = ""
    code: str = ""
    relation: str = USUAL
    decision: str = ""
    note: str = ""
    kind: str = ""
    words: str = ""
    label: str = ""
    score: float | None = None
    reasons: str = ""
    on_record: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be used: its place, such as "Suggestions J12", and what is wrong with it."""

    place: str
    problem: str


@dataclass(slots=True)
class ReadSheet:
    """What a corrected workbook says: the code of its framework ("" where it does not say), its rows, its faults."""

    framework: str = ""
    rows: list[SheetRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def relations() -> tuple[str, ...]:
    """The relations a link may have: those of the closed list that are followed, the usual one first."""
    known = [term.code for term in terms("relations") if term.code not in NOT_FOLLOWED]
    return tuple(sorted(known, key=lambda code: (code != USUAL, code)))


# ---------------------------------------------------------------- writing


def write_sheet(framework: str, title: str, rows: Iterable[SheetRow], gaps: Iterable[Sequence[str]]) -> bytes:
    """The workbook as bytes; `gaps` are rows of the columns GAP_WIDTHS. The same rows give the same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": _shown(f"Crosswalk of {title}"), "created": _MADE})
        look = {"num_format": "@", "text_wrap": True, "valign": "top"}
        text = book.add_format(look)
        number = book.add_format({"num_format": "0.00", "valign": "top", "align": "center"})
        head = book.add_format({"num_format": "@", "bold": True, "bg_color": "#E7ECF2", "bottom": 1})
        sheet = _table(book, SUGGESTIONS, WIDTHS, text, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(last, LINE * _lines(row))
            for column, value in enumerate(_cells(row)):
                if isinstance(value, float):
                    sheet.write_number(last, column, value, number)
                else:
                    sheet.write_string(last, column, _shown(value), text)
        for name, choices in (("decision", DECISIONS), ("framework", SIDES), ("relation", relations())):
            _choose(sheet, name, choices, last + SPARE)
        sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)
        listed = _table(book, GAPS, GAP_WIDTHS, text, head)
        for place, gap in enumerate(gaps, start=1):
            for column, value in enumerate(gap):
                listed.write_string(place, column, _shown(value), text)
        help_ = _table(book, HOW_TO, {"framework": 12, framework: 100}, text, head)
        for place, sentence in enumerate(SENTENCES, start=1):
            help_.write_string(place, 0, str(place), text)
            help_.write_string(place, 1, sentence.format(framework=framework), text)
    return content.getvalue()


def _table(book: Any, name: str, widths: dict[str, int], text: Any, head: Any) -> Any:
    """A new sheet with a frozen header row; every column is formatted as text, also below the last row."""
    sheet = book.add_worksheet(name)
    for column, (title, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, title, head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return sheet


def _choose(sheet: Any, name: str, choices: Sequence[str], last: int) -> None:
    column = COLUMNS.index(name)
    sheet.data_validation(
        1, column, last, column,
        {
            "validate": "list", "source": list(choices), "ignore_blank": True,
            "error_title": name, "error_message": f"Choose {' or '.join(choices)}, or leave the cell empty.",
        },
    )  # fmt: skip


def _cells(row: SheetRow) -> tuple[str | float, ...]:
    score = "" if row.score is None else float(row.score)
    return (
        row.provision, row.kind, row.words, row.framework, row.code, row.label,
        score, row.reasons, row.relation, row.decision, row.note, row.on_record,
    )  # fmt: skip


def _lines(row: SheetRow) -> int:
    """How many lines the longest cell of a row takes; a letter of Chinese is as wide as two others."""
    shown = ((_shown(value), WIDTHS[name]) for name, value in zip(COLUMNS, _cells(row), strict=True))
    wide = ((sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words), width) for words, width in shown)
    return max(1, *(math.ceil(letters / (width - SLACK)) for letters, width in wide))


def _shown(value: str | float) -> str:
    words = _NOT_XML.sub(" ", str(value))
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


# ---------------------------------------------------------------- reading


def read_sheet(path: Path) -> ReadSheet:
    """The rows of a corrected workbook, also one that another office program saved; empty rows are left out.

    A cell that cannot be used becomes a fault and its row is left out. Raises InputError when the file as a whole
    cannot be used: not there, no XLSX, too large, without the first sheet, with other columns.
    """
    tables = _tables(path)
    if SUGGESTIONS not in tables:
        raise _refused(
            path,
            f"there is no sheet {SUGGESTIONS}; the sheets are {', '.join(tables)}",
            f"the sheet {SUGGESTIONS} that `waymark frameworks suggest` wrote",
            "Give the sheet its name back",
        )
    found = ReadSheet(framework=_of_framework(tables.get(HOW_TO, [])))
    lines = tables[SUGGESTIONS]
    found.faults += _changed_columns(lines[0] if lines else [])
    if found.faults:
        raise faults_refusal(path, found.faults)
    for number, cells in enumerate(lines[1:], start=2):
        if any(str(cell).strip() for cell in cells):
            _read_row(number, cells, found)
    return found


def faults_refusal(path: Path, faults: Sequence[Fault]) -> InputError:
    """One refusal that names every cell at fault; nothing of the file was stored."""
    listed = sorted(faults, key=lambda fault: xl_cell_to_rowcol(fault.place.rpartition(" ")[2]))
    words = "; ".join(f"{fault.place} {fault.problem}" for fault in listed[:FAULTS_SHOWN])
    more = f"; and {len(listed) - FAULTS_SHOWN} more" if len(listed) > FAULTS_SHOWN else ""
    count = f"{len(listed)} cells" if len(listed) > 1 else "one cell"
    return InputError(
        str(path),
        f"{count} cannot be used: {words}{more}",
        expected="a sheet in the form that `waymark frameworks suggest` writes",
        todo="Correct these cells and run the command again. Nothing was stored",
    )


def cell_name(row: int, column: str) -> str:
    """The name of a cell of the first sheet; `row` counts from 1."""
    return f"{SUGGESTIONS} {xl_rowcol_to_cell(row - 1, COLUMNS.index(column))}"


def _refused(path: Path, problem: str, expected: str, todo: str) -> InputError:
    return InputError(str(path), problem, expected=expected, todo=f"{todo}. Nothing was stored")


def _tables(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of the sheets that are read, by name, and empty lists for the others."""
    if path.suffix.lower() != ".xlsx":
        raise _refused(path, "this is no XLSX file", "a file ending in .xlsx", "Save the sheet as XLSX")
    if not path.is_file():
        raise _refused(path, "there is no such file", "the corrected sheet", "Check the path")
    with named(str(path), also="Nothing was stored."), workbook(path, FORM) as book:
        read = {s.name: list(s.lines()) for s in book.sheets() if s.name in (SUGGESTIONS, HOW_TO)}
        return {name: read.get(name, []) for name in book.names}


def _of_framework(lines: list[list[Any]]) -> str:
    head = [_text(cell) for cell in lines[0]] if lines else []
    return head[1] if len(head) > 1 and head[0] == "framework" else ""


def _changed_columns(head: list[Any]) -> list[Fault]:
    names = [_text(cell).lower() for cell in head]
    names += [""] * (len(COLUMNS) - len(names))
    wanted = [*COLUMNS, *[""] * (len(names) - len(COLUMNS))]
    return [
        Fault(f"{SUGGESTIONS} {xl_rowcol_to_cell(0, number)}", f'is "{name}" and must be {_named(right)}')
        for number, (name, right) in enumerate(zip(names, wanted, strict=True))
        if name != right
    ]


def _named(column: str) -> str:
    return f'"{column}"' if column else "empty"


def _read_row(number: int, cells: list[Any], found: ReadSheet) -> None:
    """Add the row to what was found, or its faults."""
    faults: list[Fault] = []
    for beyond, cell in enumerate(cells[len(COLUMNS) :], start=len(COLUMNS)):
        if str(cell).strip():
            where = f"{SUGGESTIONS} {xl_rowcol_to_cell(number - 1, beyond)}"
            faults.append(Fault(where, "stands in a column without a name"))
    given = dict(zip(COLUMNS, cells, strict=False))
    values = {name: _text(given.get(name, "")) for name in READ}
    for name in READ:
        sign = fault(str(given.get(name, "")))
        if sign is not None:
            faults.append(Fault(cell_name(number, name), f"holds the sign {sign.named}, which cannot be seen"))
    for name in ("provision", "code"):
        if isinstance(given.get(name, ""), str | int) or _whole(given.get(name)):
            values[name] = _UNSEEN.sub("", values[name]).strip()
        else:
            faults.append(Fault(cell_name(number, name), f"holds the number or date {given[name]}, and codes are text"))
    for name, allowed in (("framework", SIDES), ("relation", relations()), ("decision", DECISIONS)):
        values[name] = _UNSEEN.sub("", values[name]).strip().casefold()
        if values[name] and values[name] not in allowed:
            faults.append(Fault(cell_name(number, name), f'says "{values[name]}" and must be {" or ".join(allowed)}'))
    if not faults:
        faults += _incomplete(number, values)
    found.faults += faults
    if values["code"] and not faults:
        found.rows.append(
            SheetRow(
                provision=values["provision"],
                framework=values["framework"],
                code=values["code"],
                relation=values["relation"] or USUAL,
                decision=values["decision"],
                note=values["note"],
                place=number,
            )
        )


def _whole(cell: object) -> bool:
    return isinstance(cell, float) and cell.is_integer()


def _incomplete(number: int, values: dict[str, str]) -> list[Fault]:
    """What is missing of a row that names a link or a decision."""
    if not (values["decision"] or values["code"] or values["framework"]):
        return []
    return [
        Fault(cell_name(number, name), "is empty") for name in ("provision", "framework", "code") if not values[name]
    ]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a spreadsheet keeps the objective 7 as 7.0
    return " ".join(_NOT_XML.sub(" ", str(cell)).split())
