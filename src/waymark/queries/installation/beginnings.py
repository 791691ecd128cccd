"""Whether a record has begun: a set-up that was cut off leaves tables without a row."""

from waymark.records.events import Event
from waymark.records.places import Place


def is_empty() -> bool:
    """Whether the tables are there and nothing was entered, not even the catalogue."""
    return not (Place.objects.exists() or Event.objects.exists())
