"""CSV members, workbook sheets and Parquet files seen as one thing: a table with a head to look at and blocks to read.

A block's columns are Arrow arrays of text: labels (few distinct texts) as dictionaries, so that everything said about a
label is worked out once per distinct text, and values as plain strings.
"""

import io
import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from waymark.engines.files.containers import member_names
from waymark.engines.files.delimited import rows
from waymark.engines.files.limits import STATISTICS
from waymark.engines.files.refusing import named
from waymark.engines.files.signs import checked, fault
from waymark.engines.files.workbooks.reading import Sheet, workbook
from waymark.engines.indicators.archives import EXPECTED, WORKBOOK_PART, Member
from waymark.engines.indicators.blocks import HEAD_ROWS, Block, Table, cell_text
from waymark.engines.indicators.parquets import ParquetTable
from waymark.gcm.errors import InputError

FIRST_ROWS = 4
"""How many rows are looked at first to find the header; HEAD_ROWS when it was not among them."""

WHOLE = 32 * 1024**2
"""Bytes up to which a CSV member is read at once; a larger one is streamed in blocks of this size."""

SMALL = 4 * 1024**2
"""Bytes up to which a member is kept in memory between the look at its head and its reading."""

SHEET_CELLS = 2**18
"""Cells of a sheet that make a block."""

HEAD_BYTES = 65536
UNSEEN = (b"\0", b"\xe2\x80", b"\xe2\x81")
"""How the bytes of signs that may be at fault begin (see `files.signs`); dashes begin so too."""

ONE_BYTE = "Windows-1252 or another one-byte encoding"
ROW_OF_ANOTHER_LENGTH = re.compile(r"Row #(\d+): Expected \d+ columns")
"""What Arrow says of a row with more or fewer cells than the header."""

_RAW_LABEL = pa.dictionary(pa.int32(), pa.binary())


