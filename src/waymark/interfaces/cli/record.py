"""Opens the record (Django) for commands that need it, and makes it when it is not there yet.

A record is made once, by one command at a time, and only where none was: a data folder that shows that a record
belongs to it is never given an empty one.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import django

from waymark.engines.safekeeping.installation import (
    SETUP_LOCK,
    UNREADABLE,
    Installation,
    read_marker,
    traces,
    write_marker,
)
from waymark.gcm.errors import OutputError, RefusedError, StoreError

if TYPE_CHECKING:
    from waymark.actions.catalogue import Loaded

PATIENCE = 300.0
"""Seconds that a command waits for another one that prepares the record."""


def open_record() -> None:
    """Load the settings and the record's models. Commands call it before they import actions or queries."""
    django.setup()


def refuse_unfinished() -> None:
    """Refuse a data folder into which a backup is being restored, or was until it was cut off."""
    from django.conf import settings

    from waymark.actions.installation.backups import RESTORING

    if (settings.DATA_DIR / RESTORING).exists():
        raise RefusedError("restore.unfinished", folder=str(settings.DATA_DIR))


def prepare_record() -> "Loaded":
    """Create the tables or bring them up to date, and load the catalogue; a second time changes nothing.

    Raises StoreError when the database does not answer or cannot be made, or when the one that was here is gone, and
    RefusedError for a record of a newer version.
    """
    open_record()
    refuse_unfinished()
    with _alone():
        if not _present():
            _refuse_lost()
        return _prepare()


def ready_record() -> None:
    """Open the record; where none ever was, prepare it as `waymark setup` does.

    Raises StoreError like that, and RefusedError for a record of another version.
    """
    open_record()
    refuse_unfinished()
    from django.conf import settings

    if read_marker(settings.DATA_DIR) in (None, UNREADABLE):
        with _alone():
            if read_marker(settings.DATA_DIR) in (None, UNREADABLE):
                _begin()
    if not _present():
        _refuse_lost()
    _refuse_other_instance()
    _never_create()
    refuse_other_version()


def existing_record(*, older: bool = True) -> None:
    """Open the record that is there; commands that only look never make one.

    Raises StoreError when it does not answer, RefusedError when there is none or it is of a newer version; with
    `older` also of an older one.
    """
    open_record()
    refuse_unfinished()
    if not _present():
        raise RefusedError("record.none", place=record_place())
    _never_create()
    refuse_other_version(older=older)


def refuse_other_version(*, older: bool = True) -> None:
    """Refuse a record that a newer Waymark wrote, and with `older` one that `waymark setup` must bring up to date."""
    from waymark.queries.installation.versions import record_version

    version = record_version()
    if version.unknown:
        raise RefusedError("record.newer", place=record_place(), record=version.record, program=version.program)
    if older and version.missing:
        raise RefusedError("record.older", place=record_place(), record=version.record, program=version.program)


def record_place() -> str:
    """Where the record is, in words that hold no password."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    server = f" on {database['HOST']}" if database.get("HOST") else ""
    return f"{database['NAME']}{server}"


def _begin() -> None:
    """Prepare the record of a folder that has no marker. Called by one command at a time."""
    if not _present():
        _refuse_lost()
        _prepare()
        return
    from waymark.queries.installation.beginnings import is_empty

    if is_empty():  # a set-up was cut off
        _prepare()
        return
    refuse_other_version()
    with suppress(OSError):  # a folder that can only be read serves those who only read
        _mark()


def _prepare() -> "Loaded":
    from django.conf import settings

    from waymark.actions.catalogue import load_catalogue
    from waymark.actions.installation.secret import keep_secret
    from waymark.records.actors import Actor
    from waymark.records.upgrading import upgrade

    refuse_other_version(older=False)
    _refuse_other_instance()
    upgrade()
    loaded = load_catalogue(by=Actor.system("setup"))
    try:
        keep_secret(settings.DATA_DIR)
        _mark()
    except OSError as error:
        raise _unwritable(error) from error
    return loaded


def _mark() -> None:
    from django.conf import settings
    from django.db import connection

    write_marker(settings.DATA_DIR, Installation(settings.INSTANCE, connection.vendor))


def _present() -> bool:
    """Whether the database has the record's tables. A file that is not there is not made by looking."""
    from django.db import connection

    path = _sqlite_file()
    if path is not None and not (path.exists() and path.stat().st_size):
        return False
    return "records_place" in connection.introspection.table_names()


def _sqlite_file() -> Path | None:
    """The file of the record, None when it is on a server or in memory."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's
        return None
    return Path(settings.DATABASES["default"]["NAME"])


def _never_create() -> None:
    """From now on a file that is gone is an error of every connection, never a new empty file."""
    from django.db import connection

    path = _sqlite_file()
    if path is not None:
        connection.settings_dict["OPTIONS"]["database"] = f"file:{quote(str(path))}?mode=rw"


def _refuse_lost() -> None:
    """Refuse to begin a new record where one was. Raises StoreError."""
    from django.conf import settings

    found = traces(settings.DATA_DIR, settings.HEADS_DIR)
    path = _sqlite_file()
    if path is not None and not path.exists() and Path(f"{path}-wal").exists():  # a set-up cut off leaves both
        found.append(f"{path.name}-wal")
    if found:
        raise StoreError(
            f"The record in {record_place()} is missing or empty, but one belongs to {settings.DATA_DIR}: there is "
            f"{', '.join(found)}. Nothing was made in its place. Bring it back with `waymark restore`, set "
            "DATABASE_URL to where it is, or set WAYMARK_DATA to an empty folder to begin a new one."
        )


def _refuse_other_instance() -> None:
    """Refuse a folder of an installation of another name: every record would be taken for a new one."""
    from django.conf import settings

    marker = read_marker(settings.DATA_DIR)
    if marker is not None and marker.instance not in ("", settings.INSTANCE):
        raise StoreError(
            f"{settings.DATA_DIR} belongs to the installation {marker.instance}, and WAYMARK_INSTANCE is "
            f"{settings.INSTANCE}. Set WAYMARK_INSTANCE to {marker.instance}, or WAYMARK_DATA to the folder of "
            f"{settings.INSTANCE}."
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other commands from preparing the same record meanwhile. Raises StoreError when one takes too long."""
    from django.conf import settings
    from django.db import connection

    with ExitStack() as stack:
        try:
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
            lock = os.open(settings.DATA_DIR / SETUP_LOCK, os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise _unwritable(error) from error
        stack.callback(os.close, lock)
        _wait(lambda: _locked(lock))
        if connection.vendor == "postgresql":
            _wait(lambda: _server_says("SELECT pg_try_advisory_lock(hashtextextended('waymark setup', 0))"))
            stack.callback(_server_says, "SELECT pg_advisory_unlock(hashtextextended('waymark setup', 0))")
        yield


def _wait(got: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not got():
        if time.monotonic() > until:
            raise StoreError(
                f"The record in {record_place()} is being prepared by another command, and it takes longer than "
                f"{PATIENCE:.0f} seconds. Nothing was changed. Run the command again when the other one is done."
            )
        time.sleep(0.05)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _server_says(query: str) -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return bool(cursor.fetchone()[0])


def _unwritable(error: OSError) -> OutputError:
    from django.conf import settings

    return StoreError(
        f"The data folder {settings.DATA_DIR} cannot be written ({error.strerror}), so no record can be made there. "
        "Give the user who runs the command the right to write there, or set WAYMARK_DATA to another folder."
    )
