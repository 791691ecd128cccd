"""Creates the record, or brings an older one up to date, and loads the catalogue. A second run changes nothing."""

import argparse

from waymark.interfaces.cli.record import prepare_record


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options: it has none."""


def run(arguments: argparse.Namespace) -> int:
    """Create or update the tables, load the catalogue, say what is there."""
    from django.conf import settings

    loaded = prepare_record()
    print(
        f"The record is ready in {settings.DATABASES['default']['NAME']}: {loaded.places} places, "
        f"{loaded.provisions} provisions, {loaded.links} links, {loaded.cycles} review cycles; "
        f"{loaded.written} rows written."
    )
    return 0