def tables(member: Member) -> Iterator[Table]:
    """The tables of one member: one of a text or Parquet file, one per sheet of a workbook, none of anything else.

    Raises InputError when a workbook or Parquet file is damaged, or the text is not in UTF-8.
    """
    data = member.read() if member.source.kind != "gz" and member.size <= SMALL else b""
    start = data[:HEAD_BYTES] or member.head(HEAD_BYTES)
    if not start:
        return
    if start[:4] == b"PAR1":
        yield ParquetTable(member)
    elif start[:4] == b"PK\x03\x04":
        yield from _sheets(member)
    elif start[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        problem = "This is an old Excel workbook (XLS, at most 65,536 rows) or one with a password"
        todo = "Open it and save it as XLSX without a password, or as CSV in UTF-8"
        raise InputError(member.source.name, problem, place=member.place, expected=EXPECTED, todo=todo)
    elif start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[1:64:2].count(0) > 16 or start[:64:2].count(0) > 16:
        raise refuse_encoding(member.source.name, member.shown, "UTF-16", 1)
    elif b"\x00" not in start and not start.startswith(b"%PDF"):
        yield CsvTable(member, start, data)


class CsvTable:
    """A delimited text in UTF-8. The delimiter (comma, semicolon, tab, pipe) is read off the head."""

    kind = "csv"

    def __init__(self, member: Member, start: bytes, data: bytes = b"") -> None:
        self._source, self._data = member, data
        self.given, self.member, self.size = member.source.name, member.shown, member.size
        self.notes: list[str] = []
        self._start, self._deep = start, False
        self._look(FIRST_ROWS)

    def deepen(self) -> bool:
        """See `Table.deepen`."""
        if self._deep or len(self.head) < FIRST_ROWS:
            return False
        self._deep = True
        self._look(HEAD_ROWS)
        return True

    def _look(self, count: int) -> None:
        """Read the head again, to the depth of `count` rows."""
        text = self._start.decode("utf-8-sig", errors="replace")
        if len(self._start) >= HEAD_BYTES and "\n" in text:  # the last line is cut
            text = text[: text.rfind("\n") + 1]
        self.delimiter = _delimiter(text, count)
        self.decimal = "" if self.delimiter == ";" else "."
        self.head, self._lines = _head(text, self.delimiter, count)

    def blocks(
        self, header: int, *, labels: Collection[int], values: Collection[int] = (), free: Collection[int] = ()
    ) -> Iterator[Block]:
        """See `Table.blocks`. Lines without any content are no rows."""
        types = {str(at): _RAW_LABEL for at in (*labels, *free)} | {str(at): pa.binary() for at in values}
        ragged: list[tuple[int, str]] = []

        def odd(row: Any) -> str:
            ragged.append((row.number, row.text))
            return "skip"

        names = [str(at) for at in range(len(self.head[header]))]
        options: dict[str, Any] = {
            "read_options": pa.csv.ReadOptions(
                use_threads=False, skip_rows=self._lines[header], column_names=names, block_size=WHOLE + HEAD_BYTES
            ),
            "convert_options": pa.csv.ConvertOptions(
                column_types=types, include_columns=list(types), strings_can_be_null=False
            ),
        }
        first = self._lines[header] + 1
        for table in self._parsed(options, odd):
            rows = _numbers(first, table.num_rows, ragged)
            if len(rows):
                first = rows[-1].as_py() + 1
            seen = [entry for entry in ragged if entry[0] < first]
            ragged[:] = ragged[len(seen) :]
            yield self._block(table, rows, seen, frozenset(free))
        if ragged:
            yield Block({int(at): pa.array([], pa.string()) for at in types}, pa.array([], pa.int32()), ragged)

    def _parsed(self, options: dict[str, Any], odd: Callable[[Any], str]) -> Iterator[pa.Table]:
        """The member's tables: one when it is small, else one per block."""
        parse: dict[str, Any] = {
            "delimiter": self.delimiter,
            "ignore_empty_lines": False,
            "invalid_row_handler": odd,
        }
        try:
            if self.size <= WHOLE and self._source.source.kind != "gz":
                data = self._data or self._source.read()
                parsing = pa.csv.ParseOptions(newlines_in_values=b'"' in data, **parse)
                yield pa.csv.read_csv(pa.py_buffer(data), parse_options=parsing, **options)
                return
            parsing = pa.csv.ParseOptions(newlines_in_values=True, **parse)
            with self._source.open() as stream, pa.csv.open_csv(stream, parse_options=parsing, **options) as batches:
                for batch in batches:
                    yield pa.Table.from_batches([batch])
        except pa.ArrowInvalid as problem:
            if "Empty CSV" in str(problem):
                return
            if short := ROW_OF_ANOTHER_LENGTH.search(str(problem)):  # it comes to `odd`, unless it is not UTF-8
                raise refuse_encoding(self.given, self.member, ONE_BYTE, int(short[1])) from None
            todo = "Look for a line that is cut or a quotation mark that is not closed, and save it again"
            words = f"The table cannot be read ({str(problem).splitlines()[0]})"
            raise InputError(self.given, words, place=self._source.place, expected="a CSV table", todo=todo) from None

    def _block(self, table: pa.Table, rows: pa.Array, ragged: list[tuple[int, str]], free: frozenset[int]) -> Block:
        """One block of text columns, without the lines that are empty throughout."""
        columns, filled = {}, None
        for name in table.column_names:
            raw = one(table.column(name))
            columns[int(name)] = self._text(raw, rows, int(name) in free)
        labels = [column for column in columns.values() if pa.types.is_dictionary(column.type)]
        if all("" in column.dictionary.to_pylist() for column in labels):
            for column in columns.values():
                here = pc.not_equal(column.cast(pa.string()), "")
                filled = here if filled is None else pc.or_(filled, here)
        if filled is None or pc.all(filled).as_py() is not False:
            return Block(columns, rows, ragged)
        return Block({at: column.filter(filled) for at, column in columns.items()}, rows.filter(filled), ragged)

    def _text(self, raw: pa.Array, rows: pa.Array, free: bool) -> pa.Array:
        """Bytes as text. Free text that is not UTF-8 is read as Windows-1252 and noted; anything else is refused."""
        try:
            if not pa.types.is_dictionary(raw.type):
                return raw.cast(pa.string())
            words = raw.dictionary.cast(pa.string())
            return self._seen(pa.DictionaryArray.from_arrays(raw.indices, words), rows, free)
        except pa.ArrowInvalid:
            coded = raw if pa.types.is_dictionary(raw.type) else raw.dictionary_encode()
        decoded: list[str] = []
        for code, word in enumerate(coded.dictionary.to_pylist()):
            try:
                decoded.append(word.decode())
            except UnicodeDecodeError:
                if not free:
                    row = rows[pc.index(coded.indices, code).as_py()].as_py()
                    raise refuse_encoding(self.given, self.member, ONE_BYTE, row) from None
                decoded.append(word.decode("cp1252", errors="replace"))
                self.notes.append("Some source notes are not in UTF-8; they were read as Windows-1252")
        return self._seen(pa.DictionaryArray.from_arrays(coded.indices, pa.array(decoded, pa.string())), rows, free)

    def _seen(self, coded: pa.DictionaryArray, rows: pa.Array, free: bool) -> pa.DictionaryArray:
        """Labels without signs that cannot be seen: refused in codes and names, left out of notes, which say so."""
        letters = coded.dictionary.buffers()[2]
        held = letters.to_pybytes() if letters else b""
        if not any(beginning in held for beginning in UNSEEN):
            return coded
        words = coded.dictionary.to_pylist()
        for code, word in enumerate(words):
            sign = fault(word)
            if sign is None:
                continue
            if not free:
                row = rows[pc.index(coded.indices, code).as_py()].as_py()
                place = f"in {self.member}, row {row}" if self.member else f"row {row}"
                checked(word, given=self.given, place=place)
            words[code] = "".join(letter for letter in word if fault(letter) is None)
            self.notes.append("Some source notes held signs that cannot be seen; these were left out")
        return pa.DictionaryArray.from_arrays(coded.indices, pa.array(words, pa.string()))


def refuse_encoding(given: str, member: str, guess: str, row: int) -> InputError:
    """The refusal of a text that is not UTF-8."""
    todo = "Save it as CSV UTF-8 (in a spreadsheet: Save as, CSV UTF-8)"
    problem = f"The bytes are not UTF-8 text; they look like {guess}"
    place = f"in {member}, row {row}" if member else f"row {row}"
    return InputError(given, problem, place=place, expected="a text in UTF-8", todo=todo)


class SheetTable:
    """One sheet of a workbook. Cells are read as text: numbers without a needless ".0", dates as ISO dates."""

    kind, decimal = "sheet", "."

    def __init__(self, member: Member, sheet: Sheet) -> None:
        self.given, self.size = member.source.name, member.size
        self.member = f"{member.shown}#{sheet.name}" if member.name else sheet.name
        self.notes: list[str] = []
        self._sheet = sheet
        if sheet.full:
            words = f"The sheet {sheet.name} is filled to row {sheet.rows:,}, the last that a form of workbook has"
            self.notes.append(f"{words}; rows may have been cut off when it was saved")
        self.head = [[cell_text(cell) for cell in row] for row in islice(sheet.lines(), HEAD_ROWS)]

    def deepen(self) -> bool:
        """See `Table.deepen`; the whole head was read at once."""
        return False

    def blocks(
        self, header: int, *, labels: Collection[int], values: Collection[int] = (), free: Collection[int] = ()
    ) -> Iterator[Block]:
        """See `Table.blocks`. Rows without any content are no rows."""
        asked = (*labels, *free, *values)
        lines = enumerate(islice(self._sheet.lines(), header + 1, None), header + 2)
        count = max(1, SHEET_CELLS // max(1, self._sheet.columns))
        while True:
            part = list(islice(lines, count))
            kept = [(number, row) for number, row in part if any(row[at] != "" for at in asked)]
            columns = {at: pa.array(_column_texts(kept, at), pa.string()) for at in asked}
            for at in (*labels, *free):
                columns[at] = columns[at].dictionary_encode()
            yield Block(columns, pa.array([number for number, _ in kept], pa.int32()))
            if len(part) < count:
                return


def one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A chunked column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _column_texts(rows: list[tuple[int, list[Any]]], at: int) -> list[str]:
    """The cells of a column as text; most are text already, so a call for each is saved."""
    return [cell.strip() if cell.__class__ is str else cell_text(cell) for _, row in rows for cell in (row[at],)]


def _numbers(first: int, count: int, ragged: list[tuple[int, str]]) -> pa.Array:
    """The row numbers of `count` whole rows from row `first` on, leaving out the ragged ones."""
    if not ragged:
        return pa.arange(first, first + count).cast(pa.int32())
    odd = {number for number, _ in ragged}
    numbers = (number for number in range(first, first + count + len(odd)) if number not in odd)
    return pa.array([number for number, _ in zip(numbers, range(count), strict=False)], pa.int32())


def _delimiter(text: str, count: int) -> str:
    """The delimiter that cuts the first lines into most cells; a comma when none does."""
    lines = text.split("\n", count)[:count]
    counts = {mark: max((_cells(line, mark) for line in lines), default=0) for mark in ",;\t|"}
    return max(counts, key=lambda mark: counts[mark])


def _cells(line: str, mark: str) -> int:
    """How many marks stand outside quotation marks in a line."""
    return sum(part.count(mark) for part in line.split('"')[::2]) if '"' in line else line.count(mark)


def _head(text: str, delimiter: str, count: int) -> tuple[list[list[str]], list[int]]:
    """The first rows as cells, and for each the number of its last line in the file."""
    found = list(islice(rows(text, delimiter, HEAD_BYTES), count))
    return [[cell.strip() for cell in cells] for _, _, cells in found], [last for _, last, _ in found]


def _sheets(member: Member) -> Iterator[Table]:
    """The sheets of a workbook that hold anything, hidden ones included. Nothing, when the zip is no workbook."""
    content = member.read()
    with named(member.source.name, member.place):
        if WORKBOOK_PART not in member_names(io.BytesIO(content), content[:8]):
            return
        with workbook(content, STATISTICS) as book:
            for sheet in book.sheets():
                if sheet.rows:
                    yield SheetTable(member, sheet)
