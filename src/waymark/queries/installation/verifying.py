"""Everything that can be verified of an installation, in one pass; reads only."""

from collections.abc import Callable
from pathlib import Path

from django.db import DatabaseError, connection

from waymark.engines.safekeeping.published import Published
from waymark.queries.installation.files import (
    verify_candidates,
    verify_datasets,
    verify_documents,
    verify_editions,
    verify_weights,
)
from waymark.queries.installation.log import verify_log
from waymark.queries.installation.views import Fault, Verified

DATABASE_FAULTS = 5
"""How many faults of a damaged database are told."""


def verify_installation(data: Path, published: Published) -> Verified:
    """The database, the log, and each stored file."""
    found = verify_database()
    parts: tuple[Callable[[], Verified], ...] = (
        lambda: verify_log(published),
        lambda: verify_documents(data / "documents"),
        lambda: verify_candidates(data),
        lambda: verify_editions(data),
        lambda: verify_datasets(data / "datasets"),
        lambda: verify_weights(data / "tagging" / "learned.npz"),
    )
    for part in parts:
        try:
            found += part()
        except DatabaseError as error:
            found += Verified((_damaged(str(error)),))
    return found


def verify_database() -> Verified:
    """SQLite's own check of its file, and rows that point to rows that are not there; PostgreSQL keeps both itself."""
    if connection.vendor != "sqlite":
        return Verified(counts=("database: PostgreSQL",))
    faults = []
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA integrity_check({DATABASE_FAULTS})")
            faults += [str(words) for (words,) in cursor.fetchall() if words != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            faults += [
                f"{table}, row {row}: it points to a row of {to} that is not there"
                for table, row, to, _ in cursor.fetchmany(DATABASE_FAULTS)
            ]
    except DatabaseError as error:
        faults.append(str(error))
    return Verified(tuple(map(_damaged, faults)), ("database: SQLite",))


def _damaged(words: str) -> Fault:
    return Fault("database", "damaged", f"database: {' '.join(words.split())}")
