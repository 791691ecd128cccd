"""Digests of events and the Merkle tree over them, so that a change, a gap or another order is seen.

The tree is that of RFC 6962, section 2.1: leaves are hashed with a leading 0x00, nodes with a leading 0x01, and a
tree of n leaves splits at the largest power of two below n.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from waymark.records.events import Event


def digest(salt: str, words: dict[str, Any]) -> str:
    """The SHA-256 of the salted words of an event; words are written as JSON with sorted keys."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def leaf(event: Event) -> bytes:
    """The leaf of one event: its number, verb, subject, time stamp and digest."""
    return leaf_of(event.network, event.number, event.verb, event.subject, event.at, event.digest)


def leaf_of(network: str, number: int, verb: str, subject: str, at: datetime, digest: str) -> bytes:
    """The leaf of an event with these fields."""
    fields = [network, number, verb, subject, at.isoformat(), digest]
    return hashlib.sha256(b"\x00" + json.dumps(fields, ensure_ascii=False).encode()).digest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """The root over leaf hashes, in hexadecimal; that of no leaf is the hash of nothing."""
    return _root(leaves).hex() if leaves else hashlib.sha256(b"").hexdigest()


def _root(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + _root(leaves[:split]) + _root(leaves[split:])).digest()
