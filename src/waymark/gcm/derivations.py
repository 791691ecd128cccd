"""Series that are worked out from other series, and how: `catalogue/indicators/derived.csv`."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from waymark.gcm.files import read_table


@cache
def derived_from() -> Mapping[str, str]:
    """Series that are worked out from another one, such as a share or a change → that other one, their base."""
    return MappingProxyType({row["series"]: row["base"] for row in read_table("indicators", "derived.csv")})


def derivation(series: str) -> str:
    """How a series is worked out from its base alone: "share:<part>", "yearly change", "" where it needs more."""
    return next((row["rule"] for row in read_table("indicators", "derived.csv") if row["series"] == series), "")
