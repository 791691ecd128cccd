"""Opens the record (Django) for commands that need it, and makes it when it is not there yet."""

import argparse
import contextlib
import io

import django

from waymark.gcm.errors import OutputError


def open_record() -> None:
    """Load the settings and the record's models. Commands call it before they import actions or queries."""
    django.setup()


def ready_record() -> None:
    """Open the record; when it has no tables yet, create them and load the catalogue, as `waymark setup` does.

    Raises OutputError when the database does not answer or cannot be made.
    """
    open_record()
    from django.conf import settings
    from django.db import OperationalError, connection

    from waymark.interfaces.cli import setup

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        present = "records_place" in connection.introspection.table_names()
    except (OSError, OperationalError) as error:
        raise OutputError(
            f"The record in {settings.DATABASES['default']['NAME']} cannot be opened: {error}. Expected: a folder that "
            "may be written, or a database server that answers. Set WAYMARK_DATA or DATABASE_URL and run the command again."
        ) from error
    if not present:
        with contextlib.redirect_stdout(io.StringIO()):
            setup.run(argparse.Namespace())
