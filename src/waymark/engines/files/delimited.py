"""CSV and its kin as rows of texts: one place for letters, separators, quotation marks and limits."""

import csv
import io
import re
from collections.abc import Iterator

from waymark.engines.files.charset import utf8
from waymark.engines.files.limits import Limits, too_much
from waymark.engines.files.refusing import THE_FILE
from waymark.engines.files.tables_out import restored
from waymark.gcm.errors import InputError

SEPARATORS = ",;\t"


def rows_of_form(data: bytes, limits: Limits, header: re.Pattern[str] | None = None) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, cells) of each row of a table that a person filled in.

    UTF-8, with or without a mark; comma, semicolon or tab, whichever parts the header row: the first line that `header`
    finds, else the first line. Apostrophes that `tables_out` put before a text are taken off. Raises InputError for
    other letters, quotation marks that are not closed, and a table beyond the limits.
    """
    if len(data) > limits.unpacked:
        raise too_much(f"it has {len(data) / 2**20:,.1f} MB", f"{limits.unpacked // 2**20} MB")
    text = utf8(data)
    lines = text.splitlines()
    head = next((line for line in lines if header is None or header.search(line)), "")
    cells = 0
    for number, (line, _, row) in enumerate(
        rows(text, max(SEPARATORS, key=head.count), len(text), strict=True), start=1
    ):
        cells += len(row)
        if number > limits.rows:
            raise too_much("it has too many rows", f"{limits.rows:,} rows")
        if len(row) > limits.columns and any(row[limits.columns :]):
            raise too_much(f"row {number:,} has {len(row):,} cells", f"{limits.columns} columns")
        if cells > limits.cells:
            raise too_much("it has too many cells", f"{limits.cells:,} cells")
        yield line, [restored(cell) for cell in row]


def rows(text: str, separator: str, longest: int, *, strict: bool = False) -> Iterator[tuple[int, int, list[str]]]:
    """(numbers of its first and last line, cells) of each row; a cell in quotation marks may run over several lines.

    `longest` is how many letters a cell may have. Raises InputError for a row that cannot be read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    first = 1
    while True:
        # The limit is one for the whole process, so it is put back before anything is handed on.
        limit = csv.field_size_limit(max(longest, 1))
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError(
                THE_FILE,
                f"the table cannot be read ({error})",
                expected="a CSV table whose quotation marks are closed",
                todo="Save the table again as CSV in UTF-8",
                place=f"line {reader.line_num}",
            ) from None
        finally:
            csv.field_size_limit(limit)
        if cells is None:
            return
        yield first, reader.line_num, cells
        first = reader.line_num + 1
