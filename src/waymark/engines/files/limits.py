"""How large a table that a person brings may be, by what it is for, and the one refusal of a larger one.

A limit is reached before memory is: a reader lays out every cell between the first and the last filled one, some 80
bytes each besides its letters, so a sheet of five thousand bytes with one cell at its far end would need half a
terabyte. Measured on 1,000,000 cells: 80 bytes a number, 93 a shared text, 134 a text of 34 letters of its own.
"""

from dataclasses import dataclass

from waymark.gcm.errors import InputError


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest table of a kind.

    `unpacked` counts bytes of the parts of a workbook, or of a text; `cells` those that a reader lays out for all
    sheets together, from A1 to the last filled row and column; `letters` the characters in all of them.
    """

    unpacked: int
    rows: int
    columns: int
    cells: int
    letters: int


FORM = Limits(unpacked=64 * 2**20, rows=20_000, columns=50, cells=1_000_000, letters=20_000_000)
"""A sheet that a person fills in: provisions, a crosswalk, findings of a review."""

DOCUMENT = Limits(unpacked=256 * 2**20, rows=1_048_576, columns=16_384, cells=2_000_000, letters=50_000_000)
"""A workbook that people read; its rows become passages."""

STATISTICS = Limits(unpacked=512 * 2**20, rows=1_048_576, columns=16_384, cells=4_000_000, letters=100_000_000)
"""A workbook of statistics: 4,000,000 cells are read within 600 MiB. A CSV file has no such limit."""

ENDS = {"XLSX": (1_048_576, 16_384), "ODS": (1_048_576, 16_384), "XLS": (65_536, 256)}
"""The last row and the last column that a form of workbook has."""


def too_much(problem: str, limit: str, todo: str = "Keep only what is needed, or divide the file.") -> InputError:
    """The refusal of a table beyond a limit, which it names; nothing of it was laid out in memory."""
    return InputError("the file", f"{problem}; it was not read", expected=f"at most {limit}.", todo=todo)
