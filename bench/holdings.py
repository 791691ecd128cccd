"""What an installation holds, as rows by table and files by name, so that two can be compared."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from bench import databases
from bench.writing import Place

VOLATILE = frozenset(
    {"id", "at", "created_at", "changed_at", "salt", "digest", "root", "applied", "hash", "content_hash", "words"}
)
"""Columns that differ from run to run: keys, moments, salted digests and what is made from them."""

MADE_AGAIN = ("search/", "waymark.sqlite3")
SALTED = ("heads/", "backup/", "secret-key")
"""Below the data folder or `out`: files whose names tell, and whose bytes are made from salts and moments."""


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by name; without the database, what is made again, locks and hidden rests of a kill."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(MADE_AGAIN) and not any(part[0] == "." for part in name.split("/")):
            found[name] = b"" if name.startswith(SALTED) else path.read_bytes()
    return found


def rows_of(place: Place) -> dict[str, list[str]]:
    """Every row of every table of the record as text, sorted, exactly as it is."""
    return _rows(place, frozenset())


def told(place: Place) -> dict[str, Any]:
    """What an installation holds, without what differs from run to run: rows by table, files by name."""
    return {"rows": _rows(place, VOLATILE), "data": files_below(place.data), "out": files_below(place.out)}


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """The tables and files in which two installations differ."""
    return [
        f"{kind}: {name}"
        for kind in first
        for name in sorted(first[kind].keys() | second[kind].keys())
        if first[kind].get(name) != second[kind].get(name)
    ]


def _rows(place: Place, left_out: frozenset[str]) -> dict[str, list[str]]:
    tables = databases.tables(place.url) if place.server else _tables_of(place.data / "waymark.sqlite3")
    found = {}
    for name, columns, rows in tables:
        kept = [at for at, column in enumerate(columns) if not _volatile(column, left_out)]
        found[name] = sorted(repr(tuple(row[at] for at in kept)) for row in rows)
    return found


def _tables_of(path: Path) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Every table of a record of SQLite with its columns and rows; none when there is no record."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=30)) as record:
        tables = record.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
        for (name,) in tables.fetchall():
            found = record.execute(f'select * from "{name}"')
            yield name, [column[0] for column in found.description], found.fetchall()


def _volatile(column: str, left_out: frozenset[str]) -> bool:
    return bool(left_out) and (column in left_out or column.endswith("_id"))
