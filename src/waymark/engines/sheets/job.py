"""What is done with a person's sheet behind the wall: read it by the reader of its noun, write its rows as lines."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from waymark.engines.files.walls.child import Task
from waymark.engines.files.walls.lines import line
from waymark.engines.files.walls.typed import plain
from waymark.engines.sheets.clearances import read_clearance
from waymark.engines.sheets.crosswalk import read_sheet
from waymark.engines.sheets.figures import read_indicator, read_values
from waymark.engines.sheets.provisions import read_provisions
from waymark.engines.sheets.recorded import OwnReview, rows_of
from waymark.engines.sheets.reviews import read_review

Rows = Iterator[tuple[str, Any]]


def load() -> None:
    """The readers are loaded with this module."""


def run(task: Task) -> None:
    """Read by the reader that the request names; how many rows there are is said at the end."""
    rows = 0
    with os.fdopen(task.results[0], "wb") as out:
        for kind, row in READERS[task.options["reader"]](task.path, task.options):
            out.write(line(kind, *plain(row)))
            rows += 1
    task.send("end", rows)


def _provisions(path: Path, options: dict[str, Any]) -> Rows:
    for row in read_provisions(path, language=options["language"], known=options["known"]):
        yield "provision", row


def _review(path: Path, options: dict[str, Any]) -> Rows:
    read = read_review(path)
    if isinstance(read, OwnReview):
        yield from rows_of(read)
        return
    yield "file", replace(read, rows=())
    for row in read.rows:
        yield "row", row


def _clearance(path: Path, options: dict[str, Any]) -> Rows:
    yield "edition", read_clearance(path)


def _crosswalk(path: Path, options: dict[str, Any]) -> Rows:
    read = read_sheet(path)
    yield "sheet", replace(read, rows=[], faults=[])
    for row in read.rows:
        yield "row", row
    for fault in read.faults:
        yield "fault", fault


def _indicator(path: Path, options: dict[str, Any]) -> Rows:
    yield "indicator", read_indicator(path)


def _values(path: Path, options: dict[str, Any]) -> Rows:
    for row in read_values(path):
        yield "value", row


READERS: dict[str, Callable[[Path, dict[str, Any]], Rows]] = {
    "provisions": _provisions,
    "review": _review,
    "clearance": _clearance,
    "crosswalk": _crosswalk,
    "indicator": _indicator,
    "values": _values,
}
"""Reader of a noun → its rows, each with the name of its class."""
