"""Time zones by their IANA names."""

from functools import cache
from zoneinfo import available_timezones


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether a name is that of a time zone, such as Asia/Tbilisi."""
    return name in _names()
