"""`waymark setup`: create or update the record."""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""


def run(arguments: argparse.Namespace) -> int:
    """Create or update the database."""
    from django.conf import settings
    from django.core.management import call_command

    from waymark.interfaces.cli.record import open_record

    open_record()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    print(f"The record is ready in {settings.DATABASES['default']['NAME']}.")
    return 0
