"""Opens the record (Django) for commands that need it."""

import django


def open_record() -> None:
    """Load the settings and the record's models. Commands call it before they import actions or queries."""
    django.setup()
