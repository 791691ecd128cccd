"""What a reader hands over: batches of rows as the source wrote them, still text, and the list of reject reasons.

A reader knows a layout and nothing else. Numbers, periods, areas, units, ranges and duplicates are judged in
`checks.py`, in one place for every format.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import pyarrow as pa

Column: TypeAlias = "str | pa.Array"
"""One text for all rows, or one per row (an Arrow array of strings or a dictionary of strings)."""

REASONS: dict[str, str] = {
    "no-value": "no value",
    "not-a-number": "not a number",
    "inclusive-bound": "a bound with ≤ or ≥, which is not the same as < or >",
    "ambiguous": "a decimal or a thousands mark, not clear which",
    "no-area": "no area is named",
    "unknown-area": "unknown area",
    "no-period": "no period is named",
    "unknown-period": "not a period",
    "no-series": "no series is named",
    "out-of-range": "out of range",
    "duplicate": "the same as an earlier row",
    "contradicts": "another value than an earlier row of the same key",
    "ragged": "another number of cells than the header",
    "note": "a note below the table, not a row",
    "deleted": "the source marks the row as deleted",
}
"""Closed list: key → words. After a colon, `out-of-range` names the range, `duplicate` and `contradicts` the row."""

_NAMED = {"out-of-range": "out of range", "duplicate": "duplicate of row", "contradicts": "contradicts row"}
"""Reasons that go on with what follows the colon."""


def reason_words(reason: str) -> str:
    """The words of a reject's reason, such as "out of range 0 to 100" for `out-of-range:0 to 100`.

    Raises KeyError for a reason outside the closed list, which would be a defect of a reader.
    """
    key, _, more = reason.partition(":")
    return f"{_NAMED[key]} {more}" if more else REASONS[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A batch of rows, or of cells of one column of a wide table, as read.

    `series` is "publisher:CODE"; `scheme` says in which code list `place` is written; `disagg` maps dimension names to
    codes; `power` is the power of ten the source multiplies its values by; `row` counts from 1; `column` names the
    cell's column for rejects. `decimal` is the file's decimal sign, "" when its values must show it. With
    `strict_units` the unit's own range holds even where no definition of the series says so. Rows whose number was
    added up by the reader carry `summed`: how many rows of the source stand behind each.
    """

    series: Column
    place: Column
    scheme: str
    period: Column
    value: pa.Array
    row: pa.Array
    member: str
    column: str
    unit: Column = ""
    nature: Column = ""
    detail: Column = ""
    power: Column = ""
    disagg: Mapping[str, Column] = field(default_factory=dict)
    broken: Column = ""
    decimal: str = "."
    strict_units: bool = False
    summed: pa.Array | None = None

    @property
    def length(self) -> int:
        """How many rows there are."""
        return len(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Rows that the reader itself could not take: the row numbers, what stood there, and the reason's key."""

    row: pa.Array
    value: pa.Array
    reason: str
    member: str
    column: str = ""


def relabel(column: Column, change: Callable[[str], str]) -> Column:
    """The column with `change` applied once to each distinct text, not once per row."""
    if isinstance(column, str):
        return change(column)
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    words = pa.array([change(word or "") for word in coded.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(coded.indices, words)
