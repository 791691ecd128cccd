"""What is done with a source of statistics behind the wall: read and check it, write both tables as plain buffers."""

import os
from collections.abc import Sequence

import pyarrow as pa

from waymark.engines.files.walls.child import Task
from waymark.engines.indicators.columns import write_columns
from waymark.engines.indicators.reading import read_here


def run(task: Task) -> None:
    """Read the source; say the arithmetic, readers, publishers, notes, and the lengths of what was written."""
    name, dataset, decimal = (task.options[word] for word in ("name", "dataset", "decimal"))

    def progress(*state: int) -> None:
        task.send("progress", *state)
        task.flush()

    read = read_here(task.path, name=name, dataset=dataset, decimal=decimal, progress=progress)
    checked = read.checked
    task.send("read", checked.rows_read, checked.rows_stored, checked.outside)
    for reader, version in read.used.items():
        task.send("used", reader, version)
    for publisher in read.publishers:
        task.send("publisher", publisher)
    for note in read.notes:
        task.send("note", note)
    tables: Sequence[pa.Table] = (checked.observations, checked.rejects)
    for descriptor, table in zip(task.results, tables, strict=True):
        with os.fdopen(descriptor, "wb") as out:
            task.send("table", table.num_rows, write_columns(table, out))
    task.send("end", len(tables))
