"""Totals that a source leaves to its reader: the same figures added up over some dimensions.

A derived total says so in its `detail` and counts no row of the source, so that rows read stay rows stored plus
rejected.
"""

from collections.abc import Collection
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from waymark.engines.indicators.readers.layout import as_strings
from waymark.engines.indicators.rows import Column, Rows

NUMBER = r"^[0-9]+(\.[0-9]+)?$"


def totals(batches: Collection[Rows], *, over: Collection[str], words: str, counted: bool = False) -> Rows | None:
    """The rows added up over the dimensions `over`, one per series, place, period and remaining dimensions.

    Rows without a plain number are left out. `row` is the first of the rows added up; None when nothing can be added.
    With `counted` the sums stand for the rows in the arithmetic, because those are not stored themselves.
    """
    if not batches:
        return None
    first = next(iter(batches))
    kept = sorted(set(first.disagg) - set(over))
    table = pa.concat_tables([_table(rows, kept) for rows in batches])
    table = table.filter(pc.match_substring_regex(table.column("value"), NUMBER))
    if not table.num_rows:
        return None
    table = table.set_column(table.schema.get_field_index("value"), "value", table.column("value").cast(pa.float64()))
    keys = ["series", "place", "period", *(f"={name}" for name in kept)]
    summed = table.group_by(keys, use_threads=False).aggregate([("value", "sum"), ("row", "min"), ("value", "count")])
    counts = one(summed, "value_count")
    return replace(
        first,
        series=one(summed, "series"),
        place=one(summed, "place"),
        period=one(summed, "period"),
        value=one(summed, "value_sum").cast(pa.string()),
        row=one(summed, "row_min"),
        detail=pc.binary_join_element_wise("added up by Waymark from", counts.cast(pa.string()), words, " "),
        disagg={name: one(summed, f"={name}") for name in kept},
        summed=counts.cast(pa.int32()) if counted else pa.repeat(pa.scalar(0, pa.int32()), summed.num_rows),
    )


def one(table: pa.Table, name: str) -> pa.Array:
    """A column as one array."""
    return table.column(name).combine_chunks()


def _table(rows: Rows, kept: list[str]) -> pa.Table:
    """The columns that totals need, as plain strings."""
    columns: dict[str, Column] = {
        "series": rows.series,
        "place": rows.place,
        "period": rows.period,
        "value": rows.value,
    }
    columns |= {f"={name}": rows.disagg[name] for name in kept}
    filled = {
        name: pa.repeat(column, rows.length) if isinstance(column, str) else as_strings(column)
        for name, column in columns.items()
    }
    return pa.table(filled | {"row": rows.row})
