"""One state of the record, held still while it is read, whoever writes meanwhile; and a place to build another one."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PARTS = ("", "-wal", "-shm", "-journal")
"""What SQLite writes beside its file while it is open."""


@contextmanager
def snapshot(connection: BaseDatabaseWrapper, scratch: Path) -> Iterator[BaseDatabaseWrapper]:
    """A connection that sees one state of the record and stops nobody from writing.

    SQLite: its online backup makes a copy at `scratch`, for the owner only, deleted at the end. PostgreSQL: a
    transaction that reads repeatably; it must be the outermost one.
    """
    if connection.vendor == "sqlite":
        with _copied(connection, scratch) as copy:
            yield copy
        return
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT count(*) FROM django_migrations")  # the first question fixes the state
        yield connection


@contextmanager
def _copied(connection: BaseDatabaseWrapper, scratch: Path) -> Iterator[BaseDatabaseWrapper]:
    os.close(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    copy = connection.copy()
    copy.settings_dict["NAME"] = str(scratch)
    copy.settings_dict["OPTIONS"].pop("database", None)  # the name of a file that must be there
    try:
        connection.ensure_connection()
        with connection.wrap_database_errors, closing(sqlite3.connect(scratch)) as target:
            connection.connection.backup(target)
        yield copy
    finally:
        copy.close()
        remove_sqlite(scratch)


def remove_sqlite(path: Path) -> None:
    """Delete a database file of SQLite and what lies beside it."""
    for part in PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)


@contextmanager
def built_at(connection: BaseDatabaseWrapper, path: Path) -> Iterator[None]:
    """Let the connection write a new SQLite file for the owner only; at the end it is one file, whole and closed."""
    former = connection.settings_dict["NAME"]
    pinned = connection.settings_dict["OPTIONS"].pop("database", None)
    connection.close()
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()  # the last to close writes what is in the -wal into the file
        connection.settings_dict["NAME"] = former
        if pinned is not None:
            connection.settings_dict["OPTIONS"]["database"] = pinned
