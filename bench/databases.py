"""Databases of PostgreSQL for trials: made empty or as a copy, looked at, disturbed, damaged, dropped.

A database is given by its address (`postgresql://user@host:port/name`); the user may make and drop databases.
"""

import hashlib
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PATIENCE = 30.0
"""Seconds until the server has noticed that a process that was killed is gone."""


def address(server: str, root: Path) -> str:
    """The address of the database of a place: on that server, named by where the place lies."""
    name = f"waymark_soak_{hashlib.sha256(str(root).encode()).hexdigest()[:16]}"
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def create(url: str, template: str = "", tablespace: str = "") -> None:
    """Make a database, empty or as a copy of `template`; it lies in `tablespace` when one is named."""
    words = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_name(url)))
    if template:
        words += sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name(template)))
    if tablespace:
        words += sql.SQL(" TABLESPACE {}").format(sql.Identifier(tablespace))
    _patiently(url, words)


def rename(url: str, to: str) -> None:
    """Give a database another name."""
    _patiently(
        url, sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*(sql.Identifier(_name(one)) for one in (url, to)))
    )


def drop(url: str) -> None:
    """Drop a database, whoever still uses it; nothing happens when there is none."""
    _server(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(url))))


def can_only_be_read(url: str, yes: bool) -> None:
    """Let the server refuse whatever writes to the database, or let it be written again."""
    words = "SET default_transaction_read_only = on" if yes else "RESET default_transaction_read_only"
    _server(url, sql.SQL("ALTER DATABASE {} " + words).format(sql.Identifier(_name(url))))


def tables(url: str) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Every table with its columns and rows."""
    with psycopg.connect(url) as connection:
        for name in _tables(connection):
            found = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
            yield name, [column.name for column in found.description or ()], found.fetchall()


def room(server: str, folder: Path) -> str:
    """Let the server keep databases in a folder; returns the name of that tablespace. Raises psycopg.Error."""
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, _owner(server))
    name = f"waymark_soak_{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
    _server(server, sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(sql.Identifier(name), str(folder)))
    return name


def close_room(server: str, name: str) -> None:
    """Forget a tablespace in which no database lies any more."""
    _patiently(server, sql.SQL("DROP TABLESPACE {}").format(sql.Identifier(name)))


def _missing(url: str) -> None:
    drop(url)


def _empty(url: str) -> None:
    drop(url)
    create(url)


def _cut_off(url: str) -> None:
    with psycopg.connect(url) as connection:
        names = _tables(connection)
        for name in names[len(names) // 2 :]:
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(name)))


def _other_bytes(url: str) -> None:
    """Write over the first page of every table's file, behind the server's back.

    The pages are in no memory of the server: it is a copy file by file, made after all was written down.
    """
    half = f"{url}_half"
    _server(url, sql.SQL("CHECKPOINT"))
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    _patiently(url, words.format(sql.Identifier(_name(half)), sql.Identifier(_name(url))))
    with psycopg.connect(url) as connection:  # the copy has the same names of files in a folder of its own
        found = connection.execute("SHOW data_directory").fetchone()
        oid = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", [_name(half)]).fetchone()
        assert found is not None
        assert oid is not None
        files = [
            connection.execute("SELECT pg_relation_filenode(%s::regclass)", [f'"{name}"']).fetchone()
            for name in _tables(connection)
        ]
    for file in files:
        assert file is not None
        path = Path(found[0]) / "base" / str(oid[0]) / str(file[0])
        if path.stat().st_size:
            with path.open("r+b") as held:
                held.write(random.Random(path.name).randbytes(8192))
    drop(url)
    rename(half, url)


def _another_thing(url: str) -> None:
    """A view bears the name of the first table that is looked for."""
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE records_place RENAME TO records_place_before")
        connection.execute("CREATE VIEW records_place AS SELECT 1 AS number")


def _newer(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_of_a_later_version', now())"
        )


DAMAGES: dict[str, Callable[[str], None]] = {
    "missing": _missing,
    "empty": _empty,
    "cut off": _cut_off,
    "other bytes": _other_bytes,
    "a folder": _another_thing,
    "newer": _newer,
}
"""What is for a database what each way of damage is for a file."""


def _tables(connection: psycopg.Connection[Any]) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in found.fetchall()]


def _name(url: str) -> str:
    return urlsplit(url).path[1:]


def _owner(server: str) -> str:
    """The user as whom the server runs; it must own the folders that it keeps databases in."""
    with psycopg.connect(server) as connection:
        found = connection.execute("SHOW data_directory").fetchone()
    assert found is not None
    return Path(found[0]).owner()


def _server(url: str, words: sql.SQL | sql.Composed) -> None:
    """One statement to the server, outside the database itself."""
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(words)


def _patiently(url: str, words: sql.SQL | sql.Composed) -> None:
    """A statement that the server refuses as long as somebody uses the database."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _server(url, words)
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > until:
                raise
        time.sleep(0.05)
