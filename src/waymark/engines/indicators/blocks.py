"""What readers see of a table, whatever it lies in: a head to look at and blocks of rows to read."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa

HEAD_ROWS = 40
"""How many rows are looked at to find the header."""


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive rows: the asked columns by position, row numbers (from 1), rows with another number of cells."""

    columns: dict[int, pa.Array]
    rows: pa.Array
    ragged: list[tuple[int, str]] = field(default_factory=list)


class Table(Protocol):
    """What readers see of a CSV member, a sheet or a Parquet file.

    `member` is its name inside what was given ("" for a plain file), `given` the name of that; `head` holds its first
    rows as text; `decimal` is the decimal sign, "" when it has to be told from the values; `size` counts bytes.
    """

    given: str
    member: str
    kind: str
    decimal: str
    size: int
    head: list[list[str]]
    notes: list[str]

    def deepen(self) -> bool:
        """Look at more rows when the header was not among the first; False when there is nothing more to see."""

    def blocks(
        self, header: int, *, labels: Collection[int], values: Collection[int] = (), free: Collection[int] = ()
    ) -> Iterator[Block]:
        """The rows below row `header` of the head, with the named column positions. `free` are labels of free text."""


def cell_text(cell: Any) -> str:
    """A workbook cell as text: 2015.0 → "2015", 0.1 → "0.1", a date → "2015-07-01", an empty cell → ""."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()
