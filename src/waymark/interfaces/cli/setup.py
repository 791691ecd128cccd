"""Creates the record, or brings an older one up to date, and loads the catalogue. A second run changes nothing."""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options: it has none."""


def run(arguments: argparse.Namespace) -> int:
    """Create or update the tables, load the catalogue, say what is there."""
    from waymark.interfaces.cli.record import open_record

    open_record()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from waymark.actions.catalogue import load_catalogue
    from waymark.gcm.errors import OutputError
    from waymark.records.actors import Actor

    database = settings.DATABASES["default"]
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
    except (OSError, OperationalError) as error:
        raise OutputError(
            f"The record cannot be created in {database['NAME']}: {error}. Expected: a folder that may be written, or "
            "a database server that answers. Set WAYMARK_DATA or DATABASE_URL and run the command again."
        ) from error
    loaded = load_catalogue(by=Actor.system("setup"))
    print(
        f"The record is ready in {database['NAME']}: {loaded.places} places, {loaded.provisions} provisions, "
        f"{loaded.links} links, {loaded.cycles} review cycles; {loaded.written} rows written."
    )
    return 0
