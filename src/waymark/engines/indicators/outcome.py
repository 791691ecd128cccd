"""What reading a source gives: two tables, their arithmetic, and how they were read. It loads no reader."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa

Progress = Callable[[int, int, int], None]
"""Called with bytes done, bytes in all, and rows read so far."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: both tables, sorted, and the arithmetic.

    `rows_read == rows_stored + rows_rejected` always; `observations` has fewer rows than `rows_stored` where a reader
    added rows up. `outside` counts, by series, values kept though they lie outside the usual range of their unit: no
    definition says what range the series has.
    """

    observations: pa.Table
    rejects: pa.Table
    rows_read: int
    rows_stored: int
    rejected_by_reason: dict[str, int]
    outside: dict[str, int]

    @property
    def rows_rejected(self) -> int:
        """How many rows were rejected, for whatever reason."""
        return sum(self.rejected_by_reason.values())


@dataclass(frozen=True, slots=True)
class Read:
    """What a source holds: both tables and their arithmetic, the readers used with their versions, the notes.

    `publishers` are the codes of those whose own layouts its tables have, in order; "" stands for tables that prove
    nobody.
    """

    checked: Checked = field(repr=False)
    used: dict[str, str]
    notes: tuple[str, ...]
    publishers: tuple[str, ...] = ("",)


class Reading(Protocol):
    """A way to read a source: `name` is what the source is called, `dataset` the id its observations get."""

    def __call__(self, path: Path, *, name: str, dataset: str, decimal: str, progress: Progress | None) -> Read:
        """Raises InputError for what cannot be read or holds no valid row."""
