"""Reads an earlier review from a file: a spreadsheet or JSON of findings and recommendations, or our own review.json.

Docs: docs/reference/record.md, "Importing an earlier review". Reading checks the form only; codes are looked up when
it is written into the record.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from waymark.engines.files.delimited import rows_of_form
from waymark.engines.files.json_texts import read_json
from waymark.engines.files.limits import FORM
from waymark.engines.files.refusing import named
from waymark.engines.files.signs import checked
from waymark.engines.files.workbooks.reading import workbook
from waymark.engines.sheets.recorded import OwnReview, read_own, said_as
from waymark.gcm.errors import InputError
from waymark.gcm.lists import FindingKind, Mark
from waymark.gcm.recorded import FORMAT as OWN

FORMAT = "waymark-earlier-review/1"
RECOMMENDATION = "recommendation"
KINDS = (*(kind.value for kind in FindingKind), RECOMMENDATION)
COLUMNS = (
    "kind",
    "provision",
    "text",
    "language",
    "code",
    "concerns",
    "addressee",
    "confirmed_on",
    "drafted_by",
    "source",
    "locator",
    "mark",
)
"""Columns of a spreadsheet and fields of a row in JSON; `kind` and `text` must be there, the others may be."""

CODES = ("kind", "provision", "language", "code", "concerns", "mark")
"""Columns that hold codes."""

HEAD = ("code", "network", "cycle", "place", "title", "language", "publishing_body", "published_on", "source")
"""Fields of the review itself in JSON."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One finding or recommendation as the file gives it.

    `place` says where it stands. "" where the file says nothing.
    """

    place: str
    kind: str
    text: str
    language: str = "en"
    provision: str = ""
    code: str = ""
    concerns: tuple[str, ...] = ()
    addressee: str = ""
    confirmed_on: date | None = None
    drafted_by: str = ""
    source: str = ""
    locator: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """An earlier review as a file gives it: fields of the review (JSON only) and its rows."""

    head: Mapping[str, str]
    rows: tuple[ReviewRow, ...]


def read_review(path: Path) -> ReviewFile | OwnReview:
    """Read a review from .json, .xlsx, .ods or .csv; a `review.json` of Waymark gives an OwnReview.

    Raises InputError for the first bad row, and says how many are bad.
    """
    kind = path.suffix.lower()
    if kind not in (".json", ".xlsx", ".ods", ".csv"):
        raise _refuse(
            path, f"the format {kind or 'without ending'} is not known", expected="a .json, .xlsx, .ods or .csv file"
        )
    if not path.is_file():
        raise _refuse(path, "there is no such file", expected="an existing file", todo="Check the path.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refuse(path, f"it cannot be read ({error.strerror})", expected="a readable file") from error
    if not content:
        raise _refuse(path, "the file is empty", expected="findings or recommendations")
    if kind == ".json":
        return _from_json(path, content)
    lines = _csv(path, content) if kind == ".csv" else _workbook(path, content)
    return ReviewFile({}, _rows(path, _records(path, lines)))


def _refuse(path: Path, problem: str, *, expected: str, todo: str = "Correct the file.", place: str = "") -> InputError:
    return InputError(str(path), problem, expected=expected, todo=todo, place=place)


def _from_json(path: Path, content: bytes) -> ReviewFile | OwnReview:
    with named(str(path)):
        data = read_json(content)
    found = data.get("format") if isinstance(data, dict) else type(data).__name__
    if isinstance(data, dict) and found == OWN:
        return read_own(path, data)
    if not isinstance(data, dict) or found != FORMAT:
        raise _other_format(path, found)
    head = data.get("review", {})
    if not isinstance(head, dict) or set(head) - set(HEAD) or not all(isinstance(v, str) for v in head.values()):
        raise _refuse(path, '"review" has other fields', expected=f"texts called {', '.join(HEAD)}", place='"review"')
    records: list[tuple[str, dict[str, Any]]] = []
    for part in ("findings", "recommendations"):
        listed = data.get(part, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise _refuse(path, f'"{part}" is no list of objects', expected="a list of objects", place=f'"{part}"')
        default = {"kind": RECOMMENDATION} if part == "recommendations" else {}
        records += [(f'"{part}" number {number}', {**default, **one}) for number, one in enumerate(listed, start=1)]
    return ReviewFile(head, _rows(path, records))


def _other_format(path: Path, found: object) -> InputError:
    """The refusal of JSON in another form; it names those that there are."""
    known = f'an object with "format": "{OWN}", as Waymark writes review.json, or "{FORMAT}"'
    name, slash, number = OWN.partition("/")
    own, _, other = str(found)[:60].partition("/")
    if own != name or not other.isdecimal():
        return _refuse(path, f"its format is {str(found)[:60]}", expected=known)
    newer = int(other) > int(number)
    return _refuse(
        path,
        f"its format is {name}{slash}{other}, which {'a newer' if newer else 'an older'} version of Waymark wrote",
        expected=known,
        todo=f"{'Update this installation' if newer else 'Build the review again where it was made'}.",
    )


def _csv(path: Path, content: bytes) -> Iterator[tuple[str, Sequence[Any]]]:
    with named(str(path)):
        for line, cells in rows_of_form(content, FORM):
            yield f"line {line}", cells


def _workbook(path: Path, content: bytes) -> Iterator[tuple[str, Sequence[Any]]]:
    """The rows of the first sheet."""
    with named(str(path)), workbook(content, FORM) as book:
        sheet = next(book.sheets(), None)
        if sheet is None:
            raise _refuse(path, "the workbook has no sheet of cells", expected="a sheet with the columns of a review")
        for number, row in enumerate(sheet.lines(), start=1):
            yield f"sheet {sheet.name}, row {number}", row


def _records(path: Path, lines: Iterator[tuple[str, Sequence[Any]]]) -> list[tuple[str, dict[str, Any]]]:
    names: list[str] = []
    records = []
    for place, cells in lines:
        filled = [str(cell).strip() for cell in cells]
        if not any(filled):
            continue
        if not names:
            lowered = [name.lower().replace(" ", "_") for name in filled]
            if "kind" not in lowered or "text" not in lowered:
                continue  # a title or note above the header row
            unknown = [name for name in lowered if name and name not in COLUMNS]
            if unknown or len({*filter(None, lowered)}) != len([*filter(None, lowered)]):
                problem = f"the column {unknown[0]} is not known" if unknown else "a column stands there twice"
                raise _refuse(path, problem, expected=f"columns {', '.join(COLUMNS)}", place=place)
            names = lowered
            continue
        records.append((place, {name: cell for name, cell in zip(names, cells, strict=False) if name}))
    if not names:
        raise _refuse(path, "no header row was found", expected=f"a row with the columns {', '.join(COLUMNS)}")
    return records


def _rows(path: Path, records: list[tuple[str, dict[str, Any]]]) -> tuple[ReviewRow, ...]:
    """The rows, or one refusal that names the first bad one and where the others are."""
    if not records:
        raise _refuse(path, "it holds no finding and no recommendation", expected="at least one row")
    rows: list[ReviewRow] = []
    bad: list[InputError] = []
    codes: dict[str, str] = {}
    for place, record in records:
        try:
            row = _row(path, place, record)
            if row.code and row.code in codes:
                raise _refuse(
                    path, f"the code {row.code} stands in {codes[row.code]} too", expected="each code once", place=place
                )
            codes[row.code] = place
            rows.append(row)
        except InputError as error:
            bad.append(error)
    if bad:
        raise first_of(path, bad)
    return tuple(rows)


def first_of(path: Path, bad: Sequence[InputError]) -> InputError:
    """The first refusal, saying in which other places the file is bad too, and that nothing was written."""
    first = bad[0]
    others = ", ".join(error.place for error in bad[1:11])
    more = f" {len(bad) - 1} more: {others}." if len(bad) > 1 else ""
    todo = f"{first.todo}{more} Nothing was written."
    return type(first)(str(path), first.problem, expected=first.expected, todo=todo, place=first.place)


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a spreadsheet keeps the objective 7 as 7.0
    return "" if value is None else " ".join(str(value).split())


def _row(path: Path, place: str, record: Mapping[str, Any]) -> ReviewRow:
    unknown = [name for name in record if name not in COLUMNS]
    if unknown:
        raise _refuse(
            path, f"the field {unknown[0]} is not known", expected=f"fields {', '.join(COLUMNS)}", place=place
        )
    _texts(path, place, record)
    listed = record.get("concerns") or ""
    concerns = listed if isinstance(listed, list) else _cell(listed).replace(",", " ").replace(";", " ").split()
    cells = {name: _cell(value) for name, value in record.items() if name not in ("concerns", "confirmed_on")}
    for name, words in (*cells.items(), *(("concerns", str(code)) for code in concerns)):
        checked(words, given=str(path), place=f"{place}, {name}", code=name in CODES)
    row = ReviewRow(
        place=place,
        concerns=tuple(str(code) for code in concerns),
        confirmed_on=_day(path, place, record.get("confirmed_on")),
        **{
            **cells,
            "kind": cells.get("kind", "").lower().replace(" ", "_"),
            "text": cells.get("text", ""),
            "language": cells.get("language") or "en",
        },
    )
    if row.kind not in KINDS:
        raise _refuse(path, f"the kind is {row.kind or 'empty'}", expected=f"one of {', '.join(KINDS)}", place=place)
    if not row.text:
        raise _refuse(path, "the text is empty", expected="a sentence", place=place)
    if row.kind == RECOMMENDATION and not row.code:
        raise _refuse(path, "the recommendation has no code", expected="a code such as R1", place=place)
    if row.mark and row.mark not in Mark.values:
        raise _refuse(path, f"the mark is {row.mark}", expected=f"one of {', '.join(Mark.values)}", place=place)
    return row


def _texts(path: Path, place: str, record: Mapping[str, Any]) -> None:
    """Refuse what is no text, number or day: it would be kept as a program spells it."""
    for name, value in record.items():
        listed = value if name == "concerns" and isinstance(value, list) else ()
        bad = next((one for one in (*listed, value) if isinstance(one, dict | list | bool) and one is not listed), None)
        if bad is not None:
            problem = f"it is {said_as(bad)}{' in a list' if listed else ''}"
            raise _refuse(path, problem, expected="a text", place=f"{place}, {name}")


def _day(path: Path, place: str, value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or not value:
        return value or None
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise _refuse(path, f"confirmed_on is {value}", expected="a day such as 2025-03-31", place=place) from error
