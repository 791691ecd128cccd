"""Data folders as an installation leaves them."""

from pathlib import Path

from django.conf import settings
from django.db import connection

from waymark.engines.safekeeping.installation import Installation, write_marker


def ready_folder(folder: Path) -> None:
    """A data folder that says that the record of the test is ready, so that no command prepares it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_marker(folder, Installation(settings.INSTANCE, connection.vendor))
