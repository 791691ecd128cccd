"""Reads what lies at a path into checked observations: everything of an ingest that looks into the file.

`read_here` does it in this process, for notebooks and tests; what a person sends is read behind the wall (`walled`).
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from waymark.engines.indicators.ahead import ahead
from waymark.engines.indicators.archives import Source
from waymark.engines.indicators.checks import Checker
from waymark.engines.indicators.outcome import Checked, Progress, Read
from waymark.engines.indicators.readers import Context
from waymark.engines.indicators.rows import REASONS, Refused, Rows
from waymark.engines.indicators.sniff import Found, found_tables
from waymark.gcm.errors import InputError


def read_here(path: Path, *, name: str, dataset: str, decimal: str = "", progress: Progress | None = None) -> Read:
    """Read in this process. See `outcome.Reading`."""
    with Source(path, name=name) as source:
        return _read(source, dataset, decimal, progress)


def _read(source: Source, dataset: str, decimal: str, progress: Progress | None) -> Read:
    notes: list[str] = []
    checker = Checker(dataset=dataset, file=source.name)
    used: dict[str, str] = {}
    publishers: set[str] = set()
    done, total = 0, sum(member.size for member in source.members)
    for found, rows in ahead(_batches(source, notes)):
        if isinstance(rows, Rows):
            checker.add(replace(rows, decimal=decimal) if decimal else rows)
        elif rows is not None:
            checker.refuse(rows)
        else:  # the end of a table
            used[found.reader.name] = found.reader.version
            publishers.add(found.reader.publisher_of(found.table, found.header))
            notes += found.table.notes
            done += found.table.size
            if progress:
                progress(min(done, total), total, checker.rows_read)
    checked = checker.finish()
    if checked.outside:
        names = ", ".join(sorted(checked.outside, key=lambda name: (-checked.outside[name], name))[:3])
        count, series = sum(checked.outside.values()), len(checked.outside)
        words = "values lie outside the usual range of their unit and were kept, as no definition rules their series"
        notes.append(f"{count:,} {words}: {series} series, most in {names}")
    if not checked.observations.num_rows:
        raise _nothing_valid(source, checked)
    if progress:
        progress(total, total, checker.rows_read)
    return Read(checked, used, tuple(dict.fromkeys(notes)), tuple(sorted(publishers)))


def _batches(source: Source, notes: list[str]) -> Iterator[tuple[Found, Rows | Refused | None]]:
    """The batches of every table, each table followed by None."""
    context = Context(source)
    for found in found_tables(source, notes):
        for rows in found.reader.read(found.table, found.header, context):
            yield found, rows
        yield found, None


def _nothing_valid(source: Source, checked: Checked) -> InputError:
    """The refusal of a file without a valid row; it says why the rows were rejected, with the first as an example."""
    reasons = ", ".join(f"{count:,} {REASONS[key]}" for key, count in checked.rejected_by_reason.items())
    first = checked.rejects.slice(0, 1).to_pylist()
    place = _place(first[0]) if first else ""
    read, rejected = f"{checked.rows_read:,}", f"{checked.rows_rejected:,}"
    problem = (
        f"It has no valid row: {read} read, {rejected} rejected ({reasons or 'none'}), the first at the place named"
    )
    expected = "at least one row with an area, a period and a number"
    todo = "Run waymark data check with --rejects FILE to see each row and its reason"
    return InputError(source.name, problem, place=place, expected=expected, todo=todo)


def _place(reject: dict[str, Any]) -> str:
    """Where a rejected row stands, in words."""
    member, column = reject["member"], reject["column"]
    parts = (f"in {member}" if member else "", f"row {reject['row']}", f"column {column}" if column else "")
    return ", ".join(part for part in parts if part)
