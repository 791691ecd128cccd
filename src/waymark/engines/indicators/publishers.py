"""What the catalogue knows about publishers, and about files that have been seen before.

Publishers are told by the prefix of their series, files by the SHA-256 of their bytes; never by a file name.
"""

from functools import cache
from typing import Any

from waymark.gcm.files import read_yaml

FIELDS = ("publisher", "address", "licence", "reuse")


@cache
def publishers() -> dict[str, dict[str, Any]]:
    """Prefix of series → publisher, address, licence, and whether the licence allows reuse."""
    return {row["prefix"]: row for row in read_yaml("datasets", "publishers.yaml")}


@cache
def known_files() -> dict[str, dict[str, Any]]:
    """SHA-256 → what is known about a file as its publisher, or a mirror, issued it."""
    return {row["sha256"]: row for row in read_yaml("datasets", "files.yaml")}


def describe(name: str, digest: str, prefixes: list[str] | None = None) -> dict[str, Any]:
    """Facts for a manifest: those of the file itself when it is known, else those its publishers share.

    Reuse is allowed only where every publisher in it allows it.
    """
    found: dict[str, Any] = {}
    rows = [publishers().get(prefix, {}) for prefix in prefixes or []]
    for field in FIELDS if rows else ():
        values = list(dict.fromkeys(row.get(field, False if field == "reuse" else "unknown") for row in rows))
        found[field] = all(values) if field == "reuse" else "; ".join(values)
    return found | known_files().get(digest, {})
