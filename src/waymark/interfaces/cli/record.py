"""Opens the record (Django) for commands that need it, and makes it when it is not there yet."""

from pathlib import Path
from typing import TYPE_CHECKING

import django

from waymark.gcm.errors import OutputError, RefusedError

if TYPE_CHECKING:
    from waymark.actions.catalogue import Loaded


def open_record() -> None:
    """Load the settings and the record's models. Commands call it before they import actions or queries."""
    django.setup()


def prepare_record() -> "Loaded":
    """Create the tables or bring them up to date, and load the catalogue; a second time changes nothing.

    Raises OutputError when the database does not answer or cannot be made.
    """
    open_record()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from waymark.actions.catalogue import load_catalogue
    from waymark.records.actors import Actor

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        refuse_other_version(older=False)
        call_command("migrate", verbosity=0, interactive=False)
    except (OSError, OperationalError) as error:
        raise unreachable(error) from error
    return load_catalogue(by=Actor.system("setup"))


def ready_record() -> None:
    """Open the record; when it has no tables yet, prepare it as `waymark setup` does.

    Raises OutputError like that, and RefusedError for a record of another version.
    """
    open_record()
    from django.conf import settings
    from django.db import OperationalError, connection

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        present = "records_place" in connection.introspection.table_names()
    except (OSError, OperationalError) as error:
        raise unreachable(error) from error
    if not present:
        prepare_record()
        return
    refuse_other_version()


def existing_record(*, older: bool = True) -> None:
    """Open the record that is there; commands that only look never make one.

    Raises OutputError when it does not answer, RefusedError when there is none or it is of a newer version; with
    `older` also of an older one.
    """
    open_record()
    from django.conf import settings
    from django.db import OperationalError, connection

    name = settings.DATABASES["default"]["NAME"]
    in_file = connection.vendor == "sqlite" and not connection.is_in_memory_db()  # type: ignore[attr-defined]  # SQLite's
    try:
        present = (
            not (in_file and not Path(name).exists()) and "records_place" in connection.introspection.table_names()
        )
    except OperationalError as error:
        raise unreachable(error) from error
    if not present:
        raise RefusedError("record.none", place=str(name))
    refuse_other_version(older=older)


def refuse_other_version(*, older: bool = True) -> None:
    """Refuse a record that a newer Waymark wrote, and with `older` one that `waymark setup` must bring up to date."""
    from django.conf import settings

    from waymark.queries.installation.versions import record_version

    version = record_version()
    name = settings.DATABASES["default"]["NAME"]
    if version.unknown:
        raise RefusedError("record.newer", place=str(name), record=version.record, program=version.program)
    if older and version.missing:
        raise RefusedError("record.older", place=str(name), record=version.record, program=version.program)


def unreachable(error: Exception) -> OutputError:
    """The words for a database that does not answer or cannot be made."""
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    return OutputError(
        f"The record in {name} cannot be opened: {error}. Expected: a folder that may be written, or a database server "
        "that answers. Set WAYMARK_DATA or DATABASE_URL and run the command again."
    )
