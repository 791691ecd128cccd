"""Opens the record (Django) for commands that need it, and makes it when it is not there yet."""

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
        call_command("migrate", verbosity=0, interactive=False)
    except (OSError, OperationalError) as error:
        raise unreachable(error) from error
    return load_catalogue(by=Actor.system("setup"))


def ready_record() -> None:
    """Open the record; when it has no tables yet, prepare it as `waymark setup` does.

    Raises OutputError like that, and RefusedError for a record of an older version.
    """
    open_record()
    from django.conf import settings
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        present = "records_place" in connection.introspection.table_names()
    except (OSError, OperationalError) as error:
        raise unreachable(error) from error
    if not present:
        prepare_record()
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RefusedError(
            f"The record in {settings.DATABASES['default']['NAME']} is of an older version of Waymark than "
            "this one. Run `waymark setup` once to bring it up to date; nothing in it is lost."
        )


def unreachable(error: Exception) -> OutputError:
    """The words for a database that does not answer or cannot be made."""
    from django.conf import settings

    name = settings.DATABASES["default"]["NAME"]
    return OutputError(
        f"The record in {name} cannot be opened: {error}. Expected: a folder that may be written, or a database server "
        "that answers. Set WAYMARK_DATA or DATABASE_URL and run the command again."
    )
