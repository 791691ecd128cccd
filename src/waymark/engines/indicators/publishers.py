"""What the catalogue knows about publishers, and about files that have been seen before.

Publisher, address and licence belong to a file. They are known of a file that the catalogue names by the SHA-256 of its
bytes, and of one in a publisher's own layout (`Reader.publisher_of`); never by a file name, never by the name of a
series, which anybody may write.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from waymark.gcm.files import read_yaml

UNKNOWN = "unknown"
FIELDS = ("publisher", "address", "licence")


@cache
def publishers() -> dict[str, dict[str, Any]]:
    """Code → publisher, address, licence, and whether the licence allows reuse."""
    return {row["code"]: row for row in read_yaml("datasets", "publishers.yaml")}


@cache
def known_files() -> dict[str, dict[str, Any]]:
    """SHA-256 → what is known about a file as its publisher, or a mirror, issued it."""
    return {row["sha256"]: row for row in read_yaml("datasets", "files.yaml")}


def describe(digest: str, proved: Collection[str] = (), said: str = "") -> dict[str, Any]:
    """Facts for a manifest: those of the file itself when it is known, else of those whose layouts it has.

    `proved` are codes of publishers, "" for tables that prove nobody; `said` is the publisher that a person named.
    Address and licence are one publisher's: where a person names another, they are unknown until said. Reuse is
    allowed only where every publisher in it allows it.
    """
    own = dict(known_files().get(digest, {}))
    by = own.pop("by", "")
    found = _of(by.split() if by else proved) | own
    if said and said != found.get("publisher"):
        for name in (*FIELDS, "reuse"):
            found.pop(name, None)
    return found


def _of(codes: Collection[str]) -> dict[str, Any]:
    rows = [publishers().get(code, {}) for code in sorted(codes, key=lambda code: (not code, code))]
    if not any(rows):
        return {}
    found: dict[str, Any] = {name: "; ".join(dict.fromkeys(row.get(name, UNKNOWN) for row in rows)) for name in FIELDS}
    return found | {"reuse": all(row.get("reuse", False) for row in rows)}
